// Checks, locks and listens, all relative to one open directory.
#include "daemon/serve/socket_dir.hpp"

#include <sys/file.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <system_error>

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <utility>

namespace winnow::serve {
namespace {

Error refused(const std::string& path, const std::string& why)
{
  return environment_error("cannot use " + path + " for the daemon's socket: " + why +
                           "; set XDG_RUNTIME_DIR to a directory of your own");
}

std::string last_error()
{
  return std::generic_category().message(errno);
}

/// What is wrong with the open directory, "" if nothing.
std::string fault_of(int directory)
{
  struct stat status {};

  if (::fstat(directory, &status) != 0) {
    return last_error();
  }
  if (status.st_uid != ::geteuid()) {
    return "it belongs to another user";
  }
  return (status.st_mode & 0077U) == 0 ? "" : "others may enter it";
}

/// For people and clients that cannot reach the daemon; without it, it works as well.
void name_holder(int lock)
{
  const std::string pid = std::to_string(::getpid()) + "\n";
  if (::ftruncate(lock, 0) == 0) {
    [[maybe_unused]] const ssize_t written = ::pwrite(lock, pid.data(), pid.size(), 0);
  }
}

} // namespace

Result<SocketDir> SocketDir::take(const std::string& path)
{
  std::error_code ignored;
  std::filesystem::create_directories(std::filesystem::path(path).parent_path(), ignored);
  if (::mkdir(path.c_str(), 0700) != 0 && errno != EEXIST) {
    return refused(path, last_error());
  }
  const int directory = ::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
  if (directory < 0) {
    return refused(path, last_error());
  }
  SocketDir taken(directory, -1);
  if (const std::string fault = fault_of(directory); !fault.empty()) {
    return refused(path, fault);
  }
  const int lock = ::openat(directory, "lock", O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0600);
  if (lock < 0) {
    return refused(path, last_error());
  }
  if (::flock(lock, LOCK_EX | LOCK_NB) == 0) {
    taken.lock_ = lock;
    name_holder(lock);
  } else {
    ::close(lock);
  }
  return taken;
}

SocketDir::SocketDir(SocketDir&& other) noexcept
    : directory_(std::exchange(other.directory_, -1)),
      lock_(std::exchange(other.lock_, -1)),
      listens_(std::exchange(other.listens_, false))
{}

SocketDir::~SocketDir()
{
  if (listens_) {
    ::unlinkat(directory_, "socket", 0);
  }
  if (directory_ >= 0) {
    ::close(directory_);
  }
  if (lock_ >= 0) {
    ::close(lock_);
  }
}

Result<int> SocketDir::listen()
{
  const int listener = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
  // Through the descriptor: socket addresses hold 107 bytes, paths of directories are longer.
  const std::string path = "/proc/self/fd/" + std::to_string(directory_) + "/socket";
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  std::memcpy(address.sun_path, path.c_str(), path.size() + 1);
  ::unlinkat(directory_, "socket", 0);
  const mode_t before = ::umask(0177);
  const int bound =
      listener < 0 ? -1 : ::bind(listener, reinterpret_cast<sockaddr*>(&address), sizeof address);
  ::umask(before);
  if (bound != 0 || ::listen(listener, SOMAXCONN) != 0) {
    const std::string why = last_error();
    ::close(listener);
    return environment_error("cannot listen for clients: " + why);
  }
  listens_ = true;
  return listener;
}

} // namespace winnow::serve
