// Looks every word up once.
#include "analyzer/ingest/command_files.hpp"

#include "analyzer/ingest/text_file.hpp"

namespace winnow::ingest {

const std::vector<const NamedFile*>& CommandFiles::named_by(const CommandNames& names)
{
  const auto [at, added] = named_.try_emplace(&names);
  if (added) {
    add_named_by(names.words, at->second);
  }
  return at->second;
}

void CommandFiles::add_named_by(std::span<const DirectoryWords> words,
                                std::vector<const NamedFile*>& files)
{
  for (const DirectoryWords& group : words) {
    Words& known = words_[group.directory];
    for (const std::string& word : group.words) {
      const std::vector<const NamedFile*>& named = named_by_word(word, group.directory, known);
      files.insert(files.end(), named.begin(), named.end());
    }
  }
}

const std::vector<const NamedFile*>&
CommandFiles::named_by_word(const std::string& word, const std::string& directory, Words& known)
{
  const auto [at, added] = known.try_emplace(word);
  if (!added) {
    return at->second; // of a response file that names itself: what is known so far
  }
  std::vector<const NamedFile*>& files = at->second;
  for (const std::string& piece : path_pieces(word)) {
    if (const NamedFile* named = files_.existing_input(from_directory(piece, directory))) {
      files.push_back(named);
    }
  }
  if (word.starts_with('@')) {
    add_named_in_response_file(from_directory(word.substr(1), directory), directory, files);
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
  add_named_by(command_words(shell_words(*text), directory), files);
}

const std::vector<std::string>& CommandFiles::directories_named_by(const CommandNames& names)
{
  const auto [at, added] = directories_.try_emplace(&names);
  if (added) {
    for (const DirectoryWords& group : names.words) {
      for (const std::string& word : group.words) {
        for (const std::string& piece : path_pieces(word)) {
          std::string path = from_directory(piece, group.directory);
          if (files_.is_inner_directory(path)) {
            at->second.push_back(std::move(path));
          }
        }
      }
    }
  }
  return at->second;
}

std::vector<FileId> CommandFiles::below(std::span<const std::string> paths)
{
  std::vector<FileId> files;
  for (const std::string& path : paths) {
    if (files_.is_inner_directory(path)) {
      const std::vector<FileId>& below = files_.below(path);
      files.insert(files.end(), below.begin(), below.end());
    }
  }
  return files;
}

} // namespace winnow::ingest
