// The routes of a run service, and a reader of what they stream.
#pragma once

#include "analyzer/model/daemon_place.hpp"
#include "analyzer/report/run_json.hpp"
#include "daemon/serve/routes.hpp"
#include "tests/support/service_fixture.hpp"

#include <boost/test/unit_test.hpp>

#include <memory>
#include <string>

namespace winnow::serve {

/// Reads a stream as a connection does: at once, and whenever there is more.
struct Reader {
  explicit Reader(const RouteResponse& response) : stream(response.stream)
  {
    BOOST_REQUIRE_MESSAGE(stream, response.body);
    stream->when_more([this] { pull(); });
    pull();
  }

  void pull()
  {
    for (std::string piece = stream->next(); !piece.empty(); piece = stream->next()) {
      all += piece;
    }
    over = stream->ended();
  }

  std::shared_ptr<BodyStream> stream;
  std::string all;
  bool over = false;
};

struct RouteFixture : ServiceFixture {
  Routes routes{io.get_executor(), *service, store};

  RouteResponse ask(const std::string& method, const std::string& target,
                    const std::string& body = "")
  {
    return routes.answer({method, target, body, protocol_version});
  }

  RouteResponse get(const std::string& target) { return ask("GET", target); }

  /// Submits the request over its route; the id of the run.
  std::string post()
  {
    const RouteResponse response = ask("POST", "/v1/runs", report::run_request_to_json(request));
    BOOST_REQUIRE_MESSAGE(response.status == 201, response.body);
    return required(report::run_summary_from_json(response.body)).run_id;
  }

  /// Works until the run has ended.
  std::shared_ptr<Run> finish(const std::string& id)
  {
    const std::shared_ptr<Run> run = service->find(id);
    work_until([&] { return run->ended(); });
    return run;
  }

  std::string post_and_finish()
  {
    const std::string id = post();
    finish(id);
    return id;
  }

  /// A daemon's memory ends with it; the store's does not.
  void forget_runs() { service.emplace(io.get_executor(), store, two_cpus, impatient); }

  /// All that there is to read, while the loop works.
  std::string whole(const Reader& reader)
  {
    work_until([&] { return reader.over; });
    return reader.all;
  }
};

} // namespace winnow::serve
