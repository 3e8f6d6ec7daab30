// Judges by names, and by the rules that say what cannot matter.
#include "analyzer/select/possible_use.hpp"

#include "analyzer/model/file_kind.hpp"

#include <algorithm>

namespace winnow::select {

bool may_be_included(const TouchedPath& touched, RuleBook& rules)
{
  switch (file_kind(touched.path)) {
  case FileKind::header:
    return true;
  case FileKind::configuration:
  case FileKind::script:
    return false;
  case FileKind::source:
    return !touched.read;
  case FileKind::other:
    break;
  }
  return touched.read || !rules.ignored_by(touched.path);
}

bool may_be_data(std::string_view path)
{
  const FileKind kind = file_kind(path);
  return kind == FileKind::other || kind == FileKind::script ||
         (kind == FileKind::header && may_be_no_header(path));
}

bool has_come_or_gone(const TouchedPath& touched)
{
  return !touched.read && touched.status != ChangeStatus::modified;
}

void forget_ignored_mentions(std::span<TouchedPath> touched, RuleBook& rules)
{
  for (TouchedPath& one : touched) {
    if (!one.read && !one.files.empty() && rules.ignored_by(one.path)) {
      one.files.clear();
    }
  }
}

bool is_mentioned(const Graph& graph, const TouchedPath& touched)
{
  return file_kind(touched.path) == FileKind::other &&
         std::ranges::any_of(touched.files, [&](FileId file) {
           const Neighbours users = graph.dependents(graph.node(file));
           return std::any_of(users.begin(), users.end(), [](Neighbour user) {
             return user.kind != EdgeKind::mentioned_in_script;
           });
         });
}

bool is_read_as_before(const TouchedPath& touched)
{
  return !touched.known_as.empty() && file_kind(touched.path) == FileKind::other &&
         directory_of(touched.path) == directory_of(touched.known_as) &&
         extension_of(touched.path) == extension_of(touched.known_as);
}

} // namespace winnow::select
