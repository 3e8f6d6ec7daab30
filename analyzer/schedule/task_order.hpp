// The order that the predecessors of a job's tasks impose.
#pragma once

#include "analyzer/schedule/scheduler.hpp"

#include <cstdint>
#include <vector>

namespace winnow::schedule {

/// Who waits for each task: Job::tasks turned around, in one block of memory.
class Successors {
 public:
  struct Successor {
    std::uint32_t task = 0;
    After after = After::order;
  };

  Successors() = default;
  explicit Successors(const std::vector<Task>& tasks);

  [[nodiscard]] const Successor* begin_of(std::uint32_t task) const
  {
    return entries_.data() + first_[task];
  }

  [[nodiscard]] const Successor* end_of(std::uint32_t task) const
  {
    return entries_.data() + first_[task + 1];
  }

 private:
  std::vector<std::uint32_t> first_;
  std::vector<Successor> entries_;
};

/// Every task after its predecessors; tasks on or behind a cycle are missing.
std::vector<std::uint32_t> topological_order(const std::vector<Task>& tasks);

} // namespace winnow::schedule
