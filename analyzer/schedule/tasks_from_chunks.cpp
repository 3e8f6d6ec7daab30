// Each chunk as if it were alone, then turns for the tests that several have.
#include "analyzer/schedule/tasks_from_chunks.hpp"

#include "analyzer/schedule/task_order.hpp"
#include "analyzer/schedule/tasks_from_tests.hpp"

#include <map>
#include <utility>
#include <vector>

namespace winnow::schedule {
namespace {

using Indices = std::vector<std::uint32_t>;
using Chunks = std::map<std::uint32_t, Indices>; ///< the tests of each, ascending

/// Adds the tasks of one chunk at the places of its tests.
Result<void> add_chunk(const TestRefs& tests, const Indices& members, const History& history,
                       Job& job)
{
  TestRefs own;
  own.reserve(members.size());
  for (const std::uint32_t member : members) {
    own.add(tests[member]);
  }
  Result<Job> part = tasks_from_tests(own, history, job.lock_scope);
  if (part.has_error()) {
    return part.error();
  }
  for (std::size_t place = 0; place < members.size(); ++place) {
    Task& task = part->tasks[place];
    for (Predecessor& predecessor : task.predecessors) {
      predecessor.task = members[predecessor.task];
    }
    job.tasks[members[place]] = std::move(task);
  }
  return {};
}

/// What comes first and last of all that is tied to a task, as far as the chunks' own order goes.
class Ties {
 public:
  explicit Ties(const std::vector<Task>& tasks)
      : tasks_(tasks), successors_(tasks), seen_(tasks.size(), 0)
  {}

  /// Of the task and those it waits for, the ones that wait for nothing.
  Indices first_of(std::uint32_t task)
  {
    return ends_of(task, [&](std::uint32_t at, auto visit) {
      for (const Predecessor& predecessor : tasks_[at].predecessors) {
        visit(predecessor.task);
      }
    });
  }

  /// Of the task and those that wait for it, the ones that nothing waits for.
  Indices last_of(std::uint32_t task)
  {
    return ends_of(task, [&](std::uint32_t at, auto visit) {
      for (auto next = successors_.begin_of(at); next != successors_.end_of(at); ++next) {
        visit(next->task);
      }
    });
  }

 private:
  template <class ForEachNext>
  Indices ends_of(std::uint32_t task, ForEachNext for_each_next)
  {
    ++walk_;
    Indices pending{task};
    Indices ends;
    seen_[task] = walk_;
    while (!pending.empty()) {
      const std::uint32_t at = pending.back();
      pending.pop_back();
      bool is_end = true;
      for_each_next(at, [&](std::uint32_t next) {
        is_end = false;
        if (std::exchange(seen_[next], walk_) != walk_) {
          pending.push_back(next);
        }
      });
      if (is_end) {
        ends.push_back(at);
      }
    }
    return ends;
  }

  const std::vector<Task>& tasks_;
  Successors successors_;
  std::vector<std::uint32_t> seen_; ///< in which walk, 0 for none
  std::uint32_t walk_ = 0;
};

/// Every new edge leads from a chunk to a later one, so that they make no circle.
void take_turns(const TestRefs& tests, const Chunks& chunks, Job& job)
{
  Ties ties(job.tasks);
  std::vector<std::pair<std::uint32_t, std::uint32_t>> edges;
  std::map<TestKey, std::uint32_t> latest;
  for (const auto& [chunk, members] : chunks) {
    for (const std::uint32_t test : members) {
      const auto [known, is_new] = latest.try_emplace(tests[test].key, test);
      if (is_new) {
        continue;
      }
      for (const std::uint32_t last : ties.last_of(std::exchange(known->second, test))) {
        for (const std::uint32_t first : ties.first_of(test)) {
          edges.emplace_back(last, first);
        }
      }
    }
  }
  for (const auto& [earlier, later] : edges) {
    job.tasks[later].predecessors.push_back({earlier, After::order});
  }
}

} // namespace

Result<Job> tasks_from_chunks(const TestRefs& tests, std::span<const std::uint32_t> chunk_of,
                              const History& history, const std::string& lock_scope)
{
  Chunks chunks;
  for (std::uint32_t test = 0; test < tests.size(); ++test) {
    chunks[chunk_of[test]].push_back(test);
  }
  if (chunks.size() <= 1) {
    return tasks_from_tests(tests, history, lock_scope);
  }
  Job job;
  job.lock_scope = lock_scope;
  job.tasks.resize(tests.size());
  for (const auto& [chunk, members] : chunks) {
    const Result<void> added = add_chunk(tests, members, history, job);
    if (added.has_error()) {
      return added.error();
    }
  }
  take_turns(tests, chunks, job);
  return job;
}

} // namespace winnow::schedule
