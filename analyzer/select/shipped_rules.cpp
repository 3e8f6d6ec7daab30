// Matches a path's name and directories against the harmless ones.
#include "analyzer/select/shipped_rules.hpp"

#include "analyzer/model/file_kind.hpp"
#include "analyzer/model/wildcard.hpp"

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

bool matches_path(std::string_view pattern, std::string_view path)
{
  const bool directory = pattern.ends_with('/');
  if (pattern.starts_with('/')) {
    pattern.remove_prefix(1);
    return directory ? path.starts_with(pattern) : matches(pattern, path);
  }
  return directory ? has_directory(path, pattern) : matches(pattern, base_name(path));
}

} // namespace

std::optional<HarmlessPattern> harmless_pattern(std::string_view path)
{
  if (file_kind(path) == FileKind::source) {
    return std::nullopt;
  }
  for (const HarmlessPattern& harmless : harmless_patterns) {
    if (matches_path(harmless.pattern, path)) {
      return harmless;
    }
  }
  return std::nullopt;
}

} // namespace winnow::select
