// A build tree as a query sees it: configured, recorded, its tests known.
#pragma once

#include "analyzer/change/work_tree.hpp"
#include "analyzer/ingest/build_tree.hpp"
#include "analyzer/ingest/ctest_files.hpp"
#include "analyzer/model/graph.hpp"
#include "analyzer/model/greens.hpp"
#include "analyzer/model/test_description.hpp"
#include "analyzer/select/leaf_inputs.hpp"
#include "daemon/client/build_options.hpp"
#include "daemon/client/snapshots.hpp"

#include <future>
#include <optional>
#include <string>
#include <vector>

namespace winnow::client {

struct BuildContext {
  ingest::BuildTree tree;
  Graph graph;                              ///< of the build tree as it is now
  select::LeafInputs leaves;                ///< of that graph
  std::vector<FileVersion> outside;         ///< the contents of leaves.outside() now, by path
  std::vector<ChangedFile> changed_outside; ///< what the graph was not recorded from, of those
  std::optional<std::string> configuration; ///< the configuration_state() of that graph
  bool recorded_now;                        ///< the graph was not at hand
  change::WorkTree work_tree;               ///< as it is now
  /// That came or went since the recording, and what a run's first selection found of the sort.
  std::vector<ChangedFile> headers_beside_git;
  std::string build_stamp; ///< names the graph among the snapshots
  /// Of tests that were red when they ran last; asked for while git looked at the work tree.
  std::shared_future<Result<Greens>> red_tests;
  Configure configure = Configure::when_needed;
  int verbosity = 0;         ///< of BuildOptions
  std::string stale_because; ///< what the tree was not configured for, with --no-configure; else ""
};

/// Opens the build tree meant by `options`, configures it again where its CMake inputs are newer or
/// what else configuring read has changed (said on standard error), and gives its graph: the kept
/// one when the tree is as it was, else recorded anew and kept. `base`: what becomes of a base when
/// it is recorded.
Result<BuildContext> open_context(const BuildOptions& options, Known base = Known::stays);

/// What the CTest files and the export say now of the build tree's tests.
Result<ingest::TestListing> test_listing(const BuildContext& context);

/// The tests of the build tree as its CTest files list them now, in ctest's order.
Result<std::vector<TestDescription>> listed_tests(const BuildContext& context);

/// Records the graph of `tree` and keeps it, also where one is at hand.
Result<Graph> record_anew(const ingest::BuildTree& tree, const SourceState& sources,
                          Known base = Known::stays);

} // namespace winnow::client
