// Walks back through phony steps.
#include "analyzer/ingest/generated_outputs.hpp"

namespace winnow::ingest {

std::vector<FileId> GeneratedOutputs::behind(StepId step, Which which)
{
  std::vector<FileId> found;
  std::unordered_set<FileId> seen;
  for (const std::string_view input : manifest_.order_only_inputs(*edges_.at(step))) {
    collect(input, which, found, seen);
  }
  return found;
}

void GeneratedOutputs::collect(std::string_view path, Which which, std::vector<FileId>& found,
                               std::unordered_set<FileId>& seen)
{
  std::vector<std::string_view> pending{path};
  while (!pending.empty()) {
    const std::optional<FileId> next = files_.find_output(pending.back());
    pending.pop_back();
    if (!next || !seen.insert(*next).second) {
      continue;
    }
    const StepId producer = *builder_.producer(*next);
    const StepKind kind = builder_.step(producer).kind;
    if (kind == StepKind::phony) {
      const NinjaEdge& edge = *edges_.at(producer);
      for (const auto inputs : {manifest_.explicit_inputs(edge), manifest_.implicit_inputs(edge),
                                manifest_.order_only_inputs(edge)}) {
        pending.insert(pending.end(), inputs.begin(), inputs.end());
      }
    } else if (kind == StepKind::custom || kind == StepKind::other ||
               (which == Which::of_all && kind != StepKind::scan)) {
      found.push_back(*next);
    }
  }
}

} // namespace winnow::ingest
