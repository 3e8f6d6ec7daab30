// What of a selection cannot be cut, and what goes along with it.
#pragma once

#include "analyzer/model/test_description.hpp"

#include <cstdint>
#include <span>
#include <vector>

namespace winnow::split {

/// Tests that go to one chunk together, as indices of tests, ascending.
struct Atom {
  std::vector<std::uint32_t> tests;      ///< in this chunk only
  std::vector<std::uint32_t> companions; ///< in every chunk that has an atom which needs them
};

/// Each test is in `tests` of one atom or in `companions` of at least one. Companions are the
/// setups and cleanups of the fixtures that an atom's tests use, and what those need in turn.
/// Disabled tests bring nothing along and join nothing.
std::vector<Atom> atoms_of(std::span<const TestDescription> tests);

/// Joins the atoms that share companions where a chunk of their own for each would cost more than
/// it gains: where together they take no longer than their companions, or than `small_us`, and
/// count no more than `max_tests`.
std::vector<Atom> join_small_users(std::vector<Atom> atoms,
                                   std::span<const std::int64_t> durations_us,
                                   std::int64_t small_us, std::size_t max_tests);

} // namespace winnow::split
