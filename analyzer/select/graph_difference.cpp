// Joins two graphs by the paths of their files, then compares what the files join.
#include "analyzer/select/graph_difference.hpp"

#include "analyzer/model/roots.hpp"
#include "analyzer/model/step_outputs.hpp"
#include "analyzer/select/staged_files.hpp"
#include "analyzer/select/unused_artifact.hpp"
#include "analyzer/select/volatile_stamps.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <set>

namespace winnow::select {
namespace {

std::optional<StepId> producer_of(const Graph& graph, FileId file)
{
  const Neighbours producers = graph.dependencies(graph.node(file));
  return producers.empty() ? std::nullopt : std::optional(graph.step(producers[0].node));
}

/// Whether an edge is part of what the build file says the step is made of.
bool is_stated(EdgeKind kind, StepKind step)
{
  switch (kind) {
  case EdgeKind::source:
  case EdgeKind::implicit_input:
    return true;
  case EdgeKind::ordered_before:
    // There it stands in for headers nobody has recorded.
    return step != StepKind::compile && step != StepKind::scan;
  default:
    return false;
  }
}

std::vector<FileId> stated_inputs(const Graph& graph, StepId step)
{
  std::vector<FileId> inputs;
  const StepKind kind = graph.step_kind(step);
  for (const Neighbour input : graph.dependencies(graph.node(step))) {
    if (is_stated(input.kind, kind)) {
      inputs.push_back(graph.file(input.node));
    }
  }
  return inputs;
}

/// The program a test runs, or would list its cases.
std::optional<FileId> program_of(const Graph& graph, TestId test)
{
  for (const Neighbour input : graph.dependencies(graph.node(test))) {
    if (input.kind == EdgeKind::executable || input.kind == EdgeKind::discovered_from) {
      return graph.file(input.node);
    }
  }
  return std::nullopt;
}

/// The programs whose cases a graph does not know yet.
std::set<std::string_view> programs_not_listed(const Graph& graph)
{
  std::set<std::string_view> programs;
  for (TestId test{0}; test.value < graph.test_count(); ++test.value) {
    if (graph.test_origin(test) == TestOrigin::not_built_placeholder) {
      if (const auto program = program_of(graph, test)) {
        programs.insert(graph.path(*program));
      }
    }
  }
  return programs;
}

bool was_built(const Graph& graph)
{
  for (StepId step{0}; step.value < graph.step_count(); ++step.value) {
    if (graph.header_list(step) == HeaderList::recorded) {
      return true;
    }
  }
  return false;
}

class Comparison {
 public:
  Comparison(const Graph& base, const Graph& head, const VolatileStamps& meaningless)
      : base_(base),
        head_(head),
        meaningless_(meaningless),
        base_file_(join()),
        base_was_built_(was_built(base))
  {}

  GraphDifference run(std::span<const TouchedPath> touched, std::span<const FileVersion> beside_git)
  {
    compare_steps();
    compare_contents(beside_git);
    compare_tests();
    find_gone_setups();
    find_readers_of_gone(touched);
    find_gone_artifacts();
    find_gone_copies();
    for (const auto& [node, kind] : different_) {
      difference_.nodes.push_back({node, kind});
    }
    return std::move(difference_);
  }

 private:
  using BaseFile = std::optional<FileId>;

  /// Both graphs have their files ordered by path.
  [[nodiscard]] std::vector<BaseFile> join() const
  {
    std::vector<BaseFile> base_file(head_.file_count());
    FileId of_base{0};
    for (FileId file{0}; file.value < head_.file_count(); ++file.value) {
      const std::string_view path = head_.path(file);
      while (of_base.value < base_.file_count() && base_.path(of_base) < path) {
        ++of_base.value;
      }
      if (of_base.value < base_.file_count() && base_.path(of_base) == path) {
        base_file[file.value] = of_base;
      }
    }
    return base_file;
  }

  /// The first kind that is found stays.
  void differs(NodeId node, ReasonKind kind) { different_.emplace(node, kind); }

  /// Whether `of_head` are exactly the files `of_base`; the latter is sorted.
  [[nodiscard]] bool same_files(const std::vector<FileId>& of_head,
                                const std::vector<FileId>& of_base) const
  {
    std::vector<FileId> joined;
    for (const FileId file : of_head) {
      if (const BaseFile base = base_file_[file.value]) {
        joined.push_back(*base);
      }
    }
    return joined.size() == of_head.size() && joined == of_base;
  }

  /// The step of base that makes just the files that `step` makes.
  [[nodiscard]] std::optional<StepId> matching(StepId step) const
  {
    const std::vector<FileId> outputs = stated_outputs(head_, step);
    const BaseFile first = outputs.empty() ? std::nullopt : base_file_[outputs[0].value];
    const std::optional<StepId> match = first ? producer_of(base_, *first) : std::nullopt;
    return match && same_files(outputs, stated_outputs(base_, *match)) ? match : std::nullopt;
  }

  void compare_steps()
  {
    for (StepId step{0}; step.value < head_.step_count(); ++step.value) {
      if (is_configure_step(head_, step)) {
        continue;
      }
      const std::optional<StepId> match = matching(step);
      if (match && !same_command(step, *match)) {
        differs(head_.node(step), ReasonKind::changed_command);
      } else if (!match || !same_files(stated_inputs(head_, step), stated_inputs(base_, *match))) {
        differs(head_.node(step), ReasonKind::changed_inputs);
      }
    }
  }

  /// Whether the commands are the same but for values that mean nothing.
  [[nodiscard]] bool same_command(StepId of_head, StepId of_base) const
  {
    if (head_.fingerprint(of_head) == base_.fingerprint(of_base)) {
      return true;
    }
    if (meaningless_.definitions.empty() ||
        head_.frame_fingerprint(of_head) != base_.frame_fingerprint(of_base)) {
      return false;
    }
    const std::vector<Definition> now = head_.definitions(of_head);
    return !now.empty() &&
           std::ranges::equal(now, base_.definitions(of_base), [&](Definition a, Definition b) {
             return a.name == b.name &&
                    (a.value == b.value || is_volatile_definition(meaningless_, a.name));
           });
  }

  void compare_contents(std::span<const FileVersion> beside_git)
  {
    for (const FileVersion& version : beside_git) {
      const std::optional<FileId> file = head_.find_file(version.path);
      if (!file || only_configures(head_, *file)) {
        continue;
      }
      const BaseFile base = base_file_[file->value];
      // An ignored file or one of a submodule is not there where base is made aside.
      if (!base && origin_of(version.path) == Origin::source && !base_was_built_) {
        continue;
      }
      if (!base || !same_content(base_.recorded_hash(*base), version.hash)) {
        differs(head_.node(*file), ReasonKind::changed_configured_file);
      }
    }
  }

  void compare_tests()
  {
    const std::set<std::string_view> unlisted_at_base = programs_not_listed(base_);
    std::set<std::string_view> programs_of_base;
    for (TestId test{0}; test.value < base_.test_count(); ++test.value) {
      if (const auto program = program_of(base_, test)) {
        programs_of_base.insert(base_.path(*program));
      }
    }
    for (TestId test{0}; test.value < head_.test_count(); ++test.value) {
      const std::optional<TestId> match = base_.find_test(head_.key(test));
      if (match) {
        if (head_.fingerprint(test) != base_.fingerprint(*match)) {
          differs(head_.node(test), ReasonKind::changed_test);
        }
        continue;
      }
      const std::optional<FileId> program = program_of(head_, test);
      const bool placeholder = head_.test_origin(test) == TestOrigin::not_built_placeholder;
      const bool listed_elsewhere =
          program &&
          (placeholder ? programs_of_base : unlisted_at_base).contains(head_.path(*program));
      if (!listed_elsewhere) {
        differs(head_.node(test), ReasonKind::new_test);
      }
    }
  }

  /// A test that needed a test which is gone runs under other conditions.
  void find_gone_setups()
  {
    for (TestId test{0}; test.value < base_.test_count(); ++test.value) {
      if (head_.find_test(base_.key(test))) {
        continue;
      }
      for (const Neighbour user : base_.dependents(base_.node(test))) {
        if (const auto still = head_.find_test(base_.key(base_.test(user.node)))) {
          differs(head_.node(*still), ReasonKind::changed_test);
        }
      }
    }
  }

  /// A file may be gone that the steps of head have already forgotten.
  void find_readers_of_gone(std::span<const TouchedPath> touched)
  {
    for (const TouchedPath& one : touched) {
      const auto file = one.read ? std::nullopt : base_.find_file(one.path);
      if (!file) {
        continue;
      }
      for (const Neighbour reader : base_.dependents(base_.node(*file))) {
        if (const auto node = in_head(reader.node)) {
          differs(*node, ReasonKind::changed_inputs);
        }
      }
    }
  }

  /// The step or test of head that a step or test of base has become.
  [[nodiscard]] std::optional<NodeId> in_head(NodeId of_base) const
  {
    if (base_.kind(of_base) == NodeKind::test) {
      const auto test = head_.find_test(base_.key(base_.test(of_base)));
      return test ? std::optional(head_.node(*test)) : std::nullopt;
    }
    const StepId step = base_.step(of_base);
    if (is_configure_step(base_, step)) {
      return std::nullopt;
    }
    for (const FileId output : stated_outputs(base_, step)) {
      const auto file = head_.find_file(base_.path(output));
      const auto producer = file ? producer_of(head_, *file) : std::nullopt;
      if (producer) {
        return head_.node(*producer);
      }
    }
    return std::nullopt;
  }

  void find_gone_artifacts()
  {
    for (TargetId target{0}; target.value < base_.target_count(); ++target.value) {
      for (const FileId artifact : base_.artifacts(target)) {
        if (rule_on_unused(base_, base_.node(artifact)) && !is_made_in_head(artifact)) {
          difference_.gone_artifacts.push_back(base_.node(artifact));
        }
      }
    }
  }

  [[nodiscard]] bool is_made_in_head(FileId of_base) const
  {
    const std::optional<FileId> now = head_.find_file(base_.path(of_base));
    return now && head_.is_output(*now);
  }

  void find_gone_copies()
  {
    StagedFiles staged(base_);
    for (StepId step{0}; step.value < base_.step_count(); ++step.value) {
      if (!base_.is_built_by_default(step)) {
        continue;
      }
      for (const FileId file : stated_outputs(base_, step)) {
        if (!is_made_in_head(file) && staged.is_staged(file)) {
          difference_.gone_artifacts.push_back(base_.node(file));
        }
      }
    }
  }

  const Graph& base_;
  const Graph& head_;
  const VolatileStamps& meaningless_;
  std::vector<BaseFile> base_file_; ///< by file of head
  bool base_was_built_;             ///< where it was recorded, else it may have been made aside
  std::map<NodeId, ReasonKind> different_;
  GraphDifference difference_;
};

} // namespace

bool are_of_one_configuration(const Graph& one, const Graph& other)
{
  const std::string stamp = one.origin().build_stamp;
  return !stamp.empty() && stamp == other.origin().build_stamp;
}

GraphDifference graph_difference(const Graph& base, const Graph& head,
                                 std::span<const TouchedPath> touched,
                                 std::span<const FileVersion> beside_git,
                                 const VolatileStamps& meaningless)
{
  if (are_of_one_configuration(base, head)) {
    return {};
  }
  return Comparison(base, head, meaningless).run(touched, beside_git);
}

} // namespace winnow::select
