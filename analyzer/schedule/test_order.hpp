// What DEPENDS and fixtures say about the order of the tests of one run.
#pragma once

#include "analyzer/model/test_refs.hpp"

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace winnow::schedule {

/// Who has to do with a fixture, as indices of tests.
struct Fixture {
  std::string name;
  std::vector<std::uint32_t> setups;
  std::vector<std::uint32_t> users;
  std::vector<std::uint32_t> cleanups;
};

struct TestOrder {
  std::vector<std::vector<std::uint32_t>> depends; ///< for each test, those it comes after
  std::vector<Fixture> fixtures;                   ///< ordered by name
};

/// Which of several tests of one name a DEPENDS means.
enum class SameName {
  of_directory, ///< the one of the same directory if there is one, else the first
  first         ///< as in ctest
};

/// A name that no test of the run has means nothing, as in ctest.
TestOrder order_of(const TestRefs& tests, SameName same_name = SameName::of_directory);

} // namespace winnow::schedule
