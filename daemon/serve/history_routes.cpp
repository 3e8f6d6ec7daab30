// Hands out what was measured of a project's tests, and takes in what another machine has.
#include "analyzer/report/history_export.hpp"
#include "daemon/serve/clock.hpp"
#include "daemon/serve/route_response.hpp"
#include "daemon/serve/routes.hpp"

namespace winnow::serve {

/// The history that comes says itself which project and configuration it is of: the client has
/// compared that with its build tree.
RouteResponse Routes::attempts(const Call& call)
{
  if (call.method == "GET") {
    const Result<ProjectHistory> history =
        store_.attempts(call.parameter("project"), call.parameter("configuration"));
    return history ? document(report::history_export_to_json(*history)) : refusal(history.error());
  }
  if (call.method != "POST") {
    return wrong_method(call.method, "GET and POST");
  }
  const Result<ProjectHistory> history = report::history_export_from_json(call.body);
  if (!history) {
    return refusal(history.error());
  }
  const Result<HistoryMerge> merge = store_.take_in(*history, now_us());
  return merge ? document(report::history_merge_to_json(*merge)) : refusal(merge.error());
}

} // namespace winnow::serve
