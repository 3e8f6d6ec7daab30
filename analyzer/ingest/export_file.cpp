// "kind": "winnow.export", version 1, with Boost.JSON.
#include "analyzer/ingest/export_file.hpp"

#include "analyzer/ingest/text_file.hpp"

#include <boost/json.hpp>
#include <fmt/format.h>

#include <unistd.h>

#include <cmath>
#include <stdexcept>
#include <string_view>

namespace winnow::ingest {
namespace {

namespace json = boost::json;

std::string text_of(const json::object& object, json::string_view name)
{
  return json::value_to<std::string>(object.at(name));
}

std::string optional_text(const json::object& object, json::string_view name)
{
  return object.contains(name) ? text_of(object, name) : std::string();
}

std::vector<std::string> texts_of(const json::object& object, json::string_view name)
{
  return object.contains(name) ? json::value_to<std::vector<std::string>>(object.at(name))
                               : std::vector<std::string>();
}

ExportedTarget target_of(const json::object& object)
{
  ExportedTarget target{text_of(object, "name"),
                        text_of(object, "type"),
                        text_of(object, "directory"),
                        optional_text(object, "artifact"),
                        {},
                        {}};
  if (const json::value* sets = object.if_contains("header_sets")) {
    for (const json::value& set : sets->as_array()) {
      for (std::string& file : texts_of(set.as_object(), "files")) {
        target.headers.push_back(std::move(file));
      }
    }
  }
  for (const char* member : {"link_libraries", "interface_link_libraries", "dependencies"}) {
    for (std::string& name : texts_of(object, member)) {
      target.links.push_back(std::move(name));
    }
  }
  return target;
}

SplitDependents split_dependents_of(const json::object& call)
{
  return {texts_of(call, "targets"), text_of(call, "directory"), texts_of(call, "own_tests"),
          call.at("enabled").as_bool()};
}

/// What is no such amount throws, and names the call.
[[noreturn]] void refuse(const json::object& call, std::string_view what)
{
  const std::string place = optional_text(call, "defined_at");
  throw std::out_of_range(
      fmt::format("{}: {}", place.empty() ? "winnow_test_resources" : place, what));
}

std::uint32_t cpu_milli_of(const json::object& call, const json::value& cpu)
{
  const double cpus = cpu.is_number() ? cpu.to_number<double>() : 0;
  if (!(cpus > 0 && cpus <= most_cpus)) {
    refuse(call, "cpu is no number of cpus above zero");
  }
  return static_cast<std::uint32_t>(std::llround(cpus * 1000));
}

std::uint64_t memory_of(const json::object& call, const json::value& bytes)
{
  boost::system::error_code error;
  const auto memory = bytes.is_number() ? bytes.to_number<std::uint64_t>(error) : 0;
  if (error || memory == 0 || memory > most_memory_bytes) {
    refuse(call, "memory_bytes is no size above zero");
  }
  return memory;
}

std::vector<ResourceCount> counts_of(const json::object& call, json::string_view member)
{
  std::vector<ResourceCount> counts;
  if (const json::value* named = call.if_contains(member)) {
    for (const auto& [name, value] : named->as_object()) {
      boost::system::error_code error;
      const auto count = value.is_number() ? value.to_number<std::uint32_t>(error) : ~0U;
      if (error || count > most_resources) {
        refuse(call, fmt::format("{} of {} is no number that can be counted", std::string(member),
                                 std::string(name)));
      }
      counts.push_back({name, count});
    }
  }
  return counts;
}

DeclaredResources resources_of(const json::object& call)
{
  // Member by member: what throws amid a list of them makes GCC 12 destroy some twice.
  DeclaredResources declared;
  declared.tests = texts_of(call, "tests");
  declared.directory = text_of(call, "directory");
  declared.capacity = counts_of(call, "capacity");
  StatedResources& stated = declared.stated;
  if (const json::value* bytes = call.if_contains("memory_bytes")) {
    stated.memory_bytes = memory_of(call, *bytes);
  }
  if (const json::value* cpu = call.if_contains("cpu")) {
    stated.cpu_milli = cpu_milli_of(call, *cpu);
  }
  stated.pools = counts_of(call, "resources");
  stated.stated_at = optional_text(call, "defined_at");
  return declared;
}

Export export_of(const json::object& document)
{
  Export exported;
  for (const json::value& target : document.at("targets").as_array()) {
    exported.targets.push_back(target_of(target.as_object()));
  }
  for (const json::value& value : document.at("test_inputs").as_array()) {
    const json::object& inputs = value.as_object();
    exported.inputs.push_back({texts_of(inputs, "tests"), text_of(inputs, "directory"),
                               texts_of(inputs, "files"), texts_of(inputs, "directories"),
                               texts_of(inputs, "globs"), texts_of(inputs, "targets")});
  }
  for (const json::value& value : document.at("test_resources").as_array()) {
    exported.resources.push_back(resources_of(value.as_object()));
  }
  if (const json::value* calls = document.if_contains("split_dependents")) {
    for (const json::value& value : calls->as_array()) {
      exported.split_dependents.push_back(split_dependents_of(value.as_object()));
    }
  }
  return exported;
}

} // namespace

Result<std::optional<Export>> read_export(const std::string& path)
{
  if (::access(path.c_str(), F_OK) != 0) {
    return std::optional<Export>();
  }
  const Result<std::string> text = read_text_file(path);
  if (!text) {
    return text.error();
  }
  try {
    const json::value document = json::parse(*text);
    const json::object& object = document.as_object();
    if (text_of(object, "kind") != "winnow.export" || object.at("version").to_number<int>() != 1) {
      return data_error(fmt::format("{} is no winnow.export of version 1; configure again with the "
                                    "installed Winnow module",
                                    path));
    }
    return std::optional<Export>(export_of(object));
  } catch (const std::exception& damage) {
    return data_error(fmt::format("{} is damaged ({}); configure again", path, damage.what()));
  }
}

} // namespace winnow::ingest
