// Checks a resource specification in ctest's order, so that both name the same fault.
#include "analyzer/report/resource_spec_json.hpp"

#include "analyzer/report/json_places.hpp"

#include <boost/json.hpp>
#include <fmt/format.h>

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <map>
#include <optional>
#include <sstream>
#include <utility>

namespace winnow::report {
namespace {

namespace json = boost::json;

constexpr std::string_view letters = "abcdefghijklmnopqrstuvwxyz_";
constexpr std::string_view letters_and_digits = "abcdefghijklmnopqrstuvwxyz_0123456789";

Error fault_in(std::string_view file, std::string_view fault)
{
  return user_error(fmt::format("could not read/parse resource spec file {}: {}", file, fault));
}

bool is_kind(std::string_view name)
{
  return !name.empty() && letters.find(name.front()) != std::string_view::npos &&
         name.find_first_not_of(letters_and_digits) == std::string_view::npos;
}

bool is_id(std::string_view id)
{
  return !id.empty() && id.find_first_not_of(letters_and_digits) == std::string_view::npos;
}

/// After the first fault nothing more is read.
class SpecReader {
 public:
  ResourceSpec read(const json::value& document)
  {
    ResourceSpec spec;
    const json::object* root = document.if_object();
    if (root == nullptr) {
      fail("Invalid root object", "it is not an object");
    } else if (check_version(*root)) {
      read_local(*root, spec);
    }
    return spec;
  }

  [[nodiscard]] const std::optional<std::string>& fault() const { return fault_; }

 private:
  void fail(std::string_view words, std::string_view what)
  {
    if (!fault_) {
      fault_ = fmt::format("{}: {}", words, what);
    }
  }

  bool check_version(const json::object& root)
  {
    const json::value* version = root.if_contains("version");
    if (version == nullptr) {
      fail("No version specified", R"(it needs "version": {"major": 1, "minor": 0})");
      return false;
    }
    const std::optional<int> major = version_part(*version, "major");
    const std::optional<int> minor = version_part(*version, "minor");
    if (!major || !minor) {
      fail("Invalid version object", "version needs the whole numbers major and minor");
      return false;
    }
    if (*major != 1 || *minor != 0) {
      fail("Unsupported version", fmt::format("it is {}.{}, and 1.0 is known", *major, *minor));
      return false;
    }
    return true;
  }

  static std::optional<int> version_part(const json::value& version, std::string_view name)
  {
    const json::object* object = version.if_object();
    const json::value* part = object == nullptr ? nullptr : object->if_contains(name);
    boost::system::error_code error;
    const int number = part == nullptr ? 0 : part->to_number<int>(error);
    return part == nullptr || error ? std::nullopt : std::optional(number);
  }

  void read_local(const json::object& root, ResourceSpec& spec)
  {
    constexpr std::string_view words = "Invalid socket object";
    const json::value* local = root.if_contains("local");
    const json::array* sets = local == nullptr ? nullptr : local->if_array();
    if (sets == nullptr) {
      fail(words, "local is not a list");
      return;
    }
    std::map<std::string, std::vector<ResourceInstance>> kinds;
    for (const json::value& set : *sets) {
      const json::object* object = set.if_object();
      if (object == nullptr) {
        fail(words, "local holds something that is not an object");
        return;
      }
      for (const auto& [name, value] : *object) {
        if (is_kind(name)) {
          kinds[name] = instances("local[0]." + std::string(name), value);
        }
      }
    }
    if (sets->size() > 1) {
      fail(words, fmt::format("local holds {} objects, and one is known", sets->size()));
    }
    for (auto& [name, instances] : kinds) {
      spec.kinds.push_back({name, std::move(instances)});
    }
  }

  std::vector<ResourceInstance> instances(const std::string& place, const json::value& value)
  {
    const json::array* list = value.if_array();
    if (list == nullptr) {
      fail("Invalid resource type object", place + " is not a list");
      return {};
    }
    std::map<std::string, std::uint32_t> slots;
    for (std::size_t at = 0; at < list->size(); ++at) {
      const ResourceInstance read = instance(fmt::format("{}[{}]", place, at), (*list)[at]);
      slots[read.id] = read.slots;
    }
    std::vector<ResourceInstance> all;
    for (const auto& [id, count] : slots) {
      all.push_back({id, count});
    }
    return all;
  }

  ResourceInstance instance(const std::string& place, const json::value& value)
  {
    constexpr std::string_view words = "Invalid resource object";
    const json::object* object = value.if_object();
    if (object == nullptr) {
      fail(words, place + " is not an object");
      return {};
    }
    const json::value* id = object->if_contains("id");
    if (id == nullptr || !id->is_string() || !is_id(id->get_string())) {
      fail(words, place + " has no id of lower-case letters, digits and underscores");
      return {};
    }
    ResourceInstance read{std::string(id->get_string()), 1};
    if (const json::value* slots = object->if_contains("slots")) {
      boost::system::error_code error;
      read.slots = slots->to_number<std::uint32_t>(error);
      if (error) {
        fail(words, place + ".slots is not a number of slots");
      }
    }
    return read;
  }

  std::optional<std::string> fault_;
};

std::string slots_text(std::uint32_t slots)
{
  return fmt::format("{} {}\n", slots, slots == 1 ? "slot" : "slots");
}

} // namespace

Result<ResourceSpec> resource_spec_from_json(std::string_view text, std::string_view file)
{
  const Result<std::string> plain = without_comments(text);
  if (!plain) {
    return fault_in(file, "JSON parse error: " + plain.error().message);
  }
  json::parse_options options;
  options.allow_trailing_commas = true;
  options.allow_invalid_utf8 = true;
  boost::system::error_code error;
  const json::value document = json::parse(*plain, error, {}, options);
  if (error) {
    return fault_in(file, "JSON parse error: " + error.message());
  }
  SpecReader reader;
  ResourceSpec spec = reader.read(document);
  if (reader.fault()) {
    return fault_in(file, *reader.fault());
  }
  spec.file = file;
  return spec;
}

Result<ResourceSpec> read_resource_spec(const std::string& directory, const std::string& file)
{
  constexpr std::uintmax_t longest = 16 << 20;
  const std::filesystem::path path = std::filesystem::path(directory) / file;
  std::ifstream stream;
  std::error_code error;
  if (std::filesystem::is_regular_file(path, error)) { // who opens a pipe may wait for ever
    stream.open(path, std::ios::binary);
  }
  if (!stream.is_open()) {
    return fault_in(file, "File not found");
  }
  if (const auto size = std::filesystem::file_size(path, error); error || size > longest) {
    return fault_in(file, "File too long");
  }
  std::ostringstream text;
  text << stream.rdbuf();
  return resource_spec_from_json(text.str(), file);
}

std::string insufficient_resources_text(const std::vector<ResourceShortfall>& shortfalls,
                                        std::string_view file)
{
  std::string text = "insufficient resources:\n\n";
  for (const ResourceShortfall& shortfall : shortfalls) {
    text += fmt::format("  Test requested resources of type '{}' ", shortfall.kind);
    if (!shortfall.there_are) {
      text += "which does not exist\n\n";
      continue;
    }
    text += "in the following amounts:\n";
    for (const std::uint32_t slots : shortfall.wanted) {
      text += "    " + slots_text(slots);
    }
    text += "  but only the following units were available:\n";
    for (const ResourceInstance& instance : *shortfall.there_are) {
      text += fmt::format("    '{}': {}", instance.id, slots_text(instance.slots));
    }
    text += '\n';
  }
  return text + fmt::format("Resource spec file:\n\n  {}", file);
}

} // namespace winnow::report
