// Has CMake evaluate what is more than plain CMake code.
#pragma once

#include "analyzer/ingest/build_tree.hpp"
#include "analyzer/ingest/cmake_recording.hpp"
#include "analyzer/ingest/export_file.hpp"
#include "analyzer/ingest/read_tests.hpp"
#include "analyzer/model/error.hpp"
#include "daemon/client/program.hpp"

#include <cstdint>
#include <string>

namespace winnow::client {

/// Runs `cmake -P`, once for each evaluation; `output` is also that of what the scripts run. An
/// environment error when it cannot be run; a step error when it fails, which it said itself.
ingest::CMakeEvaluator cmake_evaluator(std::string cmake_command, ProgramOutput output);

/// The tests of the tree, everything evaluated: programs are asked for their cases, and CTest files
/// that are programs themselves are run, as ctest does at every call.
Result<ingest::TestListing> evaluated_tests(const ingest::BuildTree& tree,
                                            const ingest::Export& exported);

/// What CMake made of the files of the tree that are programs, to be kept with the graph of the
/// state that `build_stamp` names: a later state of the files they read may give other tests.
void keep_evaluation(const ingest::BuildTree& tree, const std::string& build_stamp,
                     std::uint64_t evaluated);

/// Whether the files that are programs, run again, give the tests that were recorded. Without such
/// files nothing is run or read.
bool evaluates_as_kept(const ingest::BuildTree& tree, const std::string& build_stamp);

} // namespace winnow::client
