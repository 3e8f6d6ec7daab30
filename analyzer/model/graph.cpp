// Answers from the bytes of a graph image.
#include "analyzer/model/graph.hpp"

#include "analyzer/model/graph_bytes.hpp"
#include "analyzer/model/graph_format.hpp"

#include <algorithm>
#include <tuple>

namespace winnow {

namespace format = graph_format;

Graph::Graph(std::shared_ptr<const GraphBytes> image) : image_(std::move(image)) {}

GraphOrigin Graph::origin() const
{
  const auto text = [&](std::size_t i) {
    return std::string(image_->text(image_->header().origin[i]));
  };
  return {text(0), text(1), text(2), text(3), text(4), text(5), text(6), text(7)};
}

std::span<const std::byte> Graph::bytes() const
{
  return image_->bytes;
}

std::size_t Graph::file_count() const
{
  return image_->files.size();
}

std::size_t Graph::step_count() const
{
  return image_->steps.size();
}

std::size_t Graph::target_count() const
{
  return image_->targets.size();
}

std::size_t Graph::test_count() const
{
  return image_->tests.size();
}

std::size_t Graph::node_count() const
{
  return file_count() + step_count() + test_count();
}

std::size_t Graph::edge_count() const
{
  return image_->forward_neighbours.size();
}

std::string_view Graph::path(FileId file) const
{
  return image_->text(image_->files[file.value].path);
}

std::optional<FileId> Graph::find_file(std::string_view graph_path) const
{
  const auto found =
      std::ranges::lower_bound(image_->files, graph_path, {},
                               [&](const format::FileRow& row) { return image_->text(row.path); });
  if (found == image_->files.end() || image_->text(found->path) != graph_path) {
    return std::nullopt;
  }
  return FileId{static_cast<std::uint32_t>(found - image_->files.begin())};
}

ContentHash Graph::recorded_hash(FileId file) const
{
  return image_->files[file.value].hash;
}

bool Graph::is_output(FileId file) const
{
  return image_->files[file.value].producer != format::none;
}

StepKind Graph::step_kind(StepId step) const
{
  return static_cast<StepKind>(image_->steps[step.value].kind);
}

HeaderList Graph::header_list(StepId step) const
{
  return static_cast<HeaderList>(image_->steps[step.value].headers);
}

std::optional<TargetId> Graph::target_of(StepId step) const
{
  const std::uint32_t target = image_->steps[step.value].target;
  return target == format::none ? std::nullopt : std::optional(TargetId{target});
}

std::string_view Graph::rule(StepId step) const
{
  return image_->text(image_->steps[step.value].rule);
}

std::uint64_t Graph::fingerprint(StepId step) const
{
  return image_->steps[step.value].fingerprint;
}

std::uint64_t Graph::frame_fingerprint(StepId step) const
{
  return image_->steps[step.value].frame_fingerprint;
}

std::vector<Definition> Graph::definitions(StepId step) const
{
  const std::uint32_t list = image_->steps[step.value].definitions;
  std::vector<Definition> definitions;
  if (list != format::none) {
    const format::Run run = image_->definition_lists[list];
    for (const format::DefinitionRow& row : image_->definitions.subspan(run.offset, run.count)) {
      definitions.push_back({image_->text(row.name), row.value});
    }
  }
  return definitions;
}

std::vector<StepId> Graph::steps_told_of(std::string_view directory) const
{
  const std::optional<std::uint32_t> wanted = image_->number_of_directory(directory);
  std::vector<StepId> steps;
  if (!wanted) {
    return steps;
  }
  const auto names = [&](const format::DefinitionRow& row) {
    const auto named = image_->refs.subspan(row.directories.offset, row.directories.count);
    return std::ranges::find(named, *wanted) != named.end();
  };
  std::vector<bool> telling;
  for (const format::Run list : image_->definition_lists) {
    telling.push_back(
        std::ranges::any_of(image_->definitions.subspan(list.offset, list.count), names));
  }
  const bool none = std::ranges::find(telling, true) == telling.end();
  for (StepId step{0}; !none && step.value < step_count(); ++step.value) {
    const std::uint32_t list = image_->steps[step.value].definitions;
    if (list != format::none && telling[list]) {
      steps.push_back(step);
    }
  }
  return steps;
}

bool Graph::is_built_by_default(StepId step) const
{
  return image_->steps[step.value].built_by_default != 0;
}

std::string_view Graph::target_name(TargetId target) const
{
  return image_->text(image_->targets[target.value].name);
}

std::string_view Graph::target_type(TargetId target) const
{
  return image_->text(image_->targets[target.value].type);
}

std::string_view Graph::target_directory(TargetId target) const
{
  return image_->text(image_->targets[target.value].directory);
}

std::vector<FileId> Graph::artifacts(TargetId target) const
{
  const format::Run run = image_->targets[target.value].artifacts;
  std::vector<FileId> files;
  for (const std::uint32_t file : image_->refs.subspan(run.offset, run.count)) {
    files.push_back(FileId{file});
  }
  return files;
}

std::optional<TargetId> Graph::find_target(std::string_view name) const
{
  const auto found =
      std::ranges::lower_bound(image_->targets, name, {}, [&](const format::TargetRow& row) {
        return image_->text(row.name);
      });
  if (found == image_->targets.end() || image_->text(found->name) != name) {
    return std::nullopt;
  }
  return TargetId{static_cast<std::uint32_t>(found - image_->targets.begin())};
}

TestKey Graph::key(TestId test) const
{
  const format::TestRow& row = image_->tests[test.value];
  return {std::string(image_->text(row.directory)), std::string(image_->text(row.name))};
}

std::string_view Graph::name(TestId test) const
{
  return image_->text(image_->tests[test.value].name);
}

std::optional<TestId> Graph::find_test(const TestKey& key) const
{
  const auto position = [&](const format::TestRow& row) {
    return std::tuple(image_->text(row.directory), image_->text(row.name));
  };
  const std::tuple wanted(std::string_view(key.directory), std::string_view(key.name));
  const auto found = std::ranges::lower_bound(image_->tests, wanted, {}, position);
  if (found == image_->tests.end() || position(*found) != wanted) {
    return std::nullopt;
  }
  return TestId{static_cast<std::uint32_t>(found - image_->tests.begin())};
}

Mapping Graph::mapping(TestId test) const
{
  return static_cast<Mapping>(image_->tests[test.value].mapping);
}

TestOrigin Graph::test_origin(TestId test) const
{
  return static_cast<TestOrigin>(image_->tests[test.value].origin);
}

std::uint64_t Graph::fingerprint(TestId test) const
{
  return image_->tests[test.value].fingerprint;
}

std::string_view Graph::source_directory(TestId test) const
{
  return image_->text(image_->tests[test.value].source_directory);
}

std::string_view Graph::defined_at(TestId test) const
{
  return image_->text(image_->tests[test.value].defined_at);
}

std::vector<TargetId> Graph::targets(TestId test) const
{
  const format::Run run = image_->tests[test.value].targets;
  std::vector<TargetId> targets;
  for (const std::uint32_t target : image_->refs.subspan(run.offset, run.count)) {
    targets.push_back(TargetId{target});
  }
  return targets;
}

NodeKind Graph::kind(NodeId node) const
{
  if (node.value < file_count()) {
    return NodeKind::file;
  }
  return node.value < file_count() + step_count() ? NodeKind::step : NodeKind::test;
}

NodeId Graph::node(FileId file) const
{
  return {file.value};
}

NodeId Graph::node(StepId step) const
{
  return {static_cast<std::uint32_t>(file_count()) + step.value};
}

NodeId Graph::node(TestId test) const
{
  return {static_cast<std::uint32_t>(file_count() + step_count()) + test.value};
}

FileId Graph::file(NodeId node) const
{
  return {node.value};
}

StepId Graph::step(NodeId node) const
{
  return {node.value - static_cast<std::uint32_t>(file_count())};
}

TestId Graph::test(NodeId node) const
{
  return {node.value - static_cast<std::uint32_t>(file_count() + step_count())};
}

namespace {

Neighbours neighbours(std::span<const std::uint32_t> offsets,
                      std::span<const PackedNeighbour> stored, NodeId node)
{
  const std::uint32_t begin = offsets[node.value];
  return Neighbours(stored.subspan(begin, offsets[node.value + 1] - begin));
}

} // namespace

Neighbours Graph::dependents(NodeId node) const
{
  return neighbours(image_->forward, image_->forward_neighbours, node);
}

Neighbours Graph::dependencies(NodeId node) const
{
  return neighbours(image_->reverse, image_->reverse_neighbours, node);
}

} // namespace winnow
