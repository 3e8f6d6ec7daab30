// Looks at the build first, then at the sources.
#include "daemon/client/state_watch.hpp"

#include "analyzer/ingest/build_stamp.hpp"
#include "analyzer/model/roots.hpp"
#include "daemon/client/build_step.hpp"
#include "daemon/client/file_status.hpp"
#include "daemon/client/tested_state.hpp"

#include <chrono>
#include <utility>

namespace winnow::client {
namespace {

/// The kernel stamps files with a clock that lags behind by one of its ticks.
constexpr std::chrono::milliseconds clock_lag{20};

std::int64_t now_ns()
{
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  return std::chrono::duration_cast<std::chrono::nanoseconds>(now).count();
}

/// Git told what it knows before the tests began; these files are read while they run.
void forget_contents_changed_since(std::int64_t began_ns, const Roots& roots,
                                   std::vector<FileVersion>& beside_git)
{
  for (FileVersion& file : beside_git) {
    if (look_at(roots.absolute(file.path)).changed_ns >= began_ns) {
      file.hash = untold_content();
    }
  }
}

/// Where nothing had to be built, nothing was recorded either: scripts and data may be edited, and
/// would count as changed since the recording for all queries to come.
void record_if_edited(const BuildContext& context)
{
  if (!context.leaves.edited(context.work_tree.sources).empty()) {
    // It only makes later selections smaller, and says itself what it cannot keep.
    (void)record_anew(context.tree, context.work_tree.sources);
  }
}

} // namespace

StateWatch::StateWatch(const BuildContext& context, std::vector<TestKey> tests)
    : context_(context),
      tests_(std::move(tests)),
      began_ns_(now_ns() - std::chrono::nanoseconds(clock_lag).count()),
      found_(std::async(std::launch::async, [this] { return find(); }))
{}

std::optional<TestedState> StateWatch::find() const
{
  if (!is_built(context_, tests_)) {
    return std::nullopt;
  }
  record_if_edited(context_);
  Result<std::optional<TestedState>> state = state_to_test(context_);
  if (state.has_error() || !*state) {
    return std::nullopt;
  }
  forget_contents_changed_since(began_ns_, context_.tree.roots, (*state)->beside_git);
  return std::move(*state);
}

std::optional<TestedState> StateWatch::result()
{
  std::optional<TestedState> state = found_.get();
  const bool as_it_was = ingest::current_build_stamp(context_.tree) == context_.build_stamp;
  return as_it_was ? std::move(state) : std::nullopt;
}

} // namespace winnow::client
