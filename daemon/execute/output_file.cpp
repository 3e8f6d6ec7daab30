// Creates, maps, cuts and appends output files.
#include "daemon/execute/output_file.hpp"

#include <fmt/format.h>
#include <sys/mman.h>
#include <sys/stat.h>

#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <filesystem>

namespace winnow::execute {
namespace {

/// Output up to this size is read, which is cheaper than mapping it and cannot fault if a process
/// that escaped its group shortens the file.
constexpr std::uint64_t read_at_most = 4 << 20;

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

bool is_as_ctest_sees_it(std::string_view text)
{
  return text.ends_with('\n') && text.find('\0') == std::string_view::npos &&
         text.find("\r\n") == std::string_view::npos;
}

std::string as_ctest_sees_it(std::string_view text)
{
  std::string lines;
  lines.reserve(text.size() + 1);
  while (!text.empty()) {
    const std::size_t end = std::min(text.find_first_of(std::string_view("\n\0", 2)), text.size());
    std::string_view line = text.substr(0, end);
    if (end < text.size() && line.ends_with('\r')) {
      line.remove_suffix(1);
    }
    lines.append(line);
    lines += '\n';
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return lines;
}

} // namespace

std::uint64_t SpillFile::size() const
{
  struct stat info {};

  return ::fstat(file_.get(), &info) == 0 ? static_cast<std::uint64_t>(info.st_size) : 0;
}

std::string SpillFile::read(std::uint64_t offset, std::size_t length) const
{
  std::string content(length, '\0');
  const ssize_t got = ::pread(file_.get(), content.data(), length, static_cast<off_t>(offset));
  content.resize(got > 0 ? static_cast<std::size_t>(got) : 0);
  return content;
}

bool SpillFile::clear()
{
  return ::ftruncate(file_.get(), 0) == 0;
}

OutputText::OutputText(const SpillFile& file)
{
  const std::uint64_t size = file.size();
  if (size <= read_at_most) {
    copy_ = file.read(0, size);
    text_ = copy_;
  } else {
    void* mapping = ::mmap(nullptr, size, PROT_READ, MAP_PRIVATE, file.descriptor(), 0);
    if (mapping == MAP_FAILED) {
      return;
    }
    mapping_ = mapping;
    mapped_ = size;
    text_ = {static_cast<const char*>(mapping_), mapped_};
  }
  if (!text_.empty() && !is_as_ctest_sees_it(text_)) {
    copy_ = as_ctest_sees_it(text_);
    text_ = copy_;
  }
}

OutputText::~OutputText()
{
  if (mapping_ != nullptr) {
    ::munmap(mapping_, mapped_);
  }
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

Result<SpillFile> OutputLog::take()
{
  if (!spare_.empty()) {
    SpillFile file = std::move(spare_.back());
    spare_.pop_back();
    return file;
  }
  FileDescriptor file = nameless_file(directory_);
  if (!file) {
    return write_error(directory_);
  }
  return SpillFile(std::move(file));
}

void OutputLog::give_back(SpillFile file)
{
  if (file.size() == 0 || file.clear()) {
    spare_.push_back(std::move(file));
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
