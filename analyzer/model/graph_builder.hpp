// Collects the parts of a graph and lays them out as an image.
#pragma once

#include "analyzer/model/graph.hpp"
#include "analyzer/model/graph_layout.hpp"
#include "analyzer/model/text_hash.hpp"

#include <boost/unordered/unordered_flat_map.hpp>

#include <cstdint>
#include <deque>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace winnow {

/// The ids it hands out are its own: finish() orders files by path and tests by key.
/// Edges may be added twice; the image has each (from, to, kind) once. Not thread-safe.
class GraphBuilder {
 public:
  GraphBuilder();

  GraphOrigin origin;

  /// The file of that graph path, added on first mention.
  FileId file(std::string_view graph_path);
  [[nodiscard]] std::optional<FileId> find_file(std::string_view graph_path) const;
  [[nodiscard]] std::string_view path(FileId file) const;
  [[nodiscard]] std::size_t file_count() const;
  void set_recorded_hash(FileId file, ContentHash hash);

  StepId add_step(StepRecord step);
  StepRecord& step(StepId step);
  [[nodiscard]] std::size_t step_count() const;
  TargetId add_target(TargetRecord target);
  TargetRecord& target(TargetId target);
  [[nodiscard]] std::size_t target_count() const;
  TestId add_test(TestRecord test);
  TestRecord& test(TestId test);
  [[nodiscard]] std::size_t test_count() const;

  /// The same id for equal records.
  SearchId search(const SearchRecord& record);
  /// The same id for equal lists.
  DefinitionsId definitions(const std::vector<DefinitionRecord>& list);
  /// `includer` has a directive, in whatever branch, that reads a file or asks whether it exists,
  /// or a literal that may name one.
  void add_include(FileId includer, NameForm form, std::string_view name);

  /// The text of the file, or the command of the step or test, says the key (said_key.hpp).
  void add_said(FileId by, std::string_view key);
  void add_said(StepId by, std::string_view key);
  void add_said(TestId by, std::string_view key);

  /// Makes room for so many inputs, which spares copying them while they grow.
  void expect_inputs(std::size_t count);

  void add_input(FileId input, StepId step, EdgeKind kind)
  {
    parts_.file_to_step.add(input.value, step.value, kind);
  }

  void add_output(StepId step, FileId output, EdgeKind kind = EdgeKind::output);
  void add_test_input(FileId input, TestId test, EdgeKind kind);
  /// `dependent` depends on `test`.
  void add_test_order(TestId test, TestId dependent, EdgeKind kind);

  /// The step that has `file` among its outputs, if any.
  [[nodiscard]] std::optional<StepId> producer(FileId file) const;

  /// The image of all that was added. The builder is empty afterwards.
  [[nodiscard]] GraphImage finish();

 private:
  std::deque<std::string>
      paths_; ///< stable addresses: keys of file_ids_ and the parts view into it
  boost::unordered_flat_map<std::string_view, FileId, TextHash> file_ids_;
  std::map<SearchRecord, SearchId> search_ids_;
  std::map<std::vector<DefinitionRecord>, DefinitionsId> definition_ids_;
  GraphParts parts_;
};

} // namespace winnow
