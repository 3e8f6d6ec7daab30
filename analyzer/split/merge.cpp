// Takes each chunk from one run, and compares its tests with the plan's.
#include "analyzer/split/merge.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <map>
#include <optional>
#include <set>
#include <utility>

namespace winnow::split {
namespace {

/// The file that each chunk is taken from.
using ChosenFiles = std::map<std::uint32_t, const ResultsFile*>;

Result<void> check_origin(const Plan& plan, const std::string& id, const ResultsFile& file)
{
  const std::optional<PlannedRun>& planned = file.results.planned;
  if (!planned) {
    return data_error(fmt::format("{} has the results of a run without a plan; chunks are run with "
                                  "`winnow run --plan FILE --chunk I --results FILE`",
                                  file.path));
  }
  if (planned->plan_id != id) {
    return data_error(fmt::format("{} has results of another plan ({}, made for commit {}); this "
                                  "one is {}, made for {}",
                                  file.path, planned->plan_id, planned->commit, id, plan.commit));
  }
  for (const std::uint32_t chunk : planned->chunks) {
    if (chunk >= plan.chunks.size()) {
      return data_error(fmt::format("{} has results of chunk {}, and the plan has {}", file.path,
                                    chunk, plan.chunks.size()));
    }
  }
  return {};
}

/// Which of two files with one chunk counts.
Result<const ResultsFile*> one_of(const ResultsFile& before, const ResultsFile& file,
                                  std::uint32_t chunk, Rerun rerun)
{
  const RunSummary& first = before.results.run;
  const RunSummary& second = file.results.run;
  if (before.content == file.content) {
    return &before;
  }
  if (rerun == Rerun::refused) {
    return data_error(
        fmt::format("chunk {} is in {} (run {}) and in {} (run {}); leave one of them "
                    "out, or take what was run last with --newest",
                    chunk, before.path, first.run_id, file.path, second.run_id));
  }
  if (first.started_us == second.started_us) {
    return data_error(fmt::format("chunk {} is in {} and in {}, and both were started at the same "
                                  "time; leave one of them out",
                                  chunk, before.path, file.path));
  }
  return first.started_us < second.started_us ? &file : &before;
}

Result<ChosenFiles> choose_files(const Plan& plan, const std::string& id,
                                 std::span<const ResultsFile> files, Rerun rerun)
{
  ChosenFiles chosen;
  for (const ResultsFile& file : files) {
    if (const Result<void> fits = check_origin(plan, id, file); !fits) {
      return fits.error();
    }
    for (const std::uint32_t chunk : file.results.planned->chunks) {
      const auto [at, is_first] = chosen.emplace(chunk, &file);
      if (is_first) {
        continue;
      }
      const Result<const ResultsFile*> one = one_of(*at->second, file, chunk, rerun);
      if (!one) {
        return one.error();
      }
      at->second = *one;
    }
  }
  return chosen;
}

/// Whether a target that the plan knows to discover its tests has `key`.
bool is_discovered(const Chunk& chunk, const PlannedRun& planned, const TestKey& key)
{
  return std::ranges::any_of(planned.discovered, [&](const DiscoveredTest& test) {
    return test.key == key &&
           std::ranges::find(chunk.discovers, test.target) != chunk.discovers.end();
  });
}

using Verdicts = std::map<TestKey, Verdict>;

/// Puts the chunks together, in the plan's order.
class Joining {
 public:
  explicit Joining(const Plan& plan)
  {
    for (const Chunk& chunk : plan.chunks) {
      discovering_.insert(chunk.discovers.begin(), chunk.discovers.end());
    }
  }

  /// Takes the chunk's results out of `file`.
  Result<void> add(const Chunk& chunk, const ResultsFile& file)
  {
    MergedChunk summary;
    summary.index = chunk.index;
    summary.run_id = file.results.run.run_id;
    summary.predicted_s = chunk.predicted_s;
    const std::set<TestKey> planned(chunk.tests.begin(), chunk.tests.end());
    Verdicts verdicts;
    for (const KeptAttempt& attempt : file.results.attempts) {
      const TestKey& key = attempt.result.key;
      if (attempt.result.chunk != chunk.index) {
        continue;
      }
      if (!planned.contains(key) && !is_discovered(chunk, *file.results.planned, key)) {
        return data_error(fmt::format("{} has a result of the test {} in chunk {}, where the plan "
                                      "does not have it",
                                      file.path, key.display(), chunk.index));
      }
      take(attempt, summary);
      if (!attempt.result.again && !verdicts.emplace(key, attempt.result.verdict).second) {
        return data_error(fmt::format("{} has two results of the test {} in chunk {}", file.path,
                                      key.display(), chunk.index));
      }
    }
    note_gaps(chunk, *file.results.planned, verdicts);
    merge_.results.chunks.push_back(std::move(summary));
    return {};
  }

  void add_missing(const Chunk& chunk) { merge_.gaps.chunks.push_back(chunk.index); }

  [[nodiscard]] Merge take_merge() { return std::move(merge_); }

 private:
  void take(const KeptAttempt& attempt, MergedChunk& chunk)
  {
    KeptAttempt kept = attempt;
    TestResult& result = kept.result;
    result.index = next_index_;
    if (result.started_us > 0) {
      chunk.started_us =
          chunk.started_us == 0 ? result.started_us : std::min(chunk.started_us, result.started_us);
      chunk.ended_us = std::max(chunk.ended_us, result.started_us + result.duration_us);
    }
    if (!result.again) {
      ++next_index_;
      ++chunk.tests;
      chunk.failed += is_failure(result.verdict) ? 1 : 0;
    }
    merge_.results.attempts.push_back(std::move(kept));
  }

  void note_gaps(const Chunk& chunk, const PlannedRun& planned, const Verdicts& verdicts)
  {
    const auto expect = [&](const TestKey& key) {
      const auto found = verdicts.find(key);
      if (found == verdicts.end() || found->second == Verdict::cancelled) {
        merge_.gaps.tests.push_back({chunk.index, key});
      }
    };
    for (const TestKey& key : chunk.tests) {
      if (verdicts.contains(key) || !was_placeholder(key)) {
        expect(key);
      }
    }
    for (const DiscoveredTest& test : planned.discovered) {
      if (std::ranges::find(chunk.discovers, test.target) != chunk.discovers.end()) {
        expect(test.key);
      }
    }
  }

  /// Whether it only stood in for what a target, built since, lists by itself.
  [[nodiscard]] bool was_placeholder(const TestKey& key) const
  {
    const std::size_t mark = key.name.rfind("_NOT_BUILT");
    return mark != std::string::npos && discovering_.contains(key.name.substr(0, mark));
  }

  std::set<std::string> discovering_;
  std::uint32_t next_index_ = 0;
  Merge merge_;
};

/// Of which project the runs were, as far as they agree.
std::string common_project(const ChosenFiles& files)
{
  std::set<std::string> projects;
  for (const auto& [chunk, file] : files) {
    projects.insert(file->results.run.project);
  }
  return projects.size() == 1 ? *projects.begin() : "";
}

} // namespace

Result<Merge> merge(const Plan& plan, const std::string& id, std::span<const ResultsFile> files,
                    Rerun rerun)
{
  const Result<ChosenFiles> chosen = choose_files(plan, id, files, rerun);
  if (!chosen) {
    return chosen.error();
  }
  Joining joining(plan);
  for (const Chunk& chunk : plan.chunks) {
    const auto file = chosen->find(chunk.index);
    if (file == chosen->end()) {
      joining.add_missing(chunk);
    } else if (const Result<void> added = joining.add(chunk, *file->second); !added) {
      return added.error();
    }
  }
  Merge merged = joining.take_merge();
  merged.results.plan_id = id;
  merged.results.commit = plan.commit;
  merged.results.project = common_project(*chosen);
  return merged;
}

} // namespace winnow::split
