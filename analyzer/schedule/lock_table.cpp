// Locks by name, each with its line of waiting tasks.
#include "analyzer/schedule/lock_table.hpp"

#include <algorithm>

namespace winnow::schedule {
namespace {

constexpr std::uint32_t turn_of_oldest = 4; ///< one waking in so many

} // namespace

LockId LockTable::intern(std::string_view scope, std::string_view name)
{
  const bool of_machine = name.starts_with("machine:");
  std::pair<std::string, std::string> key(of_machine ? std::string_view() : scope, name);
  const LockId next{static_cast<std::uint32_t>(locks_.size())};
  const auto [entry, is_new] = ids_.emplace(std::move(key), next);
  if (is_new) {
    locks_.emplace_back();
    locks_.back().name = &entry->first.second;
  }
  return entry->second;
}

std::optional<LockId> LockTable::first_held(std::span<const LockId> locks, TaskId task) const
{
  for (const LockId lock : locks) {
    const Lock& of = locks_[lock.value];
    if (of.held || (of.kept_for && *of.kept_for != task)) {
      return lock;
    }
  }
  return std::nullopt;
}

void LockTable::take(std::span<const LockId> locks, TaskId holder)
{
  for (const LockId lock : locks) {
    locks_[lock.value].held = true;
    locks_[lock.value].kept_for.reset();
    locks_[lock.value].holder = holder;
  }
}

void LockTable::give_back(std::span<const LockId> locks)
{
  for (const LockId lock : locks) {
    locks_[lock.value].held = false;
  }
}

void LockTable::keep(LockId lock, TaskId task)
{
  locks_[lock.value].kept_for = task;
}

void LockTable::stop_keeping(std::span<const LockId> locks, TaskId task)
{
  for (const LockId lock : locks) {
    if (locks_[lock.value].kept_for == task) {
      locks_[lock.value].kept_for.reset();
    }
  }
}

void LockTable::park(LockId lock, const Place& place)
{
  locks_[lock.value].waiting.insert(place);
  locks_[lock.value].by_age.emplace(place.task, place);
}

void LockTable::unpark(LockId lock, const Place& place)
{
  locks_[lock.value].waiting.erase(place);
  locks_[lock.value].by_age.erase(place.task);
}

std::optional<TaskId> LockTable::wake(LockId lock)
{
  Lock& of = locks_[lock.value];
  if (of.held || of.kept_for || of.waiting.empty()) {
    return std::nullopt;
  }
  // However many of greater importance keep coming, the oldest gets its turn.
  const Place chosen =
      ++of.wakings % turn_of_oldest == 0 ? of.by_age.begin()->second : *of.waiting.begin();
  unpark(lock, chosen);
  return chosen.task;
}

const std::string& LockTable::name_of(LockId lock) const
{
  return *locks_[lock.value].name;
}

std::optional<TaskId> LockTable::last_holder(LockId lock) const
{
  return locks_[lock.value].holder;
}

std::vector<std::pair<LockId, std::uint32_t>> LockTable::waiting(TaskId first, TaskId end) const
{
  std::vector<std::pair<LockId, std::uint32_t>> counts;
  for (std::uint32_t lock = 0; lock < locks_.size(); ++lock) {
    const auto count = std::ranges::count_if(locks_[lock].waiting, [&](const Place& place) {
      return !(place.task < first) && place.task < end;
    });
    if (count > 0) {
      counts.emplace_back(LockId{lock}, static_cast<std::uint32_t>(count));
    }
  }
  return counts;
}

std::vector<HeldLock> LockTable::held() const
{
  std::vector<HeldLock> held;
  for (const auto& [key, lock] : ids_) {
    if (locks_[lock.value].held) {
      held.push_back({key.first, key.second});
    }
  }
  return held;
}

} // namespace winnow::schedule
