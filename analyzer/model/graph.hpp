// The graph: files, steps, tests and why one depends on another, at one known state of the sources.
//
// A Graph reads one contiguous image, usually a mapped file (graph_format.hpp has its layout);
// opening it costs a checksum, not a parse. It is immutable, and any number of threads may read it.
#pragma once

#include "analyzer/model/content_hash.hpp"
#include "analyzer/model/error.hpp"
#include "analyzer/model/graph_records.hpp"
#include "analyzer/model/ids.hpp"
#include "analyzer/model/neighbours.hpp"

#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace winnow {

/// An immutable image of a graph, aligned to 8 bytes, kept alive as long as a Graph reads it.
using GraphImage = std::shared_ptr<const std::vector<std::byte>>;

/// A `-DNAME=VALUE` of a command; the value is a fingerprint.
struct Definition {
  std::string_view name;
  std::uint64_t value;
};

struct GraphBytes;

enum class NodeKind { file, step, test };

/// Who wrote an image. The rows of one from elsewhere are checked too, not only its checksum, and
/// of one that this process has just made neither.
enum class GraphSource { this_process, this_machine, elsewhere };

class Graph {
 public:
  /// Maps `path`. A data error says what is wrong: another version, truncated, checksum mismatch,
  /// a damaged row.
  static Result<Graph> open(const std::string& path,
                            GraphSource source = GraphSource::this_machine);
  /// Reads an image from memory, checked in the same way.
  static Result<Graph> from_image(GraphImage image, GraphSource source = GraphSource::this_machine);

  [[nodiscard]] GraphOrigin origin() const;
  [[nodiscard]] std::span<const std::byte> bytes() const;
  /// MappedFile::drop_pages(), where the image is one.
  void drop_pages() const;

  [[nodiscard]] std::size_t file_count() const;
  [[nodiscard]] std::size_t step_count() const;
  [[nodiscard]] std::size_t target_count() const;
  [[nodiscard]] std::size_t test_count() const;
  [[nodiscard]] std::size_t node_count() const;
  [[nodiscard]] std::size_t edge_count() const;

  /// Files are ordered by path.
  [[nodiscard]] std::string_view path(FileId file) const;
  [[nodiscard]] std::optional<FileId> find_file(std::string_view graph_path) const;
  /// Content when the graph was recorded; unknown for outputs of steps, for files that were
  /// missing, and for files already newer than an object that read them: those count as changed.
  [[nodiscard]] ContentHash recorded_hash(FileId file) const;
  /// Whether a step produces it.
  [[nodiscard]] bool is_output(FileId file) const;

  [[nodiscard]] StepKind step_kind(StepId step) const;
  [[nodiscard]] HeaderList header_list(StepId step) const;
  [[nodiscard]] std::optional<TargetId> target_of(StepId step) const;
  [[nodiscard]] std::string_view rule(StepId step) const;
  /// Of its whole command.
  [[nodiscard]] std::uint64_t fingerprint(StepId step) const;
  /// Of its command without the values of its definitions.
  [[nodiscard]] std::uint64_t frame_fingerprint(StepId step) const;
  /// In the order of its command.
  [[nodiscard]] std::vector<Definition> definitions(StepId step) const;
  /// The steps with a definition that names this directory of the sources.
  [[nodiscard]] std::vector<StepId> steps_told_of(std::string_view directory) const;
  /// Whether ninja runs the custom command if it is asked for nothing.
  [[nodiscard]] bool is_built_by_default(StepId step) const;

  /// How many different searches there are.
  [[nodiscard]] std::size_t search_count() const;
  /// Where a step looks for what it includes; nothing if that is not understood.
  [[nodiscard]] std::optional<SearchId> search(StepId step) const;
  /// Whether any step says where it looks: else includers() tells nothing.
  [[nodiscard]] bool knows_includes() const;
  /// The place of a directory in a search, counted among all its directories; "" is the source
  /// root, "@build" the build root.
  [[nodiscard]] std::optional<std::uint32_t> place_in(SearchId search,
                                                      std::string_view directory) const;
  [[nodiscard]] std::vector<std::string_view> directories(SearchId search) const;
  [[nodiscard]] std::uint32_t first_angled(SearchId search) const;
  /// The files that have a directive of that name and form, or of data that somebody is known to
  /// read a literal with that key.
  [[nodiscard]] std::vector<FileId> includers(std::string_view name, NameForm form) const;
  /// What says a key of what may be read (said_key.hpp): steps and tests by their commands, files
  /// by their text.
  [[nodiscard]] std::vector<NodeId> said_by(std::string_view key) const;
  /// With every directive: visit(the file that has it, its form, its name), by name.
  void for_each_include(const std::function<void(FileId, NameForm, std::string_view)>& visit) const;
  /// The names of directives, of any form, and keys of literals, that begin with `prefix`.
  [[nodiscard]] std::vector<std::string_view> included_names(std::string_view prefix) const;

  [[nodiscard]] std::string_view target_name(TargetId target) const;
  [[nodiscard]] std::string_view target_type(TargetId target) const;
  [[nodiscard]] std::string_view target_directory(TargetId target) const;
  [[nodiscard]] std::vector<FileId> artifacts(TargetId target) const;
  /// The first target of that name, in the order of their directories.
  [[nodiscard]] std::optional<TargetId> find_target(std::string_view name) const;

  /// Tests are ordered by key.
  [[nodiscard]] TestKey key(TestId test) const;
  /// Of the key, without a copy.
  [[nodiscard]] std::string_view name(TestId test) const;
  [[nodiscard]] std::optional<TestId> find_test(const TestKey& key) const;
  [[nodiscard]] Mapping mapping(TestId test) const;
  [[nodiscard]] TestOrigin test_origin(TestId test) const;
  [[nodiscard]] std::uint64_t fingerprint(TestId test) const;
  [[nodiscard]] std::string_view source_directory(TestId test) const;
  [[nodiscard]] std::string_view defined_at(TestId test) const;
  [[nodiscard]] std::vector<TargetId> targets(TestId test) const;

  [[nodiscard]] NodeKind kind(NodeId node) const;
  [[nodiscard]] NodeId node(FileId file) const;
  [[nodiscard]] NodeId node(StepId step) const;
  [[nodiscard]] NodeId node(TestId test) const;
  /// Each requires kind(node) to be the asked one.
  [[nodiscard]] FileId file(NodeId node) const;
  [[nodiscard]] StepId step(NodeId node) const;
  [[nodiscard]] TestId test(NodeId node) const;

  /// What depends directly on `node`, ordered by node.
  [[nodiscard]] Neighbours dependents(NodeId node) const;
  /// What `node` depends on directly, ordered by node.
  [[nodiscard]] Neighbours dependencies(NodeId node) const;

 private:
  explicit Graph(std::shared_ptr<const GraphBytes> image);

  std::shared_ptr<const GraphBytes> image_;
};

} // namespace winnow
