// Looks through the branches a test was run on, then orders the states that are left.
#include "analyzer/select/last_green.hpp"

#include <algorithm>
#include <map>
#include <span>
#include <tuple>

namespace winnow::select {
namespace {

std::span<const Standing> standings_of(const Greens& greens, const TestKey& key)
{
  const auto found = greens.standings.find(key);
  return found == greens.standings.end() ? std::span<const Standing>() : found->second;
}

/// Tells for one test after another whether it is red.
class RedTests {
 public:
  RedTests(const Greens& greens, const GreenLine& line) : greens_(greens), line_(line) {}

  [[nodiscard]] bool contain(std::span<const Standing> standings) const
  {
    return std::ranges::any_of(standings, [&](const Standing& failure) {
      return is_failure(failure.last) && (!failure.tested || is_on_line(failure)) &&
             std::ranges::none_of(standings, [&](const Standing& pass) {
               return pass.last == Verdict::passed && settles(pass, failure);
             });
    });
  }

 private:
  /// What somebody has not committed concerns no other branch. Having no branch is not being on
  /// one.
  [[nodiscard]] bool is_on_line(const Standing& standing) const
  {
    const bool same_branch = greens_.sites[standing.site].branch == line_.branch;
    if (same_branch && !line_.branch.empty()) {
      return true;
    }
    if (!standing.tested) {
      return same_branch && line_.places.empty(); // without git there is nothing to tell apart
    }
    return (same_branch || greens_.is_clean(*standing.tested)) && place_of(standing);
  }

  [[nodiscard]] bool settles(const Standing& pass, const Standing& failure) const
  {
    const std::string& tree = greens_.sites[pass.site].build_dir;
    const bool same_tree = tree == line_.build_dir || tree == greens_.sites[failure.site].build_dir;
    if (pass.run <= failure.run || !same_tree || !is_on_line(pass)) {
      return false;
    }
    const auto passed = place_of(pass);
    const auto failed = place_of(failure);
    return !passed || !failed || *passed <= *failed;
  }

  [[nodiscard]] std::optional<std::size_t> place_of(const Standing& standing) const
  {
    if (!standing.tested) {
      return std::nullopt;
    }
    const auto at = line_.places.find(greens_.states[*standing.tested].commit);
    return at == line_.places.end() ? std::nullopt : std::optional(at->second);
  }

  const Greens& greens_;
  const GreenLine& line_;
};

/// Finds for one test after another the state it is compared with.
class NearestStates {
 public:
  NearestStates(const Greens& greens, const GreenLine& line, const GreenNow& now)
      : greens_(greens), line_(line), now_(now)
  {
    for (const GreenState& state : greens.states) {
      places_.push_back(place_of(state));
    }
  }

  /// Sets one of the two.
  void find(const TestKey& key, std::optional<std::size_t>& state, std::optional<NoGreen>& without)
  {
    NoGreen obstacle = NoGreen::never_passed;
    for (const Standing& standing : standings_of(greens_, key)) {
      for (const std::optional<std::size_t>& green : {standing.clean, standing.dirty}) {
        if (!green) {
          continue;
        }
        if (const auto why = obstacle_of(*green)) {
          obstacle = std::max(obstacle, *why);
        } else if (!state || is_nearer(*green, *state)) {
          state = green;
        }
      }
    }
    without = state ? std::nullopt : std::optional(obstacle);
  }

  /// Newer commits first; at one commit what is uncommitted is newer than the commit alone.
  [[nodiscard]] bool is_nearer(std::size_t a, std::size_t b) const
  {
    return std::tuple(places_[a]->place, places_[a]->rank, a) <
           std::tuple(places_[b]->place, places_[b]->rank, b);
  }

 private:
  struct Place {
    std::size_t place = 0; ///< of the commit
    int rank = 0;
  };

  [[nodiscard]] std::optional<Place> place_of(const GreenState& state) const
  {
    const auto at = line_.places.find(state.commit);
    if (at == line_.places.end()) {
      return std::nullopt;
    }
    const std::vector<FileVersion>& uncommitted = greens_.file_lists[state.uncommitted];
    if (uncommitted.empty()) {
      return Place{at->second, 1};
    }
    if (line_.uncommitted == UncommittedStates::do_not_count) {
      return std::nullopt;
    }
    // If nothing is left of what was uncommitted then, less differs from the commit alone.
    const bool something_left = std::ranges::any_of(uncommitted, [&](const FileVersion& file) {
      return file.hash == now_.sources->files.find(file.path).value_or(ContentHash{});
    });
    return Place{at->second, something_left ? 0 : 2};
  }

  [[nodiscard]] std::optional<NoGreen> obstacle_of(std::size_t state) const
  {
    if (!places_[state]) {
      return NoGreen::elsewhere;
    }
    return greens_.states[state].settings == now_.settings ? std::nullopt
                                                           : std::optional(NoGreen::other_settings);
  }

  const Greens& greens_;
  const GreenLine& line_;
  const GreenNow& now_;
  std::vector<std::optional<Place>> places_; ///< by state
};

/// The groups of the states in `tests_of`, which is ordered; what is beyond the limits stays out.
std::vector<GreenGroup> grouped(const std::vector<std::size_t>& ordered,
                                std::map<std::size_t, std::vector<TestId>>& tests_of,
                                const GreenLimits& limits)
{
  std::vector<GreenGroup> groups;
  for (std::size_t i = 0; i < std::min(ordered.size(), limits.alone + limits.joined); ++i) {
    if (i <= limits.alone) {
      groups.emplace_back();
    }
    GreenGroup& group = groups.back();
    const std::vector<TestId>& tests = tests_of[ordered[i]];
    group.states.push_back(ordered[i]);
    group.tests.insert(group.tests.end(), tests.begin(), tests.end());
  }
  if (!groups.empty()) {
    std::ranges::sort(groups.back().tests);
  }
  return groups;
}

} // namespace

GreenBases green_bases(const Graph& graph, const Greens& greens, const GreenLine& line,
                       const GreenNow& now, const GreenLimits& limits)
{
  GreenBases bases;
  bases.states.resize(graph.test_count());
  bases.without.resize(graph.test_count());
  NearestStates nearest(greens, line, now);
  std::map<std::size_t, std::vector<TestId>> tests_of;
  for (TestId test{0}; test.value < graph.test_count(); ++test.value) {
    std::optional<std::size_t>& state = bases.states[test.value];
    nearest.find(graph.key(test), state, bases.without[test.value]);
    if (state) {
      tests_of[*state].push_back(test);
    }
  }
  std::vector<std::size_t> ordered;
  for (const auto& [state, tests] : tests_of) {
    ordered.push_back(state);
  }
  std::ranges::sort(ordered, [&](std::size_t a, std::size_t b) { return nearest.is_nearer(a, b); });
  bases.groups = grouped(ordered, tests_of, limits);
  for (std::size_t i = limits.alone + limits.joined; i < ordered.size(); ++i) {
    for (const TestId test : tests_of[ordered[i]]) {
      bases.states[test.value].reset();
      bases.without[test.value] = NoGreen::long_ago;
    }
  }
  return bases;
}

std::vector<TestId> red_tests(const Graph& graph, const Greens& greens, const GreenLine& line)
{
  const RedTests red_tests(greens, line);
  std::vector<TestId> red;
  for (const auto& [key, standings] : greens.standings) {
    const auto test = graph.find_test(key);
    if (test && red_tests.contain(standings)) {
      red.push_back(*test);
    }
  }
  return red;
}

} // namespace winnow::select
