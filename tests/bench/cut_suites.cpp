// Cuts made-up suites by several methods, and says how good the chunks are.
//
// cut_suites [REPEATS [short]]: for each suite and method a line of fields, separated by tabs:
//   suite, tests, chunks, method, time of the slowest chunk over the bound, over the mean of all,
//   builds of all chunks over those of one job, DEPENDS that are cut, milliseconds (least of
//   REPEATS)
// The first suite, "model", is 400 projects on one core library, cut for jobs that build what they
// need: its fifth field is the time of the longest job in seconds, building included.
// A chunk's time is that of its schedule, with the setups that it needs, as ctest adds them to what
// -I selects.
#include "analyzer/schedule/simulate.hpp"
#include "analyzer/schedule/tasks_from_tests.hpp"
#include "analyzer/split/durations.hpp"
#include "analyzer/split/split.hpp"
#include "tests/support/dice.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <functional>
#include <map>
#include <numeric>
#include <set>
#include <string>
#include <vector>

namespace {

using namespace winnow;
using tests::Dice;
using Members = std::vector<std::uint32_t>;

struct Suite {
  std::string name;
  std::vector<TestDescription> tests;
  History history;
  split::TestBuilds builds;
  schedule::Capacity machine{.cpu_milli = 4000};
};

/// Most tests are short, some take a hundred times longer.
std::int64_t duration_us(Dice& dice)
{
  const auto exponent = static_cast<double>(dice.between(0, 3000)) / 1000;
  return static_cast<std::int64_t>(10'000 * std::pow(10, exponent));
}

/// `programs` of one library each, of several; tests run the programs in turn.
void add_builds(Suite& suite, std::uint32_t programs, std::uint32_t libraries, Dice& dice)
{
  auto& [part_us, parts_of] = suite.builds.needs;
  for (std::uint32_t part = 0; part < libraries + programs; ++part) {
    part_us.push_back(dice.between(1000, part < libraries ? 20'000 : 3'000) * 1000);
  }
  for (std::uint32_t test = 0; test < suite.tests.size(); ++test) {
    const std::uint32_t program =
        static_cast<std::uint32_t>(std::uint64_t{test} * programs / suite.tests.size());
    const std::uint32_t library = program * libraries / programs;
    parts_of[suite.tests[test].key] = {library, libraries + program};
  }
}

Suite plain(std::string name, std::uint32_t count, std::uint32_t programs, std::uint32_t libraries)
{
  Dice dice(count + programs);
  Suite suite{.name = std::move(name)};
  for (std::uint32_t index = 0; index < count; ++index) {
    TestDescription& test = suite.tests.emplace_back();
    test.key = {std::to_string(std::uint64_t{index} * programs / count), std::to_string(index)};
    const std::int64_t us = duration_us(dice);
    suite.history[test.key] = {.duration_us = us, .cpu_us = us, .attempts = 1};
  }
  add_builds(suite, programs, libraries, dice);
  return suite;
}

/// The same with fixtures, chains, locks and wide tests.
Suite constrained(std::string name, std::uint32_t count, std::uint32_t programs,
                  std::uint32_t libraries)
{
  Suite suite = plain(std::move(name), count, programs, libraries);
  Dice dice(count);
  for (std::uint32_t index = 0; index < count; ++index) {
    TestProperties& properties = suite.tests[index].properties.edit();
    if (index < 20) {
      properties.fixtures_setup = {std::to_string(index)};
    } else if (dice.one_in(10)) { // most use what their part of the project has
      const std::uint32_t near = static_cast<std::uint32_t>(std::uint64_t{index} * 20 / count);
      const bool is_far = dice.one_in(10);
      properties.fixtures_required = {std::to_string(is_far ? dice.between(0, 19) : near)};
    }
    if (index >= 21 && dice.one_in(15)) {
      properties.depends = {std::to_string(index - 1)};
    }
    if (dice.one_in(20)) {
      properties.resource_locks = {std::to_string(dice.between(0, 9))};
    }
    properties.processors = dice.one_in(30) ? 2 : 1;
  }
  return suite;
}

struct Partition {
  std::vector<Members> chunks;
  double ms = 0;
};

class Judge {
 public:
  explicit Judge(const Suite& suite)
      : suite_(suite),
        durations_us_(split::expected_durations_us(suite.tests, suite.history, suite.tests))
  {
    for (std::uint32_t test = 0; test < suite.tests.size(); ++test) {
      by_name_[suite.tests[test].key.name] = test;
      for (const std::string& fixture : suite.tests[test].properties->fixtures_setup) {
        setups_[fixture].push_back(test);
      }
    }
  }

  void print(const std::string& method, const Partition& partition, double bound_s) const
  {
    double most_s = 0;
    double sum_s = 0;
    std::size_t cut = 0;
    std::int64_t built_us = 0;
    for (const Members& members : partition.chunks) {
      const Members all = with_setups(members);
      const double time_s = seconds(all);
      most_s = std::max(most_s, time_s);
      sum_s += time_s;
      built_us += built(all);
      cut += cut_chains(all);
    }
    std::printf("%s\t%zu\t%zu\t%s\t%.4f\t%.4f\t%.3f\t%zu\t%.1f\n", suite_.name.c_str(),
                suite_.tests.size(), partition.chunks.size(), method.c_str(), most_s / bound_s,
                most_s / (sum_s / static_cast<double>(partition.chunks.size())),
                static_cast<double>(built_us) / static_cast<double>(built(everything())), cut,
                partition.ms);
  }

  /// The same of jobs that build what they need; times in seconds.
  void print_jobs(const std::string& method, const std::vector<Members>& jobs) const
  {
    double most_s = 0;
    double sum_s = 0;
    std::int64_t built_us = 0;
    for (const Members& members : jobs) {
      const double cpus = suite_.machine.cpu_milli / 1000.0;
      const double time_s = static_cast<double>(built(members)) / 1e6 / cpus + seconds(members);
      most_s = std::max(most_s, time_s);
      sum_s += time_s;
      built_us += built(members);
    }
    std::printf("%s\t%zu\t%zu\t%s\t%.1f\t%.4f\t%.3f\t0\t0\n", suite_.name.c_str(),
                suite_.tests.size(), jobs.size(), method.c_str(), most_s,
                most_s / (sum_s / static_cast<double>(jobs.size())),
                static_cast<double>(built_us) / static_cast<double>(built(everything())));
  }

  [[nodiscard]] std::vector<Members> members_in(const Plan& plan) const
  {
    std::vector<Members> members;
    for (const Chunk& chunk : plan.chunks) {
      members.emplace_back();
      for (const TestKey& key : chunk.tests) {
        members.back().push_back(by_name_.at(key.name));
      }
    }
    return members;
  }

  [[nodiscard]] const std::vector<std::int64_t>& durations_us() const { return durations_us_; }

 private:
  [[nodiscard]] Members everything() const
  {
    Members all(suite_.tests.size());
    std::iota(all.begin(), all.end(), 0U);
    return all;
  }

  [[nodiscard]] Members with_setups(const Members& members) const
  {
    std::set<std::uint32_t> all(members.begin(), members.end());
    for (const std::uint32_t member : members) {
      for (const std::string& fixture : suite_.tests[member].properties->fixtures_required) {
        const auto& setups = setups_.at(fixture);
        all.insert(setups.begin(), setups.end());
      }
    }
    return {all.begin(), all.end()};
  }

  [[nodiscard]] double seconds(const Members& members) const
  {
    std::vector<TestDescription> tests;
    std::vector<std::int64_t> durations_us;
    for (const std::uint32_t member : members) {
      tests.push_back(suite_.tests[member]);
      durations_us.push_back(durations_us_[member]);
    }
    const Result<schedule::Job> job = schedule::tasks_from_tests(tests, suite_.history, "");
    return static_cast<double>(schedule::simulate(*job, suite_.machine, durations_us).makespan_us) /
           1e6;
  }

  [[nodiscard]] std::int64_t built(const Members& members) const
  {
    std::set<std::uint32_t> parts;
    for (const std::uint32_t member : members) {
      const auto& of = suite_.builds.needs.parts_of.at(suite_.tests[member].key);
      parts.insert(of.begin(), of.end());
    }
    std::int64_t sum_us = 0;
    for (const std::uint32_t part : parts) {
      sum_us += suite_.builds.needs.part_us[part];
    }
    return sum_us;
  }

  [[nodiscard]] std::size_t cut_chains(const Members& members) const
  {
    const std::set<std::uint32_t> all(members.begin(), members.end());
    std::size_t cut = 0;
    for (const std::uint32_t member : members) {
      for (const std::string& name : suite_.tests[member].properties->depends) {
        cut += all.contains(by_name_.at(name)) ? 0 : 1;
      }
    }
    return cut;
  }

  const Suite& suite_;
  std::vector<std::int64_t> durations_us_;
  std::map<std::string, std::uint32_t> by_name_;
  std::map<std::string, Members> setups_;
};

Partition timed(int repeats, const std::function<std::vector<Members>()>& cut)
{
  Partition partition;
  for (int i = 0; i < repeats; ++i) {
    const std::clock_t begun = std::clock();
    partition.chunks = cut();
    const double took_ms = 1000.0 * static_cast<double>(std::clock() - begun) / CLOCKS_PER_SEC;
    partition.ms = i == 0 ? took_ms : std::min(partition.ms, took_ms);
  }
  std::erase_if(partition.chunks, [](const Members& members) { return members.empty(); });
  return partition;
}

/// ctest -I chunk,,chunks
std::vector<Members> in_turns(std::uint32_t tests, std::uint32_t chunks)
{
  std::vector<Members> found(chunks);
  for (std::uint32_t test = 0; test < tests; ++test) {
    found[test % chunks].push_back(test);
  }
  return found;
}

std::vector<Members> by_hash(const Suite& suite, std::uint32_t chunks)
{
  std::vector<Members> found(chunks);
  for (std::uint32_t test = 0; test < suite.tests.size(); ++test) {
    std::uint64_t hash = 14695981039346656037U; // FNV-1a
    for (const char byte : suite.tests[test].key.display()) {
      hash = (hash ^ static_cast<unsigned char>(byte)) * 1099511628211U;
    }
    found[hash % chunks].push_back(test);
  }
  return found;
}

std::vector<Members> longest_first(const std::vector<std::int64_t>& durations_us,
                                   std::uint32_t chunks)
{
  Members order(durations_us.size());
  std::iota(order.begin(), order.end(), 0U);
  std::stable_sort(order.begin(), order.end(), [&](std::uint32_t left, std::uint32_t right) {
    return durations_us[left] > durations_us[right];
  });
  std::vector<Members> found(chunks);
  std::vector<std::int64_t> load(chunks, 0);
  for (const std::uint32_t test : order) {
    const auto least = std::min_element(load.begin(), load.end()) - load.begin();
    found[static_cast<std::size_t>(least)].push_back(test);
    load[static_cast<std::size_t>(least)] += durations_us[test];
  }
  return found;
}

void compare(const Suite& suite, std::uint32_t chunks, int repeats)
{
  const Judge judge(suite);
  const split::SplitOptions options{split::ChunkCount{chunks}, suite.machine};
  const double bound_s = split::split(suite.tests, suite.history, options).value().lower_bound_s;
  const auto planned = [&](const split::TestBuilds& builds) {
    return timed(repeats, [&] {
      return judge.members_in(split::split(suite.tests, suite.history, options, builds).value());
    });
  };
  const auto count = static_cast<std::uint32_t>(suite.tests.size());
  judge.print("winnow", planned(suite.builds), bound_s);
  judge.print("winnow, builds unknown", planned({}), bound_s);
  judge.print("pure LPT", timed(1, [&] { return longest_first(judge.durations_us(), chunks); }),
              bound_s);
  judge.print("ctest -I", timed(1, [&] { return in_turns(count, chunks); }), bound_s);
  judge.print("hash", timed(1, [&] { return by_hash(suite, chunks); }), bound_s);
}

/// 400 test projects with a program each on one core library, which takes a job two minutes.
Suite many_projects()
{
  Dice dice(400);
  Suite suite = plain("model", 400, 400, 1);
  suite.machine.cpu_milli = 2000;
  suite.builds.needs.part_us[0] = 240'000'000;
  for (std::uint32_t index = 0; index < 400; ++index) {
    const bool is_large = dice.one_in(5);
    suite.builds.needs.part_us[1 + index] =
        dice.between(is_large ? 10'000 : 1000, is_large ? 40'000 : 6000) * 1000;
    suite.history[suite.tests[index].key].duration_us *= 5;
  }
  return suite;
}

void compare_jobs(const Suite& suite, std::uint32_t chunks)
{
  const Judge judge(suite);
  const auto planned = [&](split::BuildTime build_time) {
    const split::SplitOptions options{split::ChunkCount{chunks}, suite.machine, {}, build_time};
    return judge.members_in(
        split::split(suite.tests, suite.history, options, suite.builds).value());
  };
  std::vector<Members> by_count(chunks);
  for (std::uint32_t test = 0; test < suite.tests.size(); ++test) {
    by_count[test * chunks / suite.tests.size()].push_back(test);
  }
  judge.print_jobs("by count", by_count);
  judge.print_jobs("ctest -I", in_turns(static_cast<std::uint32_t>(suite.tests.size()), chunks));
  judge.print_jobs("hash", by_hash(suite, chunks));
  judge.print_jobs("pure LPT of the tests", longest_first(judge.durations_us(), chunks));
  judge.print_jobs("winnow split", planned(split::BuildTime::left_out));
  judge.print_jobs("winnow split --build", planned(split::BuildTime::counted));
}

} // namespace

int main(int argc, char** argv)
{
  const int repeats = argc > 1 ? std::max(1, std::atoi(argv[1])) : 1;
  compare_jobs(many_projects(), 20);
  if (argc > 2) {
    compare(constrained("constrained", 1000, 200, 10), 16, repeats);
    return 0;
  }
  compare(plain("plain", 1000, 200, 10), 16, repeats);
  compare(plain("plain", 1000, 200, 10), 64, repeats);
  compare(plain("plain", 10'000, 2000, 50), 20, repeats);
  compare(plain("plain", 10'000, 2000, 50), 64, repeats);
  compare(plain("plain", 10'000, 2000, 50), 256, repeats);
  compare(constrained("constrained", 1000, 200, 10), 16, repeats);
  compare(constrained("constrained", 10'000, 2000, 50), 64, repeats);
  compare(constrained("constrained", 10'000, 2000, 50), 256, repeats);
  return 0;
}
