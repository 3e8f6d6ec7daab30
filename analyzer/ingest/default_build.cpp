// One walk from `all`.
#include "analyzer/ingest/default_build.hpp"

#include <utility>

namespace winnow::ingest {
namespace {

constexpr std::string_view default_target = "all";

} // namespace

void DefaultBuild::add(const NinjaEdge& edge, std::optional<StepId> step)
{
  for (const std::string_view output : manifest_.outputs(edge)) {
    maker_of_.emplace(output, static_cast<std::uint32_t>(makers_.size()));
  }
  makers_.push_back({&edge, step});
}

void DefaultBuild::mark()
{
  std::vector<std::string_view> pending{default_target};
  while (!pending.empty()) {
    const auto maker = maker_of_.find(pending.back());
    pending.pop_back();
    if (maker == maker_of_.end()) {
      continue;
    }
    auto& [edge, step] = makers_[maker->second];
    if (const NinjaEdge* next = std::exchange(edge, nullptr)) {
      if (step && builder_.step(*step).kind == StepKind::custom) {
        builder_.step(*step).built_by_default = true;
      }
      for (const auto inputs : {manifest_.explicit_inputs(*next), manifest_.implicit_inputs(*next),
                                manifest_.order_only_inputs(*next)}) {
        pending.insert(pending.end(), inputs.begin(), inputs.end());
      }
    }
  }
}

} // namespace winnow::ingest
