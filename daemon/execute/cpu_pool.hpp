// Cpus for tests that want some for themselves (PROCESSOR_AFFINITY).
#pragma once

#include <cstddef>
#include <cstdint>
#include <set>
#include <vector>

namespace winnow::execute {

/// Numbers of cpus as the kernel has them.
using Cpus = std::vector<std::uint32_t>;

/// Gives each cpu to one test at a time, the lowest first.
class CpuPool {
 public:
  explicit CpuPool(const Cpus& cpus) : free_(cpus.begin(), cpus.end()), all_(cpus.size()) {}

  /// As many as asked for, or all there are; none where others have too many of them.
  Cpus take(std::size_t count);

  void give_back(const Cpus& cpus) { free_.insert(cpus.begin(), cpus.end()); }

 private:
  std::set<std::uint32_t> free_;
  std::size_t all_;
};

/// Those that this process may run on.
Cpus allowed_cpus();

} // namespace winnow::execute
