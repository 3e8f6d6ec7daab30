// Sorts as ctest's serial list is sorted, then takes what may run first.
#include "analyzer/schedule/serial_order.hpp"

#include "analyzer/schedule/test_order.hpp"

#include <algorithm>
#include <functional>
#include <numeric>
#include <queue>

namespace winnow::schedule {
namespace {

using Indices = std::vector<std::uint32_t>;

/// For each test those it comes after; ctest looks at no fixture of a disabled user.
std::vector<Indices> predecessors_of(const TestRefs& tests)
{
  TestOrder order = order_of(tests, SameName::first);
  std::vector<Indices> predecessors = std::move(order.depends);
  const auto add = [&](std::uint32_t test, std::uint32_t earlier) {
    if (test != earlier) {
      predecessors[test].push_back(earlier);
    }
  };
  for (const Fixture& fixture : order.fixtures) {
    for (const std::uint32_t user : fixture.users) {
      if (!tests[user].properties->disabled) {
        std::ranges::for_each(fixture.setups, [&](std::uint32_t setup) { add(user, setup); });
      }
    }
    for (const std::uint32_t cleanup : fixture.cleanups) {
      for (const Indices* earlier : {&fixture.users, &fixture.setups}) {
        for (const std::uint32_t test : *earlier) {
          if (!tests[test].properties->disabled) {
            add(cleanup, test);
          }
        }
      }
    }
  }
  return predecessors;
}

/// Each test after everything it comes after, however indirectly; those by index alone.
Indices grouped(const TestRefs& tests, const std::vector<Indices>& predecessors)
{
  Indices by_cost(tests.size());
  std::iota(by_cost.begin(), by_cost.end(), 0U);
  std::ranges::stable_sort(by_cost, std::ranges::greater(), [&](std::uint32_t test) {
    return static_cast<float>(tests[test].properties->cost);
  });
  std::vector<bool> is_listed(tests.size());
  Indices list;
  for (const std::uint32_t test : by_cost) {
    Indices group;
    if (!is_listed[test]) {
      is_listed[test] = true;
      group.push_back(test);
    }
    for (std::size_t next = 0; next < group.size(); ++next) { // grows on the way
      for (const std::uint32_t earlier : predecessors[group[next]]) {
        if (!is_listed[earlier]) {
          is_listed[earlier] = true;
          group.push_back(earlier);
        }
      }
    }
    if (!group.empty()) {
      std::sort(group.begin() + 1, group.end());
      list.insert(list.end(), group.begin() + 1, group.end());
      list.push_back(group.front());
    }
  }
  return list;
}

} // namespace

std::vector<std::uint32_t> serial_order(const TestRefs& tests)
{
  const std::vector<Indices> predecessors = predecessors_of(tests);
  const Indices list = grouped(tests, predecessors);
  Indices place(tests.size());
  std::vector<std::size_t> missing(tests.size());
  std::vector<Indices> successors(tests.size());
  std::priority_queue<std::uint32_t, Indices, std::greater<>> ready; // places in the list
  for (std::uint32_t at = 0; at < list.size(); ++at) {
    const std::uint32_t test = list[at];
    place[test] = at;
    missing[test] = predecessors[test].size();
    for (const std::uint32_t earlier : predecessors[test]) {
      successors[earlier].push_back(test);
    }
    if (missing[test] == 0) {
      ready.push(at);
    }
  }
  Indices order;
  std::vector<bool> is_ordered(tests.size());
  while (!ready.empty()) {
    const std::uint32_t test = list[ready.top()];
    ready.pop();
    order.push_back(test);
    is_ordered[test] = true;
    for (const std::uint32_t later : successors[test]) {
      if (--missing[later] == 0) {
        ready.push(place[later]);
      }
    }
  }
  std::ranges::copy_if(list, std::back_inserter(order),
                       [&](std::uint32_t test) { return !is_ordered[test]; });
  return order;
}

Job in_turns(const Job& job, std::span<const std::uint32_t> order)
{
  constexpr std::uint32_t left_out = ~std::uint32_t{0};
  Indices turn(job.tasks.size(), left_out);
  for (std::uint32_t at = 0; at < order.size(); ++at) {
    turn[order[at]] = at;
  }
  Job result = job;
  result.in_turns = true;
  result.tasks.clear();
  for (const std::uint32_t index : order) {
    Task& task = result.tasks.emplace_back(job.tasks[index]);
    std::erase_if(task.predecessors,
                  [&](const Predecessor& earlier) { return turn[earlier.task] == left_out; });
    for (Predecessor& earlier : task.predecessors) {
      earlier.task = turn[earlier.task];
    }
  }
  return result;
}

} // namespace winnow::schedule
