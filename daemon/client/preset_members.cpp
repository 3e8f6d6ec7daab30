// Format: cmake-presets(7), versions 1 to 12.
#include "daemon/client/preset_members.hpp"

#include <algorithm>
#include <utility>

namespace winnow::client {
namespace {

using enum PresetMember::Type;

constexpr PresetMember test_members[] = {
    {"configurePreset", text, "", ""},
    {"inheritConfigureEnvironment", flag, "", ""},
    {"configuration", text, "", ""},
    {"overwriteConfigurationFile", texts_with_macros, "", ""},
    {"output", closed_group, "", ""},
    {"output.shortProgress", flag, "", ""},
    {"output.verbosity", text, "", "default|verbose|extra"},
    {"output.debug", flag, "", ""},
    {"output.outputOnFailure", flag, "", ""},
    {"output.quiet", flag, "", ""},
    {"output.outputLogFile", text_with_macros, "", ""},
    {"output.outputJUnitFile", text_with_macros, "", "", 6},
    {"output.labelSummary", flag, "", ""},
    {"output.subprojectSummary", flag, "", ""},
    {"output.maxPassedTestOutputSize", number, "", ""},
    {"output.maxFailedTestOutputSize", number, "", ""},
    {"output.testOutputTruncation", text, "", "tail|middle|head", 5},
    {"output.maxTestNameWidth", number, "", ""},
    {"filter", group, "", ""},
    {"filter.include", group, "", ""},
    {"filter.include.name", text_with_macros, "", ""},
    {"filter.include.label", text_with_macros, "", ""},
    // CMake hands useUnion down only together with everything else to include.
    {"filter.include.useUnion", flag, "filter.include", ""},
    {"filter.include.index", group_or_text, "", ""},
    {"filter.include.index.start", number, "filter.include.index", ""},
    {"filter.include.index.end", number, "filter.include.index", ""},
    {"filter.include.index.stride", number, "filter.include.index", ""},
    {"filter.include.index.specificTests", numbers, "filter.include.index", ""},
    {"filter.exclude", group, "", ""},
    {"filter.exclude.name", text_with_macros, "", ""},
    {"filter.exclude.label", text_with_macros, "", ""},
    {"filter.exclude.fixtures", group, "", ""},
    {"filter.exclude.fixtures.any", text_with_macros, "filter.exclude.fixtures", ""},
    {"filter.exclude.fixtures.setup", text_with_macros, "filter.exclude.fixtures", ""},
    {"filter.exclude.fixtures.cleanup", text_with_macros, "filter.exclude.fixtures", ""},
    {"execution", group, "", ""},
    {"execution.stopOnFailure", flag, "", ""},
    {"execution.enableFailover", flag, "", ""},
    {"execution.jobs", number_or_empty, "", ""},
    {"execution.resourceSpecFile", text_with_macros, "", ""},
    {"execution.testLoad", number, "", ""},
    {"execution.showOnly", text, "", "human|json-v1|json-v1-raw"},
    {"execution.repeat", group, "", ""},
    {"execution.repeat.mode", text, "execution.repeat", "until-fail|until-pass|after-timeout"},
    {"execution.repeat.count", number, "execution.repeat", ""},
    {"execution.interactiveDebugging", flag, "", ""},
    {"execution.scheduleRandom", flag, "", ""},
    {"execution.timeout", number, "", ""},
    {"execution.noTestsAction", text, "", "default|error|ignore"},
    {"execution.testPassthroughArguments", texts, "", "", 12},
};

constexpr PresetMember configure_members[] = {
    {"generator", text, "", ""},         {"binaryDir", text_with_macros, "", ""},
    {"architecture", ignored, "", ""},   {"toolset", ignored, "", ""},
    {"toolchainFile", ignored, "", ""},  {"graphviz", ignored, "", ""},
    {"installDir", ignored, "", ""},     {"cmakeExecutable", ignored, "", ""},
    {"cacheVariables", ignored, "", ""}, {"warnings", ignored, "", ""},
    {"errors", ignored, "", ""},         {"debug", ignored, "", ""},
    {"trace", ignored, "", ""},
};

} // namespace

std::span<const PresetMember> test_preset_members()
{
  return test_members;
}

std::span<const PresetMember> configure_preset_members()
{
  return configure_members;
}

void inherit_members(PresetMembers& members, const PresetMembers& inherited,
                     std::span<const PresetMember> table)
{
  PresetMembers added;
  for (const auto& [path, value] : inherited) {
    const auto row = std::ranges::find(table, std::string_view(path), &PresetMember::path);
    if (!members.contains(row == table.end() || row->unit.empty() ? std::string_view(path)
                                                                  : row->unit)) {
      added.emplace(path, value);
    }
  }
  members.merge(std::move(added));
}

} // namespace winnow::client
