// Asks the history which tests passed at base, or since.
#include "daemon/client/shadow.hpp"

#include "analyzer/report/skipped_text.hpp"
#include "analyzer/select/last_green.hpp"
#include "daemon/client/green_line.hpp"
#include "daemon/client/known_history.hpp"
#include "daemon/client/project_settings.hpp"
#include "daemon/client/tested_state.hpp"

#include <fmt/format.h>

#include <cstdio>
#include <optional>
#include <string>

namespace winnow::client {
namespace {

using Past = select::ShadowedTest::Past;

/// What past runs tell of the tests, and the place of the selection's base in HEAD's history.
class PastPasses {
 public:
  static Result<PastPasses> look_up(const BuildContext& context, const Selection& selection)
  {
    PastPasses passes;
    Result<Greens> greens = known_greens(context.tree, GreensOf::all_tests);
    if (greens.has_error()) {
      return greens.error();
    }
    const Result<Settings> project = read_settings(context.tree.roots);
    if (project.has_error()) {
      return project.error();
    }
    const Result<std::string> settings = settings_name(context.tree, project->volatile_stamps);
    if (settings.has_error()) {
      return settings.error();
    }
    Result<select::GreenLine> line = green_line(context, "");
    if (line.has_error()) {
      return line.error();
    }
    passes.greens_ = std::move(*greens);
    passes.line_ = std::move(*line);
    passes.bases_ = select::green_bases(context.graph, passes.greens_, passes.line_,
                                        {&context.work_tree.sources, *settings});
    const auto base = passes.line_.places.find(selection.change.base);
    passes.base_ = base == passes.line_.places.end() ? std::nullopt : std::optional(base->second);
    return passes;
  }

  void tell(TestId test, select::ShadowedTest& shadowed) const
  {
    const std::optional<std::size_t>& state = bases_.states[test.value];
    if (!state) {
      return;
    }
    const std::string& commit = greens_.states[*state].commit;
    const bool at_base = base_ && line_.places.at(commit) <= *base_;
    shadowed.past = at_base ? Past::passed_at_base : Past::passed_before;
    shadowed.passed_at = report::last_green_text({commit, greens_.is_clean(*state), 0});
  }

 private:
  Greens greens_;
  select::GreenLine line_;
  select::GreenBases bases_;
  std::optional<std::size_t> base_; ///< the newest commit has 0
};

std::string text_of(const Fallback& fallback)
{
  std::string text(name_of(fallback.cause).phrase);
  text += fallback.paths.empty() ? "" : ": " + fallback.paths.front();
  return fallback.because.empty() ? text : text + " (" + fallback.because + ")";
}

} // namespace

Shadow::Shadow(const BuildContext& context, const Selection& selection,
               const std::vector<RequestedTest>& tests)
{
  begun_.base = selection.change.base;
  begun_.fallback = selection.fallback ? text_of(*selection.fallback) : "";
  std::optional<PastPasses> passes;
  if (!selection.since_last_green) {
    Result<PastPasses> found = PastPasses::look_up(context, selection);
    if (found) {
      passes = std::move(*found);
    } else {
      fmt::print(stderr, "winnow: which tests passed before is not known: {}\n",
                 found.error().message);
    }
  }
  for (const RequestedTest& test : tests) {
    select::ShadowedTest& shadowed = tests_.emplace_back();
    shadowed.key = test.description.key;
    const std::optional<TestId> id = context.graph.find_test(shadowed.key);
    shadowed.would_be_skipped = id && find_selected(selection, *id) == nullptr;
    if (!id) {
      continue;
    }
    if (const LastGreen* green = last_green_of(selection, *id)) {
      shadowed.past = Past::passed_at_base;
      shadowed.passed_at = report::last_green_text(*green);
    } else if (passes) {
      passes->tell(*id, shadowed);
    }
  }
}

ShadowReport Shadow::report(const RunOutcome& outcome) const
{
  ShadowReport report = begun_;
  select::judge(report, tests_, outcome.results);
  return report;
}

} // namespace winnow::client
