// Written member by member: an absent one would read as unknown.
#include "analyzer/report/resource_use_json.hpp"

#include "analyzer/report/member_reader.hpp"

#include <boost/json.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>

namespace winnow::report {
namespace {

namespace json = boost::json;

json::object cpus_of(std::uint64_t used_milli, std::uint64_t capacity_milli)
{
  return {{"used", static_cast<double>(used_milli) / 1000},
          {"capacity", static_cast<double>(capacity_milli) / 1000}};
}

json::object pressure_value(const PressureState& pressure)
{
  json::object value{{"short_of", name_of(pressure.of)}};
  if (pressure.of != Shortage::none) {
    value.emplace("for_us", pressure.for_us);
  }
  value.emplace("tests_ended", pressure.tests_ended);
  value.emplace("tests_killed", pressure.tests_killed);
  return value;
}

PressureState pressure_in(const MemberReader& reader)
{
  PressureState pressure;
  constexpr std::array all{Shortage::none, Shortage::cpu, Shortage::memory};
  const std::string of = reader.text("short_of");
  const auto* const shortage =
      std::ranges::find_if(all, [&](Shortage each) { return name_of(each) == of; });
  if (shortage == all.end()) {
    reader.fail("short_of", "is no kind of shortage");
  } else {
    pressure.of = *shortage;
  }
  if (reader.has("for_us")) {
    pressure.for_us = static_cast<std::int64_t>(reader.number("for_us"));
  }
  pressure.tests_ended = static_cast<std::uint64_t>(reader.number("tests_ended"));
  pressure.tests_killed = static_cast<std::uint64_t>(reader.number("tests_killed"));
  return pressure;
}

std::uint64_t milli_in(const MemberReader& reader, std::string_view member)
{
  return static_cast<std::uint64_t>(std::llround(reader.number(member) * 1000));
}

/// The only object of a list with that one element, or of nothing.
MemberReader part(const json::value& use, std::string_view name, std::optional<std::string>& fault)
{
  static const json::value nothing;
  const json::object* object = use.if_object();
  const json::value* found = object == nullptr ? nullptr : object->if_contains(name);
  return {found == nullptr ? nothing : *found, "use." + std::string(name), fault};
}

} // namespace

std::string resource_use_to_json(const ResourceUse& use)
{
  json::array resources;
  for (const CountedUse& resource : use.resources) {
    resources.push_back(json::object{{"project", resource.project},
                                     {"name", resource.name},
                                     {"used", resource.used},
                                     {"capacity", resource.capacity}});
  }
  json::object memory{{"used", use.memory_bytes}, {"capacity", use.memory_capacity_bytes}};
  if (use.memory_free_bytes) {
    memory.emplace("free", *use.memory_free_bytes);
  }
  json::array locks;
  for (const HeldLock& lock : use.locks) {
    locks.push_back(json::object{{"project", lock.project}, {"name", lock.name}});
  }
  return json::serialize(
      json::object{{"cpu", cpus_of(use.cpu_milli, use.cpu_capacity_milli)},
                   {"waiting", cpus_of(use.waiting_milli, use.cpu_capacity_milli)},
                   {"memory_bytes", std::move(memory)},
                   {"pressure", pressure_value(use.pressure)},
                   {"resources", std::move(resources)},
                   {"locks", std::move(locks)}});
}

Result<ResourceUse> resource_use_from_status(std::string_view status)
{
  boost::system::error_code error;
  const json::value document = json::parse(status, error);
  const json::object* object = document.if_object();
  const json::value* value = object == nullptr ? nullptr : object->if_contains("use");
  if (error || value == nullptr) {
    return data_error("the daemon does not tell what is in use");
  }
  std::optional<std::string> fault;
  ResourceUse use;
  const MemberReader cpu = part(*value, "cpu", fault);
  use.cpu_milli = milli_in(cpu, "used");
  use.cpu_capacity_milli = milli_in(cpu, "capacity");
  use.waiting_milli = milli_in(part(*value, "waiting", fault), "used");
  const MemberReader memory = part(*value, "memory_bytes", fault);
  use.memory_bytes = static_cast<std::uint64_t>(memory.number("used"));
  use.memory_capacity_bytes = static_cast<std::uint64_t>(memory.number("capacity"));
  if (memory.has("free")) {
    use.memory_free_bytes = static_cast<std::uint64_t>(memory.number("free"));
  }
  use.pressure = pressure_in(part(*value, "pressure", fault));
  const MemberReader whole(*value, "use", fault);
  whole.each("resources", [&](const MemberReader& resource) {
    use.resources.push_back({resource.text("project"), resource.text("name"),
                             static_cast<std::uint64_t>(resource.number("capacity")),
                             static_cast<std::uint64_t>(resource.number("used"))});
  });
  whole.each("locks", [&](const MemberReader& lock) {
    use.locks.push_back({lock.text("project"), lock.text("name")});
  });
  if (fault) {
    return data_error("the daemon's status cannot be used: " + *fault);
  }
  return use;
}

} // namespace winnow::report
