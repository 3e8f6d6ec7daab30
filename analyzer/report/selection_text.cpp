// A selection for terminals and for scripts.
#include "analyzer/report/selection_text.hpp"

#include "analyzer/report/chain_text.hpp"
#include "analyzer/report/change_status.hpp"
#include "analyzer/report/grouped_tests.hpp"
#include "analyzer/report/path_text.hpp"
#include "analyzer/report/quantity_text.hpp"
#include "analyzer/report/reason_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <utility>

namespace winnow::report {
namespace {

constexpr std::size_t shown_paths = 10;

/// What a test is listed under: its strongest reason, without the chain.
struct Heading {
  ReasonKind kind;
  std::string file;
  std::string line; ///< "file:line", where that is known of what changed the configuration
  std::string rule;
  std::string because;
  std::string target; ///< that was asked for

  auto operator<=>(const Heading&) const = default;
};

Heading heading_of(const Reason& reason)
{
  const bool of_a_new_test = reason.kind == ReasonKind::new_test; // one heading for all of a file
  return {reason.kind, reason.file,    of_a_new_test ? "" : reason.defined_at,
          reason.rule, reason.because, reason.target};
}

std::string changed_text(const Change& change, const std::string& path)
{
  const auto found = std::lower_bound(
      change.files.begin(), change.files.end(), path,
      [](const ChangedFile& file, const std::string& wanted) { return file.path < wanted; });
  const bool is_known = found != change.files.end() && found->path == path;
  return is_known ? std::string(report::name_of(found->status)) : "changed";
}

std::string heading_text(const Change& change, const Heading& heading, const Paint& paint)
{
  const auto& [kind, file, line, rule, because, target] = heading;
  const auto about_file = [&](std::string_view remark) {
    return paint.bold(path_text(line.empty() ? file : line)) +
           paint.dim(fmt::format(" ({}{})", changed_text(change, file), remark));
  };
  const auto about_configuration = [&](std::string_view what) {
    return file.empty() ? paint.bold(fmt::format("a setting in no file changes {}", what))
                        : about_file(fmt::format("; changes {}", what));
  };
  switch (kind) {
  case ReasonKind::changed_file:
    return about_file("");
  case ReasonKind::unknown_headers:
    return about_file("; may be included where headers are not recorded yet");
  case ReasonKind::shadowed_header:
    return about_file("; an #include of this name may find another file");
  case ReasonKind::given_directory:
    return about_file("; in a directory that these tests are given");
  case ReasonKind::told_directory:
    return about_file("; in a directory that a definition of a command names");
  case ReasonKind::named_in_source:
    return about_file("; others are known to read it, and sources of these tests may name it") +
           paint.dim(rule_text(rule));
  case ReasonKind::beside_input:
    return about_file("; no build input, but beside one of a command behind these tests") +
           paint.dim(rule_text(rule));
  case ReasonKind::same_part:
    return about_file("; no build input, but in the part of these tests") +
           paint.dim(rule_text(rule));
  case ReasonKind::staged_file:
    return (file.empty()
                ? paint.bold("a setting in no file changes what these tests may read")
                : about_file("; what is made of it may be read by the tests of its part")) +
           paint.dim(rule_text(rule));
  case ReasonKind::same_submodule:
    return about_file("; in a submodule that these tests use");
  case ReasonKind::project_rule:
    return about_file("") + paint.dim(rule_text(rule));
  case ReasonKind::changed_command:
    return about_configuration("the command that makes what they run");
  case ReasonKind::changed_inputs:
    return about_configuration("what goes into what they run");
  case ReasonKind::changed_configured_file:
    return about_configuration("a file that configuring writes or fetches");
  case ReasonKind::changed_test:
    return about_configuration("the command or a property of a test");
  case ReasonKind::new_test:
    return paint.bold("new tests") + (file.empty() ? "" : paint.dim(" of " + path_text(file)));
  case ReasonKind::unmapped:
    return paint.bold("tests of which it is not known what they run");
  case ReasonKind::companion:
    return paint.bold("needed by affected tests");
  case ReasonKind::not_green:
    return paint.bold("tests that failed and did not pass since");
  case ReasonKind::no_green:
    return paint.bold("tests that " + because);
  case ReasonKind::depends_on:
    return paint.bold(name_text(target)) + paint.dim(" (a target)" + rule_text(rule));
  case ReasonKind::fallback:
    break;
  }
  if (because.empty()) {
    return paint.bold("every test");
  }
  return file.empty() ? paint.bold(name_text(because)) : about_file("; " + name_text(because));
}

std::string companion_words(const Graph& graph, const Reason& reason)
{
  const ChainWords words = chain_words(graph, reason.chain);
  if (words.phrases.empty()) {
    return "";
  }
  return words.phrases.front().verb + " " + words.phrases.front().object;
}

/// The heading names a file of the configuration: what that changes is not said yet.
std::string configuration_words(const Graph& graph, const Reason& reason)
{
  const std::string inner = inner_chain_text(graph, reason.chain);
  return chain_words(graph, reason.chain).subject + (inner.empty() ? "" : ", " + inner);
}

/// The heading names the target.
std::string dependence_words(const Graph& graph, const Reason& reason)
{
  const std::string words = configuration_words(graph, reason);
  return reason.user.empty() ? words
                             : fmt::format("linked by {}: {}", name_text(reason.user), words);
}

std::string words_of(const Graph& graph, const Reason& reason)
{
  switch (reason.kind) {
  case ReasonKind::companion:
    return companion_words(graph, reason);
  case ReasonKind::changed_command:
  case ReasonKind::changed_inputs:
  case ReasonKind::changed_configured_file:
    return configuration_words(graph, reason);
  case ReasonKind::depends_on:
    return dependence_words(graph, reason);
  default:
    return inner_chain_text(graph, reason.chain);
  }
}

std::string affected_text(const Graph& graph, const Selection& selection, const Paint& paint)
{
  std::map<Heading, GroupedTests> groups;
  for (const SelectedTest& selected : selection.tests) {
    static const Reason unexplained;
    const Reason& reason = selected.reasons.empty() ? unexplained : selected.reasons.front();
    groups[heading_of(reason)].add(words_of(graph, reason),
                                   name_text(graph.key(selected.test).display()));
  }
  for (const TestKey& key : selection.new_tests) {
    groups[{ReasonKind::new_test, "", "", "", "", ""}].add("", name_text(key.display()));
  }
  std::string text;
  for (const auto& [heading, tests] : groups) {
    text += "\n" + heading_text(selection.change, heading, paint) + "\n" + tests.text(paint);
  }
  return text;
}

std::string change_headline(const Graph& graph, const Selection& selection)
{
  const std::size_t changed = selection.change.files.size();
  const std::string since =
      selection.change.base.empty() ? "" : " since " + state_text(selection.change.base);
  const std::string counts =
      fmt::format("{} of {} affected", selection.tests.size() + selection.new_tests.size(),
                  count_text(graph.test_count() + selection.new_tests.size(), "test"));
  if (changed == 0) {
    return counts + ": no file changed" + since;
  }
  return counts + " by " + count_text(changed, "changed file") + since;
}

/// "12 of 40 tests depend on core", and what became of its own.
std::string dependents_headline(const Graph& graph, const Selection& selection)
{
  const AskedDependents& asked = *selection.dependents;
  std::string targets;
  for (const std::string& target : asked.targets) {
    targets += (targets.empty() ? "" : " or ") + name_text(target);
  }
  const std::string headline =
      asked.among_affected
          ? fmt::format("{} and depend on {}", change_headline(graph, selection), targets)
          : fmt::format(
                "{} of {} depend on {}", selection.tests.size() + selection.new_tests.size(),
                count_text(graph.test_count() + selection.new_tests.size(), "test"), targets);
  return asked.own_left_out.empty()
             ? headline
             : fmt::format("{}, without {} of {}", headline,
                           count_text(asked.own_left_out.size(), "test"),
                           asked.targets.size() == 1 ? "its own" : "their own");
}

} // namespace

std::string state_text(const std::string& state)
{
  const bool is_commit = state.size() >= 40 && std::all_of(state.begin(), state.end(), [](char c) {
                           return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
                         });
  return is_commit ? state.substr(0, 12) : name_text(state);
}

std::string selection_headline(const Graph& graph, const Selection& selection)
{
  if (selection.dependents) {
    return dependents_headline(graph, selection);
  }
  return change_headline(graph, selection);
}

std::string fallback_text(const Fallback& fallback, const Paint& paint)
{
  std::string text = paint.warning(fmt::format("every test counts as affected: {}",
                                               winnow::name_of(fallback.cause).phrase)) +
                     rule_text(fallback.rule) + "\n";
  if (!fallback.because.empty()) {
    text += "  " + name_text(fallback.because) + "\n";
  }
  const std::size_t shown = std::min(fallback.paths.size(), shown_paths);
  for (std::size_t i = 0; i < shown; ++i) {
    text += "  " + path_text(fallback.paths[i]) + "\n";
  }
  if (shown < fallback.paths.size()) {
    text += fmt::format("  and {} more\n", fallback.paths.size() - shown);
  }
  return text;
}

std::string selection_to_text(const Graph& graph, const Selection& selection, Color color)
{
  const Paint paint(color);
  const std::string headline = paint.bold(selection_headline(graph, selection)) + "\n";
  return headline + (selection.fallback ? fallback_text(*selection.fallback, paint)
                                        : affected_text(graph, selection, paint));
}

std::string selection_to_names(const Graph& graph, const Selection& selection, Separator separator)
{
  TestNames names(graph);
  for (const TestKey& key : selection.new_tests) {
    names.add(key);
  }
  std::string list;
  for (const SelectedTest& selected : selection.tests) {
    append_entry(list, names.of(graph.key(selected.test)), separator);
  }
  for (const TestKey& key : selection.new_tests) {
    append_entry(list, names.of(key), separator);
  }
  return list;
}

std::string selection_to_targets(const Graph& graph, const Selection& selection,
                                 Separator separator)
{
  std::string list;
  for (const TargetId target : selection.targets) {
    append_entry(list, graph.target_name(target), separator);
  }
  return list;
}

} // namespace winnow::report
