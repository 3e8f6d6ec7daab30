// One directory after another, each opened without following a link.
#include "daemon/client/output_removal.hpp"

#include "analyzer/model/step_outputs.hpp"

#include <sys/stat.h>

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <string_view>
#include <utility>

namespace winnow::client {
namespace {

/// A directory held open: what its path means may change, what it is does not.
class Directory {
 public:
  explicit Directory(int fd) : fd_(fd) {}

  ~Directory()
  {
    if (fd_ >= 0) {
      ::close(fd_);
    }
  }

  Directory(Directory&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}

  Directory& operator=(Directory&& other) noexcept
  {
    std::swap(fd_, other.fd_);
    return *this;
  }

  Directory(const Directory&) = delete;
  Directory& operator=(const Directory&) = delete;

  [[nodiscard]] int fd() const { return fd_; }

  [[nodiscard]] Directory inner(const std::string& name) const
  {
    return Directory(::openat(fd_, name.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
  }

 private:
  int fd_;
};

/// `name` is relative and lexically normal.
bool remove_regular_file(const std::string& root, std::string_view name)
{
  Directory directory(::open(root.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  for (std::size_t slash = name.find('/'); slash != std::string_view::npos && directory.fd() >= 0;
       slash = name.find('/')) {
    directory = directory.inner(std::string(name.substr(0, slash)));
    name.remove_prefix(slash + 1);
  }
  const std::string file(name);

  struct stat status {};

  return directory.fd() >= 0 &&
         ::fstatat(directory.fd(), file.c_str(), &status, AT_SYMLINK_NOFOLLOW) == 0 &&
         S_ISREG(status.st_mode) && ::unlinkat(directory.fd(), file.c_str(), 0) == 0;
}

} // namespace

std::vector<std::string> remove_outputs(const Graph& graph, StepId step, const Roots& roots,
                                        const SourceState& sources)
{
  std::vector<std::string> removed;
  for (const FileId output : stated_outputs(graph, step)) {
    const std::string_view path = graph.path(output);
    if (origin_of(path) == Origin::build && !sources.files.contains(path) &&
        remove_regular_file(roots.build, path.substr(build_prefix.size()))) {
      removed.emplace_back(path);
    }
  }
  return removed;
}

} // namespace winnow::client
