// Who holds which lock, and who waits for it.
#pragma once

#include "analyzer/schedule/ready_queue.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace winnow::schedule {

using LockId = Id<struct LockTag>;

/// A task that meets a held lock waits here, out of everyone's sight, until it is woken: a lock
/// that is given back wakes one task only, so that thousands who share it cost nothing meanwhile.
class LockTable {
 public:
  /// A lock of a project, or of the machine if its name begins with "machine:".
  LockId intern(std::string_view scope, std::string_view name);

  [[nodiscard]] std::optional<LockId> first_held(std::span<const LockId> locks) const;
  void take(std::span<const LockId> locks);
  void give_back(std::span<const LockId> locks);

  void park(LockId lock, const Place& place);
  void unpark(LockId lock, const Place& place);
  /// The most important task that waits for this lock, no longer waiting; nothing while it is held.
  std::optional<TaskId> wake(LockId lock);

 private:
  struct Lock {
    bool held = false;
    std::set<Place> waiting;
  };

  std::map<std::pair<std::string, std::string>, LockId> ids_;
  std::vector<Lock> locks_;
};

} // namespace winnow::schedule
