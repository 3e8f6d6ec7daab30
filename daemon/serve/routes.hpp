// The HTTP routes, without HTTP: a request in, a response or a run to follow out.
#pragma once

#include "daemon/serve/run_service.hpp"
#include "daemon/store/store.hpp"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace winnow::serve {

struct RouteRequest {
  std::string method;
  std::string target;
  std::string body;
  std::string protocol; ///< of the header Winnow-Protocol, "" if absent
};

struct RouteResponse {
  int status = 200;
  std::string content_type = "application/json";
  std::string body;
  std::shared_ptr<Run> events_of;        ///< answer with the events of this run as they come
  std::optional<std::string> leases_run; ///< this run ends with the connection
  bool asks_to_leave = false;            ///< end the daemon once its living runs have ended
};

class Routes {
 public:
  Routes(RunService& service, store::Store& store) : service_(service), store_(store) {}

  RouteResponse answer(RouteRequest request);
  /// The connection that asked for the run is gone.
  void lease_ended(const std::string& run_id);

 private:
  RouteResponse submit(const std::string& body);
  RouteResponse list_runs();
  RouteResponse of_run(const std::string& method, const std::vector<std::string>& path, bool kill);
  RouteResponse summary(const std::string& run_id);
  static RouteResponse follow(std::shared_ptr<Run> run);
  RouteResponse recorded_events(const std::string& run_id);
  RouteResponse output(const std::string& run_id, const std::string& test);
  RouteResponse junit(const std::string& run_id);
  RouteResponse results_of(const std::string& run_id);
  RouteResponse history(const std::string& project, const std::string& configuration);
  Result<RunSummary> find_summary(const std::string& run_id);

  RunService& service_;
  store::Store& store_;
};

} // namespace winnow::serve
