// Creates, reads, cuts and appends output files.
#include "daemon/execute/output_file.hpp"

#include "analyzer/model/ctest_tags.hpp"

#include <fmt/format.h>
#include <sys/stat.h>

#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <filesystem>
#include <utility>

namespace winnow::execute {
namespace {

/// What is longer is not matched: it would take this much memory, and the daemon's time.
constexpr std::uint64_t match_at_most = 1ULL << 30;

/// What is longer is not used again: emptying it takes as long as a new one.
constexpr std::uint64_t use_again_at_most = 1 << 20;

FileDescriptor nameless_file(const std::string& directory)
{
  const int flags = O_RDWR | O_APPEND | O_CLOEXEC;
  FileDescriptor file{::open(directory.c_str(), flags | O_TMPFILE, 0600)};
  if (!file) { // some file systems have no O_TMPFILE
    std::string name = directory + "/spill-XXXXXX";
    file = FileDescriptor{::mkostemp(name.data(), O_APPEND | O_CLOEXEC)};
    if (file) {
      ::unlink(name.c_str());
    }
  }
  return file;
}

Error write_error(const std::string& directory)
{
  return environment_error(
      fmt::format("cannot keep a test's output in {}: {}", directory, std::strerror(errno)));
}

/// Nothing of it becomes longer, but for the end of the last line.
void make_as_ctest_sees_it(std::string& text)
{
  std::size_t out = 0;
  for (const char byte : text) {
    const bool ends_line = byte == '\n' || byte == '\0';
    while (ends_line && out > 0 && text[out - 1] == '\r') {
      --out;
    }
    text[out++] = ends_line ? '\n' : byte;
  }
  text.resize(out);
  if (!text.empty() && text.back() != '\n') {
    text += '\n';
  }
  text = without_ctest_tags(std::move(text)).text;
}

} // namespace

std::uint64_t SpillFile::size() const
{
  struct stat info {};

  return ::fstat(file_.get(), &info) == 0 ? static_cast<std::uint64_t>(info.st_size) : 0;
}

Result<FileDescriptor> SpillFile::open_for_test() const
{
  const std::string path = fmt::format("/proc/self/fd/{}", file_.get());
  FileDescriptor opened{::open(path.c_str(), O_WRONLY | O_APPEND | O_CLOEXEC)};
  if (!opened) {
    return environment_error(
        fmt::format("cannot open a file for a test's output: {}", std::strerror(errno)));
  }
  return opened;
}

/// A lease for writing is granted only where no other open file of the same content exists, be it
/// in another process, mapped or on its way through a socket.
std::optional<FileDescriptor> SpillFile::emptied(SpillFile file)
{
  // Whoever opens the file in the moment of the lease makes the kernel send it, which would end us.
  [[maybe_unused]] static const auto before = std::signal(SIGIO, SIG_IGN);
  const int descriptor = file.descriptor();
  const std::uint64_t size = file.size();
  if (size > use_again_at_most || ::fcntl(descriptor, F_SETLEASE, F_WRLCK) != 0) {
    return std::nullopt;
  }
  // Its test may have changed who may open it.
  if (::fcntl(descriptor, F_SETLEASE, F_UNLCK) != 0 || ::fchmod(descriptor, 0600) != 0 ||
      (size > 0 && ::ftruncate(descriptor, 0) != 0)) {
    return std::nullopt;
  }
  return std::move(file.file_);
}

std::string SpillFile::read(std::uint64_t offset, std::size_t length) const
{
  std::string content(length, '\0');
  std::size_t filled = 0;
  while (filled < length) {
    const ssize_t got = ::pread(file_.get(), content.data() + filled, length - filled,
                                static_cast<off_t>(offset + filled));
    if (got == 0 || (got < 0 && errno != EINTR)) {
      break;
    }
    filled += got > 0 ? static_cast<std::size_t>(got) : 0;
  }
  content.resize(filled);
  return content;
}

namespace {

Result<std::string> bytes_to_match(const SpillFile& file)
{
  const std::uint64_t size = file.size();
  if (size > match_at_most) {
    return environment_error(fmt::format("its output of {} bytes is too long to be matched", size));
  }
  std::string text = file.read(0, size);
  if (text.size() < size) {
    return environment_error("its output cannot be read again, to be matched");
  }
  return text;
}

} // namespace

Result<std::string> text_to_match(const SpillFile& file)
{
  Result<std::string> text = bytes_to_match(file);
  if (text) {
    make_as_ctest_sees_it(*text);
  }
  return text;
}

Result<std::string> whole_lines_to_match(const SpillFile& file)
{
  Result<std::string> text = bytes_to_match(file);
  if (text) {
    constexpr std::string_view line_ends("\n\0", 2);
    text->resize(text->find_last_of(line_ends) + 1); // npos + 1 is 0
    make_as_ctest_sees_it(*text);
  }
  return text;
}

Result<OutputLog> OutputLog::open(const std::string& path)
{
  const std::string directory = std::filesystem::path(path).parent_path().string();
  FileDescriptor log{::open(path.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0600)};
  const off_t end = log ? ::lseek(log.get(), 0, SEEK_END) : -1;
  if (end < 0) {
    return write_error(directory);
  }
  return OutputLog(directory, std::move(log), static_cast<std::uint64_t>(end));
}

Result<SpillFile> OutputLog::create_spill()
{
  if (!spare_.empty()) {
    SpillFile spare(std::move(spare_.back()));
    spare_.pop_back();
    return spare;
  }
  FileDescriptor file = nameless_file(directory_);
  if (!file) {
    return write_error(directory_);
  }
  return SpillFile(std::move(file));
}

void OutputLog::take_back(std::shared_ptr<SpillFile> file)
{
  if (file.use_count() > 1) {
    return; // somebody reads it to its end
  }
  if (std::optional<FileDescriptor> emptied = SpillFile::emptied(std::move(*file))) {
    spare_.push_back(std::move(*emptied));
  }
}

Result<OutputPiece> OutputLog::append(const SpillFile& file, std::uint64_t limit)
{
  const std::uint64_t size = file.size();
  const std::uint64_t begin = end_;
  Result<void> written;
  if (size <= limit) {
    written = copy(file, 0, size);
  } else {
    const std::uint64_t half = limit / 2;
    written = copy(file, 0, half);
    if (written) {
      written =
          write(fmt::format("\n[winnow: {} bytes of output are left out here]\n", size - 2 * half));
    }
    if (written) {
      written = copy(file, size - half, half);
    }
  }
  if (!written) {
    end_ = begin; // the next output takes the place of the half-written one
    return written.error();
  }
  return OutputPiece{begin, end_ - begin};
}

Result<void> OutputLog::copy(const SpillFile& file, std::uint64_t from, std::uint64_t length)
{
  auto in = static_cast<off_t>(from);
  while (length > 0) {
    auto out = static_cast<off_t>(end_);
    const ssize_t copied = ::copy_file_range(file.descriptor(), &in, log_.get(), &out, length, 0);
    if (copied > 0) {
      end_ += static_cast<std::uint64_t>(copied);
      length -= static_cast<std::uint64_t>(copied);
    } else if (copied == 0) {
      return {}; // the test's file became shorter meanwhile
    } else if (errno == EXDEV || errno == EINVAL || errno == EOPNOTSUPP || errno == ENOSYS) {
      const std::string part =
          file.read(static_cast<std::uint64_t>(in), std::min<std::uint64_t>(length, 1 << 20));
      if (part.empty()) {
        return {};
      }
      if (const Result<void> written = write(part); !written) {
        return written;
      }
      in += static_cast<off_t>(part.size());
      length -= part.size();
    } else if (errno != EINTR) {
      return write_error(directory_);
    }
  }
  return {};
}

Result<void> OutputLog::write(std::string_view text)
{
  while (!text.empty()) {
    const ssize_t written =
        ::pwrite(log_.get(), text.data(), text.size(), static_cast<off_t>(end_));
    if (written < 0 && errno != EINTR) {
      return write_error(directory_);
    }
    if (written > 0) {
      end_ += static_cast<std::uint64_t>(written);
      text.remove_prefix(static_cast<std::size_t>(written));
    }
  }
  return {};
}

} // namespace winnow::execute
