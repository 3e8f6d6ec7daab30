// Looks for what changed among a test's inputs and around the test.
#include "analyzer/select/skipped_tests.hpp"

#include "analyzer/model/roots.hpp"
#include "analyzer/select/changed_nodes.hpp"
#include "analyzer/select/other_readers.hpp"

#include <algorithm>
#include <iterator>
#include <unordered_set>

namespace winnow::select {
namespace {

/// Told of one test; what a reader needs of more than these is their number.
constexpr std::size_t most_reasons = 5;

void count(const Graph& graph, NodeId node, InputCounts& counts)
{
  if (graph.kind(node) == NodeKind::test) {
    ++counts.tests;
  } else if (graph.kind(node) == NodeKind::file) {
    const FileId file = graph.file(node);
    if (graph.is_output(file)) {
      ++counts.built;
    } else {
      ++(origin_of(graph.path(file)) == Origin::source ? counts.sources : counts.outside);
    }
  }
}

std::vector<NodeId> direct_inputs(const Graph& graph, TestId test)
{
  std::vector<NodeId> inputs;
  for (const Neighbour input : graph.dependencies(graph.node(test))) {
    inputs.push_back(input.node);
  }
  return inputs;
}

/// Why a test that a change may affect is not selected where dependents were asked for.
std::optional<SkipReasonKind> left_out_as(const Selection& selection, TestId test)
{
  if (!selection.dependents) {
    return std::nullopt;
  }
  const AskedDependents& asked = *selection.dependents;
  if (std::ranges::binary_search(asked.own_left_out, test)) {
    return SkipReasonKind::own_test;
  }
  const bool is_independent =
      !asked.among_affected || std::ranges::binary_search(asked.independent, test);
  return is_independent ? std::optional(SkipReasonKind::independent) : std::nullopt;
}

} // namespace

SkippedTests::SkippedTests(const Graph& graph, const Selection& selection, const Settings* settings,
                           const TestLabels* labels)
    : graph_(graph), selection_(selection), settings_(settings), labels_(labels)
{
  if (!selection.since_last_green) {
    add_group(selection.change, selection.ignored);
    return;
  }
  for (const SinceLastGreen::Group& group : selection.since_last_green->groups) {
    add_group(group.change, group.ignored);
  }
}

void SkippedTests::add_group(const Change& change, const std::vector<IgnoredFile>& ignored)
{
  Changed changed;
  const auto beside = [&](std::string_view path, SkipReasonKind kind, const std::string& rule) {
    if (const auto part = parts().part_around(path)) {
      changed.by_part[*part].push_back({kind, std::string(path), rule});
    }
  };
  std::unordered_set<std::string_view> ignored_paths;
  for (const IgnoredFile& file : ignored) {
    ignored_paths.insert(file.path);
    beside(file.path, SkipReasonKind::ignored_file, file.rule);
  }
  for (TouchedPath& touched : touched_paths(graph_, change)) {
    if (!ignored_paths.contains(touched.path) && may_have_other_readers(touched)) {
      beside(touched.path, SkipReasonKind::read_by_others, "");
    }
    if (!touched.files.empty() && !ignored_paths.contains(touched.path)) {
      changed.known.emplace_back(touched.path, std::move(touched.files));
    } else if (!ignored_paths.contains(touched.path)) {
      const bool narrowed = std::ranges::find(selection_.narrowed, touched.path,
                                              &IgnoredFile::path) != selection_.narrowed.end();
      beside(touched.path, SkipReasonKind::closed, "");
      if (narrowed) {
        beside(touched.path, SkipReasonKind::not_named, "");
      }
    }
  }
  std::vector<NodeId> seeds;
  for (const auto& [path, files] : changed.known) {
    std::ranges::transform(files, std::back_inserter(seeds),
                           [&](FileId file) { return graph_.node(file); });
  }
  changed.reached = reach(graph_, seeds, Direction::dependents);
  groups_.push_back(std::move(changed));
}

const Parts& SkippedTests::parts()
{
  if (!parts_) {
    parts_.emplace(graph_, settings_, labels_);
  }
  return *parts_;
}

std::vector<std::string_view> SkippedTests::changed_inputs(TestId test,
                                                           const Changed& changed) const
{
  std::vector<std::string_view> paths;
  if (!changed.reached->contains(graph_.node(test))) {
    return paths;
  }
  const Reach inputs = reach(graph_, direct_inputs(graph_, test), Direction::dependencies);
  for (const auto& [path, files] : changed.known) {
    if (std::ranges::any_of(files,
                            [&](FileId file) { return inputs.contains(graph_.node(file)); })) {
      paths.push_back(path);
    }
  }
  return paths;
}

const InputCounts& SkippedTests::inputs_of(TestId test)
{
  const auto [at, is_new] = counted_.try_emplace(direct_inputs(graph_, test));
  if (is_new) {
    const Reach inputs = reach(graph_, at->first, Direction::dependencies);
    for (const NodeId node : inputs.nodes()) {
      count(graph_, node, at->second);
    }
  }
  return at->second;
}

SkippedTest SkippedTests::reasons_of(TestId test) const
{
  const LastGreen* green = last_green_of(selection_, test);
  const Changed& changed = groups_[green != nullptr ? green->group : 0];
  SkippedTest skipped{test, {}, {}, 0};
  const auto add = [&](SkipReason reason) {
    if (skipped.reasons.size() < most_reasons) {
      skipped.reasons.push_back(std::move(reason));
    } else {
      ++skipped.more_reasons;
    }
  };
  if (const auto left_out = left_out_as(selection_, test)) {
    add({*left_out, {}, {}});
    return skipped;
  }
  const std::vector<std::string_view> inputs = changed_inputs(test, changed);
  if (inputs.empty()) {
    add({SkipReasonKind::unchanged_inputs, {}, {}});
  }
  for (const std::string_view path : inputs) {
    add({SkipReasonKind::no_difference, std::string(path), {}});
  }
  const auto beside = changed.by_part.find(part_of(graph_, test));
  if (beside == changed.by_part.end()) {
    return skipped;
  }
  for (const SkipReason& reason : beside->second) {
    const bool is_input = std::ranges::find(inputs, reason.file) != inputs.end();
    const bool concerns_closed = reason.kind == SkipReasonKind::closed;
    const bool concerns_opaque =
        reason.kind == SkipReasonKind::read_by_others || reason.kind == SkipReasonKind::not_named;
    if (!is_input && !(parts_->is_opaque(test) ? concerns_closed : concerns_opaque)) {
      add(reason);
    }
  }
  return skipped;
}

SkippedTest SkippedTests::explain(TestId test)
{
  SkippedTest skipped = reasons_of(test);
  skipped.inputs = inputs_of(test);
  return skipped;
}

std::vector<TestId> SkippedTests::all() const
{
  std::vector<TestId> skipped;
  auto selected = selection_.tests.begin();
  for (TestId test{0}; test.value < graph_.test_count(); ++test.value) {
    if (selected != selection_.tests.end() && selected->test == test) {
      ++selected;
    } else {
      skipped.push_back(test);
    }
  }
  return skipped;
}

} // namespace winnow::select
