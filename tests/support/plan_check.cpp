// Written from what CTest promises, without the code that makes plans, but for atoms and schedules.
#include "tests/support/plan_check.hpp"

#include "analyzer/schedule/simulate.hpp"
#include "analyzer/schedule/tasks_from_tests.hpp"
#include "analyzer/split/atoms.hpp"
#include "analyzer/split/durations.hpp"
#include "tests/support/schedule_check.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

namespace winnow::tests {
namespace {

using Places = std::map<std::string, std::set<std::uint32_t>>;

/// Where each test is, by name.
Places places_in(const Plan& plan)
{
  Places places;
  for (const Chunk& chunk : plan.chunks) {
    for (const TestKey& test : chunk.tests) {
      places[test.name].insert(chunk.index);
    }
  }
  return places;
}

bool contains(const std::vector<std::string>& names, const std::string& name)
{
  return std::find(names.begin(), names.end(), name) != names.end();
}

class PlanCheck {
 public:
  PlanCheck(const GeneratedSuite& suite, const Plan& plan)
      : suite_(suite), plan_(plan), places_(places_in(plan))
  {
    for (const TestDescription& test : suite.tests) {
      tests_[test.key] = &test;
    }
  }

  std::vector<std::string> found()
  {
    check_members();
    if (found_.empty()) { // the others look tests up
      check_numbers();
      check_fixtures();
      check_chains();
      for (const Chunk& chunk : plan_.chunks) {
        check_schedule(chunk);
      }
    }
    return found_;
  }

 private:
  void expect(bool holds, const std::string& otherwise)
  {
    if (!holds) {
      found_.push_back(otherwise);
    }
  }

  void check_members()
  {
    for (const TestDescription& test : suite_.tests) {
      expect(places_.contains(test.key.name), test.key.name + " is in no chunk");
    }
    for (const auto& [name, chunks] : places_) {
      expect(chunks.size() == 1 || may_repeat(name), name + " is in several chunks");
    }
    for (const Chunk& chunk : plan_.chunks) {
      const std::set<TestKey> once(chunk.tests.begin(), chunk.tests.end());
      const bool are_known =
          std::ranges::all_of(once, [&](const TestKey& key) { return tests_.contains(key); });
      expect(are_known, called(chunk) + " has a test that the suite does not have");
      expect(!chunk.tests.empty(), called(chunk) + " is empty");
      expect(once.size() == chunk.tests.size(), called(chunk) + " has a test twice");
      expect(chunk.index == static_cast<std::uint32_t>(&chunk - plan_.chunks.data()),
             called(chunk) + " is not where its index says");
    }
  }

  void check_numbers()
  {
    expect(plan_.lower_bound_s <= plan_.predicted_s * (1 + 1e-9), "faster than its bound");
    for (const Chunk& chunk : plan_.chunks) {
      expect(chunk.whole_s() <= plan_.predicted_s, called(chunk) + " is slower than the plan");
    }
    const auto most = static_cast<double>(plan_.chunks.size());
    expect(plan_.build_ratio == 0 ||
               (plan_.build_ratio >= 1 - 1e-9 && plan_.build_ratio <= most + 1e-9),
           "an impossible build ratio");
    if (const auto* count = std::get_if<split::ChunkCount>(&suite_.options.cut)) {
      expect(plan_.chunks.size() <= count->chunks, "more chunks than asked for");
    } else if (const auto* max = std::get_if<split::MaxTests>(&suite_.options.cut)) {
      for (const Chunk& chunk : plan_.chunks) {
        expect(chunk.tests.size() <= max->tests || is_one_atom(chunk),
               called(chunk) + " has more tests than allowed");
      }
    } else {
      check_target(std::get<split::TargetTime>(suite_.options.cut));
    }
  }

  /// A target that is missed is missed by as many chunks as there can be, too.
  void check_target(const split::TargetTime& target)
  {
    if (plan_.predicted_s + target.overhead_s <= target.seconds + 1e-9) {
      return;
    }
    split::SplitOptions finest = suite_.options;
    finest.cut = split::ChunkCount{static_cast<std::uint32_t>(suite_.tests.size())};
    const auto plan = split::split(suite_.tests, suite_.history, finest, suite_.builds);
    expect(plan->predicted_s + target.overhead_s > target.seconds, "misses a target in reach");
  }

  bool is_one_atom(const Chunk& chunk)
  {
    const std::set<TestKey> in_chunk(chunk.tests.begin(), chunk.tests.end());
    return std::ranges::any_of(split::atoms_of(suite_.tests), [&](const split::Atom& atom) {
      std::set<TestKey> in_atom;
      for (const auto* members : {&atom.tests, &atom.companions}) {
        for (const std::uint32_t member : *members) {
          in_atom.insert(suite_.tests[member].key);
        }
      }
      return in_atom == in_chunk;
    });
  }

  /// Each chunk with a user of a fixture has all its setups and cleanups.
  void check_fixtures()
  {
    for (const TestDescription& user : suite_.tests) {
      if (user.properties->disabled) {
        continue;
      }
      for (const std::string& fixture : user.properties->fixtures_required) {
        for (const TestDescription& other : suite_.tests) {
          if (contains(other.properties->fixtures_setup, fixture) ||
              contains(other.properties->fixtures_cleanup, fixture)) {
            check_beside(user, other.key.name, "fixture " + fixture);
          }
        }
      }
    }
  }

  void check_chains()
  {
    for (const TestDescription& test : suite_.tests) {
      if (!test.properties->disabled) {
        for (const std::string& name : test.properties->depends) {
          check_beside(test, name, "DEPENDS");
        }
      }
    }
  }

  void check_beside(const TestDescription& test, const std::string& other, const std::string& why)
  {
    const auto& of_test = places_.at(test.key.name);
    const auto& of_other = places_.at(other);
    expect(std::includes(of_other.begin(), of_other.end(), of_test.begin(), of_test.end()),
           test.key.name + " is without " + other + ": " + why);
  }

  /// Whether the test is only in several chunks because a fixture is.
  bool may_repeat(const std::string& name)
  {
    std::set<std::string> needed;
    for (auto test = suite_.tests.rbegin(); test != suite_.tests.rend(); ++test) {
      const TestProperties& properties = test->properties;
      if (!properties.fixtures_setup.empty() || !properties.fixtures_cleanup.empty() ||
          needed.contains(test->key.name)) {
        needed.insert(test->key.name);
        needed.insert(properties.depends.begin(), properties.depends.end());
      }
    }
    return needed.contains(name);
  }

  /// The time of a chunk is that of a schedule which keeps every rule.
  void check_schedule(const Chunk& chunk)
  {
    std::vector<TestDescription> tests;
    for (const TestKey& key : chunk.tests) {
      tests.push_back(*tests_.at(key));
    }
    Result<schedule::Job> job = schedule::tasks_from_tests(tests, suite_.history, "");
    job->pools = suite_.options.pools;
    const auto durations_us = split::expected_durations_us(tests, suite_.history, suite_.tests);
    for (std::size_t task = 0; task < tests.size(); ++task) {
      job->tasks[task].expected_us = durations_us[task];
    }
    const schedule::Capacity machine = suite_.options.machine;
    const schedule::Simulation simulated = schedule::simulate(*job, machine, durations_us);
    expect(std::abs(static_cast<double>(simulated.makespan_us) / 1e6 - chunk.predicted_s) < 1e-6,
           called(chunk) + " takes another time than its schedule");
    expect(simulated.makespan_us >= schedule::lower_bound_us(*job, machine, durations_us),
           called(chunk) + " is faster than its own bound");
    for (const std::string& broken : broken_rules(*job, machine, simulated)) {
      found_.push_back(called(chunk) + ": " + broken);
    }
  }

  static std::string called(const Chunk& chunk) { return "chunk " + std::to_string(chunk.index); }

  const GeneratedSuite& suite_;
  const Plan& plan_;
  Places places_;
  std::map<TestKey, const TestDescription*> tests_;
  std::vector<std::string> found_;
};

} // namespace

std::vector<std::string> violations(const GeneratedSuite& suite, const Plan& plan)
{
  return PlanCheck(suite, plan).found();
}

bool same(const Plan& left, const Plan& right)
{
  return std::equal(left.chunks.begin(), left.chunks.end(), right.chunks.begin(),
                    right.chunks.end(), [](const Chunk& one, const Chunk& other) {
                      return one.tests == other.tests && one.predicted_s == other.predicted_s;
                    });
}

} // namespace winnow::tests
