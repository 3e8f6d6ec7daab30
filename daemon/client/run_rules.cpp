// The first rule that means a test counts.
#include "daemon/client/run_rules.hpp"

#include "analyzer/select/meant_tests.hpp"
#include "daemon/client/project_settings.hpp"

#include <map>

namespace winnow::client {

Result<void> apply_run_rules(const BuildContext& context, RunRequest& request)
{
  if (request.repeat) {
    return {};
  }
  const Result<ProjectSettings> project = project_settings(context);
  if (project.has_error()) {
    return project.error();
  }
  std::map<TestKey, Repeat> repeats;
  for (const RunRule& rule : project->settings.run_rules) {
    for (const TestId test :
         select::tests_meant_by(rule.tests, context.graph, &project->labels).tests) {
      repeats.try_emplace(context.graph.key(test), rule.repeat);
    }
  }
  for (RequestedTest& test : request.tests) {
    if (const auto own = repeats.find(test.description.key); own != repeats.end()) {
      test.repeat = own->second;
    }
  }
  return {};
}

} // namespace winnow::client
