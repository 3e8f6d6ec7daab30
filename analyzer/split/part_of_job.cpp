// Numbers tasks anew.
#include "analyzer/split/part_of_job.hpp"

#include <limits>

namespace winnow::split {
namespace {

constexpr std::uint32_t nowhere = std::numeric_limits<std::uint32_t>::max();

} // namespace

PartOfJob::PartOfJob(const schedule::Job& job) : job_(job), place_(job.tasks.size(), nowhere) {}

schedule::Job PartOfJob::of(std::span<const std::uint32_t> members)
{
  schedule::Job part;
  part.lock_scope = job_.lock_scope;
  part.pools = job_.pools;
  part.tasks.reserve(members.size());
  for (std::uint32_t place = 0; place < members.size(); ++place) {
    place_[members[place]] = place;
  }
  for (const std::uint32_t member : members) {
    schedule::Task& task = part.tasks.emplace_back(job_.tasks[member]);
    std::erase_if(task.predecessors, [&](const schedule::Predecessor& predecessor) {
      return place_[predecessor.task] == nowhere;
    });
    for (schedule::Predecessor& predecessor : task.predecessors) {
      predecessor.task = place_[predecessor.task];
    }
  }
  for (const std::uint32_t member : members) {
    place_[member] = nowhere;
  }
  return part;
}

} // namespace winnow::split
