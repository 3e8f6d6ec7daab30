// Short identities of commands and tests that survive a move to another checkout.
#pragma once

#include "analyzer/model/roots.hpp"
#include "analyzer/model/test_description.hpp"

#include <cstdint>
#include <string_view>

namespace winnow::ingest {

/// 64 bits of XXH3 over the text without roots. Not for hostile input: collisions can be made.
std::uint64_t fingerprint_of(std::string_view text, const Roots& roots);

/// Over the command and every property that can change the outcome: not labels, cost, locks, or
/// lines.
std::uint64_t fingerprint_of(const TestDescription& test, const Roots& roots);

} // namespace winnow::ingest
