// The names that the fields of runs, tests and results have in JSON.
#pragma once

#include "analyzer/model/run_event.hpp"
#include "analyzer/model/run_request.hpp"
#include "analyzer/report/resource_fields.hpp"
#include "analyzer/report/run_json_codec.hpp"

#include <array>
#include <string_view>

namespace winnow {

// Found through the arguments' namespace: the described types are in `winnow`.
using report::Tag;

constexpr auto names(Tag<Verdict>)
{
  std::array<std::string_view, verdict_names.size()> all;
  for (const VerdictName& row : verdict_names) {
    all[static_cast<std::size_t>(row.verdict)] = row.name;
  }
  return all;
}

constexpr std::array<std::string_view, 2> names(Tag<TestOrigin>)
{
  return {"declared", "not built placeholder"};
}

constexpr std::array<std::string_view, 2> names(Tag<Lease>)
{
  return {"ends with client", "detached"};
}

constexpr std::array<std::string_view, 2> names(Tag<Dialect>)
{
  return {"winnow", "ctest"};
}

constexpr auto names(Tag<RunEnd>)
{
  return run_end_names;
}

constexpr auto names(Tag<WaitCause>)
{
  return wait_cause_names;
}

constexpr auto names(Tag<BoundBy>)
{
  return bound_names;
}

/// A bound always says of what it is.
constexpr bool is_default(BoundBy, BoundBy)
{
  return false;
}

constexpr std::array<std::string_view, 3> names(Tag<TestState>)
{
  return {"waiting", "running", "finished"};
}

constexpr std::array<std::string_view, 4> names(Tag<ChunkState>)
{
  return {"waiting", "running", "passed", "failed"};
}

template <class Visit>
void fields(Visit&& visit, Tag<TestKey>)
{
  visit("directory", &TestKey::directory);
  visit("name", &TestKey::name);
}

template <class Visit>
void fields(Visit&& visit, Tag<TimeoutAfterMatch>)
{
  visit("timeout_s", &TimeoutAfterMatch::timeout_s);
  visit("regular_expressions", &TimeoutAfterMatch::regular_expressions);
}

template <class Visit>
void fields(Visit&& visit, Tag<TestProperties>)
{
  using P = TestProperties;
  visit("environment", &P::environment);
  visit("environment_modification", &P::environment_modification);
  visit("working_directory", &P::working_directory);
  visit("timeout_s", &P::timeout_s);
  visit("timeout_after_match", &P::timeout_after_match);
  visit("timeout_signal_name", &P::timeout_signal_name);
  visit("timeout_signal_grace_s", &P::timeout_signal_grace_s);
  visit("processors", &P::processors);
  visit("processor_affinity", &P::processor_affinity);
  visit("run_serial", &P::run_serial);
  visit("disabled", &P::disabled);
  visit("will_fail", &P::will_fail);
  visit("skip_return_code", &P::skip_return_code);
  visit("pass_regular_expression", &P::pass_regular_expression);
  visit("fail_regular_expression", &P::fail_regular_expression);
  visit("skip_regular_expression", &P::skip_regular_expression);
  visit("resource_locks", &P::resource_locks);
  visit("resource_groups", &P::resource_groups);
  visit("depends", &P::depends);
  visit("fixtures_setup", &P::fixtures_setup);
  visit("fixtures_required", &P::fixtures_required);
  visit("fixtures_cleanup", &P::fixtures_cleanup);
  visit("required_files", &P::required_files);
  visit("labels", &P::labels);
  visit("cost", &P::cost);
  visit("others", &P::others);
}

template <class Visit>
void fields(Visit&& visit, Tag<TestDescription>)
{
  visit("key", &TestDescription::key);
  visit("command", &TestDescription::command);
  visit("properties", &TestDescription::properties);
  visit("stated", &TestDescription::stated);
  visit("origin", &TestDescription::origin);
  visit("defined_at", &TestDescription::defined_at);
}

template <class Visit>
void fields(Visit&& visit, Tag<RequestedTest>)
{
  visit("description", &RequestedTest::description);
  visit("chunk", &RequestedTest::chunk);
  visit("repeat", &RequestedTest::repeat);
}

/// A test has in common with the one before it what is alike.
inline void share_with(RequestedTest& test, const RequestedTest& before)
{
  test.description.properties.share_with(before.description.properties);
  test.description.stated.stated_at.share_with(before.description.stated.stated_at);
}

template <class Visit>
void fields(Visit&& visit, Tag<Surroundings>)
{
  visit("environment", &Surroundings::environment);
  visit("directory", &Surroundings::directory);
  visit("umask", &Surroundings::umask);
}

template <class Visit>
void fields(Visit&& visit, Tag<FileVersion>)
{
  visit("path", &FileVersion::path);
  visit("content", &FileVersion::hash);
}

template <class Visit>
void fields(Visit&& visit, Tag<TestedState>)
{
  visit("commit", &TestedState::commit);
  visit("settings", &TestedState::settings);
  visit("uncommitted", &TestedState::uncommitted);
  visit("beside_git", &TestedState::beside_git);
}

constexpr auto names(Tag<RepeatMode>)
{
  return repeat_mode_names;
}

template <class Visit>
void fields(Visit&& visit, Tag<Backoff>)
{
  visit("first_us", &Backoff::first_us);
  visit("most_us", &Backoff::most_us);
}

template <class Visit>
void fields(Visit&& visit, Tag<Repeat>)
{
  visit("mode", &Repeat::mode);
  visit("attempts", &Repeat::attempts);
  visit("backoff", &Repeat::backoff);
}

template <class Visit>
void fields(Visit&& visit, Tag<RunRequest>)
{
  visit("project", &RunRequest::project);
  visit("configuration", &RunRequest::configuration);
  visit("build_dir", &RunRequest::build_dir);
  visit("tests", &RunRequest::tests);
  visit("chunk_names", &RunRequest::chunk_names);
  visit("jobs", &RunRequest::jobs);
  visit("timeout_s", &RunRequest::timeout_s);
  visit("load_limit", &RunRequest::load_limit);
  visit("repeat", &RunRequest::repeat);
  visit("stop_at_us", &RunRequest::stop_at_us);
  visit("max_failures", &RunRequest::max_failures);
  visit("paced", &RunRequest::paced);
  visit("rerun_for_memory", &RunRequest::rerun_for_memory);
  visit("dialect", &RunRequest::dialect);
  visit("lease", &RunRequest::lease);
  visit("surroundings", &RunRequest::surroundings);
  visit("branch", &RunRequest::branch);
  visit("tested", &RunRequest::tested);
  visit("resource_spec", &RunRequest::resource_spec);
  visit("resources", &RunRequest::resources);
  visit("memory_limit_bytes", &RunRequest::memory_limit_bytes);
}

template <class Visit>
void fields(Visit&& visit, Tag<WaitPart>)
{
  visit("cause", &WaitPart::cause);
  visit("us", &WaitPart::us);
  visit("name", &WaitPart::name);
  visit("test", &WaitPart::test);
}

template <class Visit>
void fields(Visit&& visit, Tag<WaitingTests>)
{
  visit("count", &WaitingTests::count);
  visit("cause", &WaitingTests::cause);
  visit("name", &WaitingTests::name);
  visit("test", &WaitingTests::test);
}

template <class Visit>
void fields(Visit&& visit, Tag<RunBound>)
{
  visit("by", &RunBound::by);
  visit("lock", &RunBound::lock);
  visit("tests", &RunBound::tests);
  visit("path_length", &RunBound::path_length);
}

template <class Visit>
void fields(Visit&& visit, Tag<IdleTime>)
{
  visit("cause", &IdleTime::cause);
  visit("cpu_us", &IdleTime::cpu_us);
}

template <class Visit>
void fields(Visit&& visit, Tag<TestResult>)
{
  visit("key", &TestResult::key);
  visit("index", &TestResult::index);
  visit("chunk", &TestResult::chunk);
  visit("attempt", &TestResult::attempt);
  visit("again", &TestResult::again);
  visit("flaky", &TestResult::flaky);
  visit("environment", &TestResult::environment);
  visit("verdict", &TestResult::verdict);
  visit("reason", &TestResult::reason);
  visit("exit_code", &TestResult::exit_code);
  visit("signal", &TestResult::signal);
  visit("started_us", &TestResult::started_us);
  visit("duration_us", &TestResult::duration_us);
  visit("waited_us", &TestResult::waited_us);
  visit("waited_for", &TestResult::waited_for);
  visit("waits", &TestResult::waits);
  visit("cpu_us", &TestResult::cpu_us);
  visit("peak_memory_bytes", &TestResult::peak_memory_bytes);
  visit("output_bytes", &TestResult::output_bytes);
  visit("leaked", &TestResult::leaked);
}

template <class Visit>
void fields(Visit&& visit, Tag<RunStarted>)
{
  visit("run_id", &RunStarted::run_id);
  visit("tests", &RunStarted::tests);
  visit("chunks", &RunStarted::chunks);
  visit("slots", &RunStarted::slots);
}

template <class Visit>
void fields(Visit&& visit, Tag<TestStarted>)
{
  visit("test", &TestStarted::test);
  visit("at_us", &TestStarted::at_us);
  visit("attempt", &TestStarted::attempt);
}

template <class Visit>
void fields(Visit&& visit, Tag<TestFinished>)
{
  visit("result", &TestFinished::result);
}

template <class Visit>
void fields(Visit&& visit, Tag<ChunkFinished>)
{
  visit("chunk", &ChunkFinished::chunk);
  visit("passed", &ChunkFinished::passed);
}

template <class Visit>
void fields(Visit&& visit, Tag<RunFinished>)
{
  visit("end", &RunFinished::end);
  visit("duration_us", &RunFinished::duration_us);
  visit("lower_bound_us", &RunFinished::lower_bound_us);
  visit("bound", &RunFinished::bound);
  visit("idle", &RunFinished::idle);
}

template <class Visit>
void fields(Visit&& visit, Tag<StoreTrouble>)
{
  visit("message", &StoreTrouble::message);
}

template <class Visit>
void fields(Visit&&, Tag<StartWanted>)
{}

template <class Visit>
void fields(Visit&& visit, Tag<TestInRun>)
{
  visit("key", &TestInRun::key);
  visit("index", &TestInRun::index);
  visit("state", &TestInRun::state);
}

template <class Visit>
void fields(Visit&& visit, Tag<ChunkSummary>)
{
  visit("name", &ChunkSummary::name);
  visit("state", &ChunkSummary::state);
  visit("tests", &ChunkSummary::tests);
  visit("finished", &ChunkSummary::finished);
  visit("failed", &ChunkSummary::failed);
}

template <class Visit>
void fields(Visit&& visit, Tag<RunSummary>)
{
  visit("run_id", &RunSummary::run_id);
  visit("project", &RunSummary::project);
  visit("build_dir", &RunSummary::build_dir);
  visit("state", &RunSummary::state);
  visit("started_us", &RunSummary::started_us);
  visit("ended_us", &RunSummary::ended_us);
  visit("tests", &RunSummary::tests);
  visit("finished", &RunSummary::finished);
  visit("failed", &RunSummary::failed);
  visit("running", &RunSummary::running);
  visit("waiting", &RunSummary::waiting);
  visit("remaining_us", &RunSummary::remaining_us);
  visit("chunks", &RunSummary::chunks);
}

} // namespace winnow
