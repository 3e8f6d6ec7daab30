// Who holds which lock, and who waits for it.
#pragma once

#include "analyzer/model/resource_use.hpp"
#include "analyzer/schedule/ready_queue.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace winnow::schedule {

using LockId = Id<struct LockTag>;

/// A task that meets a held lock waits here, out of everyone's sight, until it is woken: a lock
/// that is given back wakes one task only, so that thousands who share it cost nothing meanwhile.
/// One that wants several is woken for one and finds another held, and so on: after a few times it
/// keeps those it finds free, in ascending order only, so that no two wait for each other.
class LockTable {
 public:
  /// A lock of a project, or of the machine if its name begins with "machine:".
  LockId intern(std::string_view scope, std::string_view name);

  /// The first of them that the task cannot take now.
  [[nodiscard]] std::optional<LockId> first_held(std::span<const LockId> locks, TaskId task) const;
  void take(std::span<const LockId> locks, TaskId holder);
  void give_back(std::span<const LockId> locks);

  /// Nobody else takes the lock until the task has taken it.
  void keep(LockId lock, TaskId task);
  /// It will not take them.
  void stop_keeping(std::span<const LockId> locks, TaskId task);

  void park(LockId lock, const Place& place);
  void unpark(LockId lock, const Place& place);
  /// The most important task that waits for this lock, now and then the oldest, no longer waiting;
  /// nothing while the lock is held or kept.
  std::optional<TaskId> wake(LockId lock);

  [[nodiscard]] const std::string& name_of(LockId lock) const;
  /// Who has it, or else had it last.
  [[nodiscard]] std::optional<TaskId> last_holder(LockId lock) const;
  /// How many of the tasks from `first` to before `end` wait for each lock.
  [[nodiscard]] std::vector<std::pair<LockId, std::uint32_t>> waiting(TaskId first,
                                                                      TaskId end) const;
  /// By scope and name.
  [[nodiscard]] std::vector<HeldLock> held() const;

 private:
  struct Lock {
    bool held = false;
    std::optional<TaskId> kept_for;
    std::optional<TaskId> holder; ///< the last one
    std::set<Place> waiting;
    std::map<TaskId, Place> by_age; ///< the same
    std::uint32_t wakings = 0;
    const std::string* name = nullptr; ///< in ids_
  };

  std::map<std::pair<std::string, std::string>, LockId> ids_; ///< by scope and name
  std::vector<Lock> locks_;
};

} // namespace winnow::schedule
