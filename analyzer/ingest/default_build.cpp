// One walk from `all`.
#include "analyzer/ingest/default_build.hpp"

namespace winnow::ingest {
namespace {

constexpr std::string_view default_target = "all";

} // namespace

void DefaultBuild::add_name(const NinjaEdge& edge)
{
  for (const std::string_view output : manifest_.outputs(edge)) {
    names_.emplace(output, &edge);
  }
}

void DefaultBuild::add_step(StepId step, const NinjaEdge& edge)
{
  const StepKind kind = builder_.step(step).kind;
  if (kind == StepKind::custom || kind == StepKind::phony) {
    edges_.emplace(step, &edge);
  }
}

void DefaultBuild::mark()
{
  pending_.push_back(default_target);
  while (!pending_.empty()) {
    const std::string_view next = pending_.back();
    pending_.pop_back();
    if (const auto name = names_.find(next); name != names_.end()) {
      add_inputs(*name->second);
      names_.erase(name);
      continue;
    }
    const auto file = files_.find_output(next);
    const auto edge = file ? edges_.find(*builder_.producer(*file)) : edges_.end();
    if (edge != edges_.end()) {
      builder_.step(edge->first).built_by_default =
          builder_.step(edge->first).kind == StepKind::custom;
      add_inputs(*edge->second);
      edges_.erase(edge);
    }
  }
}

void DefaultBuild::add_inputs(const NinjaEdge& edge)
{
  for (const auto inputs : {manifest_.explicit_inputs(edge), manifest_.implicit_inputs(edge),
                            manifest_.order_only_inputs(edge)}) {
    pending_.insert(pending_.end(), inputs.begin(), inputs.end());
  }
}

} // namespace winnow::ingest
