#include "client/socket.hpp"

#include <sys/socket.h>
#include <sys/un.h>
#include <system_error>

#include <unistd.h>

#include <cerrno>
#include <cstring>

namespace isobar {

namespace {

[[noreturn]] void fail(int error, const std::string& what)
{
  throw std::system_error(error, std::generic_category(), what);
}

sockaddr_un address_of(const std::string& path)
{
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  if (path.size() >= sizeof address.sun_path) {
    fail(ENAMETOOLONG, path);
  }
  std::memcpy(address.sun_path, path.c_str(), path.size() + 1);
  return address;
}

} // namespace

Socket::~Socket()
{
  if (descriptor_ >= 0) {
    close(descriptor_);
  }
}

Socket connect_to(const std::string& path)
{
  const sockaddr_un address = address_of(path);
  Socket socket(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
  if (connect(socket.descriptor(), reinterpret_cast<const sockaddr*>(&address), sizeof address)) {
    return Socket();
  }
  return socket;
}

Socket listen_at(const std::string& path)
{
  const sockaddr_un address = address_of(path);
  if (connect_to(path)) {
    fail(EADDRINUSE, path);
  }
  unlink(path.c_str());
  Socket socket(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
  if (bind(socket.descriptor(), reinterpret_cast<const sockaddr*>(&address), sizeof address) ||
      listen(socket.descriptor(), SOMAXCONN)) {
    fail(errno, path);
  }
  return socket;
}

bool send_all(const Socket& socket, const std::string& bytes)
{
  std::size_t sent = 0;
  while (sent < bytes.size()) {
    const ssize_t count =
        send(socket.descriptor(), bytes.data() + sent, bytes.size() - sent, MSG_NOSIGNAL);
    if (count < 0 && errno != EINTR) {
      return false;
    }
    sent += count > 0 ? static_cast<std::size_t>(count) : 0;
  }
  return true;
}

} // namespace isobar
