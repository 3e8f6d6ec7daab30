// How tests run, what they take, and what there is of it.
#include "analyzer/report/run_settings.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>

namespace winnow::report {
namespace {

namespace json = boost::json;

class RunSettings {
 public:
  RunSettings(SettingsReader& reader, Settings& settings) : reader_(reader), settings_(settings) {}

  void read(const json::value& value)
  {
    const json::object* members =
        reader_.object(value, "run", {"rules", "resources", "capacity", "resource_spec_file"});
    if (members == nullptr) {
      return;
    }
    if (const json::value* rules = members->if_contains("rules")) {
      read_rules(*rules);
    }
    if (const json::value* resources = members->if_contains("resources")) {
      read_resources(*resources);
    }
    if (const json::value* capacity = members->if_contains("capacity")) {
      read_capacity(*capacity);
    }
    if (const json::value* file = members->if_contains("resource_spec_file")) {
      settings_.resource_spec_file = reader_.text(*file, "run.resource_spec_file");
    }
  }

 private:
  Repeat retries(const json::value& value, const std::string& path)
  {
    Repeat repeat{RepeatMode::until_pass, 1};
    if (!value.is_object()) {
      repeat.attempts += reader_.count(value, path);
      return repeat;
    }
    const json::object* members = reader_.object(value, path, {"count", "delay", "max_delay"});
    if (members == nullptr) {
      return repeat;
    }
    if (const json::value* number = members->if_contains("count")) {
      repeat.attempts += reader_.count(*number, path + ".count");
    } else {
      reader_.fail(path, "must have a count");
    }
    repeat.backoff = {reader_.pause_us(*members, path, "delay"),
                      reader_.pause_us(*members, path, "max_delay")};
    if (members->contains("max_delay") && repeat.backoff.most_us < repeat.backoff.first_us) {
      reader_.fail(path + ".max_delay", "must not be shorter than the delay");
    } else if (members->contains("max_delay") && !members->contains("delay")) {
      reader_.fail(path, "must have a delay beside max_delay, which it doubles up to");
    }
    return repeat;
  }

  void read_rules(const json::value& rules)
  {
    const json::array* elements = rules.if_array();
    if (elements == nullptr) {
      reader_.fail("run.rules", "must be a list");
    }
    for (std::size_t i = 0; elements != nullptr && i < elements->size(); ++i) {
      const std::string path = fmt::format("run.rules[{}]", i);
      const json::object* rule = reader_.object(
          (*elements)[i], path,
          {"tests", "labels", "directories", "retries", "cpu", "memory", "resources"});
      if (rule == nullptr) {
        return;
      }
      settings_.run_rules.push_back(read_rule(*rule, path));
    }
  }

  RunRule read_rule(const json::object& rule, const std::string& path)
  {
    RunRule read{reader_.rule_name(path), reader_.selector(rule, path), std::nullopt, {}};
    if (const json::value* times = rule.if_contains("retries")) {
      read.repeat = retries(*times, path + ".retries");
    }
    if (const json::value* cpu = rule.if_contains("cpu")) {
      read.stated.cpu_milli = cpu_milli(*cpu, path + ".cpu");
    }
    if (const json::value* memory = rule.if_contains("memory")) {
      read.stated.memory_bytes = bytes(*memory, path + ".memory");
    }
    if (const json::value* resources = rule.if_contains("resources")) {
      read.stated.pools = counts(*resources, path + ".resources");
    }
    if (!read.repeat && read.stated == StatedResources()) {
      reader_.fail(path, "must have one of retries, cpu, memory and resources");
    }
    return read;
  }

  std::uint32_t cpu_milli(const json::value& value, const std::string& path)
  {
    const double cpus = value.is_number() ? value.to_number<double>() : 0;
    if (!(cpus > 0 && cpus <= most_cpus)) {
      reader_.fail(path, "must be a number of cpus above 0, such as 2 or 0.5");
      return 0;
    }
    return static_cast<std::uint32_t>(std::max(std::llround(cpus * 1000), 1LL));
  }

  std::uint64_t bytes(const json::value& value, const std::string& path)
  {
    const std::optional<std::uint64_t> size = bytes_in(reader_.text(value, path));
    if (!size) {
      reader_.fail(path, "must be a size above 0, such as \"512MiB\" or \"2GB\"");
    }
    return size.value_or(0);
  }

  std::uint32_t whole(const json::value& value, const std::string& path, std::uint32_t least)
  {
    boost::system::error_code error;
    const auto number = value.is_number() ? value.to_number<std::uint32_t>(error) : ~0U;
    if (error || number < least || number > most_resources) {
      reader_.fail(path,
                   fmt::format("must be a whole number from {} to {}", least, most_resources));
      return least;
    }
    return number;
  }

  bool has_good_name(std::string_view name, const std::string& path)
  {
    if (!is_resource_name(name)) {
      reader_.fail_at_key(path, "must have a name of letters, digits and _.:-");
    }
    return is_resource_name(name);
  }

  const json::object* named(const json::value& value, const std::string& path)
  {
    const json::object* members = value.if_object();
    if (members == nullptr) {
      reader_.fail(path, "must be an object");
    } else if (members->empty()) {
      reader_.fail(path, "is an empty object; leave it out");
    }
    return reader_.fault() ? nullptr : members;
  }

  std::vector<ResourceCount> counts(const json::value& value, const std::string& path)
  {
    std::vector<ResourceCount> read;
    const json::object* members = named(value, path);
    for (std::size_t i = 0; members != nullptr && i < members->size(); ++i) {
      const auto& member = members->begin()[i];
      const std::string place = path + "." + std::string(member.key());
      if (has_good_name(member.key(), place)) {
        read.push_back({member.key(), whole(member.value(), place, 1)});
      }
    }
    return read;
  }

  void read_resources(const json::value& value)
  {
    const json::object* members = named(value, "run.resources");
    for (std::size_t i = 0; members != nullptr && i < members->size(); ++i) {
      const auto& member = members->begin()[i];
      const std::string path = "run.resources." + std::string(member.key());
      if (has_good_name(member.key(), path)) {
        settings_.resources.push_back(resource(member.key(), member.value(), path));
      }
    }
    std::ranges::sort(settings_.resources, {}, &CountedResource::name);
  }

  CountedResource resource(std::string_view name, const json::value& value, const std::string& path)
  {
    CountedResource read{std::string(name), 0, {}, {}, reader_.rule_name(path)};
    if (!value.is_object()) {
      read.capacity = whole(value, path, 0);
      return read;
    }
    const json::object* members =
        reader_.object(value, path, {"capacity", "schema", "environment"});
    if (members == nullptr) {
      return read;
    }
    if (const json::value* capacity = members->if_contains("capacity")) {
      read.capacity = whole(*capacity, path + ".capacity", 0);
    } else {
      reader_.fail(path, "must have a capacity");
    }
    if (const json::value* schema = members->if_contains("schema")) {
      read_schema(*schema, path + ".schema", read.schema);
    }
    if (const json::value* environment = members->if_contains("environment")) {
      read_environment(*environment, path + ".environment", read);
    }
    return read;
  }

  void read_schema(const json::value& value, const std::string& path, CountSchema& schema)
  {
    const json::object* members =
        reader_.object(value, path, {"minimum", "maximum", "enum", "multipleOf"});
    if (members == nullptr) {
      return;
    }
    const auto number = [&](std::string_view name) {
      const json::value* found = members->if_contains(name);
      return found == nullptr ? std::nullopt
                              : std::optional(whole(*found, path + "." + std::string(name), 1));
    };
    schema.minimum = number("minimum");
    schema.maximum = number("maximum");
    schema.multiple_of = number("multipleOf");
    if (schema.maximum && schema.minimum.value_or(0) > *schema.maximum) {
      reader_.fail(path + ".maximum", "must not be below the minimum");
    }
    const json::value* choices = members->if_contains("enum");
    const json::array* listed =
        choices == nullptr ? nullptr : reader_.list(*choices, path + ".enum");
    for (std::size_t i = 0; listed != nullptr && i < listed->size(); ++i) {
      schema.choices.push_back(whole((*listed)[i], fmt::format("{}.enum[{}]", path, i), 1));
    }
  }

  void read_environment(const json::value& value, const std::string& path, CountedResource& read)
  {
    const json::object* members = named(value, path);
    for (std::size_t i = 0; members != nullptr && i < members->size(); ++i) {
      const auto& member = members->begin()[i];
      const std::string name(member.key());
      const std::string place = path + "." + name;
      if (name.empty() || name.find('=') != std::string::npos ||
          name.find('\0') != std::string::npos) {
        reader_.fail_at_key(place, "is no name of a variable");
      } else if (!member.value().is_string() ||
                 member.value().get_string().find('\0') != json::string::npos) {
        reader_.fail(place, "must be a text in quotes, with {count} for how many the test has");
      } else {
        read.environment.emplace_back(name, member.value().get_string());
      }
    }
  }

  /// A number, or a text such as "50%".
  void read_capacity(const json::value& value)
  {
    const json::object* members = reader_.object(value, "run.capacity", {"cpu", "memory"});
    if (members == nullptr) {
      return;
    }
    if (const json::value* cpu = members->if_contains("cpu")) {
      const std::string text =
          cpu->is_string() ? std::string(cpu->get_string()) : json::serialize(*cpu);
      settings_.capacity.cpu = cpu_budget_in(text);
      if (!settings_.capacity.cpu) {
        reader_.fail("run.capacity.cpu", "must be a whole number of cpus from 1, or a share such "
                                         "as \"50%\"");
      }
    }
    if (const json::value* memory = members->if_contains("memory")) {
      settings_.capacity.memory =
          memory->is_string() ? memory_budget_in(memory->get_string()) : std::nullopt;
      if (!settings_.capacity.memory) {
        reader_.fail("run.capacity.memory",
                     "must be a size above 0, such as \"8GiB\", or a share such as \"50%\"");
      }
    }
  }

  SettingsReader& reader_;
  Settings& settings_;
};

} // namespace

void read_run_settings(SettingsReader& reader, const json::value& value, Settings& settings)
{
  RunSettings(reader, settings).read(value);
}

} // namespace winnow::report
