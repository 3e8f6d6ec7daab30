// Reads GENERATED_RESOURCE_SPEC_FILE.
#include "daemon/serve/generated_resources.hpp"

#include "analyzer/model/error.hpp"
#include "analyzer/report/resource_spec_json.hpp"

#include <string>
#include <utility>

namespace winnow::serve {
std::optional<ResourceSpec> take_generated_resources(LivingRun& run, TestResult& result)
{
  const RunRequest& request = run.run->request();
  const std::string file =
      generated_resource_spec(request.tests[result.index].description.properties);
  if (file.empty() || request.resource_spec) {
    return std::nullopt;
  }
  Result<ResourceSpec> spec = report::read_resource_spec(request.build_dir, file);
  if (spec) {
    run.resource_file = file;
    return std::move(*spec);
  }
  if (result.verdict == Verdict::passed) {
    result.verdict = Verdict::failed;
    result.reason = "invalid resource spec file: " + spec.error().message;
  }
  return std::nullopt;
}

} // namespace winnow::serve
