// A run service on a loop of its own, with a store in a scratch directory, and tests to give it.
#pragma once

#include "daemon/serve/run.hpp"
#include "daemon/serve/run_service.hpp"
#include "tests/support/store_fixture.hpp"

#include <boost/asio/io_context.hpp>

#include <algorithm>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace winnow::serve {

using store::required;

constexpr CommitLimits impatient{.pace = std::chrono::milliseconds(0),
                                 .first_pause = std::chrono::milliseconds(2),
                                 .longest_pause = std::chrono::milliseconds(10),
                                 .patience = std::chrono::milliseconds(60)};

inline schedule::Capacity two_cpus()
{
  return {.cpu_milli = 2000, .memory_bytes = 0};
}

struct ServiceFixture : store::StoreFixture {
  store::Store store = open();
  boost::asio::io_context io;
  std::optional<RunService> service;

  ServiceFixture()
  {
    request.tests.clear();
    request.jobs = 2;
    request.surroundings.environment = {"PATH=/usr/bin:/bin", "TMPDIR=" + scratch.path()};
    request.surroundings.directory = scratch.path();
    store.set_patience(std::chrono::milliseconds(1));
    limit(impatient);
  }

  void limit(const CommitLimits& limits)
  {
    service.emplace(io.get_executor(), store, two_cpus, limits);
  }

  TestProperties& add(const std::string& name, std::vector<std::string> command)
  {
    RequestedTest& test = request.tests.emplace_back();
    test.description.key = {"dir", name};
    test.description.command = std::move(command);
    return test.description.properties.edit();
  }

  TestProperties& shell(const std::string& name, const std::string& script)
  {
    return add(name, {"/bin/sh", "-c", script});
  }

  std::shared_ptr<Run> submit()
  {
    const std::string id = required(service->submit(request));
    return service->find(id);
  }

  /// Works until the condition, which may be of the processes' making, holds; fails when nothing is
  /// left that could make it true.
  void work_until(const std::function<bool()>& condition)
  {
    io.restart();
    while (!condition()) {
      io.run_one_for(std::chrono::milliseconds(5));
      BOOST_REQUIRE_MESSAGE(!io.stopped() || condition(), "nothing is left to wait for");
    }
  }

  /// Submits what was asked and works until the run has ended.
  std::shared_ptr<Run> run_all()
  {
    std::shared_ptr<Run> run = submit();
    work_until([&] { return run->ended(); });
    return run;
  }
};

template <class Event>
std::vector<Event> events_of(const Run& run)
{
  std::vector<Event> found;
  for (std::size_t i = 0; i < run.events().size(); ++i) {
    const RunEvent event = run.events()[i];
    if (const auto* wanted = std::get_if<Event>(&event)) {
      found.push_back(*wanted);
    }
  }
  return found;
}

/// "name: verdict" in the order they were told.
inline std::vector<std::string> told(const Run& run)
{
  std::vector<std::string> lines;
  for (const TestFinished& event : events_of<TestFinished>(run)) {
    lines.push_back(event.result.key.name + ": " + std::string(name_of(event.result.verdict)));
  }
  return lines;
}

inline std::vector<std::string> sorted(std::vector<std::string> lines)
{
  std::sort(lines.begin(), lines.end());
  return lines;
}

inline RunFinished end_of(const Run& run)
{
  const std::vector<RunFinished> ends = events_of<RunFinished>(run);
  BOOST_REQUIRE(ends.size() == 1U);
  return ends.front();
}

using Lines = std::vector<std::string>;

} // namespace winnow::serve
