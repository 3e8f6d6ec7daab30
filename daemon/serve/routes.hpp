// The HTTP routes, without HTTP: a request in, a response or a stream to pass on out.
#pragma once

#include "daemon/serve/body_stream.hpp"
#include "daemon/serve/run_service.hpp"
#include "daemon/store/store.hpp"

#include <boost/asio/any_io_executor.hpp>

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
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
  std::shared_ptr<BodyStream> stream;    ///< answer with this, as it comes, instead of `body`
  std::optional<std::string> leases_run; ///< this run ends with the connection
  bool asks_to_leave = false;            ///< end the daemon once its living runs have ended
};

class Routes {
 public:
  Routes(boost::asio::any_io_executor executor, RunService& service, store::Store& store)
      : executor_(std::move(executor)), service_(service), store_(store)
  {}

  RouteResponse answer(RouteRequest request);
  /// The connection that asked for the run is gone.
  void lease_ended(const std::string& run_id);

 private:
  /// A request taken apart.
  struct Call {
    std::string method;
    std::vector<std::string> path; ///< without "v1"
    std::map<std::string, std::string> query;
    std::string body;

    [[nodiscard]] std::string parameter(const std::string& name) const;
  };

  RouteResponse status(const Call& call);
  RouteResponse runs(Call& call);
  RouteResponse of_run(const Call& call);
  RouteResponse submit(std::string body);
  RouteResponse list_runs();
  RouteResponse tested(const std::string& run_id, const std::string& body);
  RouteResponse permit_start(const std::string& run_id);
  RouteResponse cancel(const std::string& run_id, WhatRuns what_runs);
  RouteResponse summary(const std::string& run_id);
  RouteResponse tests_called(const std::string& run_id, const std::string& name);
  RouteResponse output(const Call& call);
  RouteResponse kept_output(const std::string& run_id, std::uint32_t test, std::uint64_t from,
                            std::optional<std::uint32_t> attempt = {});
  RouteResponse recorded(const std::string& run_id, const std::string& document);
  RouteResponse of_project(const Call& call);
  RouteResponse attempts(const Call& call);
  Result<std::optional<RunSummary>> find_summary(const std::string& run_id);

  boost::asio::any_io_executor executor_;
  RunService& service_;
  store::Store& store_;
};

} // namespace winnow::serve
