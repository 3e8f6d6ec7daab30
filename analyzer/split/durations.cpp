// Fills the gaps in history from a test's siblings.
#include "analyzer/split/durations.hpp"

#include <algorithm>
#include <optional>
#include <string_view>
#include <unordered_map>

namespace winnow::split {
namespace {

constexpr std::int64_t nothing_known_us = 1'000'000;

/// Measured durations by something tests can have in common.
class Medians {
 public:
  void add(std::string_view group, std::int64_t duration_us)
  {
    groups_[group].push_back(duration_us);
  }

  std::optional<std::int64_t> of(std::string_view group)
  {
    const auto found = groups_.find(group);
    if (found == groups_.end()) {
      return std::nullopt;
    }
    std::vector<std::int64_t>& durations = found->second;
    if (durations.size() > 1) {
      const auto middle = durations.begin() + static_cast<std::ptrdiff_t>(durations.size() / 2);
      std::nth_element(durations.begin(), middle, durations.end());
      durations = {*middle};
    }
    return durations.front();
  }

 private:
  std::unordered_map<std::string_view, std::vector<std::int64_t>> groups_;
};

std::string_view executable_of(const TestDescription& test)
{
  return test.command.empty() ? std::string_view() : test.command.front();
}

std::optional<std::int64_t> measured_us(const TestDescription& test, const History& history)
{
  const auto past = history.find(test.key);
  if (past == history.end() || kind_of_duration(past->second) != DurationKind::measured) {
    return std::nullopt;
  }
  return std::max<std::int64_t>(past->second.duration_us, 1);
}

/// Of a test that has never passed: what it took the last time, as far as that says something.
std::int64_t failing_us(const TestDescription& test, const History& history, DurationKind kind)
{
  const auto past = history.find(test.key);
  return past != history.end() && kind_of_duration(past->second) == kind ? past->second.duration_us
                                                                         : 0;
}

} // namespace

bool is_measured(const TestDescription& test, const History& history)
{
  return measured_us(test, history) || failing_us(test, history, DurationKind::of_failure) > 0;
}

std::vector<std::int64_t> expected_durations_us(const TestRefs& tests, const History& history,
                                                std::span<const TestDescription> siblings)
{
  Medians executables;
  Medians directories;
  Medians all;
  for (const TestDescription& test : siblings) {
    const auto duration = measured_us(test, history);
    if (duration && !test.properties->disabled) {
      executables.add(executable_of(test), *duration);
      directories.add(test.key.directory, *duration);
      all.add("", *duration);
    }
  }
  std::vector<std::int64_t> durations;
  durations.reserve(tests.size());
  for (const TestDescription& test : tests) {
    std::optional<std::int64_t> duration = measured_us(test, history);
    if (const auto us = failing_us(test, history, DurationKind::of_failure); us > 0) {
      duration = us;
    }
    duration = duration ? duration : executables.of(executable_of(test));
    duration = duration ? duration : directories.of(test.key.directory);
    duration = duration ? duration : all.of("");
    const std::int64_t least = failing_us(test, history, DurationKind::at_least);
    durations.push_back(
        test.properties->disabled ? 0 : std::max(duration.value_or(nothing_known_us), least));
  }
  return durations;
}

} // namespace winnow::split
