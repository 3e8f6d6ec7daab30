// What a tool or script may read of its own accord, as the text of its inputs tells.
#pragma once

#include "analyzer/ingest/recorded_files.hpp"
#include "analyzer/model/graph_builder.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

namespace winnow::ingest {

/// Imports, includes and lists of a tool's own language name files from where they stand, from the
/// source root, or from a directory that the text or the tool's command names: with their
/// extension, or without that of the file they stand in (`import a.b`, `include(list)`). What they
/// are in that language is not known: every word that is such a file counts.
class MentionedFiles {
 public:
  /// Whose text is looked at, of the files that were found.
  enum class Follow {
    all,
    all_but_code, ///< what compilers read names more than a tool is interested in
    scripts
  };

  /// All outputs must have been added to `files`; both must outlive this.
  MentionedFiles(const GraphBuilder& builder, RecordedFiles& files)
      : builder_(builder), files_(files)
  {}

  /// The existing files, of those that no step makes, that `files` mention, that those mention, and
  /// so on. `directories` are absolute.
  std::vector<FileId> behind(std::span<const FileId> files,
                             std::span<const std::string> directories, Follow follow);

  /// Whether an interpreter reads the file: by its name, or, without an extension, by its first
  /// characters.
  bool is_script(FileId file);

 private:
  using Names = std::unordered_set<std::string>;

  struct Text {
    std::vector<std::string> words;
    std::vector<std::string> imported; ///< of the words, in a script
    std::vector<FileId> own;           ///< from where it stands, and where it says
    std::string path;                  ///< absolute
  };

  bool is_followed(FileId file, Follow follow);
  const Text& text_of(FileId file);
  const std::vector<FileId>& in_directory(FileId file, const std::string& directory);
  std::vector<std::string> directories_named_in(const Text& text);
  void add_named(const Text& text, std::span<const std::string> without_extension,
                 std::span<const std::string> directories, std::vector<FileId>& found);
  std::vector<std::string> names_of(const std::vector<std::string>& words) const;
  std::optional<FileId> file_at(const std::string& directory, const std::string& name);
  const Names& names_in(const std::string& directory);

  const GraphBuilder& builder_;
  RecordedFiles& files_;
  std::unordered_map<FileId, Text> texts_;
  std::map<std::pair<std::uint32_t, std::string>, std::vector<FileId>> in_directories_;
  std::unordered_map<std::string, Names> names_; ///< by directory: most words are no names
  std::unordered_map<FileId, bool> scripts_;
};

} // namespace winnow::ingest
