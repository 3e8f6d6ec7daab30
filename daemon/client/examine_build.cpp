// Looks at how far the build tree has come: configured, built, its tests discovered.
#include "analyzer/ingest/ninja_deps.hpp"
#include "analyzer/model/step_outputs.hpp"
#include "analyzer/report/quantity_text.hpp"
#include "daemon/client/examination.hpp"

#include <fmt/format.h>

#include <filesystem>
#include <utility>

namespace winnow::client {
namespace {

namespace fs = std::filesystem;

std::string build_command(const ingest::BuildTree& tree)
{
  return fmt::format("build: cmake --build {}", tree.roots.build);
}

void examine_configuration(const BuildContext& context, Diagnosis& diagnosis)
{
  diagnosis.checked.emplace_back("stale_configuration");
  if (!context.stale_because.empty()) {
    diagnosis.findings.push_back(
        {"stale_configuration",
         Severity::problem,
         "the build tree is not configured for the sources",
         context.stale_because + ": a query configures first, or with --no-configure selects all",
         fmt::format("configure: cmake {}", context.tree.roots.build),
         {}});
  }
}

void examine_log(const BuildContext& context, Diagnosis& diagnosis)
{
  diagnosis.checked.emplace_back("dependency_log");
  const std::string path = context.tree.roots.build + "/.ninja_deps";
  const Result<ingest::NinjaDeps> deps = ingest::read_ninja_deps(path);
  if (deps.has_error()) {
    diagnosis.findings.push_back(
        {"dependency_log",
         Severity::problem,
         "ninja's log of headers cannot be read",
         deps.error().message,
         fmt::format("remove {}, and {}", path, build_command(context.tree)),
         {}});
  }
}

/// Whether any output of the step is there.
bool is_built(const BuildContext& context, NodeId step)
{
  for (const Neighbour output : context.graph.dependents(step)) {
    std::error_code ignored;
    if (context.graph.kind(output.node) == NodeKind::file &&
        fs::exists(context.tree.roots.absolute(context.graph.path(context.graph.file(output.node))),
                   ignored)) {
      return true;
    }
  }
  return false;
}

/// The first output of the step, as people know it.
std::string name_of_step(const Graph& graph, NodeId step)
{
  const std::vector<FileId> outputs = stated_outputs(graph, graph.step(step));
  return std::string(outputs.empty() ? graph.rule(graph.step(step)) : graph.path(outputs.front()));
}

void examine_header_lists(const BuildContext& context, Diagnosis& diagnosis)
{
  diagnosis.checked.emplace_back("header_lists");
  const Graph& graph = context.graph;
  std::vector<std::string> objects;
  std::size_t compiled = 0;
  std::size_t built = 0;
  for (std::uint32_t i = 0; i < graph.step_count(); ++i) {
    compiled += graph.step_kind(StepId{i}) == StepKind::compile ? 1 : 0;
    // A scan takes too many headers where it must guess; only a build knows.
    const HeaderList headers = graph.header_list(StepId{i});
    if (headers == HeaderList::unknown || headers == HeaderList::scanned) {
      objects.push_back(name_of_step(graph, graph.node(StepId{i})));
      built += is_built(context, graph.node(StepId{i})) ? 1 : 0;
    }
  }
  if (objects.empty()) {
    return;
  }
  const std::string because =
      built == objects.size() ? "their lists in ninja's log are older than they are, or missing"
      : built == 0
          ? "they are not built yet, so no compiler has said what it reads for them"
          : fmt::format(
                "{} are not built yet, and the lists of the others in ninja's log are older "
                "than they are, or missing",
                objects.size() - built);
  diagnosis.findings.push_back({"header_lists", Severity::problem,
                                fmt::format("{} of {} have no recorded headers", objects.size(),
                                            report::count_text(compiled, "object")),
                                because, build_command(context.tree), std::move(objects)});
}

void examine_discovery(const BuildContext& context, Diagnosis& diagnosis)
{
  diagnosis.checked.emplace_back("undiscovered_tests");
  std::vector<std::string> tests;
  for (std::uint32_t i = 0; i < context.graph.test_count(); ++i) {
    if (context.graph.test_origin(TestId{i}) == TestOrigin::not_built_placeholder) {
      tests.push_back(context.graph.key(TestId{i}).display());
    }
  }
  if (!tests.empty()) {
    diagnosis.findings.push_back(
        {"undiscovered_tests", Severity::problem,
         fmt::format("{} not know their tests yet",
                     tests.size() == 1 ? "1 program does"
                                       : fmt::format("{} programs do", tests.size())),
         "tests are discovered when the program is built; until then it is selected as one",
         build_command(context.tree), std::move(tests)});
  }
}

} // namespace

void examine_build(const BuildContext& context, Diagnosis& diagnosis)
{
  examine_configuration(context, diagnosis);
  examine_log(context, diagnosis);
  examine_header_lists(context, diagnosis);
  examine_discovery(context, diagnosis);
}

} // namespace winnow::client
