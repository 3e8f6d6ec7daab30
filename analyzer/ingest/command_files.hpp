// The files that commands of a build tree name, or find below a directory that they name.
#pragma once

#include "analyzer/ingest/recorded_files.hpp"
#include "analyzer/ingest/step_commands.hpp"
#include "analyzer/model/text_hash.hpp"

#include <span>
#include <string>
#include <unordered_map>
#include <vector>

namespace winnow::ingest {

class CommandFiles {
 public:
  /// All outputs must have been added to `files`, which must outlive this.
  explicit CommandFiles(RecordedFiles& files) : files_(files) {}

  /// Existing files below the roots that the words name, also in quoted commands, behind options,
  /// and in `@response` files. `names` must outlive this, too.
  const std::vector<const NamedFile*>& named_by(const CommandNames& names);

  /// The directories below the roots that the words name, also behind options: where a tool may
  /// look for what its inputs name. `names` must outlive this, too.
  const std::vector<std::string>& directories_named_by(const CommandNames& names);

  /// What lies below those of the paths that are directories.
  std::vector<FileId> below(std::span<const std::string> paths);

 private:
  /// The files that each word names.
  using Words = std::unordered_map<std::string, std::vector<const NamedFile*>, TextHash>;

  const std::vector<const NamedFile*>& named_by_word(const std::string& word,
                                                     const std::string& directory, Words& known);
  void add_named_by(std::span<const DirectoryWords> words, std::vector<const NamedFile*>& files);
  void add_named_in_response_file(const std::string& path, const std::string& directory,
                                  std::vector<const NamedFile*>& files);

  RecordedFiles& files_;
  std::unordered_map<const CommandNames*, std::vector<const NamedFile*>> named_;
  std::unordered_map<const CommandNames*, std::vector<std::string>> directories_;
  /// By directory: most words of commands repeat.
  std::unordered_map<std::string, Words> words_;
};

} // namespace winnow::ingest
