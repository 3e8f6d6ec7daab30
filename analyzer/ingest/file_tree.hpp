// Directories and files as a search for includes meets them: on disk, or still to be made by steps.
#pragma once

#include "analyzer/ingest/canonical_paths.hpp"
#include "analyzer/model/roots.hpp"
#include "analyzer/model/text_hash.hpp"

#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace winnow::ingest {

/// Each directory is listed once, when something in it is asked for first.
class FileTree {
 public:
  using DirectoryId = std::uint32_t;
  using FileNumber = std::uint32_t;
  using PlaceId = std::uint32_t;

  struct File {
    std::string path; ///< canonical
    bool inside;      ///< below one of the roots
    bool certain;     ///< is there in a clean build, too: no output, and not left in the build tree
    bool on_disk;
  };

  /// A file where it is found: what it includes is sought from there, also behind a link.
  struct Place {
    DirectoryId directory;
    FileNumber file;
  };

  /// `links` are the numbers of the links, inside the roots, that were passed on the way.
  struct Found {
    PlaceId place;
    std::uint32_t links;
  };

  explicit FileTree(const Roots& roots);

  /// A file that a step makes; its directory part has no links in it. Before any find().
  void add_output(const std::string& path);

  /// The directory of an absolute, normal path, existing or not, and the links on the way to it.
  std::pair<DirectoryId, std::uint32_t> directory(const std::string& path);

  /// The file that `name`, relative or absolute, leads to from a directory; not a directory.
  std::optional<Found> find(DirectoryId from, std::string_view name);
  /// The file at an absolute, normal path.
  std::optional<Found> find(const std::string& path);

  /// The names in a directory.
  std::vector<std::string_view> names_in(DirectoryId directory);

  [[nodiscard]] const std::string& path(DirectoryId directory) const
  {
    return directories_[directory].path;
  }

  [[nodiscard]] const Place& place(PlaceId place) const { return places_[place]; }

  [[nodiscard]] const File& file(FileNumber file) const { return files_[file]; }

  [[nodiscard]] const std::vector<FileNumber>& links(std::uint32_t links) const
  {
    return links_[links];
  }

  [[nodiscard]] std::size_t place_count() const { return places_.size(); }

  [[nodiscard]] std::size_t file_count() const { return files_.size(); }

 private:
  enum class EntryKind : std::uint8_t { file, directory, link, nothing };

  struct Entry {
    EntryKind kind = EntryKind::nothing;
    bool made = false;        ///< by a step
    bool resolved = false;    ///< target is set
    std::uint32_t target = 0; ///< PlaceId or DirectoryId
    std::uint32_t links = 0;
  };

  struct Directory {
    std::string path;
    bool listed = false;
    std::unordered_map<std::string, Entry, TextHash, std::equal_to<>> entries;
  };

  DirectoryId directory_at(const std::string& canonical_path);
  void list(DirectoryId directory);
  Entry* entry(DirectoryId directory, std::string_view name);
  void resolve(DirectoryId directory, const std::string& name, Entry& entry);
  FileNumber file_at(const std::string& canonical_path, bool made, bool on_disk);
  PlaceId add_place(DirectoryId directory, FileNumber file);
  std::uint32_t joined_links(std::uint32_t before, std::uint32_t after);
  std::uint32_t links_of(const std::vector<std::string>& paths);

  const Roots& roots_;
  CanonicalPaths canonical_;
  std::deque<Directory> directories_;
  std::unordered_map<std::string, DirectoryId> directory_ids_;
  std::vector<File> files_;
  std::unordered_map<std::string, FileNumber> file_numbers_;
  std::vector<Place> places_;
  std::vector<std::vector<FileNumber>> links_;
  std::map<std::pair<std::uint32_t, std::uint32_t>, std::uint32_t> joined_;
};

} // namespace winnow::ingest
