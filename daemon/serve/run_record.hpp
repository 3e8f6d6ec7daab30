// Documents about a run, made from what the store keeps of it.
#pragma once

#include "analyzer/model/run_event.hpp"
#include "daemon/serve/ended_run.hpp"
#include "daemon/store/store.hpp"

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace winnow::serve {

/// A run in the store.
struct RunRecord {
  RunSummary run;
  std::vector<store::StoredResult> results; ///< every attempt, in the order they ended
  std::string output_path;
  std::shared_ptr<const EndedRun> remembered; ///< nullptr if the daemon does not remember it
};

std::string results_document(const RunRecord& record);
/// The tests with this name or this directory/name, each once.
std::vector<TestInRun> tests_called(const RunRecord& record, const std::string& name);

/// Bytes of the run's outputs; fewer where the file is shorter.
std::string output_bytes(const std::string& output_path, std::uint64_t offset,
                         std::uint64_t length);

} // namespace winnow::serve
