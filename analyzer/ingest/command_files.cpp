// Looks every word up once.
#include "analyzer/ingest/command_files.hpp"

#include "analyzer/ingest/text_file.hpp"
#include "analyzer/model/roots.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace winnow::ingest {
namespace {

std::string path_of(const std::string& word, const std::string& directory)
{
  return lexically_normal(word.starts_with('/') ? word : directory + "/" + word);
}

/// Whether the word behind it is a place to look for files in.
bool begins_search(const std::string& word)
{
  static constexpr std::array<std::string_view, 6> options{"-I",       "-L",      "-F",
                                                           "-isystem", "-iquote", "-idirafter"};
  return std::ranges::find(options, word) != options.end();
}

/// `cmake -E cmake_transform_depfile`, with which CMake follows commands that have a DEPFILE: what
/// directories it is given are those that the paths in the depfile are relative to.
constexpr std::string_view depfile_transformer = "cmake_transform_depfile";
constexpr std::size_t depfile_transformer_arguments = 8;

} // namespace

std::vector<const NamedFile*> CommandFiles::named_by(std::string_view command, const Names& known)
{
  std::vector<const NamedFile*> files;
  for (const DirectoryWords& group : command_words(command, files_.roots().build)) {
    const bool as_in_build_file = group.directory == files_.roots().build;
    for (const std::string& word : group.words) {
      if ((as_in_build_file || word.starts_with('/')) && known.contains(word) &&
          is_one_piece(word)) {
        continue;
      }
      const std::vector<const NamedFile*>& named = named_by_word(word, group.directory);
      files.insert(files.end(), named.begin(), named.end());
    }
  }
  return files;
}

const std::vector<const NamedFile*>& CommandFiles::named_by_word(const std::string& word,
                                                                 const std::string& directory)
{
  const auto [at, added] = words_[directory].try_emplace(word);
  if (!added) {
    return at->second; // of a response file that names itself: what is known so far
  }
  std::vector<const NamedFile*>& files = at->second;
  for (const std::string& piece : path_pieces(word)) {
    if (const NamedFile* named = files_.existing_input(path_of(piece, directory))) {
      files.push_back(named);
    }
  }
  if (word.starts_with('@')) {
    add_named_in_response_file(path_of(word.substr(1), directory), directory, files);
  }
  return files;
}

void CommandFiles::add_named_in_response_file(const std::string& path, const std::string& directory,
                                              std::vector<const NamedFile*>& files)
{
  const NamedFile* response_file = files_.existing_input(path);
  const Result<std::string> text =
      response_file != nullptr ? read_text_file(path) : Result<std::string>(std::string());
  if (text.has_error()) {
    return; // made by a step, and not there yet
  }
  for (const DirectoryWords& group : command_words(*text, directory)) {
    for (const std::string& word : group.words) {
      const std::vector<const NamedFile*>& named = named_by_word(word, group.directory);
      files.insert(files.end(), named.begin(), named.end());
    }
  }
}

std::vector<FileId> CommandFiles::below_directories_of(std::string_view command)
{
  std::vector<FileId> files;
  const std::vector<DirectoryWords> groups = command_words(command, files_.roots().build);
  for (auto group = groups.begin() + 1; group != groups.end(); ++group) {
    bool searches = false;
    std::size_t passed_over = 0;
    for (const std::string& word : group->words) {
      if (passed_over > 0) {
        --passed_over;
        continue;
      }
      passed_over = word == depfile_transformer ? depfile_transformer_arguments : 0;
      const bool searched = std::exchange(searches, begins_search(word));
      if (searched || word.starts_with('-')) {
        continue;
      }
      const std::string path = path_of(word, group->directory);
      if (origin_of(files_.roots().graph_path(path)) == Origin::source &&
          files_.is_inner_directory(path)) {
        const std::vector<FileId>& below = files_.below(path);
        files.insert(files.end(), below.begin(), below.end());
      }
    }
  }
  return files;
}

} // namespace winnow::ingest
