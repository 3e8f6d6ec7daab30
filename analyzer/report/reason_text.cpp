// Why a test is selected, in words.
#include "analyzer/report/reason_text.hpp"

#include "analyzer/model/step_source.hpp"
#include "analyzer/report/chain_text.hpp"
#include "analyzer/report/path_text.hpp"

#include <fmt/format.h>

namespace winnow::report {
namespace {

std::string unknown_headers_text(const Graph& graph, const Reason& reason)
{
  const ChainWords words = chain_words(graph, reason.chain);
  const std::string rest = phrases_text(words.phrases);
  return fmt::format("{} may be included by {}, whose headers are not recorded yet{}{}",
                     reason.file.empty() ? "a changed header" : path_text(reason.file),
                     words.subject.empty() ? "a source file of the test" : words.subject,
                     rest.empty() ? "" : ", ", rest);
}

std::string shadowed_header_text(const Graph& graph, const Reason& reason)
{
  const ChainWords words = chain_words(graph, reason.chain);
  const std::string rest = phrases_text(words.phrases);
  return fmt::format("{} appeared or vanished, and {} includes a file of that name{}{}",
                     path_text(reason.file),
                     words.subject.empty() ? "a source file of the test" : words.subject,
                     rest.empty() ? "" : ", ", rest);
}

std::string same_part_text(const Reason& reason)
{
  return path_text(reason.file) + " lies in the part of the project that the test belongs to" +
         rule_text(reason.rule);
}

std::string sole_link_text(const Graph& graph, const Reason& reason, const std::string& file)
{
  const NodeId node = reason.chain.front().node;
  return graph.path(graph.file(node)) == reason.file ? file + " changed, which a command makes"
                                                     : file + " changes " + node_text(graph, node);
}

/// The chain ends at what is made of the file: by steps, or where it is alone by configuring. None
/// is left of what nobody makes any more, and one to a test begins at another that the file
/// selects.
std::string staged_file_text(const Graph& graph, const Reason& reason)
{
  const std::vector<ChainLink>& chain = reason.chain;
  if (!chain.empty() && graph.kind(chain.back().node) == NodeKind::test) {
    return same_part_text(reason);
  }
  const std::string file =
      reason.file.empty() ? "a setting that is in no file" : path_text(reason.file);
  const std::string fate = chain.empty()       ? file + " is not made any more"
                           : chain.size() == 1 ? sole_link_text(graph, reason, file)
                           : graph.path(graph.file(chain.front().node)) == reason.file
                               ? chain_text(graph, chain)
                               : file + " lies beside " + chain_text(graph, chain);
  return fate + "; nobody is known to use that, and the test belongs to its part of the project" +
         rule_text(reason.rule);
}

std::string told_directory_text(const Graph& graph, const Reason& reason)
{
  if (graph.kind(reason.chain.front().node) == NodeKind::test) {
    return path_text(reason.file) +
           " may be read by what comes before: " + chain_text(graph, reason.chain);
  }
  const ChainWords words = chain_words(graph, reason.chain);
  const std::string rest = phrases_text(words.phrases);
  return fmt::format("{} lies in a directory that a definition names in the command of {}{}{}",
                     path_text(reason.file), words.subject, rest.empty() ? "" : ", ", rest);
}

/// Behind a setup that is selected, the chain begins at that.
std::string named_in_source_text(const Graph& graph, const Reason& reason)
{
  const ChainWords words = chain_words(graph, reason.chain);
  const std::string rest = phrases_text(words.phrases);
  return fmt::format("{} is read by others, and {} may name it, {}{}", path_text(reason.file),
                     words.subject, rest, rule_text(reason.rule));
}

std::string beside_input_text(const Graph& graph, const Reason& reason)
{
  const ChainWords words = chain_words(graph, reason.chain);
  const std::string rest = phrases_text(words.phrases);
  return fmt::format("{} lies beside what {} is made from, {}{}", path_text(reason.file),
                     words.subject, rest, rule_text(reason.rule));
}

/// What made the configuration another one: the line, else the file, else what no file tells.
std::string culprit_text(const Reason& reason)
{
  if (!reason.defined_at.empty()) {
    return path_text(reason.defined_at);
  }
  return reason.file.empty() ? "a setting that is in no file (-D, or what CMake found or fetched)"
                             : path_text(reason.file);
}

bool is_compiled(const Graph& graph, const Reason& reason)
{
  if (reason.chain.empty() || graph.kind(reason.chain.front().node) != NodeKind::step) {
    return false;
  }
  return source_of(graph, graph.step(reason.chain.front().node)).has_value();
}

/// What is different, as it follows "changed", about what the chain begins with.
std::string difference_text(const Graph& graph, const Reason& reason, const std::string& subject)
{
  switch (reason.kind) {
  case ReasonKind::changed_command:
    return fmt::format("how {} is {}", subject, is_compiled(graph, reason) ? "compiled" : "made");
  case ReasonKind::changed_inputs:
    return fmt::format("what goes into {}{}",
                       is_compiled(graph, reason) ? "the compilation of " : "", subject);
  case ReasonKind::changed_configured_file:
    return subject + ", which configuring writes or fetches";
  default:
    return "the command or a property of " + subject;
  }
}

std::string configuration_text(const Graph& graph, const Reason& reason)
{
  if (reason.kind == ReasonKind::new_test) {
    return reason.defined_at.empty() ? "the test is new"
                                     : path_text(reason.defined_at) + " adds the test";
  }
  const ChainWords words = chain_words(graph, reason.chain);
  const std::string rest = phrases_text(words.phrases);
  return fmt::format("{} changed {}{}{}", culprit_text(reason),
                     difference_text(graph, reason, words.subject), rest.empty() ? "" : ", ", rest);
}

/// The chain, and to which target it leads.
std::string dependence_text(const Graph& graph, const Reason& reason)
{
  const std::string chain = chain_text(graph, reason.chain) + rule_text(reason.rule);
  return reason.user.empty() ? fmt::format("it depends on {}: {}", name_text(reason.target), chain)
                             : fmt::format("it depends on {}, which {} links: {}",
                                           name_text(reason.target), name_text(reason.user), chain);
}

/// Of a fallback that is not everybody's.
std::string fallback_reason_text(const Reason& reason)
{
  return (reason.file.empty() ? "" : path_text(reason.file) + ", ") + name_text(reason.because);
}

} // namespace

std::string rule_text(const std::string& rule)
{
  return rule.empty() ? "" : fmt::format(" (rule {})", name_text(rule));
}

std::string reason_text(const Graph& graph, const Reason& reason)
{
  switch (reason.kind) {
  case ReasonKind::unknown_headers:
    return unknown_headers_text(graph, reason);
  case ReasonKind::shadowed_header:
    return shadowed_header_text(graph, reason);
  case ReasonKind::given_directory:
    return path_text(reason.file) + " appeared or vanished in a directory that the test is given";
  case ReasonKind::told_directory:
    return told_directory_text(graph, reason);
  case ReasonKind::named_in_source:
    return named_in_source_text(graph, reason);
  case ReasonKind::beside_input:
    return beside_input_text(graph, reason);
  case ReasonKind::same_part:
    return same_part_text(reason);
  case ReasonKind::staged_file:
    return staged_file_text(graph, reason);
  case ReasonKind::same_submodule:
    return path_text(reason.file) + " changed in a submodule of which " +
           chain_text(graph, reason.chain);
  case ReasonKind::project_rule:
    return path_text(reason.file) + " affects the test" + rule_text(reason.rule);
  case ReasonKind::changed_command:
  case ReasonKind::changed_inputs:
  case ReasonKind::changed_configured_file:
  case ReasonKind::changed_test:
  case ReasonKind::new_test:
    return configuration_text(graph, reason);
  case ReasonKind::depends_on:
    return dependence_text(graph, reason);
  case ReasonKind::unmapped:
    return "nothing is known of what the test runs";
  case ReasonKind::not_green:
    return "the test failed and did not pass since";
  case ReasonKind::no_green:
    return "the test " + reason.because;
  case ReasonKind::fallback:
    return reason.because.empty() ? "everything is selected"
                                  : "everything that passed last at the same state is selected: " +
                                        fallback_reason_text(reason);
  case ReasonKind::changed_file:
  case ReasonKind::companion:
    break;
  }
  if (!reason.chain.empty()) {
    return chain_text(graph, reason.chain);
  }
  return reason.file.empty() ? "a selected test needs it" : path_text(reason.file) + " changed";
}

} // namespace winnow::report
