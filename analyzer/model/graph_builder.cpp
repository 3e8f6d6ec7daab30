// Collects files, steps, targets, tests and edges; graph_layout turns them into an image.
#include "analyzer/model/graph_builder.hpp"

#include <utility>

namespace winnow {

GraphBuilder::GraphBuilder() = default;

FileId GraphBuilder::file(std::string_view graph_path)
{
  if (const auto known = file_ids_.find(graph_path); known != file_ids_.end()) {
    return known->second;
  }
  const FileId id{static_cast<std::uint32_t>(parts_.files.size())};
  paths_.emplace_back(graph_path);
  parts_.files.push_back({paths_.back(), {}, std::nullopt});
  file_ids_.emplace(paths_.back(), id);
  return id;
}

std::optional<FileId> GraphBuilder::find_file(std::string_view graph_path) const
{
  const auto known = file_ids_.find(graph_path);
  return known == file_ids_.end() ? std::nullopt : std::optional(known->second);
}

std::string_view GraphBuilder::path(FileId file) const
{
  return parts_.files[file.value].path;
}

std::size_t GraphBuilder::file_count() const
{
  return parts_.files.size();
}

void GraphBuilder::set_recorded_hash(FileId file, ContentHash hash)
{
  parts_.files[file.value].hash = hash;
}

StepId GraphBuilder::add_step(StepRecord step)
{
  parts_.steps.push_back(std::move(step));
  return {static_cast<std::uint32_t>(parts_.steps.size() - 1)};
}

StepRecord& GraphBuilder::step(StepId step)
{
  return parts_.steps[step.value];
}

std::size_t GraphBuilder::step_count() const
{
  return parts_.steps.size();
}

TargetId GraphBuilder::add_target(TargetRecord target)
{
  parts_.targets.push_back(std::move(target));
  return {static_cast<std::uint32_t>(parts_.targets.size() - 1)};
}

TargetRecord& GraphBuilder::target(TargetId target)
{
  return parts_.targets[target.value];
}

std::size_t GraphBuilder::target_count() const
{
  return parts_.targets.size();
}

TestId GraphBuilder::add_test(TestRecord test)
{
  parts_.tests.push_back(std::move(test));
  return {static_cast<std::uint32_t>(parts_.tests.size() - 1)};
}

TestRecord& GraphBuilder::test(TestId test)
{
  return parts_.tests[test.value];
}

std::size_t GraphBuilder::test_count() const
{
  return parts_.tests.size();
}

SearchId GraphBuilder::search(const SearchRecord& record)
{
  const SearchId next{static_cast<std::uint32_t>(parts_.searches.size())};
  const auto [known, added] = search_ids_.try_emplace(record, next);
  if (added) {
    parts_.searches.push_back(record);
  }
  return known->second;
}

DefinitionsId GraphBuilder::definitions(const std::vector<DefinitionRecord>& list)
{
  const DefinitionsId next{static_cast<std::uint32_t>(parts_.definitions.size())};
  const auto [known, added] = definition_ids_.try_emplace(list, next);
  if (added) {
    parts_.definitions.push_back(list);
  }
  return known->second;
}

void GraphBuilder::add_include(FileId includer, NameForm form, std::string_view name)
{
  std::string key(name);
  key += static_cast<char>(form);
  parts_.includers[std::move(key)].push_back(includer);
}

void GraphBuilder::add_said(FileId by, std::string_view key)
{
  parts_.sayers[std::string(key)].files.push_back(by);
}

void GraphBuilder::add_said(StepId by, std::string_view key)
{
  parts_.sayers[std::string(key)].steps.push_back(by);
}

void GraphBuilder::add_said(TestId by, std::string_view key)
{
  parts_.sayers[std::string(key)].tests.push_back(by);
}

void GraphBuilder::expect_inputs(std::size_t count)
{
  parts_.file_to_step.reserve(count);
}

void GraphBuilder::add_output(StepId step, FileId output, EdgeKind kind)
{
  parts_.step_to_file.add(step.value, output.value, kind);
  parts_.files[output.value].producer = step;
}

void GraphBuilder::add_test_input(FileId input, TestId test, EdgeKind kind)
{
  parts_.file_to_test.add(input.value, test.value, kind);
}

void GraphBuilder::add_test_order(TestId test, TestId dependent, EdgeKind kind)
{
  parts_.test_to_test.add(test.value, dependent.value, kind);
}

std::optional<StepId> GraphBuilder::producer(FileId file) const
{
  return parts_.files[file.value].producer;
}

GraphImage GraphBuilder::finish()
{
  parts_.origin = std::move(origin);
  GraphImage image = lay_out(std::exchange(parts_, {}));
  file_ids_.clear();
  paths_.clear();
  search_ids_.clear();
  definition_ids_.clear();
  origin = {};
  return image;
}

} // namespace winnow
