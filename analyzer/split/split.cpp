// From tests to atoms to balanced chunks, each timed by simulating its schedule.
#include "analyzer/split/split.hpp"

#include "analyzer/schedule/job_limits.hpp"
#include "analyzer/schedule/simulate.hpp"
#include "analyzer/schedule/tasks_from_tests.hpp"
#include "analyzer/split/atoms.hpp"
#include "analyzer/split/balance.hpp"
#include "analyzer/split/build_closures.hpp"
#include "analyzer/split/durations.hpp"
#include "analyzer/split/part_of_job.hpp"
#include "analyzer/split/shared_parts.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <optional>
#include <set>
#include <string_view>
#include <utility>

namespace winnow::split {
namespace {

using Indices = std::vector<std::uint32_t>;

/// A plan this near to its bound is as good as can be asked for.
constexpr double most_over_bound = 1.01;

constexpr std::uint32_t no_limit = std::numeric_limits<std::uint32_t>::max();

double seconds(std::int64_t time_us)
{
  return static_cast<double>(time_us) / 1e6;
}

/// The tests of an atom, companions included.
Indices members_of(const Atom& atom)
{
  Indices members = atom.tests;
  members.insert(members.end(), atom.companions.begin(), atom.companions.end());
  return members;
}

/// The tests of each chunk of atoms that has any, ascending.
std::vector<Indices> members_in(const std::vector<Atom>& atoms,
                                const std::vector<std::vector<ItemIndex>>& chunks)
{
  std::vector<Indices> members_of_chunks;
  for (const std::vector<ItemIndex>& items : chunks) {
    Indices members;
    for (const ItemIndex item : items) {
      const Indices of_atom = members_of(atoms[item]);
      members.insert(members.end(), of_atom.begin(), of_atom.end());
    }
    std::sort(members.begin(), members.end());
    members.erase(std::unique(members.begin(), members.end()), members.end());
    if (!members.empty()) {
      members_of_chunks.push_back(std::move(members));
    }
  }
  return members_of_chunks;
}

class Splitter {
 public:
  Splitter(std::span<const TestDescription> tests, schedule::Job job,
           std::vector<std::int64_t> durations_us, const SplitOptions& options,
           const TestBuilds& builds)
      : tests_(tests),
        job_(std::move(job)),
        durations_us_(std::move(durations_us)),
        machine_(options.machine),
        targets_(builds.targets),
        closures_(tests, builds.needs, options.machine.cpu_milli),
        build_time_(options.build_time),
        parts_(job_),
        atoms_(atoms_of(tests))
  {
    for (std::uint32_t test = 0; test < tests.size(); ++test) {
      work_us_.push_back(work_us(test));
    }
    total_work_us_ = schedule::work_bound_us(job_, machine_, durations_us_);
    add_builds();
    for (const Atom& atom : atoms_) {
      longest_atom_us_ = std::max(longest_atom_us_, bound_us(atom));
    }
  }

  Splitter(const Splitter&) = delete;
  Splitter& operator=(const Splitter&) = delete;

  Plan cut(const ChunkCount& count) { return cut_into(count.chunks, no_limit, Sharing::sought); }

  Plan cut(const MaxTests& max)
  {
    const auto tests = static_cast<std::uint32_t>(tests_.size());
    return cut_into((tests + max.tests - 1) / max.tests, max.tests, Sharing::sought);
  }

  Plan cut(const TargetTime& target)
  {
    const double most = static_cast<double>(atoms_.size());
    const double left_s = target.seconds - target.overhead_s;
    double chunks = std::ceil(seconds(total_work_us_ + builds_.once_us) / left_s);
    // No number of chunks makes one shorter than what cannot be cut.
    const double wanted_s = std::max(left_s, seconds(longest_atom_us_));
    // What chunks share makes them faster only where building counts.
    const Sharing sharing = build_time_ == BuildTime::counted ? Sharing::sought : Sharing::left_out;
    for (;;) {
      chunks = std::clamp(chunks, 1.0, most);
      const auto count = static_cast<std::uint32_t>(chunks);
      Plan plan = cut_into(count, no_limit, sharing);
      if (plan.predicted_s <= wanted_s || chunks >= most) {
        Plan shared = cut_into(count, no_limit, Sharing::sought);
        return shared.predicted_s <= std::max(wanted_s, plan.predicted_s) ? shared : plan;
      }
      const double needed = std::floor(chunks * plan.predicted_s / wanted_s);
      chunks = std::max(chunks + 1, std::min(needed, chunks * 2));
    }
  }

 private:
  /// What is counted of the time in which chunks build.
  struct Builds {
    std::int64_t once_us = 0;   ///< of all that any test needs
    std::int64_t common_us = 0; ///< of what every atom needs
  };

  [[nodiscard]] std::int64_t work_us(std::uint32_t test) const;
  void add_builds();
  [[nodiscard]] std::int64_t build_us(const Indices& members) const;
  [[nodiscard]] double build_ratio(const std::vector<Indices>& chunks) const;
  [[nodiscard]] std::int64_t bound_us(const Atom& atom);
  [[nodiscard]] Items items_of(const std::vector<Atom>& atoms) const;
  void add_locks(const Atom& atom, Item& item,
                 std::map<std::string_view, std::uint32_t>& locks) const;
  [[nodiscard]] Plan cut_into(std::uint32_t chunks, std::uint32_t max_tests, Sharing sharing);
  [[nodiscard]] Plan plan_of(const std::vector<Indices>& chunks);
  [[nodiscard]] Chunk chunk_of(const Indices& members);

  std::span<const TestDescription> tests_;
  schedule::Job job_;
  std::vector<std::int64_t> durations_us_;
  schedule::Capacity machine_;
  const TargetsOfTests& targets_;
  BuildClosures closures_;
  BuildTime build_time_;
  PartOfJob parts_;
  std::vector<Atom> atoms_;
  std::vector<std::int64_t> work_us_;
  std::int64_t total_work_us_ = 0;
  Builds builds_;
  std::int64_t longest_atom_us_ = 0;
};

/// The time for which the test keeps the whole machine busy, were its use spread over all of it.
std::int64_t Splitter::work_us(std::uint32_t test) const
{
  const schedule::Shape shape = schedule::shape_of(job_.tasks[test].demand);
  if (shape.whole_machine) {
    return durations_us_[test];
  }
  const schedule::Amount all = schedule::amount_of(machine_);
  const schedule::Amount taken = schedule::JobLimits(job_).of_machine(shape, machine_);
  const auto share = [](std::int64_t part, std::int64_t whole) {
    return static_cast<double>(part) / static_cast<double>(whole);
  };
  const double largest =
      std::max({share(taken.cpu_milli, all.cpu_milli), share(taken.memory_bytes, all.memory_bytes),
                share(taken.waiting_milli, all.waiting_milli)});
  return static_cast<std::int64_t>(static_cast<double>(durations_us_[test]) * largest);
}

void Splitter::add_builds()
{
  if (build_time_ == BuildTime::left_out) {
    return;
  }
  std::vector<std::size_t> users(closures_.part_us().size(), 0);
  for (const Atom& atom : atoms_) {
    for (const std::uint32_t part : closures_.parts(members_of(atom))) {
      ++users[part];
    }
  }
  for (std::size_t part = 0; part < users.size(); ++part) {
    builds_.once_us += users[part] > 0 ? closures_.part_us()[part] : 0;
    builds_.common_us += users[part] == atoms_.size() ? closures_.part_us()[part] : 0;
  }
}

/// The time in which a chunk of these tests builds, as far as it counts.
std::int64_t Splitter::build_us(const Indices& members) const
{
  return build_time_ == BuildTime::counted ? closures_.time_us(closures_.parts(members)) : 0;
}

double Splitter::build_ratio(const std::vector<Indices>& chunks) const
{
  Indices all;
  std::int64_t sum_us = 0;
  for (const Indices& members : chunks) {
    sum_us += closures_.time_us(closures_.parts(members));
    all.insert(all.end(), members.begin(), members.end());
  }
  const std::int64_t once_us = closures_.time_us(closures_.parts(all));
  return once_us > 0 ? static_cast<double>(sum_us) / static_cast<double>(once_us) : 0;
}

std::int64_t Splitter::bound_us(const Atom& atom)
{
  const Indices members = members_of(atom);
  if (members.size() == 1) {
    return durations_us_[members.front()] + build_us(members);
  }
  std::vector<std::int64_t> durations_us;
  for (const std::uint32_t member : members) {
    durations_us.push_back(durations_us_[member]);
  }
  return schedule::lower_bound_us(parts_.of(members), machine_, durations_us) + build_us(members);
}

Items Splitter::items_of(const std::vector<Atom>& atoms) const
{
  Items items;
  items.build_time = build_time_;
  PartsOfItems parts;
  std::map<std::uint32_t, std::uint32_t> companions;
  std::map<std::string_view, std::uint32_t> locks;
  for (const Atom& atom : atoms) {
    Item& item = items.items.emplace_back();
    item.tests = static_cast<std::uint32_t>(atom.tests.size());
    for (const std::uint32_t test : atom.tests) {
      item.work_us += work_us_[test];
    }
    for (const std::uint32_t test : atom.companions) {
      const auto next = static_cast<std::uint32_t>(companions.size());
      const auto [companion, is_new] = companions.emplace(test, next);
      if (is_new) {
        items.companion_work_us.push_back(work_us_[test]);
      }
      item.companions.push_back(companion->second);
    }
    std::sort(item.companions.begin(), item.companions.end());
    add_locks(atom, item, locks);
    parts.push_back(closures_.parts(members_of(atom)));
  }
  items.lock_count = static_cast<std::uint32_t>(locks.size());
  add_build(items, parts, closures_.part_us());
  return items;
}

void Splitter::add_locks(const Atom& atom, Item& item,
                         std::map<std::string_view, std::uint32_t>& locks) const
{
  std::map<std::uint32_t, std::int64_t> times_us;
  for (const std::uint32_t test : atom.tests) {
    const auto& names = job_.tasks[test].demand.locks;
    for (const std::string_view name : std::set<std::string_view>(names.begin(), names.end())) {
      const auto lock = locks.emplace(name, static_cast<std::uint32_t>(locks.size())).first;
      times_us[lock->second] += durations_us_[test];
    }
  }
  item.locks.assign(times_us.begin(), times_us.end());
}

Plan Splitter::cut_into(std::uint32_t chunks, std::uint32_t max_tests, Sharing sharing)
{
  const std::int64_t small_us = total_work_us_ / chunks / 4;
  const std::vector<Atom> atoms = join_small_users(atoms_, durations_us_, small_us, max_tests);
  chunks = std::min(chunks, static_cast<std::uint32_t>(atoms.size()));
  const Items items = items_of(atoms);
  const auto planned = [&](Sharing by) {
    return plan_of(members_in(atoms, balance(items, chunks, max_tests, by)));
  };
  Plan plan = planned(sharing);
  if (sharing == Sharing::left_out || items.shared_build_us.empty() ||
      plan.predicted_s <= plan.lower_bound_s * most_over_bound) {
    return plan;
  }
  // Sums promised more than the schedules of these chunks keep.
  Plan apart = planned(Sharing::left_out);
  const bool is_dear = apart.predicted_s <= apart.lower_bound_s * most_over_bound ||
                       apart.predicted_s * most_over_bound < plan.predicted_s;
  return is_dear ? apart : plan;
}

Plan Splitter::plan_of(const std::vector<Indices>& chunks)
{
  Plan plan;
  for (const Indices& members : chunks) {
    plan.chunks.push_back(chunk_of(members));
  }
  std::ranges::stable_sort(plan.chunks, std::ranges::greater(), &Chunk::whole_s);
  for (std::uint32_t index = 0; index < plan.chunks.size(); ++index) {
    plan.chunks[index].index = index;
  }
  plan.predicted_s = plan.chunks.front().whole_s();
  const auto count = static_cast<std::int64_t>(plan.chunks.size());
  const std::int64_t sum_us = total_work_us_ + builds_.once_us + (count - 1) * builds_.common_us;
  plan.lower_bound_s = seconds(std::max(sum_us / count, longest_atom_us_));
  plan.build_ratio = build_ratio(chunks);
  return plan;
}

Chunk Splitter::chunk_of(const Indices& members)
{
  Chunk chunk;
  std::vector<std::int64_t> durations_us;
  std::set<std::string_view> targets;
  for (const std::uint32_t member : members) {
    chunk.tests.push_back(tests_[member].key);
    durations_us.push_back(durations_us_[member]);
    const auto found = targets_.find(tests_[member].key);
    if (found != targets_.end()) {
      targets.insert(found->second.begin(), found->second.end());
    }
  }
  chunk.targets.assign(targets.begin(), targets.end());
  chunk.build_s = seconds(build_us(members));
  chunk.predicted_s =
      seconds(schedule::simulate(parts_.of(members), machine_, durations_us).makespan_us);
  return chunk;
}

std::optional<Error> fault_of(const SplitOptions& options)
{
  const auto* count = std::get_if<ChunkCount>(&options.cut);
  if (count != nullptr && count->chunks == 0) {
    return user_error("a plan of 0 chunks holds no test; ask for at least 1");
  }
  const auto* max = std::get_if<MaxTests>(&options.cut);
  if (max != nullptr && max->tests == 0) {
    return user_error("chunks of at most 0 tests hold none; allow at least 1");
  }
  const auto* target = std::get_if<TargetTime>(&options.cut);
  if (target != nullptr && !(target->seconds > 0 && std::isfinite(target->seconds))) {
    return user_error("the target time of a chunk must be more than 0 seconds");
  }
  if (target != nullptr && target->overhead_s >= target->seconds) {
    return user_error(fmt::format("an overhead of {:g} s leaves no time for tests in a job of "
                                  "{:g} s; allow the job more",
                                  target->overhead_s, target->seconds));
  }
  return std::nullopt;
}

} // namespace

Result<Plan> split(std::span<const TestDescription> tests, const History& history,
                   const SplitOptions& options, const TestBuilds& builds,
                   std::span<const TestDescription> siblings)
{
  if (std::optional<Error> fault = fault_of(options)) {
    return *std::move(fault);
  }
  if (tests.empty()) {
    return Plan{};
  }
  Result<schedule::Job> job = schedule::tasks_from_tests(tests, history, "");
  if (job.has_error()) {
    return job.error();
  }
  job->pools = options.pools;
  std::vector<std::int64_t> durations_us =
      expected_durations_us(tests, history, siblings.empty() ? tests : siblings);
  for (std::size_t test = 0; test < tests.size(); ++test) {
    job->tasks[test].expected_us = durations_us[test];
  }
  Splitter splitter(tests, *std::move(job), std::move(durations_us), options, builds);
  return std::visit([&](const auto& cut) { return splitter.cut(cut); }, options.cut);
}

} // namespace winnow::split
