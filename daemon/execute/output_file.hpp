// Where the output of tests goes: straight into a file of the slot, then cut into the run's log.
#pragma once

#include "analyzer/model/error.hpp"
#include "daemon/execute/file_descriptor.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace winnow::execute {

/// A nameless file that one test at a time writes to, without a pipe: nothing of the output passes
/// through us. Opened for appending, so that streams a test reopens do not overwrite each other.
/// A test that opens /dev/stdout for truncation loses what it wrote before.
class SpillFile {
 public:
  explicit SpillFile(FileDescriptor file) : file_(std::move(file)) {}

  [[nodiscard]] int descriptor() const { return file_.get(); }

  [[nodiscard]] std::uint64_t size() const;
  /// At most `length` bytes from `offset` on; less at the end.
  [[nodiscard]] std::string read(std::uint64_t offset, std::size_t length) const;
  /// Empties it for the next test; false if that cannot be done.
  bool clear();

 private:
  FileDescriptor file_;
};

/// The output as ctest's regular expressions see it: lines end at a line feed or a NUL, lose a
/// carriage return before that, and the last one always ends. It is mapped, and copied only where
/// it does not look like that already.
class OutputText {
 public:
  explicit OutputText(const SpillFile& file);
  ~OutputText();
  OutputText(const OutputText&) = delete;
  OutputText& operator=(const OutputText&) = delete;

  [[nodiscard]] std::string_view text() const { return text_; }

 private:
  void* mapping_ = nullptr;
  std::size_t mapped_ = 0;
  std::string copy_;
  std::string_view text_;
};

/// Where the output of one test lies in the log.
struct OutputPiece {
  std::uint64_t offset = 0;
  std::uint64_t length = 0;
};

/// The output log of one run, written by its owner only, and the spill files of the run's slots.
class OutputLog {
 public:
  /// Creates the log at `path`, or goes on at its end. The spill files lie in the same directory.
  static Result<OutputLog> open(const std::string& path);

  /// An empty file; one that was given back if there is any.
  Result<SpillFile> take();
  /// Not for a file that a process which lives on may still write to, or that is still read: just
  /// let go of that one.
  void give_back(SpillFile file);

  /// Appends the content of `file`; of what is longer than `limit`, the first and the last half of
  /// the limit with a line between them that says how much was left out.
  Result<OutputPiece> append(const SpillFile& file, std::uint64_t limit);

 private:
  OutputLog(std::string directory, FileDescriptor log, std::uint64_t end)
      : directory_(std::move(directory)), log_(std::move(log)), end_(end)
  {}

  Result<void> copy(const SpillFile& file, std::uint64_t from, std::uint64_t length);
  Result<void> write(std::string_view text);

  std::string directory_;
  FileDescriptor log_;
  std::uint64_t end_ = 0;
  std::vector<SpillFile> spare_;
};

} // namespace winnow::execute
