// The tests of a build tree, completed with what the project states of them.
#pragma once

#include "analyzer/ingest/build_tree.hpp"
#include "analyzer/ingest/ctest_files.hpp"
#include "analyzer/ingest/export_file.hpp"
#include "analyzer/model/error.hpp"

namespace winnow::ingest {

/// The CTest files without the tests that CTestCustom has ignored, and with the resources that
/// winnow_test_resources() stated in `exported`. Also a CTestCustom can be among
/// TestListing::unevaluated; one that cannot be evaluated has nothing ignored.
Result<TestListing> read_tests(const BuildTree& tree, const Export& exported,
                               const CMakeEvaluator& evaluator = {});

/// Adds what `exported` states of tests and declares of kinds; places become graph paths.
void state_resources(const Export& exported, const Roots& roots, TestListing& listing);

/// The export of the tree, an empty one where the project has none. A data error if it is damaged.
Result<Export> read_export_of(const BuildTree& tree);

} // namespace winnow::ingest
