// Where the output of tests goes: straight into a file of its own, then cut into the run's log.
#pragma once

#include "analyzer/model/error.hpp"
#include "daemon/execute/file_descriptor.hpp"

#include <cstdint>
#include <memory>
#include <optional>
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

  /// For the test to write with: an open file of its own, so that the kernel knows whether anybody
  /// but us has one still.
  [[nodiscard]] Result<FileDescriptor> open_for_test() const;
  /// The file, empty, for another test; nothing if what escaped from its test could still write
  /// into it, or the kernel cannot tell, or there was much in it.
  static std::optional<FileDescriptor> emptied(SpillFile file);

  [[nodiscard]] std::uint64_t size() const;
  /// At most `length` bytes from `offset` on; less at the end.
  [[nodiscard]] std::string read(std::uint64_t offset, std::size_t length) const;

 private:
  FileDescriptor file_;
};

/// The output as ctest's regular expressions see it: lines end at a line feed or a NUL, lose a
/// carriage return before that, and the last one always ends; those with a tag for ctest are left
/// out. Read into memory as a whole, up to a
/// gibibyte; an environment error where it is longer or cannot be read.
Result<std::string> text_to_match(const SpillFile& file);
/// The same of a file that is still written to, without the line that has not ended yet.
Result<std::string> whole_lines_to_match(const SpillFile& file);

/// Where the output of one test lies in the log.
struct OutputPiece {
  std::uint64_t offset = 0;
  std::uint64_t length = 0;
};

/// The output log of one run, written by its owner only, and the spill files of its tests.
class OutputLog {
 public:
  /// Creates the log at `path`, or goes on at its end. The spill files lie in the same directory.
  static Result<OutputLog> open(const std::string& path);

  /// An empty file for the output of one test.
  [[nodiscard]] Result<SpillFile> create_spill();
  /// Of a test that has ended. What nobody else reads may serve another test: a new file takes a
  /// file system longer than all the rest of a short test.
  void take_back(std::shared_ptr<SpillFile> file);

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
  std::vector<FileDescriptor> spare_; ///< empty spill files that nobody uses
  FileDescriptor log_;
  std::uint64_t end_ = 0;
};

} // namespace winnow::execute
