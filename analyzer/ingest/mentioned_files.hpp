// What a tool may read of its own accord, as the text of its inputs tells.
#pragma once

#include "analyzer/ingest/recorded_files.hpp"
#include "analyzer/model/graph_builder.hpp"

#include <span>
#include <string>
#include <unordered_map>
#include <vector>

namespace winnow::ingest {

/// Imports, includes and lists of a tool's own language name files from where they stand, or from
/// the source root. What they are in that language is not known: every word that is such a file
/// counts.
class MentionedFiles {
 public:
  /// All outputs must have been added to `files`; both must outlive this.
  MentionedFiles(const GraphBuilder& builder, RecordedFiles& files)
      : builder_(builder), files_(files)
  {}

  /// The existing files, of those that no step makes, that `files` mention, that those mention, and
  /// so on.
  std::vector<FileId> behind(std::span<const FileId> files);

 private:
  const std::vector<FileId>& mentioned_in(FileId file);

  const GraphBuilder& builder_;
  RecordedFiles& files_;
  std::unordered_map<FileId, std::vector<FileId>> mentioned_;
};

} // namespace winnow::ingest
