// Matches a path's name and directories against the shipped rules.
#include "analyzer/select/shipped_rules.hpp"

#include "analyzer/model/wildcard.hpp"
#include "analyzer/select/file_kind.hpp"

namespace winnow::select {
namespace {

bool has_directory(std::string_view path, std::string_view directory)
{
  for (std::size_t at = path.find(directory); at != std::string_view::npos;
       at = path.find(directory, at + 1)) {
    if (at == 0 || path[at - 1] == '/') {
      return true;
    }
  }
  return false;
}

} // namespace

std::optional<IgnoreRule> ignore_rule_for(std::string_view path)
{
  if (file_kind(path) == FileKind::source) {
    return std::nullopt;
  }
  const std::string_view name = base_name(path);
  for (const IgnoreRule& rule : shipped_ignore_rules) {
    const bool directory = rule.pattern.ends_with('/');
    if (directory ? has_directory(path, rule.pattern) : matches(rule.pattern, name)) {
      return rule;
    }
  }
  return std::nullopt;
}

} // namespace winnow::select
