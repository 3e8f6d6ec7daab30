// mmap(2), and the mark of a check.
#include "analyzer/model/mapped_file.hpp"

#include "analyzer/model/checked_mark.hpp"

#include <sys/mman.h>

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>

namespace winnow {

std::shared_ptr<const MappedFile> MappedFile::open(const std::string& path)
{
  const int fd = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (fd < 0) {
    return nullptr;
  }
  const std::shared_ptr<MappedFile> file(new MappedFile(fd));
  if (::fstat(fd, &file->status_) != 0) {
    return nullptr;
  }
  if (!S_ISREG(file->status_.st_mode)) {
    errno = S_ISDIR(file->status_.st_mode) ? EISDIR : EINVAL;
    return nullptr;
  }
  const auto size = static_cast<std::size_t>(file->status_.st_size);
  if (size > 0) {
    void* const mapping = ::mmap(nullptr, size, PROT_READ, MAP_PRIVATE, fd, 0);
    if (mapping == MAP_FAILED) {
      return nullptr;
    }
    file->bytes_ = {static_cast<const std::byte*>(mapping), size};
  }
  return file;
}

MappedFile::~MappedFile()
{
  const int cause = errno;
  if (!bytes_.empty()) {
    ::munmap(const_cast<std::byte*>(bytes_.data()), bytes_.size());
  }
  ::close(fd_);
  errno = cause;
}

void MappedFile::read_ahead() const
{
  // Kernels that cannot do it bring in each page when it is looked at.
  (void)::madvise(const_cast<std::byte*>(bytes_.data()), bytes_.size(), MADV_POPULATE_READ);
}

void MappedFile::drop_pages() const
{
  (void)::madvise(const_cast<std::byte*>(bytes_.data()), bytes_.size(), MADV_DONTNEED);
}

bool MappedFile::was_checked() const
{
  return is_marked_checked(fd_, status_);
}

void MappedFile::note_checked() const
{
  mark_checked(fd_, status_);
}

} // namespace winnow
