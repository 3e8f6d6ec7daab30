// The named instances that the tasks of one job share, and which task has which.
#pragma once

#include "analyzer/schedule/resource_pool.hpp"
#include "analyzer/schedule/scheduler.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace winnow::schedule {

/// When a running task ends, as far as known.
struct ExpectedEnd {
  std::int64_t remaining_us = 0;
  TaskId task;
};

/// Tasks that ask for the same have one demand number, so that each question is answered once for
/// all of them. Number 0 asks for nothing. Without a specification everything fits.
class JobResources {
 public:
  explicit JobResources(const Job& job);

  /// From now on; what runs keeps nothing of an earlier one.
  void set_spec(const ResourceSpec& spec);

  [[nodiscard]] std::uint32_t demand_of(std::uint32_t index) const { return demand_of_[index]; }

  /// Whether it fits when nothing else runs.
  [[nodiscard]] bool ever_fits(std::uint32_t demand) const;
  [[nodiscard]] bool fits_now(std::uint32_t demand) const;
  /// Whether it takes more than half of all slots of a kind.
  [[nodiscard]] bool is_wide(std::uint32_t demand) const;
  /// Whether both want slots of one kind.
  [[nodiscard]] bool compete(std::uint32_t demand, std::uint32_t other) const;
  /// Of what does not fit now: how long until enough is given back.
  [[nodiscard]] std::int64_t wait_us(std::uint32_t demand, std::vector<ExpectedEnd> ends) const;
  /// The kinds it asks for: "fpgas, gpus".
  [[nodiscard]] std::string kinds_of(std::uint32_t demand) const;
  /// Of what never fits.
  [[nodiscard]] std::vector<ResourceShortfall> shortfalls(std::uint32_t demand) const;

  /// What a task that fits is given; unset without a specification.
  std::optional<ResourceAllocation> start(TaskId task, std::uint32_t demand);
  void finish(TaskId task);

 private:
  struct Demand {
    ResourceGroups groups;
    bool ever_fits = true;
    /// What it would be given, at one state of the pool.
    mutable std::optional<ResourceAllocation> allocation;
    mutable std::uint64_t allocation_of = 0;
  };

  const std::optional<ResourceAllocation>& allocation(const Demand& demand) const;

  std::vector<std::uint32_t> demand_of_; ///< by task of the job
  std::vector<Demand> demands_;
  std::optional<ResourcePool> pool_; ///< as it is now
  std::optional<ResourcePool> whole_;
  std::uint64_t state_ = 1; ///< of the pool: grows with every change
  std::map<TaskId, ResourceAllocation> given_;
};

} // namespace winnow::schedule
