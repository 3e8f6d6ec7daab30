// Applies the rules in their order.
#include "analyzer/select/unknown_file.hpp"

#include "analyzer/model/file_kind.hpp"
#include "analyzer/select/configuration_files.hpp"
#include "analyzer/select/possible_use.hpp"
#include "analyzer/select/shipped_rules.hpp"

namespace winnow::select {
namespace {

using Ruling = UnknownFileRuling::Kind;

UnknownFileRuling by_shipped_rule(ShippedRule rule, const RuleBook& rules,
                                  std::optional<std::span<const TestId>> opaque)
{
  const std::string name(name_of(rule));
  switch (rules.effect(rule)) {
  case ShippedEffect::nothing:
    return {Ruling::nothing, {}, name};
  case ShippedEffect::part:
    if (opaque) {
      return {Ruling::opaque_part, {opaque->begin(), opaque->end()}, name};
    }
    break;
  case ShippedEffect::everything:
    break;
  }
  return {Ruling::everything, {}, name};
}

} // namespace

UnknownFileRuling rule_on_unknown_file(std::string_view path, ChangeStatus status, NameRead read,
                                       Configurations configurations, const Parts& parts,
                                       RuleBook& rules)
{
  const ProjectRuling own = rules.ruling(path);
  if (own.kind == ProjectRuling::Kind::ignored) {
    return {Ruling::nothing, {}, std::string(own.rule)};
  }
  const auto opaque = parts.opaque_tests_around(path);
  if (own.kind == ProjectRuling::Kind::none && harmless_pattern(path)) {
    return by_shipped_rule(ShippedRule::harmless_files, rules, opaque);
  }
  const FileKind kind = file_kind(path);
  const bool compared = configurations == Configurations::compared;
  if (kind == FileKind::configuration && !(compared && is_cmake_code(path))) {
    // Changed settings select by other rules than base's.
    return {Ruling::everything, {}, path == settings_file_name ? "settings" : ""};
  }
  const bool not_included = kind == FileKind::header && read == NameRead::yes;
  if (not_included && !may_be_data(path) && (status != ChangeStatus::modified || !opaque)) {
    return {Ruling::nothing, {}, {}};
  }
  const bool code = kind == FileKind::source || (kind == FileKind::header && !not_included);
  const bool judged = compared && kind == FileKind::source;
  if (code && status != ChangeStatus::modified && !judged) {
    // A glob may pick a source up, a __has_include find a header.
    return {Ruling::everything, {}, {}};
  }
  if (!opaque || (opaque->empty() && code)) {
    return {Ruling::everything, {}, {}};
  }
  return by_shipped_rule(ShippedRule::unbuilt_files, rules, opaque);
}

void note_ruled(std::string_view path, const UnknownFileRuling& ruling, Selection& selection)
{
  IgnoredFile file{std::string(path), ruling.rule, ruling.unnamed};
  if (ruling.kind == Ruling::nothing && !ruling.rule.empty()) {
    selection.ignored.push_back(std::move(file));
  } else if (!file.unnamed.empty()) {
    selection.narrowed.push_back(std::move(file));
  }
}

} // namespace winnow::select
