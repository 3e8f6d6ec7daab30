// Some tasks of a job as a job of their own.
#pragma once

#include "analyzer/schedule/scheduler.hpp"

#include <cstdint>
#include <span>
#include <vector>

namespace winnow::split {

/// Not thread-safe.
class PartOfJob {
 public:
  /// `job` must outlive this.
  explicit PartOfJob(const schedule::Job& job);

  /// Tasks in the order of `members`; predecessors outside of them are left out.
  schedule::Job of(std::span<const std::uint32_t> members);

 private:
  const schedule::Job& job_;
  std::vector<std::uint32_t> place_;
};

} // namespace winnow::split
