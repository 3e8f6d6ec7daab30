// Locks by name, each with its line of waiting tasks.
#include "analyzer/schedule/lock_table.hpp"

namespace winnow::schedule {

LockId LockTable::intern(std::string_view scope, std::string_view name)
{
  const bool of_machine = name.starts_with("machine:");
  std::pair<std::string, std::string> key(of_machine ? std::string_view() : scope, name);
  const LockId next{static_cast<std::uint32_t>(locks_.size())};
  const auto [entry, is_new] = ids_.emplace(std::move(key), next);
  if (is_new) {
    locks_.emplace_back();
  }
  return entry->second;
}

std::optional<LockId> LockTable::first_held(std::span<const LockId> locks) const
{
  for (const LockId lock : locks) {
    if (locks_[lock.value].held) {
      return lock;
    }
  }
  return std::nullopt;
}

void LockTable::take(std::span<const LockId> locks)
{
  for (const LockId lock : locks) {
    locks_[lock.value].held = true;
  }
}

void LockTable::give_back(std::span<const LockId> locks)
{
  for (const LockId lock : locks) {
    locks_[lock.value].held = false;
  }
}

void LockTable::park(LockId lock, const Place& place)
{
  locks_[lock.value].waiting.insert(place);
}

void LockTable::unpark(LockId lock, const Place& place)
{
  locks_[lock.value].waiting.erase(place);
}

std::optional<TaskId> LockTable::wake(LockId lock)
{
  Lock& of = locks_[lock.value];
  if (of.held || of.waiting.empty()) {
    return std::nullopt;
  }
  const TaskId task = of.waiting.begin()->task;
  of.waiting.erase(of.waiting.begin());
  return task;
}

} // namespace winnow::schedule
