// The files a compile step may include, from the text of files alone.
#pragma once

#include "analyzer/ingest/computed_includes.hpp"
#include "analyzer/ingest/file_tree.hpp"
#include "analyzer/ingest/include_arguments.hpp"
#include "analyzer/ingest/include_index.hpp"
#include "analyzer/ingest/search_paths.hpp"

#include <cstdint>
#include <deque>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace winnow::ingest {

/// Where the scan gets the directives of a file from.
class IncludeReader {
 public:
  struct Directives {
    const IndexedFile& file; ///< stays valid
    bool settled;            ///< false: a step will make the file, and these are what it may hold
  };

  IncludeReader() = default;
  IncludeReader(const IncludeReader&) = delete;
  IncludeReader& operator=(const IncludeReader&) = delete;
  virtual ~IncludeReader() = default;

  virtual Directives read(const FileTree::File& file) = 0;
};

/// What one compile step may read.
struct ScannedIncludes {
  std::vector<FileTree::FileNumber> files; ///< each once; the source and links passed among them
  bool complete = true; ///< false: an include that nobody can tell the name of may read anything
  bool waits = false;   ///< a file is not made yet, or a name leads nowhere: a step may make it
};

/// Takes every branch of every #if, so that it misses nothing whatever the macros are, and searches
/// as gcc and clang do. The first file found that is there in a clean build ends a search; one that
/// a step makes, or that may be left over in the build tree, does not. Of what lies outside the two
/// roots only files that are included from inside are listed, but everything is followed, for what
/// may lead back inside. Add all search paths before the first scan.
class IncludeScan {
 public:
  using PathId = SearchPaths::PathId;

  IncludeScan(FileTree& tree, SearchPaths& paths, IncludeReader& reader, NameTable& names);

  /// `arguments` are those that `path` was added with; `directory` is where the compiler runs.
  ScannedIncludes scan(const std::string& source, PathId path, const IncludeArguments& arguments,
                       const std::string& directory);

  /// What directives in the file at `place` alone take in as data; arguments as in scan().
  std::vector<FileTree::FileNumber> data_in(FileTree::PlaceId place, PathId path,
                                            const IncludeArguments& arguments,
                                            const std::string& directory);

 private:
  using NameId = std::uint32_t;
  using Found = FileTree::Found;
  using PlaceId = FileTree::PlaceId;

  /// An include at a place; what the search path has no part in is looked up.
  struct Include {
    IncludeUse use;
    IncludeForm form;
    NameId name;
    std::optional<Found> beside; ///< from the including file's own directory
  };

  struct PlaceIncludes {
    bool ready = false;
    bool settled = true;
    std::vector<Include> named;
    std::vector<Include> computed;
  };

  class Walk;

  PlaceIncludes& includes_of(PlaceId place);
  std::optional<Found> beside(PlaceId place, IncludeForm form, std::string_view name);

  FileTree& tree_;
  SearchPaths& paths_;
  IncludeReader& reader_;
  NameTable& names_;
  std::deque<PlaceIncludes> includes_; ///< by place
  ComputedIncludes computed_;
  std::vector<bool> defines_;                    ///< by file: its macros are in computed_
  std::vector<std::vector<bool>> leads_nowhere_; ///< by path and place: never back inside
  std::uint32_t nowhere_generation_ = 0;         ///< of computed_, when that was found
  std::vector<std::uint32_t> place_walks_;       ///< by place: the last walk that met it
  std::vector<std::uint32_t> file_walks_;        ///< by file
  std::vector<std::uint32_t> excursions_;        ///< by place outside: the last excursion there
  std::uint32_t walk_ = 0;
  std::uint32_t excursion_ = 0;
};

} // namespace winnow::ingest
