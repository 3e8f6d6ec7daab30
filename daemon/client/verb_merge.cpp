// winnow merge: the results of all chunks of a plan, as those of one run.
#include "analyzer/report/merge_html.hpp"
#include "analyzer/report/merge_text.hpp"
#include "analyzer/report/plan_json.hpp"
#include "analyzer/report/results_json.hpp"
#include "analyzer/report/run_junit.hpp"
#include "analyzer/split/merge.hpp"
#include "daemon/client/annotation_option.hpp"
#include "daemon/client/chunk_claims.hpp"
#include "daemon/client/named_file.hpp"
#include "daemon/client/plan_file.hpp"
#include "daemon/client/verb.hpp"
#include "daemon/client/whole_file.hpp"

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <utility>
#include <vector>

namespace winnow::client {
namespace {

struct Options {
  std::string plan;
  std::vector<std::string> files;
  std::string junit;
  std::string html;
  std::string results;
  std::string annotations;
  bool newest = false;
  bool quiet = false;
};

/// A directory stands for what jobs that pulled chunks have left in it.
Result<std::vector<std::string>> files_meant(const std::vector<std::string>& paths)
{
  std::vector<std::string> files;
  for (const std::string& path : paths) {
    std::error_code failure;
    if (!std::filesystem::is_directory(path, failure)) {
      files.push_back(path);
      continue;
    }
    const Result<std::vector<std::string>> pulled = pulled_results(path);
    if (!pulled) {
      return pulled.error();
    }
    files.insert(files.end(), pulled->begin(), pulled->end());
  }
  return files;
}

Result<std::vector<split::ResultsFile>> read_files(const std::vector<std::string>& given)
{
  const Result<std::vector<std::string>> paths = files_meant(given);
  if (!paths) {
    return paths.error();
  }
  std::vector<split::ResultsFile> files;
  for (const std::string& path : *paths) {
    Result<std::string> text = content_of(path, "results");
    if (!text) {
      return text.error();
    }
    Result<RunResults> results = report::results_from_json(*text);
    if (!results) {
      return data_error(fmt::format("{}: {}; `winnow run --plan FILE --chunk I --results FILE` "
                                    "writes such documents",
                                    path, results.error().message));
    }
    files.push_back({path, std::move(*text), std::move(*results)});
  }
  return files;
}

std::string junit_of(const MergedResults& merged)
{
  std::vector<report::JunitCase> cases;
  std::vector<report::JunitCase> earlier;
  for (const KeptAttempt& attempt : merged.attempts) {
    report::JunitCase one{attempt.result, attempt.output};
    if (attempt.result.again) {
      earlier.push_back(std::move(one));
      continue;
    }
    one.earlier = std::exchange(earlier, {});
    cases.push_back(std::move(one));
  }
  std::int64_t started_us = 0;
  for (const MergedChunk& chunk : merged.chunks) {
    if (chunk.started_us > 0) {
      started_us = started_us == 0 ? chunk.started_us : std::min(started_us, chunk.started_us);
    }
  }
  return report::run_to_junit({merged.project, started_us}, cases);
}

Result<void> write(const std::string& path, const std::string& text)
{
  if (path.empty()) {
    return {};
  }
  const std::string failure = write_whole_file(path, text);
  return failure.empty() ? Result<void>()
                         : environment_error(fmt::format("cannot write {}: {}", path, failure));
}

Result<void> write_documents(const Options& options, const MergedResults& merged)
{
  if (const Result<void> written = write(options.junit, junit_of(merged)); !written) {
    return written;
  }
  if (const Result<void> written = write(options.html, report::merge_to_html(merged)); !written) {
    return written;
  }
  return write(options.results, report::merged_results_to_json(merged) + '\n');
}

Result<ExitCode> carry_out(const Options& options)
{
  const Result<Plan> plan = plan_in(options.plan);
  if (!plan) {
    return plan.error();
  }
  const Result<std::vector<split::ResultsFile>> files = read_files(options.files);
  if (!files) {
    return files.error();
  }
  const Result<split::Merge> merge =
      split::merge(*plan, report::plan_id(*plan), *files,
                   options.newest ? split::Rerun::newest_counts : split::Rerun::refused);
  if (!merge) {
    return merge.error();
  }
  if (!merge->gaps.none()) {
    fmt::print(stderr, "winnow: {}", report::gaps_to_text(merge->gaps, options.plan));
    const Result<void> emptied = write_annotations(options.annotations, {}); // of an earlier merge
    return emptied ? Result<ExitCode>(ExitCode::incomplete) : Result<ExitCode>(emptied.error());
  }
  if (const Result<void> written = write_documents(options, merge->results); !written) {
    return written.error();
  }
  if (!options.quiet) {
    fmt::print("{}", report::merge_to_text(merge->results));
  }
  const Result<void> annotated = write_annotations(options.annotations, merge->results.attempts);
  if (!annotated) {
    return annotated.error();
  }
  const bool failed = std::ranges::any_of(
      merge->results.chunks, [](const MergedChunk& chunk) { return chunk.failed > 0; });
  return failed ? ExitCode::test_failed : ExitCode::passed;
}

} // namespace

void add_merge(CLI::App& app, Invocation& invocation)
{
  auto options = std::make_shared<Options>();
  CLI::App* verb = app.add_subcommand("merge", "Joins the results of all chunks of a plan");
  verb->add_option("--plan", options->plan, "The plan whose chunks were run")
      ->type_name("FILE")
      ->required();
  verb->add_option("RESULT", options->files,
                   "What `run --plan FILE --chunk I --results` wrote, or the directory of --pull");
  verb->add_option("--junit", options->junit, "Write one JUnit document")->type_name("FILE");
  verb->add_option("--html", options->html, "Write one page that needs nothing beside itself")
      ->type_name("FILE");
  verb->add_option("--results", options->results, "Write the results as one JSON document")
      ->type_name("FILE");
  add_annotation_option(*verb, options->annotations);
  verb->add_flag("--newest", options->newest, "Of a chunk that was run again the last run counts");
  verb->add_flag("-q,--quiet", options->quiet, "Only write the files");
  verb->callback(
      [options, &invocation] { invocation.action = [options] { return carry_out(*options); }; });
}

} // namespace winnow::client
