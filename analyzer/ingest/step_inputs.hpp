// The edges from files to steps of a graph under construction.
#pragma once

#include "analyzer/ingest/data_names.hpp"
#include "analyzer/ingest/generator_inputs.hpp"
#include "analyzer/ingest/recorded_files.hpp"
#include "analyzer/model/graph_builder.hpp"
#include "analyzer/model/text_hash.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_set>
#include <utility>
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

  void add(StepId step, FileId file, EdgeKind kind)
  {
    Use& use = use_of(file);
    if (std::exchange(use.last_reader, step.value + 1) == step.value + 1) {
      return;
    }
    builder_.add_input(file, step, kind);
    if (kind == EdgeKind::mentioned) {
      return; // it may be no input at all
    }
    const Reader& by = reader(step);
    if (!by.compiles) {
      generators_.add(step, file);
    } else if (kind != EdgeKind::ordered_before) {
      use.is_compiled = true;
    }
    use.is_build_input |= !by.configures;
  }

  /// Adds the names of what commands read and no compiler does.
  void add_data_names(DataNames& names) const;

  /// Whether the step made the file. One in the build tree that no step makes was written by the
  /// configuration, unless it is younger: then it is what some step leaves behind.
  [[nodiscard]] bool is_left_by(StepId step, FileId file);

  /// Whether some step other than the configuration reads the file.
  [[nodiscard]] bool is_build_input(FileId file) const
  {
    return file.value < uses_.size() && uses_[file.value].is_build_input;
  }

  /// Whether a compile step reads the file.
  [[nodiscard]] bool is_compiled(FileId file) const
  {
    return file.value < uses_.size() && uses_[file.value].is_compiled;
  }

 private:
  /// Of the step whose inputs are being added: asked for each of ten million edges.
  struct Reader {
    StepId step;
    bool configures;
    bool compiles;
  };

  struct Use {
    std::uint32_t last_reader = 0; ///< one more than the last step it is an input of
    bool is_build_input = false;
    bool is_compiled = false;
  };

  [[nodiscard]] Reader reader_of(StepId step) const;

  const Reader& reader(StepId step)
  {
    return reader_ && reader_->step == step ? *reader_ : reader_.emplace(reader_of(step));
  }

  Use& use_of(FileId file)
  {
    if (uses_.size() <= file.value) {
      uses_.resize(builder_.file_count());
    }
    return uses_[file.value];
  }

  GraphBuilder& builder_;
  RecordedFiles& files_;
  GeneratorInputs& generators_;
  std::unordered_set<std::string, TextHash, std::equal_to<>> marks_; ///< graph paths
  std::vector<Use> uses_;                                            ///< by file
  std::int64_t configured_ns_;
  std::optional<Reader> reader_;
};

} // namespace winnow::ingest
