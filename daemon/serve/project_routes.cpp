// Answers what is known of a project's tests, whatever run it is from.
#include "analyzer/report/flakiness_report.hpp"
#include "analyzer/report/greens_json.hpp"
#include "analyzer/report/history_json.hpp"
#include "daemon/serve/route_response.hpp"
#include "daemon/serve/routes.hpp"

namespace winnow::serve {
namespace {

template <class Known>
RouteResponse known(const Result<Known>& answer, std::string (*to_json)(const Known&))
{
  return answer ? document(to_json(*answer)) : refusal(answer.error());
}

} // namespace

/// What is known of the tests of a project in one configuration.
RouteResponse Routes::of_project(const Call& call)
{
  if (call.method != "GET") {
    return wrong_method(call.method, "GET");
  }
  const std::string project = call.parameter("project");
  const std::string configuration = call.parameter("configuration");
  if (call.path[0] == "history") {
    return known(store_.history(project, configuration), report::history_to_json);
  }
  if (call.path[0] == "greens") {
    const bool only_red = call.parameter("only") == "red";
    const GreensOf which = only_red ? GreensOf::red_tests : GreensOf::all_tests;
    return known(store_.greens(project, configuration, which), report::greens_to_json);
  }
  const std::string runs = call.parameter("runs");
  const auto newest = number_in<std::uint32_t>(runs);
  return newest || runs.empty()
             ? known(store_.flakiness(project, configuration, newest), report::flakiness_to_json)
             : text(400, "runs is a whole number");
}

} // namespace winnow::serve
