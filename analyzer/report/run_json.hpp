// Runs as JSON: what clients ask, what they are told, what is left at the end.
#pragma once

#include "analyzer/model/error.hpp"
#include "analyzer/model/run_event.hpp"
#include "analyzer/model/run_request.hpp"

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace winnow::report {

std::string run_request_to_json(const RunRequest& request);
/// The text is gone before the request is made. Data errors: no request, or a chunk beyond the
/// chunk names (without them: beyond the tests).
Result<RunRequest> run_request_from_json(std::string text);

std::string tested_state_to_json(const TestedState& state);
Result<TestedState> tested_state_from_json(std::string_view text);

/// One line without its end: {"kind":"winnow.event","version":1,"event":"test finished",...}.
std::string run_event_to_json(const RunEvent& event);
Result<RunEvent> run_event_from_json(std::string_view line);

/// {"started":true}: whether a permitted start of a paced run came about.
std::string start_reply_to_json(bool started);
Result<bool> start_reply_from_json(std::string_view text);

/// {"tests":[...]}, in the given order.
std::string tests_in_run_to_json(const std::vector<TestInRun>& tests);
Result<std::vector<TestInRun>> tests_in_run_from_json(std::string_view text);

std::string run_summary_to_json(const RunSummary& run);
Result<RunSummary> run_summary_from_json(std::string_view text);
/// {"runs":[...]}, in the given order.
std::string run_summaries_to_json(const std::vector<RunSummary>& runs);
Result<std::vector<RunSummary>> run_summaries_from_json(std::string_view text);

/// The end of what the attempt at an index of the results wrote; any bytes.
using OutputOfAttempt = std::function<std::string(std::size_t)>;

/// The document `winnow.results`: one record per test, its last attempt deciding. One that ran more
/// than once has `attempts[]`, all of them in their order; `flaky` where it failed before it
/// passed, `environment` where an attempt was ended for want of memory. `output` is the end of what
/// an attempt wrote that failed, until those of a document are too long together. `waited_us` is
/// the time from being ready to being started, `waited_for` what most of it was for,
/// `waits[]{cause, us, name, test}` all of it where that is more than one thing or one with a name.
/// With `end`, how fast the run could have been: `lower_bound_us`, `bound{by, lock, tests[],
/// path_length}`, `idle[]{cause, cpu_us}`, without a cause where no test was left to start. All of
/// it is UTF-8: a test that is not has "percent_encoded": true, as in a plan.
std::string run_results_to_json(const RunSummary& run, const std::vector<TestResult>& results,
                                const RunFinished* end = nullptr,
                                const OutputOfAttempt& output_of = {});

} // namespace winnow::report
