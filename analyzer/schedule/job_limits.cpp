// Clamps demands, and stretches the machine for jobs that ask for more than it has.
#include "analyzer/schedule/job_limits.hpp"

#include <algorithm>

namespace winnow::schedule {

namespace {

Amount with_cpu(const Shape& shape, std::int64_t cpu_milli, std::int64_t memory_bytes,
                std::int64_t slots)
{
  const bool waits = shape.cpu_milli <= most_of_waiting_milli;
  return {waits ? 0 : cpu_milli, memory_bytes, waits ? cpu_milli : 0, slots};
}

} // namespace

Shape shape_of(const Demand& demand)
{
  return {.cpu_milli = std::max<std::uint32_t>(demand.cpu_milli, 1),
          .memory_bytes = demand.memory_bytes,
          .whole_machine = demand.whole_machine,
          .cpu_is_guess = demand.cpu_is_guess,
          .memory_is_guess = demand.memory_is_guess};
}

Amount amount_of(const Capacity& capacity)
{
  const std::int64_t memory =
      capacity.memory_bytes == 0 ? unlimited : static_cast<std::int64_t>(capacity.memory_bytes);
  const std::int64_t cpu = std::max<std::int64_t>(capacity.cpu_milli, 1);
  return {cpu, memory, cpu, unlimited};
}

JobLimits::JobLimits(const Job& job)
{
  if (job.running_limit) {
    limits_.slots = std::max<std::int64_t>(*job.running_limit, 1);
  }
  if (job.cpu_limit_milli) {
    limits_.cpu_milli = std::max<std::int64_t>(*job.cpu_limit_milli, 1);
    limits_.waiting_milli = limits_.cpu_milli;
  }
  if (job.memory_limit_bytes) {
    limits_.memory_bytes = static_cast<std::int64_t>(
        std::clamp<std::uint64_t>(*job.memory_limit_bytes, 1, unlimited - 1));
  }
}

std::uint64_t JobLimits::memory(const Capacity& capacity) const
{
  if (limits_.memory_bytes == unlimited) {
    return capacity.memory_bytes;
  }
  const auto limit = static_cast<std::uint64_t>(limits_.memory_bytes);
  return capacity.memory_bytes == 0 ? limit : std::min(limit, capacity.memory_bytes);
}

std::uint32_t JobLimits::at_once(const Capacity& capacity) const
{
  std::int64_t most = std::max<std::int64_t>(capacity.cpu_milli / 1000, 1);
  if (limits_.slots != unlimited) {
    most = std::max(most, limits_.slots);
  }
  if (limits_.cpu_milli != unlimited) {
    most = std::max(most, limits_.cpu_milli / 1000);
  }
  return static_cast<std::uint32_t>(most);
}

Amount JobLimits::of_job(const Shape& shape) const
{
  const std::int64_t slots = (std::int64_t{shape.cpu_milli} + 999) / 1000;
  const bool has_memory = limits_.memory_bytes != unlimited;
  const std::uint64_t memory =
      has_memory ? std::min<std::uint64_t>(shape.memory_bytes, unlimited) : std::uint64_t{0};
  return at_most(with_cpu(shape, shape.cpu_milli, static_cast<std::int64_t>(memory), slots),
                 limits_);
}

Amount JobLimits::of_machine(const Shape& shape, const Capacity& capacity) const
{
  const std::int64_t all = amount_of(capacity).cpu_milli;
  const std::int64_t by_slots = limits_.slots == unlimited ? unlimited : limits_.slots * 1000;
  const std::int64_t most = std::min(limits_.cpu_milli, by_slots);
  std::int64_t cpu = std::min<std::int64_t>(shape.cpu_milli, most);
  if (most != unlimited && most > all) {
    cpu = std::max<std::int64_t>(cpu * all / most, 1);
  }
  std::int64_t memory = 0;
  if (capacity.memory_bytes != 0) {
    memory = static_cast<std::int64_t>(std::min(shape.memory_bytes, this->memory(capacity)));
  }
  return with_cpu(shape, std::min(cpu, all), memory, 0);
}

} // namespace winnow::schedule
