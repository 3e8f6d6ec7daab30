// Reads at the file's beginning, for which the kernel makes its content anew.
#include "daemon/execute/proc_file.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <utility>

namespace winnow::execute {

ProcFile& ProcFile::operator=(ProcFile&& other) noexcept
{
  if (this != &other) {
    close();
    path_ = std::move(other.path_);
    kept_ = other.kept_;
    file_ = std::move(other.file_);
  }
  return *this;
}

std::string_view ProcFile::read(std::span<char> buffer)
{
  FileDescriptor opened;
  if (!file_) {
    opened = FileDescriptor{::open(path_.c_str(), O_RDONLY | O_CLOEXEC)};
  }
  const ssize_t got = ::pread(file_ ? file_.get() : opened.get(), buffer.data(), buffer.size(), 0);
  if (got <= 0) {
    return {};
  }
  if (opened && kept_->open < kept_->limit) {
    file_ = std::move(opened);
    ++kept_->open;
  }
  return {buffer.data(), static_cast<std::size_t>(got)};
}

void ProcFile::close()
{
  if (file_) {
    --kept_->open;
    file_.reset();
  }
}

} // namespace winnow::execute
