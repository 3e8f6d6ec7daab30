// Seeds, searches and rules, one after another, each adding reasons to tests.
#include "analyzer/select/select_affected.hpp"

#include "analyzer/model/file_kind.hpp"
#include "analyzer/model/reach.hpp"
#include "analyzer/select/beside_inputs.hpp"
#include "analyzer/select/changed_nodes.hpp"
#include "analyzer/select/configuration_change.hpp"
#include "analyzer/select/configuration_files.hpp"
#include "analyzer/select/configured_copies.hpp"
#include "analyzer/select/given_directories.hpp"
#include "analyzer/select/other_readers.hpp"
#include "analyzer/select/part.hpp"
#include "analyzer/select/possible_use.hpp"
#include "analyzer/select/rule_book.hpp"
#include "analyzer/select/ruled_tests.hpp"
#include "analyzer/select/shadowed_headers.hpp"
#include "analyzer/select/staged_data.hpp"
#include "analyzer/select/staged_files.hpp"
#include "analyzer/select/submodule_users.hpp"
#include "analyzer/select/told_directories.hpp"
#include "analyzer/select/unknown_file.hpp"
#include "analyzer/select/unknown_headers.hpp"
#include "analyzer/select/unsaid_files.hpp"
#include "analyzer/select/unused_artifact.hpp"

#include <algorithm>
#include <optional>
#include <set>
#include <string>
#include <unordered_set>
#include <utility>
#include <vector>

namespace winnow::select {
namespace {

class Selector {
 public:
  Selector(const Graph& graph, const Change& change, const SelectionRules& rules)
      : graph_(graph),
        rules_(rules),
        touched_(touched_paths(graph, change)),
        rule_book_(graph, rules.settings, rules.labels),
        reasons_(graph.test_count())
  {
    for (const ChangedFile& file : rules.asked != nullptr ? rules.asked->files : change.files) {
      asked_.insert(file.path);
      asked_.insert(file.old_path);
    }
    forget_ignored_mentions(touched_, rule_book_);
    selection_.change = change;
    selection_.configured_by = read_by_configuring(graph, rules.base.graph, touched_);
  }

  Selection run() &&
  {
    follow_configuration();
    follow_edges();
    follow_staged_data();
    follow_told_directories();
    follow_shared_data();
    follow_unknown_headers();
    follow_names();
    follow_directories();
    follow_project_rules();
    judge_unknown_files();
    add_ruled_tests();
    if (rules_.whatever_changed == WhateverChanged::included) {
      add_always_selected(graph_, rules_.always, reasons_, selection_);
    }
    if (selection_.fallback) {
      add_everything();
    }
    finish_selection(graph_, std::move(reasons_), {rules_.settings, rules_.labels}, selection_);
    return std::move(selection_);
  }

 private:
  void add(TestId test, Reason reason) { reasons_[test.value].push_back(std::move(reason)); }

  /// Where nothing more telling does already.
  void add_first(TestReason one)
  {
    if (!selected(one.first)) {
      add(one.first, std::move(one.second));
    }
  }

  [[nodiscard]] bool selected(TestId test) const { return !reasons_[test.value].empty(); }

  void fall_back(FallbackCause cause, std::string_view path, std::string_view rule = {},
                 const std::string& because = {})
  {
    if (!selection_.fallback) {
      selection_.fallback = Fallback{cause, {}, because, std::string(rule)};
    }
    if (selection_.fallback->cause == cause && !path.empty()) {
      selection_.fallback->paths.emplace_back(path);
    }
  }

  void follow_edges()
  {
    std::vector<NodeId> seeds;
    for (const TouchedPath& touched : touched_) {
      for (const FileId file : touched.files) {
        seeds.push_back(graph_.node(file));
      }
    }
    const Reach reached = reach(graph_, seeds, Direction::dependents);
    for (const NodeId node : reached.nodes()) {
      if (graph_.kind(node) == NodeKind::test) {
        const std::vector<ChainLink> chain = reached.chain_to(node);
        add(graph_.test(node),
            {ReasonKind::changed_file, std::string(path_of(chain.front().node)), chain});
      } else if (graph_.kind(node) == NodeKind::file && rule_on_unused(graph_, node)) {
        const std::vector<ChainLink> chain = reached.chain_to(node);
        judge_unused(graph_, node, path_of(chain.front().node), chain);
      }
    }
  }

  /// What differs from base's configuration; without that, a changed configuration is a fallback.
  void follow_configuration()
  {
    const BaseConfiguration& base = rules_.base;
    if (!rules_.always.red_unknown_because.empty()) {
      selection_.fallback =
          Fallback{FallbackCause::history_unreadable, {}, rules_.always.red_unknown_because};
    } else if (!base.other_compiler.empty()) {
      selection_.fallback = Fallback{FallbackCause::compiler_changed, {}, base.other_compiler};
    } else if (!base.stale_because.empty()) {
      selection_.fallback = Fallback{FallbackCause::cmake_input_changed, selection_.configured_by,
                                     base.stale_because};
    } else if (base.graph != nullptr) {
      compare_with(*base.graph);
    } else if (!selection_.configured_by.empty()) {
      selection_.fallback = Fallback{FallbackCause::cmake_input_changed, selection_.configured_by,
                                     base.missing_because};
    }
  }

  void compare_with(const Graph& base)
  {
    const std::string compiler = graph_.origin().compiler;
    if (base.origin().compiler != compiler) {
      selection_.fallback = Fallback{FallbackCause::compiler_changed,
                                     {},
                                     base.origin().compiler + " at base, now " + compiler};
      return;
    }
    const VolatileStamps meaningless =
        rules_.settings != nullptr ? rules_.settings->volatile_stamps : VolatileStamps();
    const GraphDifference difference =
        graph_difference(base, graph_, touched_, rules_.base.beside_git, meaningless);
    const CMakeExplanation explanation(graph_, selection_.configured_by);
    for (ReachedNode& reached : reached_by(graph_, difference, explanation)) {
      if (graph_.kind(reached.node) == NodeKind::test) {
        add(graph_.test(reached.node), std::move(reached.reason));
      } else if (rule_on_unused(graph_, reached.node) || !reached.reason.file.empty() ||
                 !asks_for_commit(graph_)) { // else its command may only name the commit
        judge_unused(graph_, reached.node, reached.reason.file, reached.reason.chain);
      }
    }
    for (const NodeId artifact : difference.gone_artifacts) {
      judge_unused(base, artifact, base.path(base.file(artifact)), {});
    }
    for (const ConfiguredCopy& one :
         configured_copies({base, graph_, touched_, selection_.configured_by, meaningless},
                           explanation, rule_book_)) {
      judge_staged(one.changed, one.copy, one.chain);
    }
  }

  /// A plugin, program or copy that nothing uses. `graph` is the one that has it; `chain` is of the
  /// graph selected with.
  void judge_unused(const Graph& graph, NodeId artifact, std::string_view changed,
                    const std::vector<ChainLink>& chain)
  {
    const std::optional<ShippedRule> rule = rule_on_unused(graph, artifact);
    if (!rule) {
      judge_staged(changed, graph.path(graph.file(artifact)), chain);
    } else if (applies(*rule, changed)) {
      const TargetId target = *graph.target_of(graph.step(graph.dependencies(artifact)[0].node));
      for (const TestId test : parts().opaque_tests_around(graph, target)) {
        by_rule_.add(test, ReasonKind::same_part, changed, name_of(*rule), chain);
      }
    }
  }

  void judge_staged(std::string_view changed, std::string_view copy,
                    const std::vector<ChainLink>& chain)
  {
    const ShippedRule rule = ShippedRule::staged_files;
    if (rule_book_.ignored_by(ruled_name(copy)) || !applies(rule, changed)) {
      return;
    }
    const Parts::OfCopy around = parts().parts_of_copy(changed, copy);
    if (staged_in_.insert(around).second) {
      for (const TestId test : parts().opaque_tests_around(around)) {
        by_rule_.add(test, ReasonKind::staged_file, changed, name_of(rule), chain);
      }
    }
  }

  /// Whether the rule selects the tests around what it is about.
  bool applies(ShippedRule rule, std::string_view changed)
  {
    if (rule_book_.effect(rule) == ShippedEffect::everything) {
      fall_back(FallbackCause::rule, changed, name_of(rule));
    }
    return rule_book_.effect(rule) == ShippedEffect::part;
  }

  void follow_staged_data()
  {
    for (const StagedData& staged : staged_data(graph_, touched_, rule_book_)) {
      judge_staged(staged.changed, path_of(staged.copy), staged.chain);
    }
  }

  void add_by_rule(const std::vector<TestReason>& tests, std::string_view rule)
  {
    for (const auto& [test, reason] : tests) {
      by_rule_.add(test, reason.kind, reason.file, rule, reason.chain);
    }
  }

  void follow_told_directories()
  {
    std::vector<TestReason> told = tests_told_of(graph_, touched_, rule_book_);
    std::erase_if(told, [&](const TestReason& one) { return !parts().is_opaque(one.first); });
    add_by_rule(told, {});
  }

  void follow_shared_data()
  {
    std::optional<OtherReaders> others;
    for (const TouchedPath& touched : touched_) {
      if (!may_have_other_readers(touched) || !asked_.contains(touched.path) ||
          rule_book_.ignored_by(touched.path) || !applies(ShippedRule::shared_data, touched.path)) {
        continue;
      }
      if (!others) {
        others.emplace(graph_, parts());
      }
      add_by_rule(others->of(touched), name_of(ShippedRule::shared_data));
    }
  }

  void follow_unknown_headers()
  {
    for (TestReason& one : tests_with_unknown_headers(graph_, touched_, rule_book_)) {
      add_first(std::move(one));
    }
  }

  void follow_names()
  {
    ShadowedHeaders shadowed = shadowed_headers(graph_, touched_);
    names_read_ = std::move(shadowed.names_read);
    for (TestReason& one : shadowed.tests) {
      add_first(std::move(one));
    }
  }

  /// Files that appeared in or vanished from directories given to tests.
  void follow_directories()
  {
    if (std::ranges::none_of(touched_, has_come_or_gone)) {
      return;
    }
    GivenDirectories directories(graph_);
    for (const TouchedPath& touched : touched_) {
      if (!has_come_or_gone(touched) || !asked_.contains(touched.path)) {
        continue;
      }
      if (directories.surely_given(touched.path)) {
        known_by_directory_.insert(touched.path);
      }
      for (const TestId test : directories.tests_around(touched.path)) {
        by_rule_.add(test, ReasonKind::given_directory, touched.path, {});
      }
    }
  }

  /// What winnow.json says of the files, whether or not they have edges.
  void follow_project_rules()
  {
    for (const TouchedPath& touched : touched_) {
      if (!asked_.contains(touched.path)) {
        continue;
      }
      const ProjectRuling ruling = rule_book_.ruling(touched.path);
      if (ruling.kind == ProjectRuling::Kind::everything) {
        fall_back(FallbackCause::rule, touched.path, ruling.rule);
      }
      if (ruling.kind == ProjectRuling::Kind::decided ||
          ruling.kind == ProjectRuling::Kind::everything) {
        decided_.insert(touched.path);
      }
      for (const TestId test : ruling.tests) {
        by_rule_.add(test, ReasonKind::project_rule, touched.path, ruling.rule);
      }
    }
  }

  void judge_unknown_files()
  {
    SubmoduleUsers submodules(graph_, selection_.change.submodules, by_rule_);
    for (const TouchedPath& touched : touched_) {
      const bool known_data =
          known_by_directory_.contains(touched.path) && may_be_data(touched.path);
      if (touched.read || known_data || decided_.contains(touched.path) ||
          shows_in_comparison(rules_.base.graph, touched, selection_.configured_by) ||
          !asked_.contains(touched.path)) {
        continue;
      }
      const bool told = graph_.knows_includes() || names_read_.contains(base_name(touched.path));
      const Configurations configurations =
          rules_.base.graph != nullptr ? Configurations::compared : Configurations::not_compared;
      UnknownFileRuling ruling =
          rule_on_unknown_file(touched.path, touched.status, told ? NameRead::yes : NameRead::no,
                               configurations, parts(), rule_book_);
      if (ruling.is_undecided() && (submodules.add_users(touched.path) ||
                                    is_mentioned(graph_, touched) || is_read_as_before(touched))) {
        continue;
      }
      UnsaidFiles(graph_, parts(), rule_book_).judge(touched, configurations, ruling);
      if (ruling.kind == UnknownFileRuling::Kind::everything) {
        fall_back(ruling.is_undecided() ? FallbackCause::unknown_file : FallbackCause::rule,
                  touched.path, ruling.rule, ruling.because);
      } else {
        note_ruled(touched.path, ruling, selection_);
      }
      for (const TestId test : ruling.tests) {
        by_rule_.add(test, ReasonKind::same_part, touched.path, ruling.rule);
      }
      if (ruling.kind == UnknownFileRuling::Kind::opaque_part && may_be_data(touched.path)) {
        add_by_rule(tests_of_commands_beside(graph_, touched.path), ruling.rule);
      }
    }
  }

  void add_ruled_tests()
  {
    for (TestReason& one : by_rule_.with_users(graph_)) {
      add_first(std::move(one));
    }
  }

  /// Tests with reasons of their own keep just those.
  void add_everything()
  {
    for (std::uint32_t i = 0; i < graph_.test_count(); ++i) {
      if (!selected(TestId{i})) {
        const std::vector<std::string>& paths = selection_.fallback->paths;
        const std::string file = paths.empty() ? "" : paths.front();
        add(TestId{i}, {ReasonKind::fallback, file, {}, {}, selection_.fallback->rule});
      }
    }
  }

  const Parts& parts()
  {
    if (!parts_) {
      parts_.emplace(graph_, rules_.settings, rules_.labels);
    }
    return *parts_;
  }

  [[nodiscard]] std::string_view path_of(NodeId file) const
  {
    return graph_.path(graph_.file(file));
  }

  const Graph& graph_;
  const SelectionRules& rules_;
  std::vector<TouchedPath> touched_;
  std::unordered_set<std::string_view> asked_; ///< what differs between base and head
  RuleBook rule_book_;
  std::optional<Parts> parts_; ///< once needed
  ReasonsByTest reasons_;
  RuledTests by_rule_;
  std::unordered_set<std::string_view> known_by_directory_;
  std::unordered_set<std::string_view> names_read_;
  std::unordered_set<std::string_view> decided_; ///< by the project's rules
  std::set<Parts::OfCopy> staged_in_;            ///< judged already
  Selection selection_;
};

} // namespace

Selection select_affected(const Graph& graph, const Change& change, const SelectionRules& rules)
{
  return Selector(graph, change, rules).run();
}

} // namespace winnow::select
