// One row for each member of a preset that an option stands for.
#include "daemon/client/ctest_preset.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <string_view>
#include <variant>

namespace winnow::client {
namespace {

struct OptionRow {
  enum class When {
    is_true,
    is_false,
    is_there,     ///< the option, and its value as the next argument
    is_there_too, ///< the same in one argument
    has_word      ///< the option alone, when the value is `word`
  };

  std::string_view path;
  When when;
  std::string_view option;
  std::string_view word;
};

using enum OptionRow::When;

constexpr OptionRow option_rows[] = {
    {"configuration", is_there, "-C", ""},
    {"output.shortProgress", is_true, "--progress", ""},
    {"output.verbosity", has_word, "-V", "verbose"},
    {"output.verbosity", has_word, "-VV", "extra"},
    {"output.debug", is_true, "--debug", ""},
    {"output.outputOnFailure", is_true, "--output-on-failure", ""},
    {"output.quiet", is_true, "-Q", ""},
    {"output.outputLogFile", is_there, "-O", ""},
    {"output.outputJUnitFile", is_there, "--output-junit", ""},
    {"output.labelSummary", is_false, "--no-label-summary", ""},
    {"output.subprojectSummary", is_false, "--no-subproject-summary", ""},
    {"output.maxPassedTestOutputSize", is_there, "--test-output-size-passed", ""},
    {"output.maxFailedTestOutputSize", is_there, "--test-output-size-failed", ""},
    {"output.testOutputTruncation", is_there, "--test-output-truncation", ""},
    {"output.maxTestNameWidth", is_there, "-W", ""},
    {"filter.include.name", is_there, "-R", ""},
    {"filter.include.label", is_there, "-L", ""},
    {"filter.include.useUnion", is_true, "-U", ""},
    {"filter.exclude.name", is_there, "-E", ""},
    {"filter.exclude.label", is_there, "-LE", ""},
    {"filter.exclude.fixtures.any", is_there, "-FA", ""},
    {"filter.exclude.fixtures.setup", is_there, "-FS", ""},
    {"filter.exclude.fixtures.cleanup", is_there, "-FC", ""},
    {"execution.stopOnFailure", is_true, "--stop-on-failure", ""},
    {"execution.enableFailover", is_true, "-F", ""},
    {"execution.jobs", is_there_too, "--parallel=", ""},
    {"execution.resourceSpecFile", is_there, "--resource-spec-file", ""},
    {"execution.testLoad", is_there, "--test-load", ""},
    {"execution.showOnly", is_there_too, "--show-only=", ""},
    {"execution.scheduleRandom", is_true, "--schedule-random", ""},
    {"execution.timeout", is_there, "--timeout", ""},
    {"execution.noTestsAction", has_word, "--no-tests=error", "error"},
    {"execution.noTestsAction", has_word, "--no-tests=ignore", "ignore"},
};

const PresetValue* member(const Preset& preset, std::string_view path)
{
  const auto found = preset.members.find(path);
  return found == preset.members.end() ? nullptr : &found->second;
}

std::vector<std::string> texts(const Preset& preset, std::string_view path)
{
  const PresetValue* value = member(preset, path);
  const auto* found = value == nullptr ? nullptr : std::get_if<std::vector<std::string>>(value);
  return found == nullptr ? std::vector<std::string>() : *found;
}

/// A text or a number; "" where there is none.
std::string written(const Preset& preset, std::string_view path)
{
  const PresetValue* value = member(preset, path);
  const auto* number = value == nullptr ? nullptr : std::get_if<std::int64_t>(value);
  return number == nullptr ? preset.text(path) : fmt::to_string(*number);
}

void add_option(const Preset& preset, const OptionRow& row, std::vector<std::string>& arguments)
{
  const PresetValue* value = member(preset, row.path);
  if (value == nullptr) {
    return;
  }
  const bool* flag = std::get_if<bool>(value);
  if (flag != nullptr ? *flag == (row.when == is_true)
                      : row.when == has_word && preset.text(row.path) == row.word) {
    arguments.emplace_back(row.option);
  } else if (row.when == is_there) {
    arguments.insert(arguments.end(), {std::string(row.option), written(preset, row.path)});
  } else if (row.when == is_there_too) {
    arguments.push_back(std::string(row.option) + written(preset, row.path));
  }
}

/// -I has a file, or start, end, stride and numbers.
void add_index(const Preset& preset, std::vector<std::string>& arguments)
{
  const std::string path = "filter.include.index";
  if (member(preset, path) == nullptr) {
    return;
  }
  std::string index = preset.text(path);
  if (index.empty()) {
    index = fmt::format("{},{},{},{}", written(preset, path + ".start"),
                        written(preset, path + ".end"), written(preset, path + ".stride"),
                        fmt::join(texts(preset, path + ".specificTests"), ","));
  }
  arguments.insert(arguments.end(), {"-I", index});
}

CTestPreset refused(std::string message, std::string list = "")
{
  CTestPreset answer;
  answer.printed.err(std::move(message) + "\n");
  answer.printed.out(std::move(list));
  answer.exit_code = 1;
  return answer;
}

/// What is wrong with the choice of a preset, in ctest's words; "" if nothing is.
std::string objection(const Preset* preset, std::string_view kind, const std::string& name,
                      const std::string& source_dir)
{
  const auto where = [&](std::string_view what) {
    return fmt::format("CMake Error: {} {} preset in {}: \"{}\"", what, kind, source_dir, name);
  };
  if (preset == nullptr) {
    return where("No such");
  }
  if (preset->hidden) {
    return where("Cannot use hidden");
  }
  if (!preset->evaluated) {
    return fmt::format("CMake Error: Could not evaluate {} preset \"{}\": Invalid macro expansion",
                       kind, name);
  }
  return preset->enabled || kind != "test" ? "" : where("Cannot use disabled");
}

std::vector<std::string> environment_of_options(std::span<const std::string> environment,
                                                const Preset& preset)
{
  const auto is_read_early = [](std::string_view name) {
    return name == "CTEST_OUTPUT_ON_FAILURE" || name == "CTEST_PROGRESS_OUTPUT";
  };
  std::vector<std::string> entries;
  for (const std::string& entry : environment) {
    const std::string name = entry.substr(0, entry.find('='));
    const auto own = preset.environment.find(name);
    const bool forgotten = is_read_early(name)
                               ? member(preset, "output") != nullptr
                               : own != preset.environment.end() && own->second.has_value();
    if (!forgotten) {
      entries.push_back(entry);
    }
  }
  for (const auto& [name, value] : preset.environment) {
    if (value && !is_read_early(name)) {
      entries.push_back(name + "=" + *value);
    }
  }
  return entries;
}

/// What comes behind -- belongs to the tests: first the preset's, then the user's.
std::vector<std::string> joined(std::vector<std::string> preset, std::vector<std::string> for_tests,
                                std::span<const std::string> user)
{
  const auto dashes = std::ranges::find(user, "--");
  preset.insert(preset.end(), user.begin(), dashes);
  if (dashes != user.end()) {
    for_tests.insert(for_tests.end(), dashes + 1, user.end());
  }
  if (!for_tests.empty()) {
    preset.emplace_back("--");
    std::ranges::move(for_tests, std::back_inserter(preset));
  }
  return preset;
}

} // namespace

std::vector<std::string> ctest_arguments_of(const Preset& test, const std::string& build_dir)
{
  std::vector<std::string> arguments{"--overwrite", "BuildDirectory=" + build_dir};
  for (const std::string& setting : texts(test, "overwriteConfigurationFile")) {
    arguments.insert(arguments.end(), {"--overwrite", setting});
  }
  for (const OptionRow& row : option_rows) {
    add_option(test, row, arguments);
  }
  add_index(test, arguments);
  if (member(test, "execution.repeat") != nullptr) {
    arguments.insert(arguments.end(),
                     {"--repeat", fmt::format("{}:{}", written(test, "execution.repeat.mode"),
                                              written(test, "execution.repeat.count"))});
  }
  if (const PresetValue* debugging = member(test, "execution.interactiveDebugging")) {
    arguments.insert(arguments.end(),
                     {"--interactive-debug-mode", std::get<bool>(*debugging) ? "1" : "0"});
  }
  return arguments;
}

std::string preset_list(std::span<const Preset> presets, std::string_view kind)
{
  std::vector<const Preset*> available;
  std::size_t longest = 0;
  for (const Preset& preset : presets) {
    if (!preset.hidden && preset.evaluated && preset.enabled) {
      available.push_back(&preset);
      longest = std::max(longest, preset.name.size());
    }
  }
  std::string text = available.empty() ? "" : fmt::format("Available {} presets:\n\n", kind);
  for (const Preset* preset : available) {
    text += fmt::format("  \"{}\"", preset->name);
    if (!preset->display_name.empty()) {
      text.append(longest - preset->name.size(), ' ');
      text += " - " + preset->display_name;
    }
    text += "\n";
  }
  return text;
}

CTestPreset resolve_ctest_preset(const CTestOptions& options,
                                 std::span<const std::string> arguments,
                                 const std::string& source_dir,
                                 std::span<const std::string> environment)
{
  const PresetPlace place{source_dir, options.presets_file};
  const Result<Presets> presets = read_presets(place, environment);
  if (!presets) {
    return refused("winnow: " + presets.error().message);
  }
  const std::string list = preset_list(presets->test, "test");
  if (options.list_presets) {
    CTestPreset answer;
    answer.printed.out(list);
    answer.exit_code = 0;
    return answer;
  }
  const std::string& name = *options.preset;
  const Preset* test = find_preset(presets->test, name);
  if (std::string wrong = objection(test, "test", name, source_dir); !wrong.empty()) {
    return refused(std::move(wrong), list);
  }
  const std::string configure_name = test->text("configurePreset");
  const Preset* configure = find_preset(presets->configure, configure_name);
  if (std::string wrong = objection(configure, "configure", configure_name, source_dir);
      !wrong.empty()) {
    const bool listed = configure == nullptr || configure->hidden;
    return refused(std::move(wrong), listed ? preset_list(presets->configure, "configure") : "");
  }
  const std::string build_dir = build_directory_of(*configure, place);
  if (build_dir.empty()) {
    return refused(fmt::format("winnow: the configure preset \"{}\" of the test preset \"{}\" "
                               "names no binaryDir, so that it is not known where the tests are; "
                               "give it one",
                               configure_name, name));
  }
  CTestPreset answer;
  answer.arguments = joined(ctest_arguments_of(*test, build_dir),
                            texts(*test, "execution.testPassthroughArguments"), arguments);
  answer.environment = environment_of_options(environment, *test);
  for (const auto& [variable, value] : test->environment) {
    if (value) {
      answer.variables.emplace_back(variable, *value);
    }
  }
  return answer;
}

} // namespace winnow::client
