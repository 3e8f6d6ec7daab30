// The directories that compile steps search for included files, and what a name finds in them.
#pragma once

#include "analyzer/ingest/file_tree.hpp"
#include "analyzer/ingest/include_arguments.hpp"
#include "analyzer/ingest/name_table.hpp"

#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace winnow::ingest {

/// Made for thousands of paths that share most of their directories: a name is looked up once in
/// the directories that have an entry it could begin with, not once per path.
class SearchPaths {
 public:
  using PathId = std::uint32_t;
  using NameId = std::uint32_t;

  /// What a name leads to from one directory of a path.
  struct Match {
    FileTree::Found found;
    std::uint32_t links; ///< passed on the way to the directory itself
  };

  SearchPaths(FileTree& tree, NameTable& names);

  /// In the order that gcc and clang search in: a directory of -I that is one of the system's as
  /// well counts only there. `standard` are the compiler's own directories. Equal paths have one
  /// id.
  PathId add(const IncludeArguments& arguments, std::span<const std::string> standard);

  /// Everything `name` leads to, in the order of the search; `angled` skips what only "…" uses.
  /// Valid until the next call.
  std::span<const Match> find(NameId name, PathId path, bool angled);

  /// In the order of the search, each once.
  [[nodiscard]] std::span<const FileTree::DirectoryId> directories(PathId path) const
  {
    return paths_[path].order;
  }

  /// How many of them come before those that <…> is sought in.
  [[nodiscard]] std::size_t first_angled(PathId path) const { return paths_[path].first_angle; }

  [[nodiscard]] std::size_t size() const { return paths_.size(); }

 private:
  using Place = std::pair<FileTree::DirectoryId, std::uint32_t>;

  struct Path {
    std::vector<FileTree::DirectoryId> order;
    std::vector<std::uint32_t> links; ///< to each of them, as it is named
    std::size_t first_angle = 0;
    std::vector<Place> places; ///< directories with their places in `order`, sorted
  };

  struct Candidate {
    FileTree::DirectoryId directory;
    FileTree::Found found;
  };

  struct Candidates {
    std::uint32_t generation = 0;
    std::vector<Candidate> in; ///< sorted by directory
    std::optional<FileTree::Found> absolute;
  };

  void append(const std::vector<std::string>& directories,
              std::span<const FileTree::DirectoryId> excluded, Path& path);
  void add_directory(FileTree::DirectoryId directory);
  const Candidates& candidates(NameId name);
  void match_places(const Candidates& candidates, const Path& path, std::size_t first);

  FileTree& tree_;
  NameTable& names_;
  std::deque<Path> paths_;
  std::map<std::vector<std::uint32_t>, PathId> ids_;
  std::vector<FileTree::DirectoryId> directories_; ///< of all paths
  std::vector<bool> known_;                        ///< by directory
  std::unordered_map<std::string_view, std::vector<FileTree::DirectoryId>> having_; ///< by entry
  std::uint32_t generation_ = 1; ///< grows with every directory
  std::vector<Candidates> candidates_;
  std::vector<std::pair<std::uint32_t, Match>> found_;
  std::vector<Match> matches_;
};

} // namespace winnow::ingest
