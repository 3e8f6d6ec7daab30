// The edges from files to steps of a graph under construction.
#pragma once

#include "analyzer/ingest/generator_inputs.hpp"
#include "analyzer/ingest/recorded_files.hpp"
#include "analyzer/model/graph_builder.hpp"
#include "analyzer/model/id_set.hpp"
#include "analyzer/model/text_hash.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

namespace winnow::ingest {

/// A file is an input of a step for one reason, the first that is given: give them from the most
/// telling to the least, and all those of one step before the next one's.
class StepInputs {
 public:
  /// All must outlive this.
  StepInputs(GraphBuilder& builder, RecordedFiles& files, GeneratorInputs& generators);

  /// An output of an edge that was left out: nothing need be on disk for it.
  void add_mark(std::string_view path) { marks_.insert(files_.output_path(path)); }

  /// What the build file, or a tool, calls `path`; of a directory, what lies in it.
  void add(StepId step, std::string_view path, EdgeKind kind);
  void add(StepId step, const NamedFile& file, EdgeKind kind);
  void add(StepId step, FileId file, EdgeKind kind);

  /// Whether the step made the file. One in the build tree that no step makes was written by the
  /// configuration, unless it is younger: then it is what some step leaves behind.
  [[nodiscard]] bool is_left_by(StepId step, FileId file);

  /// Whether some step other than the configuration reads the file.
  [[nodiscard]] bool is_build_input(FileId file) const { return build_inputs_.contains(file); }

  /// Whether a compile step reads the file.
  [[nodiscard]] bool is_compiled(FileId file) const { return compiled_.contains(file); }

 private:
  /// Of the step whose inputs are being added: asked for each of ten million edges.
  struct Reader {
    StepId step;
    bool configures;
    bool compiles;
  };

  const Reader& reader(StepId step);

  GraphBuilder& builder_;
  RecordedFiles& files_;
  GeneratorInputs& generators_;
  std::unordered_set<std::string, TextHash, std::equal_to<>> marks_; ///< graph paths
  IdSet<FileId> build_inputs_;
  IdSet<FileId> compiled_;
  std::vector<std::uint32_t>
      last_reader_; ///< by file: one more than the last step it is an input of
  std::int64_t configured_ns_;
  std::optional<Reader> reader_;
};

} // namespace winnow::ingest
