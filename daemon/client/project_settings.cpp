// Reads winnow.json, and labels only where it names some: listing the tests takes time.
#include "daemon/client/project_settings.hpp"

#include "analyzer/ingest/text_file.hpp"
#include "analyzer/report/settings_json.hpp"

#include <algorithm>
#include <filesystem>
#include <utility>

namespace winnow::client {
namespace {

bool name_labels(const Settings& settings)
{
  return !settings.closed.labels.empty() || !settings.opaque.labels.empty() ||
         std::ranges::any_of(settings.rules,
                             [](const ProjectRule& rule) { return !rule.tests.labels.empty(); }) ||
         std::ranges::any_of(settings.run_rules,
                             [](const RunRule& rule) { return !rule.tests.labels.empty(); });
}

} // namespace

std::string settings_path(const Roots& roots)
{
  return roots.source + "/" + std::string(settings_file_name);
}

Result<Settings> read_settings(const Roots& roots)
{
  const std::string path = settings_path(roots);
  std::error_code ignored;
  if (std::filesystem::symlink_status(path, ignored).type() ==
      std::filesystem::file_type::not_found) {
    return Settings();
  }
  const Result<std::string> text = ingest::read_text_file(path);
  if (text.has_error()) {
    return text.error();
  }
  return report::settings_from_json(*text, path, roots.source);
}

Result<ProjectSettings> project_settings(const BuildContext& context)
{
  Result<Settings> settings = read_settings(context.tree.roots);
  if (settings.has_error()) {
    return settings.error();
  }
  ProjectSettings project{std::move(*settings), {}};
  if (name_labels(project.settings)) {
    const Result<std::vector<TestDescription>> tests = listed_tests(context);
    if (tests.has_error()) {
      return tests.error();
    }
    for (const TestDescription& test : *tests) {
      project.labels[test.key] = test.properties->labels;
    }
  }
  return project;
}

} // namespace winnow::client
