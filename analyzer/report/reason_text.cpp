// Why a test is selected, in words.
#include "analyzer/report/reason_text.hpp"

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

} // namespace

std::string reason_text(const Graph& graph, const Reason& reason)
{
  switch (reason.kind) {
  case ReasonKind::unknown_headers:
    return unknown_headers_text(graph, reason);
  case ReasonKind::shadowed_header:
    return shadowed_header_text(graph, reason);
  case ReasonKind::given_directory:
    return path_text(reason.file) + " appeared or vanished in a directory that the test is given";
  case ReasonKind::same_part:
    return path_text(reason.file) + " lies in the part of the project that the test belongs to";
  case ReasonKind::new_test:
    return "the test is new";
  case ReasonKind::unmapped:
    return "nothing is known of what the test runs";
  case ReasonKind::not_green:
    return "the test did not pass when it ran last";
  case ReasonKind::fallback:
    return "everything is selected";
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
