// What the tasks of a job wait for: when each came to where it stands, and what it met before.
#include "analyzer/schedule/job_record.hpp"

#include <algorithm>
#include <utility>

namespace winnow::schedule {
namespace {

void add(std::vector<Waited>& parts, Waited part)
{
  if (part.us <= 0) {
    return;
  }
  const auto same = std::ranges::find_if(parts, [&](const Waited& other) {
    return other.cause == part.cause && other.name == part.name;
  });
  if (same == parts.end()) {
    parts.push_back(std::move(part));
  } else {
    same->us += part.us;
    same->task = part.task;
  }
}

} // namespace

void JobRecord::count_arrivals(std::int64_t now_us, const LockTable& locks)
{
  added_us_ = added_us_.value_or(now_us);
  for (const TaskId task : std::exchange(arrived_, {})) {
    count_arrival(task, now_us, locks);
  }
}

void JobRecord::count_arrival(TaskId task, std::int64_t now_us, const LockTable& locks)
{
  TaskRecord& record = this->task(task);
  if (record.phase != Phase::ready || record.is_counted) {
    return;
  }
  if (record.since_us != never) { // it comes from a lock
    std::vector<Waited> parts = waited_before(record, task);
    std::vector<Waited>& so_far = waited_so_far_.try_emplace(task, std::move(parts)).first->second;
    add(so_far, {WaitCause::lock, now_us - record.since_us, locks.name_of(record.parked_at),
                 locks.last_holder(record.parked_at)});
    record.after = no_task;
  }
  record.since_us = now_us;
  record.is_counted = true;
  ready_.lines().at(record.shape).clock().join(now_us);
}

std::vector<Waited> JobRecord::waited_before(const TaskRecord& record, TaskId task) const
{
  std::vector<Waited> parts;
  if (record.after != no_task && record.since_us != never && added_us_) {
    const bool has_turn = has_turns_ && index_of(task) > 0;
    add(parts, {has_turn ? WaitCause::turn : WaitCause::predecessor, record.since_us - *added_us_,
                "", record.after});
  }
  return parts;
}

WaitTimes JobRecord::uncount(TaskRecord& record, std::int64_t now_us)
{
  return std::exchange(record.is_counted, false)
             ? ready_.lines().at(record.shape).clock().leave(record.since_us, now_us)
             : WaitTimes{};
}

std::vector<Waited> JobRecord::waited(TaskId task, std::int64_t now_us, const LockTable& locks)
{
  count_arrival(task, now_us, locks);
  TaskRecord& record = this->task(task);
  const auto so_far = waited_so_far_.extract(task);
  std::vector<Waited> parts = so_far ? std::move(so_far.mapped()) : waited_before(record, task);
  const WaitTimes in_line = uncount(record, now_us);
  for (std::size_t cause = 0; cause < in_line.size(); ++cause) {
    if (in_line[cause] > 0) {
      const auto named = static_cast<WaitCause>(cause);
      add(parts, {named, in_line[cause], named == WaitCause::slots ? kinds_of(record.shape) : "",
                  std::nullopt});
    }
  }
  record.since_us = never;
  record.after = no_task;
  std::ranges::stable_sort(parts, std::greater{}, &Waited::us);
  return parts;
}

/// Thousands may do so at once, most of them without having waited for anything before.
void JobRecord::note_park(TaskId task, std::int64_t now_us, const LockTable& locks)
{
  count_arrival(task, now_us, locks);
  TaskRecord& record = this->task(task);
  const std::int64_t since_us = record.since_us;
  if (since_us < now_us || record.after != no_task || waited_so_far_.contains(task)) {
    std::vector<Waited> parts = waited(task, now_us, locks);
    if (!parts.empty()) {
      waited_so_far_.emplace(task, std::move(parts));
    }
  } else {
    uncount(record, now_us);
  }
  record.since_us = now_us;
}

std::string JobRecord::kinds_of(const Shape& shape) const
{
  std::string kinds = resources_.kinds_of(shape.resources);
  for (const PoolTable::Units& units : pool_table_.units_of(shape.pools)) {
    kinds += (kinds.empty() ? "" : ", ") + pool_table_.name_of(units.pool);
  }
  return kinds;
}

std::vector<WaitingTasks> JobRecord::waiting() const
{
  std::vector<WaitingTasks> groups;
  const auto count = [&](WaitingTasks group) {
    const auto same = std::ranges::find_if(groups, [&](const WaitingTasks& other) {
      return other.cause == group.cause && other.name == group.name && other.task == group.task;
    });
    if (same == groups.end()) {
      groups.push_back(std::move(group));
    } else {
      same->count += group.count;
    }
  };
  for (const auto& [shape, line] : ready_.lines()) {
    const WaitCause cause = line.clock().cause();
    count({static_cast<std::uint32_t>(line.size()), cause,
           cause == WaitCause::slots ? kinds_of(shape) : "", line.clock().by()});
  }
  const auto in_phase = [&](Phase phase) {
    return static_cast<std::uint32_t>(std::ranges::count(tasks_, phase, &TaskRecord::phase));
  };
  if (const std::uint32_t blocked = in_phase(Phase::blocked); blocked > 0) {
    count({blocked, has_turns_ ? WaitCause::turn : WaitCause::predecessor, "", std::nullopt});
  }
  if (const std::uint32_t suspended = in_phase(Phase::suspended); suspended > 0) {
    count({suspended, WaitCause::pause, "", std::nullopt});
  }
  return groups;
}

WaitCause JobRecord::first_cause() const
{
  const auto first = std::ranges::min_element(
      ready_.lines(), {}, [](const auto& line) -> const Place& { return line.second.best(); });
  if (first != ready_.lines().end()) {
    return first->second.clock().cause();
  }
  if (parked > 0) {
    return WaitCause::lock;
  }
  const bool waits = unfinished > running;
  return !waits ? WaitCause::nothing : has_turns_ ? WaitCause::turn : WaitCause::predecessor;
}

} // namespace winnow::schedule
