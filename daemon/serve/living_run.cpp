// What has become of a run so far: who cleans up for whom, what runs again, what was told.
#include "daemon/serve/living_run.hpp"

#include "analyzer/report/resource_spec_json.hpp"
#include "daemon/serve/clock.hpp"

#include <algorithm>
#include <utility>

namespace winnow::serve {
namespace {

bool shares_a_name(const std::vector<std::string>& a, const std::vector<std::string>& b)
{
  return std::any_of(a.begin(), a.end(), [&](const std::string& name) {
    return std::find(b.begin(), b.end(), name) != b.end();
  });
}

/// Whether a fixture of its chunk that `setup` sets up is one that `cleanup` cleans up.
bool cleans_up(const RequestedTest& cleanup, const RequestedTest& setup)
{
  return cleanup.chunk == setup.chunk &&
         shares_a_name(setup.description.properties->fixtures_setup,
                       cleanup.description.properties->fixtures_cleanup);
}

std::uint32_t slots_for(const RunRequest& request, std::uint32_t cpus)
{
  return request.jobs.value_or(request.dialect == Dialect::ctest ? 1 : cpus);
}

} // namespace

void LivingRun::release_servers(std::uint32_t cleanup)
{
  std::erase_if(servers, [&](const auto& server) {
    return cleans_up(tests()[cleanup], tests()[server.first]);
  });
}

std::vector<std::uint32_t> LivingRun::due_cleanups() const
{
  std::vector<std::uint32_t> setups;
  for (std::uint32_t test = 0; test < started_us.size(); ++test) {
    if (started_us[test] != 0 && !tests()[test].description.properties->fixtures_setup.empty()) {
      setups.push_back(test);
    }
  }
  std::vector<std::uint32_t> due;
  for (std::uint32_t test = 0; test < started_us.size(); ++test) {
    if (std::any_of(setups.begin(), setups.end(), [&](std::uint32_t setup) {
          return cleans_up(tests()[test], tests()[setup]);
        })) {
      due.push_back(test);
    }
  }
  return due;
}

const EndedAttempts* LivingRun::attempts_before(std::uint32_t test) const
{
  const auto before = attempts.find(test);
  return before == attempts.end() ? nullptr : &before->second;
}

std::uint32_t LivingRun::try_of(const TestResult& result) const
{
  const EndedAttempts* const before = attempts_before(result.index);
  return result.attempt - (before == nullptr ? 0 : before->environment);
}

bool LivingRun::repeats(const TestResult& result) const
{
  const std::optional<Repeat>& repeat = repeat_of(run->request(), result.index);
  // A test that failed fast lets others that run already go on as they would.
  const bool goes_on = end == RunEnd::completed && !is_past_stop_time(now_us());
  if (is_environments(result)) {
    return goes_on && !ending;
  }
  // Where nothing new starts, nothing goes into a pause either.
  const bool keeps_place = pause_us(result) == 0 || run->request().paced;
  return repeat && goes_on && (!ending || keeps_place) &&
         runs_again(*repeat, result.verdict, try_of(result));
}

std::int64_t LivingRun::pause_us(const TestResult& result) const
{
  const std::optional<Repeat>& repeat = repeat_of(run->request(), result.index);
  return repeat && !is_environments(result)
             ? pause_after(repeat->backoff, result.key, try_of(result))
             : 0;
}

void LivingRun::note_attempt(TestResult& result)
{
  result.again = repeats(result);
  if (result.again) {
    EndedAttempts& so_far = attempts[result.index];
    so_far.count = result.attempt;
    so_far.environment += is_environments(result) ? 1 : 0;
    so_far.failed |= is_failure(result.verdict);
  } else if (const auto before = attempts.find(result.index); before != attempts.end()) {
    result.flaky = result.verdict == Verdict::passed && before->second.failed;
  }
  failures += !result.again && is_failure(result.verdict) ? 1 : 0;
}

std::int64_t LivingRun::occupied_us(const TestResult& last, std::int64_t monotonic_us) const
{
  const auto before = attempts.find(last.index);
  return before == attempts.end() ? last.duration_us
                                  : before->second.spent_us + monotonic_us - started_us[last.index];
}

std::string LivingRun::why_without(std::uint32_t setup) const
{
  return "failed test dependencies: " + tests()[setup].description.key.name;
}

std::string LivingRun::why_never(const std::vector<ResourceShortfall>& shortfalls) const
{
  return shortfalls.empty() ? "failed test dependencies"
                            : report::insufficient_resources_text(shortfalls, resource_file);
}

void LivingRun::begins(TestStarted start)
{
  untold.push_back({start, uncommitted.size()});
}

void LivingRun::tell_committed(std::size_t count)
{
  auto start = untold.begin();
  const auto tell_starts_before = [&](std::size_t result) {
    for (; start != untold.end() && start->results_before <= result; ++start) {
      run->started(start->start);
    }
  };
  for (std::size_t told = 0; told < count; ++told) {
    tell_starts_before(told);
    run->finished(uncommitted[told].result);
  }
  tell_starts_before(count);
  untold.erase(untold.begin(), start);
  for (UntoldStart& later : untold) {
    later.results_before -= count;
  }
  const auto durable = uncommitted.begin();
  uncommitted.erase(durable, durable + static_cast<std::ptrdiff_t>(count));
}

void LivingRun::tell_starts()
{
  std::erase_if(untold, [&](const UntoldStart& untold_start) {
    const bool now = untold_start.start.attempt == 1 || uncommitted.empty();
    if (now) {
      run->started(untold_start.start);
    }
    return now;
  });
}

Result<LivingRun> begin_run(store::Store& store, RunRequest request, std::uint32_t cpus)
{
  const std::int64_t now = now_us();
  const Result<std::string> id = store.begin_run(request, now);
  if (!id) {
    return id.error();
  }
  Result<execute::OutputLog> log = execute::OutputLog::open(store.output_path(*id));
  if (!log) {
    // What fails here fails at the next start, which closes the run.
    (void)store.end_run(*id, RunEnd::incomplete, now);
    return log.error();
  }
  LivingRun run;
  run.log = std::make_unique<execute::OutputLog>(std::move(*log));
  run.context = {*id,
                 request.dialect,
                 request.surroundings,
                 {request.timeout_s, request.stop_at_us},
                 request.resources};
  run.started_us.resize(request.tests.size());
  if (request.resource_spec) {
    run.resource_file = request.resource_spec->file;
  }
  const std::uint32_t slots = slots_for(request, cpus);
  run.run = std::make_shared<Run>(*id, std::move(request), slots, now);
  return run;
}

store::StoredResult result_without_process(const LivingRun& run, std::uint32_t test,
                                           Verdict verdict, std::string reason)
{
  const RequestedTest& requested = run.tests()[test];
  store::StoredResult stored;
  stored.result.key = requested.description.key;
  stored.result.index = test;
  stored.result.chunk = requested.chunk;
  if (const auto before = run.attempts.find(test); before != run.attempts.end()) {
    stored.result.attempt = before->second.count + 1;
  }
  stored.result.verdict = verdict;
  stored.result.reason = std::move(reason);
  stored.result.started_us = now_us();
  return stored;
}

} // namespace winnow::serve
