// Applies the shipped rules in their order.
#include "analyzer/select/unknown_file.hpp"

#include "analyzer/select/configuration_files.hpp"
#include "analyzer/select/file_kind.hpp"
#include "analyzer/select/shipped_rules.hpp"

namespace winnow::select {

UnknownFileRuling rule_on_unknown_file(std::string_view path, ChangeStatus status, NameRead read,
                                       Configurations configurations, const Parts& parts)
{
  using Ruling = UnknownFileRuling::Kind;
  if (ignore_rule_for(path)) {
    return {Ruling::nothing, {}};
  }
  const FileKind kind = file_kind(path);
  const bool compared = configurations == Configurations::compared;
  if (kind == FileKind::configuration && !(compared && is_cmake_code(path))) {
    return {Ruling::everything, {}};
  }
  const bool code = kind == FileKind::source || kind == FileKind::header;
  const bool judged = compared && kind == FileKind::source;
  if (code && status != ChangeStatus::modified && !judged) {
    // A glob may pick a source up, a __has_include find a header.
    const bool found_by_name = kind == FileKind::header && read == NameRead::yes;
    return {found_by_name ? Ruling::nothing : Ruling::everything, {}};
  }
  const auto opaque = parts.opaque_tests_around(path);
  if (!opaque || (opaque->empty() && code)) {
    return {Ruling::everything, {}};
  }
  return {opaque->empty() ? Ruling::nothing : Ruling::opaque_part, *opaque};
}

} // namespace winnow::select
