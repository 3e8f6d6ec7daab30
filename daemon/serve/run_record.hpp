// Documents about a run, made from what the store keeps of it.
#pragma once

#include "analyzer/model/run_event.hpp"
#include "daemon/store/store.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace winnow::serve {

/// A run in the store.
struct RunRecord {
  RunSummary run;
  std::vector<store::StoredResult> results; ///< every attempt, in the order they ended
  std::string output_path;
};

/// The events as a follower would have read them, without the starts; without an end if the run has
/// none.
std::string event_lines(const RunRecord& record);
std::string results_document(const RunRecord& record);
/// The tests with this name or this directory/name, each once.
std::vector<TestInRun> tests_called(const RunRecord& record, const std::string& name);

/// Bytes of the run's outputs; fewer where the file is shorter.
std::string output_bytes(const std::string& output_path, std::uint64_t offset,
                         std::uint64_t length);

} // namespace winnow::serve
