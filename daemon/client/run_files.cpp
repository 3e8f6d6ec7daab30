// Asks the daemon for documents.
#include "daemon/client/run_files.hpp"

#include "analyzer/report/shadow_report.hpp"

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

Result<void> write_results(DaemonAccess& access, const std::string& target, const std::string& path,
                           const ShadowReport& shadow)
{
  const Result<std::string> results = document_at(access, target);
  const Result<std::string> whole =
      results ? report::results_with_shadow(*results, shadow) : results;
  return whole ? write_file(path, *whole) : Result<void>(whole.error());
}

} // namespace

Result<void> write_run_files(DaemonAccess& access, const std::string& run_id, const RunFiles& files,
                             const std::optional<ShadowReport>& shadow)
{
  const std::string run = "/v1/runs/" + run_id;
  if (!files.junit.empty()) {
    if (Result<void> saved = save_from_daemon(access, run + "/junit", files.junit); !saved) {
      return saved;
    }
  }
  if (files.results.empty()) {
    return {};
  }
  return shadow ? write_results(access, run + "/results", files.results, *shadow)
                : save_from_daemon(access, run + "/results", files.results);
}

} // namespace winnow::client
