// The tests of a graph under construction.
#pragma once

#include "analyzer/ingest/ctest_files.hpp"
#include "analyzer/ingest/data_names.hpp"
#include "analyzer/ingest/export_file.hpp"
#include "analyzer/ingest/recorded_sayings.hpp"
#include "analyzer/ingest/test_inputs.hpp"
#include "analyzer/ingest/test_names.hpp"
#include "analyzer/model/graph_builder.hpp"

#include <vector>

namespace winnow::ingest {

class RecordedTests {
 public:
  RecordedTests(GraphBuilder& builder, const Roots& roots, TestInputs& inputs,
                RecordedSayings& sayings)
      : builder_(builder), roots_(roots), inputs_(inputs), sayings_(sayings)
  {}

  /// Adds all tests with what they run and read, what the project declared of them, and their
  /// order.
  void record(const TestListing& listing, const Export& exported);

  /// Of the files of the sources that tests are known to read.
  [[nodiscard]] const DataNames& data_names() const { return data_names_; }

 private:
  void add_test(const TestDescription& test, const TestListing& listing, DirectoryUse directories,
                ScriptUse scripts);
  void add_inputs(TestId test, const std::vector<TestInput>& found);
  void add_order(const TestListing& listing, const TestNames& names);

  GraphBuilder& builder_;
  const Roots& roots_;
  TestInputs& inputs_;
  RecordedSayings& sayings_;
  std::vector<TestId> ids_; ///< by index in the listing
  DataNames data_names_;
};

} // namespace winnow::ingest
