// Asks the daemon for documents.
#include "daemon/client/run_files.hpp"

#include "analyzer/report/results_json.hpp"
#include "analyzer/report/run_json.hpp"
#include "analyzer/report/shadow_report.hpp"
#include "daemon/client/annotation_option.hpp"

#include <chrono>
#include <fstream>

namespace winnow::client {
namespace {

Result<std::string> document_at(DaemonAccess& access, const std::string& target)
{
  Result<DaemonConnection> connection = DaemonConnection::open(access);
  return connection ? connection->get(target) : Result<std::string>(connection.error());
}

Result<void> write_file(const std::string& path, const std::string& content)
{
  std::ofstream file(path, std::ios::binary);
  file << content;
  return file.flush()
             ? Result<void>()
             : environment_error("cannot write " + path + "; check its directory and the disk");
}

Result<void> save_from_daemon(DaemonAccess& access, const std::string& target,
                              const std::string& path)
{
  const Result<std::string> content = document_at(access, target);
  return content ? write_file(path, *content) : Result<void>(content.error());
}

Result<void> annotate(const std::string& results, const std::string& system)
{
  if (system.empty()) {
    return {};
  }
  const Result<RunResults> read = report::results_from_json(results);
  return read ? write_annotations(system, read->attempts) : Result<void>(read.error());
}

Result<void> write_results(DaemonAccess& access, const std::string& target, const RunFiles& files,
                           const KnownOfRun& known)
{
  Result<std::string> whole = document_at(access, target);
  if (whole && known.shadow) {
    whole = report::results_with_shadow(*whole, *known.shadow);
  }
  if (whole && known.planned != nullptr) {
    whole = report::results_with_plan(*whole, *known.planned);
  }
  if (!whole) {
    return whole.error();
  }
  if (!files.results.empty()) {
    if (const Result<void> written = write_file(files.results, *whole); !written) {
      return written;
    }
  }
  return annotate(*whole, files.annotations);
}

} // namespace

Result<void> write_run_files(DaemonAccess& access, const std::string& run_id, const RunFiles& files,
                             const KnownOfRun& known)
{
  const std::string run = "/v1/runs/" + run_id;
  if (!files.junit.empty()) {
    if (Result<void> saved = save_from_daemon(access, run + "/junit", files.junit); !saved) {
      return saved;
    }
  }
  if (files.results.empty() && files.annotations.empty()) {
    return {};
  }
  return write_results(access, run + "/results", files, known);
}

Result<void> write_empty_results(const RunRequest& request, const std::string& path,
                                 const PlannedRun* planned)
{
  if (path.empty() || planned == nullptr) {
    return {};
  }
  RunSummary run;
  run.project = request.project;
  run.build_dir = request.build_dir;
  run.state = name_of(RunEnd::completed);
  run.started_us = std::chrono::duration_cast<std::chrono::microseconds>(
                       std::chrono::system_clock::now().time_since_epoch())
                       .count();
  run.ended_us = run.started_us;
  const Result<std::string> whole =
      report::results_with_plan(report::run_results_to_json(run, {}), *planned);
  return whole ? write_file(path, *whole) : Result<void>(whole.error());
}

} // namespace winnow::client
