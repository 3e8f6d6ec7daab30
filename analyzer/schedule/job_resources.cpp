// Numbers the demands of a job and asks its pool about each.
#include "analyzer/schedule/job_resources.hpp"

#include <algorithm>
#include <set>
#include <utility>

namespace winnow::schedule {
namespace {

bool asks_for(const ResourceGroups& groups, const std::string& kind)
{
  return std::ranges::any_of(groups, [&](const auto& group) {
    return std::ranges::any_of(
        group, [&](const ResourceRequirement& requirement) { return requirement.kind == kind; });
  });
}

} // namespace

JobResources::JobResources(const Job& job) : demands_(1)
{
  std::map<ResourceGroups, std::uint32_t> numbers{{{}, 0}};
  demand_of_.reserve(job.tasks.size());
  for (const Task& task : job.tasks) {
    const ResourceGroups& groups = task.demand.resource_groups;
    const auto [number, is_new] =
        numbers.emplace(groups, static_cast<std::uint32_t>(demands_.size()));
    if (is_new) {
      demands_.push_back({groups, true, std::nullopt, 0});
    }
    demand_of_.push_back(number->second);
  }
  if (job.resource_spec) {
    set_spec(*job.resource_spec);
  }
}

void JobResources::set_spec(const ResourceSpec& spec)
{
  whole_.emplace(spec);
  pool_ = whole_;
  ++state_;
  given_.clear();
  for (Demand& demand : demands_) {
    demand.ever_fits = whole_->allocate(demand.groups).has_value();
  }
}

const std::optional<ResourceAllocation>& JobResources::allocation(const Demand& demand) const
{
  if (demand.allocation_of != state_) {
    demand.allocation = pool_->allocate(demand.groups);
    demand.allocation_of = state_;
  }
  return demand.allocation;
}

bool JobResources::ever_fits(std::uint32_t demand) const
{
  return demands_[demand].ever_fits;
}

bool JobResources::fits_now(std::uint32_t demand) const
{
  return demand == 0 || !pool_ || allocation(demands_[demand]).has_value();
}

std::string JobResources::kinds_of(std::uint32_t demand) const
{
  std::set<std::string> kinds;
  for (const auto& group : demands_[demand].groups) {
    for (const ResourceRequirement& requirement : group) {
      kinds.insert(requirement.kind);
    }
  }
  std::string names;
  for (const std::string& kind : kinds) {
    names += (names.empty() ? "" : ", ") + kind;
  }
  return names;
}

bool JobResources::is_wide(std::uint32_t demand) const
{
  std::map<std::string, std::uint64_t> slots;
  for (const std::vector<ResourceRequirement>& group : demands_[demand].groups) {
    for (const ResourceRequirement& requirement : group) {
      slots[requirement.kind] += requirement.slots;
    }
  }
  return whole_ && std::ranges::any_of(slots, [&](const auto& of_kind) {
           return of_kind.second > whole_->slots_of(of_kind.first) / 2;
         });
}

bool JobResources::compete(std::uint32_t demand, std::uint32_t other) const
{
  return pool_ && std::ranges::any_of(demands_[demand].groups, [&](const auto& group) {
           return std::ranges::any_of(group, [&](const ResourceRequirement& requirement) {
             return asks_for(demands_[other].groups, requirement.kind);
           });
         });
}

std::int64_t JobResources::wait_us(std::uint32_t demand, std::vector<ExpectedEnd> ends) const
{
  if (fits_now(demand)) {
    return 0;
  }
  std::ranges::sort(ends, {}, &ExpectedEnd::remaining_us);
  ResourcePool pool = *pool_;
  std::int64_t wait_us = 0;
  for (const ExpectedEnd& end : ends) {
    if (const auto given = given_.find(end.task); given != given_.end()) {
      pool.give_back(given->second);
      wait_us = end.remaining_us;
      if (pool.allocate(demands_[demand].groups)) {
        break;
      }
    }
  }
  return wait_us;
}

std::vector<ResourceShortfall> JobResources::shortfalls(std::uint32_t demand) const
{
  return whole_ ? whole_->shortfalls(demands_[demand].groups) : std::vector<ResourceShortfall>{};
}

std::optional<ResourceAllocation> JobResources::start(TaskId task, std::uint32_t demand)
{
  if (!pool_) {
    return std::nullopt;
  }
  const ResourceAllocation allocated = allocation(demands_[demand]).value();
  if (demand != 0) {
    pool_->take(allocated);
    ++state_;
    given_.emplace(task, allocated);
  }
  return allocated;
}

void JobResources::finish(TaskId task)
{
  if (const auto given = given_.find(task); given != given_.end()) {
    pool_->give_back(given->second);
    ++state_;
    given_.erase(given);
  }
}

} // namespace winnow::schedule
