// Keys, reading, and guesses at what generators write.
#include "analyzer/ingest/project_includes.hpp"

#include "analyzer/ingest/fortran_includes.hpp"
#include "analyzer/ingest/text_file.hpp"

#include <fmt/format.h>
#include <sys/stat.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <unordered_set>
#include <utility>

namespace winnow::ingest {
namespace {

/// A file may be written again within the grain of its time stamp.
constexpr std::int64_t stamp_grain_ns = 2'000'000'000;

std::int64_t now_ns()
{
  return std::chrono::duration_cast<std::chrono::nanoseconds>(
             std::chrono::system_clock::now().time_since_epoch())
      .count();
}

bool is_word(char c)
{
  static constexpr std::string_view others = "_./+-";
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
         others.find(c) != std::string_view::npos || static_cast<unsigned char>(c) >= 0x80;
}

bool is_header_name(std::string_view word)
{
  static constexpr std::array<std::string_view, 15> extensions{"h",   "hh",  "hpp", "hxx", "h++",
                                                               "H",   "inc", "inl", "ipp", "tpp",
                                                               "txx", "tcc", "def", "cuh", "icc"};
  const std::size_t dot = word.rfind('.');
  return dot != std::string_view::npos && dot > 0 && word[dot - 1] != '/' &&
         std::ranges::find(extensions, word.substr(dot + 1)) != extensions.end();
}

} // namespace

std::vector<std::string> header_names_in(std::string_view text)
{
  std::vector<std::string> names;
  std::unordered_set<std::string_view> seen;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t begin = at;
    while (at < text.size() && is_word(text[at])) {
      ++at;
    }
    std::string_view word = text.substr(begin, at - begin);
    word = word.substr(0, word.find_last_not_of('.') + 1); // the end of a sentence
    if (is_header_name(word) && seen.insert(word).second) {
      names.emplace_back(word);
    }
    at += at == begin ? 1 : 0;
  }
  return names;
}

ProjectIncludes::ProjectIncludes(const Roots& roots, const SourceState* tracked,
                                 IncludeIndex& index, GeneratorInputs& generators)
    : roots_(roots),
      tracked_(tracked),
      index_(index),
      generators_(generators),
      started_ns_(now_ns())
{
  unreadable_.includes.push_back({IncludeUse::data, IncludeForm::computed, index_.names().id("")});
}

IncludeReader::Directives ProjectIncludes::read(const FileTree::File& file)
{
  auto known = known_.find(file.path);
  if (known == known_.end()) {
    known = known_.emplace(file.path, look_up(file)).first;
  }
  return {*known->second.file, known->second.settled};
}

ProjectIncludes::Known ProjectIncludes::look_up(const FileTree::File& file)
{
  const std::optional<std::vector<std::string>> made_from = generators_.work_ahead(file.path);
  if (!made_from) {
    return {&on_disk(file.path), true};
  }
  return {&expected(*made_from, file.on_disk ? &on_disk(file.path) : nullptr), false};
}

ContentHash ProjectIncludes::tracked_hash(const std::string& graph_path) const
{
  if (!tracked_ || origin_of(graph_path) != Origin::source) {
    return {};
  }
  return tracked_->files.find(graph_path).value_or(ContentHash{});
}

/// Unknown where the content may still change unseen.
ContentHash ProjectIncludes::stamp_of(const std::string& path) const
{
  struct stat status {};

  if (::stat(path.c_str(), &status) != 0) {
    return {};
  }
  const std::int64_t mtime = status.st_mtim.tv_sec * 1'000'000'000LL + status.st_mtim.tv_nsec;
  return mtime + stamp_grain_ns > started_ns_
             ? ContentHash{}
             : hash_content(fmt::format("{} {} {} {}.{}", status.st_size, mtime, status.st_ino,
                                        status.st_ctim.tv_sec, status.st_ctim.tv_nsec));
}

const IndexedFile& ProjectIncludes::on_disk(const std::string& path)
{
  const std::string graph_path = roots_.graph_path(path);
  const ContentHash tracked = tracked_hash(graph_path);
  const ContentHash key = tracked.known() ? tracked : stamp_of(path);
  if (const IndexedFile* indexed = key.known() ? index_.find(graph_path, key) : nullptr) {
    return *indexed;
  }
  const Result<std::string> text = read_text_file(path);
  if (!text) {
    return unreadable_;
  }
  FileDirectives directives = directives_in(*text);
  if (may_be_fortran(path)) {
    for (std::string& name : fortran_includes_in(*text)) {
      // Compilers differ in where they look first.
      directives.includes.push_back(
          {IncludeUse::include_next, IncludeForm::quoted, std::move(name)});
    }
  }
  // Not `tracked`: the file may have been edited since git was asked.
  return index_.add(graph_path, tracked.known() ? hash_content(*text) : key, directives);
}

/// Of a generator's input, found once however many files it makes.
const std::vector<std::uint32_t>& ProjectIncludes::header_names_of(const std::string& path)
{
  const auto [at, added] = header_names_.try_emplace(path);
  if (added) {
    if (const Result<std::string> text = read_text_file(path)) {
      for (const std::string& name : header_names_in(*text)) {
        at->second.push_back(index_.names().id(name));
      }
    }
  }
  return at->second;
}

/// `present` is the file that will be replaced, or null.
const IndexedFile& ProjectIncludes::expected(const std::vector<std::string>& made_from,
                                             const IndexedFile* present)
{
  IndexedFile file = present ? *present : IndexedFile{};
  NameTable& names = index_.names();
  std::unordered_set<std::string> seen;
  const auto add = [&](std::string name) {
    if (seen.insert(name).second) {
      file.includes.push_back({IncludeUse::include, IncludeForm::quoted, names.id(name)});
    }
  };
  for (const std::string& path : made_from) {
    if (is_header_name(path)) {
      add(path);
    }
    for (const std::uint32_t name : header_names_of(path)) {
      add(std::string(names.name(name)));
    }
  }
  expected_.push_back(std::move(file));
  return expected_.back();
}

} // namespace winnow::ingest
