// Which instances serve which requirements: as ctest chooses, and whenever that is possible.
#include "analyzer/schedule/slot_search.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <random>
#include <string>
#include <vector>

using namespace winnow::schedule;

namespace {

using Slots = std::vector<std::uint32_t>;
using Assignment = std::vector<std::size_t>;

std::string text_of(const std::optional<Assignment>& assignment)
{
  if (!assignment) {
    return "none";
  }
  std::string text;
  for (const std::size_t instance : *assignment) {
    text += (text.empty() ? "" : " ") + std::to_string(instance);
  }
  return text;
}

/// Whether any assignment at all is possible.
bool is_possible(Slots free, const Slots& required, std::size_t next = 0)
{
  if (next == required.size()) {
    return true;
  }
  return std::ranges::any_of(free, [&](std::uint32_t& slots) {
    if (slots < required[next]) {
      return false;
    }
    slots -= required[next];
    const bool possible = is_possible(free, required, next + 1);
    slots += required[next];
    return possible;
  });
}

bool is_sound(Slots free, const Slots& required, const Assignment& assignment)
{
  for (std::size_t at = 0; at < required.size(); ++at) {
    if (free[assignment[at]] < required[at]) {
      return false;
    }
    free[assignment[at]] -= required[at];
  }
  return assignment.size() == required.size();
}

} // namespace

BOOST_AUTO_TEST_SUITE(searching_for_slots)

BOOST_AUTO_TEST_CASE(assignments_are_those_of_ctest)
{
  struct Row {
    Slots free;
    Slots required;
    std::string assignment;
  };

  const Row rows[] = {
      {{2, 4, 2, 1}, {2, 2, 4, 1}, "0 2 1 3"},
      {{2, 4, 2, 1}, {2}, "1"},
      {{2, 4, 2, 1}, {0}, "1"},
      {{2, 4, 2, 1}, {2, 2, 1, 1, 1}, "1 1 0 2 2"},
      {{2, 4, 2, 1}, {9}, "none"},
      {{}, {1}, "none"},
      {{}, {}, ""},
      {{4, 4, 4}, {1, 1, 1, 1}, "0 1 2 2"},
      {{4, 6}, {3, 3, 2, 2}, "1 1 0 0"}, // the second must not go where there is most room
  };
  for (const Row& row : rows) {
    BOOST_TEST(text_of(assign_slots(row.free, row.required)) == row.assignment);
  }
}

BOOST_AUTO_TEST_CASE(an_assignment_is_found_whenever_there_is_one)
{
  std::mt19937 random(20); // NOLINT: the same cases each time
  const auto between = [&](std::uint32_t least, std::uint32_t most) {
    return std::uniform_int_distribution<std::uint32_t>(least, most)(random);
  };
  std::size_t found = 0;
  for (int round = 0; round < 3000; ++round) {
    Slots free(between(0, 4));
    Slots required(between(0, 6));
    std::ranges::generate(free, [&] { return between(0, 6); });
    std::ranges::generate(required, [&] { return between(0, 4); });
    const std::optional<Assignment> assignment = assign_slots(free, required);
    BOOST_REQUIRE(assignment.has_value() == is_possible(free, required));
    BOOST_REQUIRE((!assignment || is_sound(free, required, *assignment)));
    found += assignment ? 1 : 0;
  }
  BOOST_TEST(found > 500U);
  BOOST_TEST(found < 2500U);
}

BOOST_AUTO_TEST_CASE(what_cannot_be_is_told_soon_also_of_many)
{
  BOOST_TEST(!assign_slots(Slots(30, 3), Slots(31, 2)));
  BOOST_TEST(!assign_slots(Slots(8, 100), Slots(20'000, 0)));
  BOOST_TEST(assign_slots(Slots(8, 1000), Slots(8000, 1)).has_value());
}

BOOST_AUTO_TEST_SUITE_END()
