// A build tree becomes a graph.
#pragma once

#include "analyzer/ingest/build_stamp.hpp"
#include "analyzer/ingest/build_tree.hpp"
#include "analyzer/ingest/ctest_files.hpp"
#include "analyzer/ingest/export_file.hpp"
#include "analyzer/ingest/include_index.hpp"
#include "analyzer/ingest/ninja_deps.hpp"
#include "analyzer/ingest/ninja_manifest.hpp"
#include "analyzer/ingest/step_commands.hpp"
#include "analyzer/model/change.hpp"
#include "analyzer/model/error.hpp"
#include "analyzer/model/graph.hpp"
#include "analyzer/model/outside_contents.hpp"
#include "analyzer/model/test_description.hpp"

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace winnow::ingest {

/// What the files of a build tree say, parsed. That takes no look at the sources.
struct TreeDescription {
  std::string build_stamp; ///< from before anything was read
  NinjaManifest manifest;
  Export exported;
  TestListing listing;
  StepCommands commands;
  Result<NinjaDeps> deps; ///< why not: headers are then looked for
  IncludeIndex includes;
  OutsideContents outside;
};

struct RecordedGraph {
  GraphImage image;
  std::vector<TestDescription> tests;    ///< in ctest's order
  std::vector<std::string> warnings;     ///< what could not be read and what that costs; fragments
  std::vector<std::string> undiscovered; ///< as in TestListing
  /// What to keep as `<build>/` + include_index_path, so that the next recording reads only what
  /// changed; nothing if that is what it holds already.
  std::optional<std::string> include_index;
  /// The same of outside_contents_path.
  std::optional<std::string> outside_contents;
};

/// The rule of the step that configures; its inputs are what CMake says it reads.
inline constexpr std::string_view configure_rule = "RERUN_CMAKE";

inline constexpr std::string_view include_index_path = ".winnow/include_index";
inline constexpr std::string_view outside_contents_path = ".winnow/outside_contents";

/// Data errors name the file at fault. Nothing may be recorded of a description whose listing has
/// files that were not evaluated: it lacks their tests.
Result<TreeDescription> describe_tree(const BuildTree& tree, const CMakeEvaluator& evaluator = {});

/// The part of a description that build.ninja does not tell.
struct DescribedTests {
  Export exported;
  TestListing listing;
  Result<NinjaDeps> deps;
  IncludeIndex includes;
  OutsideContents outside;
};

Result<DescribedTests> describe_tests(const BuildTree& tree, const CMakeEvaluator& evaluator = {});

/// The same for who has a thread to describe the tests meanwhile: `tests` is called last, and waits
/// for it. The stamp is the current one of before either began.
Result<TreeDescription> describe_tree(const BuildTree& tree, std::string build_stamp,
                                      const std::function<Result<DescribedTests>()>& tests);

/// Records what the files of the build tree and, looked at now, of the sources say; runs nothing.
/// `tracked` gives the contents git already knows and
/// the data files below a directory; without it files are read and directories walked.
///
/// Deviations from what ninja would do, so that nothing is missed: files that only a command line
/// names are inputs, and a link that leads to an input is one itself. A compile step whose header
/// list is missing, or older than its object or than something in it, gets the headers that the
/// text of its sources can include; where that leads to files not made yet, it depends on every
/// generated file that its target waits for.
///
/// `earlier` is another graph of the same build tree, or null: as long as the tree was not
/// configured again it knows what configuring read better than a look at the sources of now.
RecordedGraph record_graph(const BuildTree& tree, TreeDescription description,
                           const SourceState* tracked, const Graph* earlier = nullptr);

} // namespace winnow::ingest
