// When the tasks that wait for units of counted kinds get them, and what may run until then.
#pragma once

#include "analyzer/schedule/pool_table.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <vector>

namespace winnow::schedule {

/// What a running task gives back, and in how long as far as known.
struct PoolHolding {
  std::int64_t remaining_us = 0;
  std::uint32_t demand = 0;
};

/// The promises of one round, as Reservation is that of other resources: the tasks stay promised
/// from round to round, since one that wants many would else be overtaken by other jobs' tasks.
class PoolPromises {
 public:
  explicit PoolPromises(const PoolTable& pools) : pools_(pools) {}

  [[nodiscard]] bool empty() const { return promises_.empty(); }

  /// `holdings` are those of all running tasks.
  void add(TaskId task, std::uint32_t demand, std::vector<PoolHolding> holdings);
  /// The task waits for other things for so long.
  void extend(TaskId task, std::int64_t window_us);
  /// Notes a start.
  void admit(TaskId task, std::uint32_t demand, std::int64_t estimate_us);

  /// Whether one is about a kind that this demand wants.
  [[nodiscard]] bool touch(std::uint32_t demand) const;
  /// How long a task of this demand may take without delaying those who have a promise.
  [[nodiscard]] std::int64_t window_us(std::uint32_t demand) const;
  /// Who has one about a kind that this demand wants.
  [[nodiscard]] std::optional<TaskId> task_before(std::uint32_t demand) const;
  /// Who of this very demand has one, if anybody does.
  [[nodiscard]] std::optional<TaskId> task_of(std::uint32_t demand) const;

 private:
  struct Promise {
    TaskId task;
    std::uint32_t demand = 0;
    std::int64_t window_us = 0;
    std::map<PoolId, std::int64_t> spare; ///< at the end of the window, besides what is promised
  };

  const PoolTable& pools_;
  std::vector<Promise> promises_; ///< no two about one pool
};

} // namespace winnow::schedule
