// Tests listed under the words that say why, each wording once.
#include "analyzer/report/grouped_tests.hpp"

#include "analyzer/report/chain_text.hpp"

#include <fmt/format.h>

#include <utility>

namespace winnow::report {
namespace {

constexpr std::size_t line_width = 100;
constexpr std::string_view indent = "    ";

std::string wrapped(const std::vector<std::string>& names)
{
  std::string text;
  std::size_t column = 0;
  for (const std::string& name : names) {
    if (column == 0 || column + 2 + name.size() > line_width) {
      text.append(column == 0 ? "" : "\n").append(indent);
      column = indent.size();
    } else {
      text += "  ";
      column += 2;
    }
    text += name;
    column += name.size();
  }
  return text + "\n";
}

} // namespace

bool GroupedTests::has_room(const std::string& words) const
{
  const auto at = index_of_.find(words);
  return at == index_of_.end() ? groups_.size() < limits_.wordings
                               : groups_[at->second].names.size() < limits_.names;
}

void GroupedTests::add(const std::string& words, std::string name)
{
  const auto [at, is_new] = index_of_.try_emplace(words, groups_.size());
  if (is_new) {
    groups_.push_back({words, {}, 0});
  }
  groups_[at->second].names.push_back(std::move(name));
}

void GroupedTests::add_unnamed(const std::string& words)
{
  const auto at = index_of_.find(words);
  ++(at == index_of_.end() ? of_no_group_ : groups_[at->second].unnamed);
}

std::string GroupedTests::text(const Paint& paint) const
{
  std::string text;
  for (const Group& group : groups_) {
    if (!group.words.empty()) {
      text += "  " + paint.dim(group.words) + "\n";
    }
    text += wrapped(group.names);
    if (group.unnamed != 0) {
      text += fmt::format("{}and {} more\n", indent, group.unnamed);
    }
  }
  return of_no_group_ == 0 ? text
                           : text + fmt::format("  and {} more for other reasons\n", of_no_group_);
}

std::string inner_chain_text(const Graph& graph, std::span<const ChainLink> chain)
{
  ChainWords words = chain_words(graph, chain);
  if (words.phrases.empty()) {
    return "";
  }
  if (words.phrases.size() > 1 && chain.back().via == EdgeKind::executable) {
    words.phrases.pop_back();
  } else if (graph.kind(chain.back().node) == NodeKind::test) {
    words.phrases.back().object = "the test";
  }
  std::string text = phrases_text(words.phrases);
  constexpr std::string_view relative = "which ";
  return text.starts_with(relative) ? text.substr(relative.size()) : text;
}

} // namespace winnow::report
