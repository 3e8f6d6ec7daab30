// What the file system says of a file: whether and what it is, and when it changed.
#pragma once

#include <cstdint>
#include <string>

namespace winnow::client {

struct FileStatus {
  enum class Kind { missing, regular, link, other };

  Kind kind = Kind::missing;
  std::int64_t written_ns = 0; ///< its modification time, which programs can set as they like
  std::int64_t changed_ns = 0; ///< when it last got its content, name, owner or mode: nobody's to
                               ///< set

  [[nodiscard]] bool exists() const { return kind != Kind::missing; }
};

/// Does not follow a link.
FileStatus look_at(const std::string& absolute_path);

} // namespace winnow::client
