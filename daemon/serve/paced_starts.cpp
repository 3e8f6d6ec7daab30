// Runs whose tests start only as their clients permit it, one by one.
#include "analyzer/report/run_json.hpp"
#include "daemon/serve/routes.hpp"
#include "daemon/serve/run.hpp"
#include "daemon/serve/run_service_state.hpp"

namespace winnow::serve {

void RunService::State::tell_wanted_starts()
{
  for (auto& [id, run] : living) {
    if (scheduler.wants_permit(run.job)) {
      run.run->want_start();
    }
  }
}

void RunService::end_pacing(const std::string& run_id)
{
  const auto found = state_->living.find(run_id);
  if (found != state_->living.end()) {
    state_->scheduler.set_permits(found->second.job, std::nullopt);
    state_->schedule_turn();
  }
}

bool RunService::permit_start(const std::string& run_id)
{
  const auto found = state_->living.find(run_id);
  if (found == state_->living.end()) {
    return false;
  }
  const schedule::JobId job = found->second.job;
  found->second.run->start_permitted();
  if (!state_->scheduler.set_permits(job, 1)) {
    return false;
  }
  state_->turn();
  // What nothing wants any more is not kept for later: the client has a use for it.
  const bool used = state_->scheduler.permits_left(job) == 0U;
  state_->scheduler.set_permits(job, 0);
  return used;
}

/// Whoever permitted it is told at once, as what that cost is to be given back where it came to
/// nothing: also where the run has ended meanwhile.
RouteResponse Routes::permit_start(const std::string& run_id)
{
  RouteResponse response;
  response.body = report::start_reply_to_json(service_.permit_start(run_id));
  return response;
}

} // namespace winnow::serve
