// The files that commands of a build tree name, or find below a directory that they name.
#pragma once

#include "analyzer/ingest/command_words.hpp"
#include "analyzer/ingest/recorded_files.hpp"
#include "analyzer/model/text_hash.hpp"

#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace winnow::ingest {

class CommandFiles {
 public:
  /// All outputs must have been added to `files`, which must outlive this.
  explicit CommandFiles(RecordedFiles& files) : files_(files) {}

  /// Names of files, as a build file has them.
  using Names = std::unordered_set<std::string_view, TextHash>;

  /// Existing files below the roots that `command` names, also in quoted commands, behind options,
  /// and in `@response` files. Words that are just one of `known`, the inputs and outputs of the
  /// step, are not looked up: most words of a compiler's command are.
  std::vector<const NamedFile*> named_by(std::string_view command, const Names& known = {});

  /// The sources below directories that what `command` runs after a `cd` is given, as CMake writes
  /// all commands of users. Not where options like -I only say where to look, nor what lies in the
  /// build tree, where commands mostly write.
  std::vector<FileId> below_directories_of(std::string_view command);

 private:
  const std::vector<const NamedFile*>& named_by_word(const std::string& word,
                                                     const std::string& directory);
  void add_named_in_response_file(const std::string& path, const std::string& directory,
                                  std::vector<const NamedFile*>& files);

  RecordedFiles& files_;
  /// By directory and word: most words of commands repeat.
  std::unordered_map<std::string,
                     std::unordered_map<std::string, std::vector<const NamedFile*>, TextHash>>
      words_;
};

} // namespace winnow::ingest
