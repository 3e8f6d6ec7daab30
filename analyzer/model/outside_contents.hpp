// What is in the files outside of the source and build trees: headers and libraries of the system
// and of package managers, each read once as long as its status stays.
#pragma once

#include "analyzer/model/content_hash.hpp"
#include "analyzer/model/text_hash.hpp"

#include <compare>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <unordered_map>

namespace winnow {

/// Package managers give files old times: what tells whether one is another now is its inode and
/// its time of change, which nobody can set.
class OutsideContents {
 public:
  /// From bytes() of another one; nothing is known if they are damaged or of another version: that
  /// only costs reading the files again.
  static OutsideContents from_bytes(std::string_view bytes);

  /// As it is now, a link by its own target. Unknown for what is neither a regular file nor a link,
  /// or cannot be read. One that was changed so
  /// lately that the next change could leave the same times is read again next time.
  ContentHash content(const std::string& absolute_path);

  /// Of the files that were asked for. Format: a magic number, XXH3 of the rest, then for each file
  /// a Row in the machine's own order of bytes, and its path.
  [[nodiscard]] std::string bytes() const;

  /// Whether bytes() would differ from what this was made of, but for files nobody asked for.
  [[nodiscard]] bool changed() const { return changed_; }

 private:
  struct Status {
    std::uint64_t device = 0;
    std::uint64_t inode = 0;
    std::uint64_t size = 0;
    std::int64_t modified_ns = 0;
    std::int64_t changed_ns = 0; ///< 0: of a content that is read again

    auto operator<=>(const Status&) const = default;
  };

  struct Row {
    Status status;
    ContentHash content;
    std::uint32_t path_size = 0;
  };

  struct Entry {
    Status status;
    ContentHash content;
    bool used = false;
  };

  std::unordered_map<std::string, Entry, TextHash, std::equal_to<>> entries_;
  bool changed_ = false;
};

} // namespace winnow
