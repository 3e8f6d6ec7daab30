// A file in memory, read where it is looked at.
#pragma once

#include <sys/stat.h>

#include <cstddef>
#include <memory>
#include <span>
#include <string>

namespace winnow {

/// The whole of a regular file, mapped for reading. It must be one that is only ever replaced,
/// never written into.
class MappedFile {
 public:
  /// Null with errno where it cannot be opened; an empty file has no bytes.
  static std::shared_ptr<const MappedFile> open(const std::string& path);

  MappedFile(const MappedFile&) = delete;
  MappedFile& operator=(const MappedFile&) = delete;
  ~MappedFile();

  [[nodiscard]] std::span<const std::byte> bytes() const { return bytes_; }

  /// Brings all of it into memory at once, for who reads all of it.
  void read_ahead() const;

  /// Takes it out of this process's memory, for who has read much of it and will read little more:
  /// else that is done when the process ends, while somebody waits for it.
  void drop_pages() const;

  /// Whether exactly these bytes were found right before (checked_mark.hpp).
  [[nodiscard]] bool was_checked() const;
  void note_checked() const;

 private:
  explicit MappedFile(int fd) : fd_(fd) {}

  int fd_;

  struct stat status_ {};

  std::span<const std::byte> bytes_;
};

} // namespace winnow
