// A sorted list of files and their contents in one run of bytes, as it can lie in a mapped file.
#pragma once

#include "analyzer/model/content_hash.hpp"
#include "analyzer/model/file_version.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace winnow {

/// A view: the bytes must outlive it. In machine byte order: two counts of 32 bits, of files and of
/// bytes of text; a row for each file, which says where its path ends in the text and what its
/// content is; the paths, one behind the other.
class PackedFiles {
 public:
  PackedFiles() = default;

  /// `files` are sorted by path, each path once. Its size is a multiple of four.
  static std::string pack(std::span<const FileVersion> files);

  /// Nothing where `bytes` are no such list; they have to be aligned as a std::uint32_t. That paths
  /// are in order is not looked at: where they are not, lookups miss, and nothing else.
  static std::optional<PackedFiles> over(std::string_view bytes);
  /// The same where the bytes are known to be what pack() made: the rows are not gone through.
  static std::optional<PackedFiles> over_own(std::string_view bytes);

  [[nodiscard]] std::size_t size() const { return rows_.size(); }

  /// Whether both are over the same bytes.
  [[nodiscard]] bool is_same_view(const PackedFiles& other) const
  {
    return rows_.data() == other.rows_.data() && rows_.size() == other.rows_.size();
  }

  [[nodiscard]] std::string_view path(std::size_t index) const;

  [[nodiscard]] const ContentHash& hash(std::size_t index) const { return rows_[index].hash; }

  /// The index of the first file whose path is not before `path`; soon found if it is near `hint`.
  [[nodiscard]] std::size_t lower_bound(std::string_view path, std::size_t hint = 0) const;

 private:
  struct Row {
    std::uint32_t end = 0; ///< of its path in the text, where the next begins
    ContentHash hash;
  };

  std::span<const Row> rows_;
  std::string_view text_;
};

} // namespace winnow
