// Two searches along the noted inputs: for the newest time stamp, and for the leaves.
#include "analyzer/ingest/generator_inputs.hpp"

#include <algorithm>
#include <unordered_set>

namespace winnow::ingest {

GeneratorInputs::GeneratorInputs(const GraphBuilder& builder, RecordedFiles& files)
    : builder_(builder), files_(files)
{}

std::span<const FileId> GeneratorInputs::inputs_of(StepId step) const
{
  const auto inputs = inputs_.find(step);
  return inputs == inputs_.end() ? std::span<const FileId>() : std::span(inputs->second);
}

std::optional<std::vector<std::string>>
GeneratorInputs::work_ahead(const std::string& absolute_path)
{
  const std::optional<FileId> file = builder_.find_file(files_.roots().graph_path(absolute_path));
  const std::optional<StepId> step = file ? builder_.producer(*file) : std::nullopt;
  return !step || is_current(*file) ? std::nullopt : std::optional(leaves(*step));
}

bool GeneratorInputs::is_current(FileId output)
{
  const std::int64_t made_ns = files_.status(output).mtime_ns;
  const std::optional<StepId> step = builder_.producer(output);
  return made_ns != 0 && step && newest_ns(*step) <= made_ns;
}

std::int64_t GeneratorInputs::newest_ns(StepId step)
{
  const auto [at, added] = newest_.try_emplace(step, 0); // a cycle, which ninja refuses, ends here
  if (!added) {
    return at->second;
  }
  std::int64_t newest = 0;
  if (const auto inputs = inputs_.find(step); inputs != inputs_.end()) {
    for (const FileId input : inputs->second) {
      const std::optional<StepId> producer = builder_.producer(input);
      newest = std::max(newest, producer ? newest_ns(*producer) : files_.status(input).mtime_ns);
    }
  }
  newest_[step] = newest;
  return newest;
}

std::vector<std::string> GeneratorInputs::leaves(StepId step)
{
  std::vector<std::string> leaves;
  std::vector<StepId> pending{step};
  std::unordered_set<StepId> steps{step};
  std::unordered_set<FileId> seen;
  while (!pending.empty()) {
    const auto inputs = inputs_.find(pending.back());
    pending.pop_back();
    if (inputs == inputs_.end()) {
      continue;
    }
    for (const FileId input : inputs->second) {
      if (!seen.insert(input).second) {
        continue;
      }
      if (const std::optional<StepId> producer = builder_.producer(input)) {
        if (steps.insert(*producer).second) {
          pending.push_back(*producer);
        }
      } else if (const RecordedFiles::Status status = files_.status(input);
                 status.mtime_ns != 0 && !status.directory) {
        leaves.push_back(files_.roots().absolute(builder_.path(input)));
      }
    }
  }
  return leaves;
}

} // namespace winnow::ingest
