// "kind": "winnow.export", version 1, with Boost.JSON.
#include "analyzer/ingest/export_file.hpp"

#include "analyzer/ingest/text_file.hpp"

#include <boost/json.hpp>
#include <fmt/format.h>

#include <unistd.h>

#include <cmath>

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
                        {}};
  if (const json::value* sets = object.if_contains("header_sets")) {
    for (const json::value& set : sets->as_array()) {
      for (std::string& file : texts_of(set.as_object(), "files")) {
        target.headers.push_back(std::move(file));
      }
    }
  }
  return target;
}

StatedResources resources_of(const json::object& object)
{
  StatedResources stated;
  if (const json::value* bytes = object.if_contains("memory_bytes")) {
    stated.memory_bytes = bytes->to_number<std::uint64_t>();
  }
  if (const json::value* cpu = object.if_contains("cpu")) {
    stated.cpu_milli = static_cast<std::uint32_t>(std::llround(cpu->to_number<double>() * 1000));
  }
  if (const json::value* pools = object.if_contains("resources")) {
    for (const auto& [name, count] : pools->as_object()) {
      stated.pools.emplace_back(name, count.to_number<std::uint32_t>());
    }
  }
  return stated;
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
    const json::object& resources = value.as_object();
    exported.resources.push_back(
        {texts_of(resources, "tests"), text_of(resources, "directory"), resources_of(resources)});
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
