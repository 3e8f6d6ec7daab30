// The directives of every file ever read, kept between recordings by the files' content.
#pragma once

#include "analyzer/ingest/include_directives.hpp"
#include "analyzer/ingest/name_table.hpp"
#include "analyzer/model/content_hash.hpp"

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace winnow::ingest {

/// One file's directives, its names in the index's table.
struct IndexedFile {
  struct Include {
    IncludeUse use;
    IncludeForm form;
    std::uint32_t name;
  };

  struct Macro {
    std::uint32_t name;
    std::uint32_t parameters;
    std::uint32_t value;
  };

  std::vector<Include> includes;
  std::vector<Macro> macros;
  std::vector<std::uint32_t> modules;
  std::vector<std::uint32_t> literals;
};

/// By path and a key that changes with the content; files of equal path and key are the same.
class IncludeIndex {
 public:
  /// An index from bytes() of another one; an empty one if they are damaged or of another version:
  /// that only costs reading the files again.
  static IncludeIndex from_bytes(std::string_view bytes);

  /// What was read of the file last, if its key is still this one. Stays valid.
  const IndexedFile* find(std::string_view path, const ContentHash& key);
  const IndexedFile& add(std::string_view path, const ContentHash& key,
                         const FileDirectives& directives);

  /// The files that were asked for or added, not those that nobody asked for.
  [[nodiscard]] std::string bytes() const;

  /// Whether bytes() would differ from what the index was made of.
  [[nodiscard]] bool changed() const { return changed_; }

  [[nodiscard]] NameTable& names() { return names_; }

  [[nodiscard]] const NameTable& names() const { return names_; }

 private:
  struct Entry {
    ContentHash key;
    IndexedFile file;
    bool used = false;
  };

  NameTable names_;
  std::unordered_map<std::uint32_t, Entry> entries_; ///< by the number of the path's name
  bool changed_ = false;
};

} // namespace winnow::ingest
