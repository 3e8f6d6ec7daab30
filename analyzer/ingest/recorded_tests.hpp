// The tests of a graph under construction.
#pragma once

#include "analyzer/ingest/ctest_files.hpp"
#include "analyzer/ingest/export_file.hpp"
#include "analyzer/ingest/test_inputs.hpp"
#include "analyzer/model/graph_builder.hpp"

#include <string>
#include <unordered_map>
#include <vector>

namespace winnow::ingest {

class RecordedTests {
 public:
  RecordedTests(GraphBuilder& builder, const Roots& roots, TestInputs& inputs)
      : builder_(builder), roots_(roots), inputs_(inputs)
  {}

  /// Adds all tests with what they run and read, what the project declared of them, and their
  /// order. Completes the listing with declared resources.
  void record(TestListing& listing, const Export& exported);

 private:
  void add_test(const TestDescription& test, const TestListing& listing);
  void add_inputs(TestId test, const std::vector<TestInput>& found);
  void add_order(const TestListing& listing);
  [[nodiscard]] std::vector<std::size_t> named(const std::string& name,
                                               const std::string& source_directory) const;

  GraphBuilder& builder_;
  const Roots& roots_;
  TestInputs& inputs_;
  std::vector<TestId> ids_; ///< by index in the listing
  std::unordered_map<std::string, std::vector<std::size_t>> by_name_;
};

} // namespace winnow::ingest
