// How many units of each counted kind there are, how many are taken, and whom they are promised to.
#pragma once

#include "analyzer/model/ids.hpp"
#include "analyzer/model/resource_use.hpp"
#include "analyzer/model/test_description.hpp"
#include "analyzer/schedule/scheduler.hpp"

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace winnow::schedule {

using PoolId = Id<struct PoolTag>;

/// Kinds are data. Tasks that ask for the same have one demand number, whatever jobs they are of;
/// number 0 asks for nothing, and costs nothing.
class PoolTable {
 public:
  struct Units {
    PoolId pool;
    std::int64_t count = 0;

    auto operator<=>(const Units&) const = default;
  };

  /// A task that was refused, and whom others must not delay until it starts.
  struct Promised {
    TaskId task;
    std::uint32_t demand = 0;
  };

  /// From now on there are so many, also for jobs that declared another number.
  std::vector<PoolId> declare(std::string_view scope, const std::vector<ResourceCount>& pools);

  /// The number of what a task of that scope asks for.
  std::uint32_t demand_of(std::string_view scope, const std::vector<ResourceCount>& wanted);

  /// Ascending by pool.
  [[nodiscard]] const std::vector<Units>& units_of(std::uint32_t demand) const
  {
    return demands_[demand];
  }

  [[nodiscard]] std::int64_t capacity(PoolId pool) const { return pools_[pool.value].capacity; }

  [[nodiscard]] const std::string& name_of(PoolId pool) const { return pools_[pool.value].name; }

  [[nodiscard]] std::int64_t used(PoolId pool) const { return pools_[pool.value].used; }

  /// Never more than there are, but for a task that wants more than that: it has the pool alone.
  [[nodiscard]] bool fits(std::uint32_t demand) const { return demand == 0 || is_free(demand); }

  /// Whether both want units of one kind.
  [[nodiscard]] bool compete(std::uint32_t demand, std::uint32_t other) const;

  /// A task starts: it takes them, and needs no promise any more.
  void take(TaskId task, std::uint32_t demand);
  void give_back(std::uint32_t demand);

  /// In the order in which they were made; no two are about one pool.
  [[nodiscard]] const std::vector<Promised>& promised() const { return promised_; }

  void promise(TaskId task, std::uint32_t demand);

  void break_promise(TaskId task)
  {
    std::erase_if(promised_, [&](const Promised& promise) { return promise.task == task; });
  }

  [[nodiscard]] CountedUse use_of(PoolId pool) const;

 private:
  struct Pool {
    std::int64_t capacity = 0;
    std::int64_t used = 0;
    std::string scope;
    std::string name;
  };

  PoolId intern(std::string_view scope, std::string_view name);
  [[nodiscard]] bool is_free(std::uint32_t demand) const;

  std::map<std::pair<std::string, std::string>, PoolId> ids_;
  std::vector<Pool> pools_;
  std::map<std::vector<Units>, std::uint32_t> numbers_;
  std::vector<std::vector<Units>> demands_ = std::vector<std::vector<Units>>(1);
  std::vector<Promised> promised_;
};

} // namespace winnow::schedule
