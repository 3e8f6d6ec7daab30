// Words of files, tried as names.
#include "analyzer/ingest/mentioned_files.hpp"

#include "analyzer/ingest/text_words.hpp"
#include "analyzer/model/script_extension.hpp"

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>

namespace winnow::ingest {
namespace {

/// More are no search path, but words that happen to be names of directories.
constexpr std::size_t most_directories = 32;

std::string_view directory_of(std::string_view path)
{
  return path.substr(0, path.rfind('/'));
}

std::string_view extension_of(std::string_view path)
{
  const std::string_view name = path.substr(path.rfind('/') + 1);
  const std::size_t dot = name.rfind('.');
  return dot == std::string_view::npos || dot == 0 ? std::string_view() : name.substr(dot);
}

bool is_code(std::string_view path)
{
  static constexpr std::array<std::string_view, 12> extensions{
      ".c", ".cc", ".cpp", ".cxx", ".h", ".hh", ".hpp", ".hxx", ".cu", ".m", ".mm", ".f90"};
  return std::ranges::find(extensions, extension_of(path)) != extensions.end();
}

/// What an import without an extension may mean in a file with this one.
std::vector<std::string> endings_for(std::string_view extension)
{
  if (extension == ".py") {
    return {".py", "/__init__.py"};
  }
  if (extension == ".pl" || extension == ".pm" || extension == ".t") {
    return {".pm", ".pl"};
  }
  if (extension == ".js" || extension == ".mjs") {
    return {std::string(extension), "/index.js"};
  }
  return extension.empty() ? std::vector<std::string>() : std::vector{std::string(extension)};
}

/// The path that a dotted name means.
std::string slashed(std::string name)
{
  std::ranges::replace(name, '.', '/');
  return name;
}

/// How a word may begin a path: without dots in front (`from .part import`) or behind (the end of
/// a sentence).
std::string name_in(std::string_view word)
{
  const bool upward = word.starts_with("../");
  const std::size_t begin = upward ? 0 : word.find_first_not_of('.');
  const std::size_t end = word.find_last_not_of('.');
  return begin == std::string_view::npos ? std::string()
                                         : std::string(word.substr(begin, end + 1 - begin));
}

/// What follows a variable begins with a slash.
std::string without_slash(std::string name)
{
  return name.starts_with('/') && !name.starts_with("//") ? name.substr(1) : name;
}

} // namespace

std::vector<FileId> MentionedFiles::behind(std::span<const FileId> files,
                                           std::span<const std::string> directories, Follow follow)
{
  std::vector<FileId> found(files.begin(), files.end());
  std::unordered_set<FileId> seen(files.begin(), files.end());
  const auto add = [&](const std::vector<FileId>& more) {
    std::ranges::copy_if(more, std::back_inserter(found),
                         [&](FileId file) { return seen.insert(file).second; });
  };
  for (std::size_t i = 0; i < found.size(); ++i) {
    const FileId file = found[i];
    if (builder_.producer(file) || (i >= files.size() && !is_followed(file, follow))) {
      continue;
    }
    add(text_of(file).own);
    for (const std::string& directory : directories) {
      add(in_directory(file, directory));
    }
  }
  found.erase(found.begin(), found.begin() + static_cast<std::ptrdiff_t>(files.size()));
  return found;
}

bool MentionedFiles::is_script(FileId file)
{
  const auto [at, added] = scripts_.try_emplace(file, false);
  if (added) {
    const std::string path = files_.roots().absolute(builder_.path(file));
    at->second = has_script_extension(path);
    if (extension_of(path).empty()) {
      std::array<char, 2> begin{};
      at->second =
          std::ifstream(path).read(begin.data(), begin.size()) && begin == std::array{'#', '!'};
    }
  }
  return at->second;
}

bool MentionedFiles::is_followed(FileId file, Follow follow)
{
  switch (follow) {
  case Follow::all:
    return true;
  case Follow::all_but_code:
    return !is_code(builder_.path(file));
  case Follow::scripts:
    return is_script(file);
  }
  return true;
}

const MentionedFiles::Text& MentionedFiles::text_of(FileId file)
{
  const auto [at, added] = texts_.try_emplace(file);
  Text& text = at->second;
  if (added) {
    text.path = files_.roots().absolute(builder_.path(file));
    text.words = names_of(file_words(text.path));
    if (has_script_extension(text.path)) {
      text.imported = names_of(imported_words(text.path));
    }
    const std::string beside(directory_of(text.path));
    add_named(text, text.words, std::array{beside, files_.roots().source}, text.own);
    for (const std::string& directory : directories_named_in(text)) {
      add_named(text, text.imported, {&directory, 1}, text.own);
    }
  }
  return text;
}

const std::vector<FileId>& MentionedFiles::in_directory(FileId file, const std::string& directory)
{
  const auto [at, added] = in_directories_.try_emplace({file.value, directory});
  if (added) {
    const Text& text = text_of(file);
    add_named(text, text.words, {&directory, 1}, at->second);
  }
  return at->second;
}

/// Packages, and what a script adds to its search path: beside it, above, or below the root.
std::vector<std::string> MentionedFiles::directories_named_in(const Text& text)
{
  std::vector<std::string> directories;
  if (!has_script_extension(text.path)) {
    return directories;
  }
  const std::string beside(directory_of(text.path));
  const std::array<std::string, 3> from{beside, std::string(directory_of(beside)),
                                        files_.roots().source};
  for (const std::string& word : text.words) {
    const std::string name = slashed(word);
    for (const std::string& start : from) {
      if (is_within(start, files_.roots().source) &&
          names_in(start).contains(name.substr(0, name.find('/')))) {
        const std::string directory = lexically_normal(start + "/" + name);
        if (directories.size() < most_directories && files_.is_inner_directory(directory) &&
            std::ranges::find(directories, directory) == directories.end()) {
          directories.push_back(directory);
        }
      }
    }
  }
  return directories;
}

/// Relative to where the text stands, or to the source root.
std::vector<std::string> MentionedFiles::names_of(const std::vector<std::string>& words) const
{
  const std::string root = files_.roots().source + "/";
  std::vector<std::string> names;
  for (const std::string& word : words) {
    std::string name =
        without_slash(name_in(word.starts_with(root) ? word.substr(root.size()) : word));
    if (!name.empty()) {
      names.push_back(std::move(name));
    }
  }
  return names;
}

/// Of files with one name that in the first of the directories.
void MentionedFiles::add_named(const Text& text, std::span<const std::string> without_extension,
                               std::span<const std::string> directories, std::vector<FileId>& found)
{
  const std::string_view extension = extension_of(text.path);
  const std::vector<std::string> endings = endings_for(extension);
  const auto add = [&](const std::string& name) {
    for (const std::string& directory : directories) {
      if (const std::optional<FileId> file = file_at(directory, name)) {
        found.push_back(*file);
        return;
      }
    }
  };
  for (const std::string& name : text.words) {
    add(name);
  }
  for (const std::string& name : without_extension) {
    const std::string path = name.ends_with(extension) ? name : slashed(name);
    for (const std::string& ending : endings) {
      add(path + ending);
    }
  }
}

/// No tool but CMake reads what CMake is told, however often one speaks of it.
std::optional<FileId> MentionedFiles::file_at(const std::string& directory, const std::string& name)
{
  const std::string first = name.substr(0, name.find('/'));
  if (first != ".." && !names_in(directory).contains(first)) {
    return std::nullopt;
  }
  const std::string path = lexically_normal(directory + "/" + name);
  const NamedFile* named =
      path.ends_with("/CMakeLists.txt") ? nullptr : files_.existing_input(path);
  return named == nullptr || builder_.producer(named->file) ? std::nullopt
                                                            : std::optional(named->file);
}

const MentionedFiles::Names& MentionedFiles::names_in(const std::string& directory)
{
  const auto [at, added] = names_.try_emplace(directory);
  if (added) {
    std::error_code failure;
    for (std::filesystem::directory_iterator entry(directory, failure), end;
         !failure && entry != end; entry.increment(failure)) {
      at->second.insert(entry->path().filename().string());
    }
  }
  return at->second;
}

} // namespace winnow::ingest
