// Matches a path's name and directories against the harmless ones.
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

std::optional<HarmlessPattern> harmless_pattern(std::string_view path)
{
  if (file_kind(path) == FileKind::source) {
    return std::nullopt;
  }
  const std::string_view name = base_name(path);
  for (const HarmlessPattern& harmless : harmless_patterns) {
    const bool directory = harmless.pattern.ends_with('/');
    if (directory ? has_directory(path, harmless.pattern) : matches(harmless.pattern, name)) {
      return harmless;
    }
  }
  return std::nullopt;
}

} // namespace winnow::select
