// A file of /proc that is read again and again.
#pragma once

#include "daemon/execute/file_descriptor.hpp"

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <utility>

namespace winnow::execute {

/// How many files of /proc may be kept open, and how many are. Outlives the files.
struct KeptFiles {
  std::size_t limit = 0;
  std::size_t open = 0;
};

/// Kept open while the limit allows: reading it again costs a quarter of opening it again, and an
/// open file is of one process for good, whoever gets its pid afterwards.
class ProcFile {
 public:
  ProcFile(std::string path, KeptFiles& kept) : path_(std::move(path)), kept_(&kept) {}

  ~ProcFile() { close(); }

  ProcFile(ProcFile&& other) noexcept = default;
  ProcFile& operator=(ProcFile&& other) noexcept;

  /// What it says now, as far as `buffer` takes it; "" if it cannot be read: the process is gone,
  /// or hidden from us.
  std::string_view read(std::span<char> buffer);

 private:
  void close();

  std::string path_;
  KeptFiles* kept_;
  FileDescriptor file_;
};

} // namespace winnow::execute
