// Looks at the build first, then at the sources.
#include "daemon/client/state_watch.hpp"

#include "analyzer/ingest/build_stamp.hpp"
#include "analyzer/select/recording.hpp"
#include "daemon/client/build_step.hpp"
#include "daemon/client/tested_state.hpp"

#include <utility>

namespace winnow::client {
namespace {

/// Where nothing had to be built, nothing was recorded either: scripts and data may be edited, and
/// would count as changed since the recording for all queries to come.
void record_if_edited(const BuildContext& context)
{
  if (select::is_edited_since_recording(context.graph, context.work_tree.sources)) {
    // It only makes later selections smaller, and says itself what it cannot keep.
    (void)record_anew(context.tree, context.work_tree.sources);
  }
}

} // namespace

StateWatch::StateWatch(const BuildContext& context, std::vector<TestKey> tests)
    : context_(context),
      tests_(std::move(tests)),
      found_(std::async(std::launch::async, [this]() -> std::optional<TestedState> {
        if (!is_built(context_, tests_)) {
          return std::nullopt;
        }
        record_if_edited(context_);
        Result<std::optional<TestedState>> state = state_to_test(context_);
        return state ? std::move(*state) : std::nullopt;
      }))
{}

std::optional<TestedState> StateWatch::result()
{
  std::optional<TestedState> state = found_.get();
  const bool as_it_was = ingest::current_build_stamp(context_.tree) == context_.build_stamp;
  return as_it_was ? std::move(state) : std::nullopt;
}

} // namespace winnow::client
