// Finds the processes of each test and adds up what they use.
#include "daemon/execute/tree_usage.hpp"

#include "daemon/execute/text_fields.hpp"

#include <sys/resource.h>

#include <algorithm>
#include <array>
#include <iterator>
#include <tuple>
#include <utility>

namespace winnow::execute {
namespace {

using Clock = std::chrono::steady_clock;

/// After this long a number may have gone to another process, so that strangers are looked at anew.
constexpr std::chrono::seconds strangers_stay{2};

/// What the kernel's rounding may take from a sum when a process is added to its parent's children.
constexpr std::int64_t rounding_ns = 20'000'000;

constexpr std::size_t most_kept_files = 4096;

} // namespace

/// If it was seen at about its largest: else nobody knows of which process that is told.
std::uint64_t TreeUsage::peak_with(std::uint64_t largest_resident_bytes) const
{
  const bool was_seen = peak_memory_bytes >= largest_resident_bytes / 2;
  const std::uint64_t files = was_seen ? std::min(file_bytes, largest_resident_bytes) : 0;
  return std::max(peak_memory_bytes, largest_resident_bytes - files);
}

TreeUsages::TreeUsages(std::size_t kept_files)
    : kept_{kept_files}, newest_file_("/proc/loadavg", kept_)
{}

std::size_t TreeUsages::spare_files()
{
  rlimit files{};
  if (::getrlimit(RLIMIT_NOFILE, &files) != 0) {
    return 0;
  }
  return std::min<std::size_t>(files.rlim_cur / 4, most_kept_files);
}

void TreeUsages::follow(pid_t leader)
{
  trees_.try_emplace(leader);
  members_.erase(leader);
  strangers_.clear(); // what it has started already was nobody's so far
  newest_pid_ = -1;
}

TreeUsage TreeUsages::forget(pid_t leader)
{
  const auto found = trees_.find(leader);
  if (found == trees_.end()) {
    return {};
  }
  const TreeUsage last = found->second.usage;
  trees_.erase(found);
  std::erase_if(members_, [&](const auto& member) { return member.second.leader == leader; });
  return last;
}

std::optional<TreeUsage> TreeUsages::of(pid_t leader) const
{
  const auto found = trees_.find(leader);
  return found != trees_.end() && found->second.looked_at ? std::optional(found->second.usage)
                                                          : std::nullopt;
}

void TreeUsages::look()
{
  if (trees_.empty()) {
    return;
  }
  // Asked before the list is made: what starts meanwhile shows the next time.
  const bool list = something_was_started();
  drop_vanished();
  if (Clock::now() - listed_at_ > strangers_stay) {
    strangers_.clear();
  }
  listed_at_ = Clock::now();
  if (list) {
    find_new();
  }
  for (auto& [pid, member] : members_) {
    measure(member);
  }
  add_private_memory();
  for (auto& [leader, tree] : trees_) {
    conclude(tree);
  }
}

/// The last word of loadavg is the number that was given to a process, or a thread, last.
bool TreeUsages::something_was_started()
{
  std::array<char, 128> buffer;
  TextFields fields(newest_file_.read(buffer));
  fields.skip(4);
  const std::int64_t newest = fields.number<std::int64_t>().value_or(-1);
  return std::exchange(newest_pid_, newest) != newest || newest < 0;
}

void TreeUsages::drop_vanished()
{
  for (auto at = members_.begin(); at != members_.end();) {
    if (at->second.usage.look()) {
      ++at;
    } else {
      ++trees_.at(at->second.leader).now.vanished;
      at = members_.erase(at);
    }
  }
}

/// What was in no tree when it was seen first is in none later: only children of members come in.
void TreeUsages::find_new()
{
  std::vector<pid_t> strangers;
  std::vector<std::pair<pid_t, ProcessStat>> unknown;
  for (const pid_t pid : all_processes()) {
    if (members_.contains(pid)) {
      continue;
    }
    const auto process = std::ranges::binary_search(strangers_, pid) ? std::nullopt : stat_of(pid);
    if (process) {
      unknown.emplace_back(pid, *process);
    } else {
      strangers.push_back(pid);
    }
  }
  for (bool grew = true; grew;) {
    grew = std::erase_if(unknown, [&](const auto& entry) {
             const std::optional<pid_t> leader = leader_of(entry.second);
             if (!leader) {
               return false;
             }
             Member member{*leader, ProcessUsage(entry.first, kept_), {}};
             if (member.usage.look()) {
               members_.emplace(entry.first, std::move(member));
             }
             return true;
           }) > 0;
  }
  std::ranges::transform(unknown, std::back_inserter(strangers),
                         [](const auto& u) { return u.first; });
  std::ranges::sort(strangers);
  strangers_ = std::move(strangers);
}

std::optional<pid_t> TreeUsages::leader_of(const ProcessStat& process) const
{
  if (trees_.contains(process.session)) {
    return process.session;
  }
  const auto parent = members_.find(process.parent);
  return parent != members_.end() ? std::optional(parent->second.leader) : std::nullopt;
}

void TreeUsages::measure(Member& member)
{
  Tree& tree = trees_.at(member.leader);
  tree.looked_at = true;
  tree.now.cpu_ns += member.usage.cpu_ns();
  member.memory.reset();
  const ProcessStat& stat = member.usage.stat();
  if (!stat.lives()) {
    return;
  }
  ++tree.now.processes;
  tree.now.ready_processes += stat.state == 'R' || stat.state == 'D' ? 1 : 0;
  if (const auto delay_ns = member.usage.take_run_delay_ns()) {
    tree.delay_ns += *delay_ns;
    tree.usage.run_delay_us = tree.delay_ns / 1000;
  }
  member.memory = member.usage.read_memory();
  if (member.memory) {
    tree.now.knows_memory = true;
    tree.now.shared_bytes = std::max(tree.now.shared_bytes, member.memory->shared_bytes);
    if (member.memory->private_bytes >= tree.now.largest_bytes) {
      tree.now.largest_bytes = member.memory->private_bytes;
      tree.now.file_bytes = member.memory->file_bytes;
    }
  }
}

/// Of processes that were forked from one another the eldest counts whole, the others without what
/// they have of it.
void TreeUsages::add_private_memory()
{
  std::vector<Member*> all;
  for (auto& [pid, member] : members_) {
    if (member.memory) {
      all.push_back(&member);
    }
  }
  const auto family = [](const Member* member) {
    return std::pair(member->leader, member->usage.stat().stack_start);
  };
  std::ranges::stable_sort(all, {}, [&](const Member* member) {
    const ProcessStat& stat = member->usage.stat();
    return std::tuple(family(member), stat.forked_without_exec, stat.started_ticks);
  });
  const Member* eldest = nullptr;
  for (Member* member : all) {
    const ProcessStat& stat = member->usage.stat();
    const std::uint64_t bytes = member->memory->private_bytes;
    const bool shares = eldest != nullptr && family(eldest) == family(member) &&
                        stat.stack_start != 0 && stat.forked_without_exec;
    if (!shares) {
      eldest = member;
    }
    trees_.at(member->leader).now.private_bytes +=
        shares ? member->usage.without_inherited(bytes, eldest->memory->private_bytes) : bytes;
  }
}

/// Of a process that ended the time is in its parent's, unless the parent did not wait for it.
void TreeUsages::conclude(Tree& tree)
{
  const Sum now = std::exchange(tree.now, {});
  TreeUsage& usage = tree.usage;
  usage.processes = now.processes;
  usage.ready_processes = now.ready_processes;
  const std::int64_t before_ns = usage.cpu_us * 1000;
  const std::int64_t missing_ns = before_ns - (now.cpu_ns + tree.lost_ns);
  if (missing_ns > rounding_ns * (now.vanished + 1)) {
    tree.lost_ns += missing_ns;
  }
  usage.cpu_us = std::max(before_ns, now.cpu_ns + tree.lost_ns) / 1000;
  usage.memory_bytes.reset();
  if (now.knows_memory) {
    usage.file_bytes = now.file_bytes;
    usage.memory_bytes = now.private_bytes + now.shared_bytes;
    usage.peak_memory_bytes = std::max(usage.peak_memory_bytes, *usage.memory_bytes);
  }
}

} // namespace winnow::execute
