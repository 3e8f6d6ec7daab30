// Prints a request with its predicted times.
#include "daemon/client/dry_run.hpp"

#include "analyzer/report/quantity_text.hpp"
#include "analyzer/split/prediction.hpp"
#include "daemon/client/known_history.hpp"
#include "daemon/client/terminal_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

namespace winnow::client {
namespace {

std::string chunk_heading(const RunRequest& request, std::uint32_t chunk, double seconds)
{
  const auto count = std::count_if(request.tests.begin(), request.tests.end(),
                                   [&](const RequestedTest& test) { return test.chunk == chunk; });
  return fmt::format("{}: {}, predicted {}", request.chunk_names[chunk],
                     report::count_text(static_cast<std::size_t>(count), "test"),
                     report::seconds_text(seconds));
}

std::string summary(const RunRequest& request, const split::Prediction& prediction,
                    std::uint32_t cpus)
{
  std::string text =
      fmt::format("{}, predicted {} on {}", report::count_text(request.tests.size(), "test"),
                  report::seconds_text(prediction.seconds), report::count_text(cpus, "cpu"));
  if (prediction.unmeasured > 0) {
    text += fmt::format("; of {} the time is guessed, no run has measured {}",
                        prediction.unmeasured, prediction.unmeasured == 1 ? "it" : "them");
  }
  return text;
}

Result<split::Prediction> predicted(const RunRequest& request, const ingest::BuildTree& tree,
                                    const std::vector<TestDescription>& listed, DaemonChoice daemon)
{
  return split::predict(request, known_history(tree, daemon), machine_of_daemon(), listed);
}

} // namespace

Result<ExitCode> say_run(const RunRequest& request, const ingest::BuildTree& tree,
                         const std::vector<TestDescription>& listed, DaemonChoice daemon)
{
  const Result<split::Prediction> prediction = predicted(request, tree, listed, daemon);
  if (prediction.has_error()) {
    return prediction.error();
  }
  const bool has_chunks = !request.chunk_names.empty();
  std::optional<std::uint32_t> chunk;
  for (const RequestedTest& test : request.tests) {
    if (has_chunks && chunk != test.chunk) {
      chunk = test.chunk;
      const auto time = prediction->chunks_s.find(*chunk);
      fmt::print("{}\n", chunk_heading(request, *chunk,
                                       time == prediction->chunks_s.end() ? 0 : time->second));
    }
    fmt::print("{}{}\n", has_chunks ? "  " : "", escape_controls(test.description.key.display()));
  }
  fmt::print("{}\n", summary(request, *prediction,
                             request.jobs.value_or(machine_of_daemon().cpu_milli / 1000)));
  return ExitCode::passed;
}

} // namespace winnow::client
