// Options and tests become a request.
#include "daemon/client/ctest_request.hpp"

#include "analyzer/change/history_line.hpp"
#include "analyzer/ingest/build_tree.hpp"
#include "analyzer/schedule/serial_order.hpp"
#include "daemon/client/branch_name.hpp"
#include "daemon/client/ctest_resources.hpp"
#include "daemon/client/run_options.hpp"
#include "daemon/client/user_daemon.hpp"

#include <algorithm>
#include <optional>
#include <random>
#include <thread>

namespace winnow::client {
namespace {

/// Lets chance decide which test comes first, as far as none has to wait for another.
void shuffle(std::vector<RequestedTest>& tests, std::optional<std::uint32_t> seed)
{
  std::mt19937 random(seed ? *seed : std::random_device()());
  for (RequestedTest& test : tests) {
    test.description.properties.edit().cost = std::uniform_real_distribution<>(1, 1e6)(random);
  }
}

/// Room for all tests at once, each with its PROCESSORS.
std::uint32_t no_limit(const CTestSession& session)
{
  constexpr std::uint32_t most = 0x10000; // as many as ctest calls no limit
  std::uint64_t all = 0;
  for (const NumberedTest& numbered : session.selection.tests) {
    all += session.tests[numbered.test].properties->processors;
  }
  return static_cast<std::uint32_t>(std::clamp<std::uint64_t>(all, 1, most));
}

/// What winnow.json says counts where -j has no number, as it does where `winnow run` has no -j.
std::uint32_t running_limit(const CTestSession& session, TestLimit limit)
{
  if (session.options.jobs.value_or(0) != 0) {
    return *session.options.jobs;
  }
  const bool by_cpus = !session.options.jobs && limit == TestLimit::cpus;
  const std::uint32_t most =
      by_cpus ? std::max(std::thread::hardware_concurrency(), 2U) : no_limit(session);
  const std::optional<Budget>& cpu = session.capacity.cpu;
  const std::uint64_t budget = cpu ? cpu->of(machine_of_daemon().cpu_milli / 1000) : most;
  return static_cast<std::uint32_t>(std::min<std::uint64_t>(most, budget));
}

} // namespace

RunRequest ctest_request(const CTestSession& session, TestLimit limit)
{
  const CTestOptions& options = session.options;
  RunRequest request;
  request.build_dir = session.tree.build_dir;
  request.project = request.build_dir;
  request.configuration = options.configuration;
  if (const auto tree = ingest::open_build_tree(request.build_dir)) {
    request.project = tree->project;
    request.configuration = tree->measured_as;
    const auto repository = change::find_repository(tree->roots.source);
    request.branch = branch_name(repository ? change::current_branch(*repository) : "");
  }
  request.jobs = running_limit(session, limit);
  request.timeout_s = options.timeout_s.value_or(session.tree.default_timeout_s);
  request.load_limit = options.load_limit;
  request.repeat = options.repeat;
  request.stop_at_us = options.stop_at_us;
  if (options.stop_on_failure) {
    request.max_failures = 1;
  }
  request.dialect = Dialect::ctest;
  request.surroundings = own_surroundings();
  for (const NumberedTest& numbered : session.selection.tests) {
    request.tests.push_back({session.tests[numbered.test], 0});
  }
  request.resource_spec = session.resources;
  request.resources = session.counted_resources;
  if (session.capacity.memory) {
    request.memory_limit_bytes = session.capacity.memory->of(machine_of_daemon().memory_bytes);
  }
  if (options.agreement == CTestAgreement::strict) {
    forget_generated_resources(request);
    request.rerun_for_memory = false;
  }
  if (options.random_order || options.random_seed) {
    shuffle(request.tests, options.random_seed);
  }
  return request;
}

std::vector<std::uint32_t> turns_of(const RunRequest& request)
{
  if (request.jobs != 1) {
    return {};
  }
  TestRefs tests;
  for (const RequestedTest& test : request.tests) {
    tests.add(test.description);
  }
  return schedule::serial_order(tests);
}

} // namespace winnow::client
