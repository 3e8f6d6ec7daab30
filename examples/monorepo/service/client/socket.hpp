// Unix-domain stream sockets that close themselves.
#pragma once

#include <string>
#include <utility>

namespace isobar {

/// Owns a file descriptor; -1 is none.
class Socket {
 public:
  explicit Socket(int descriptor = -1) : descriptor_(descriptor) {}

  Socket(Socket&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}

  Socket& operator=(Socket&& other) noexcept
  {
    std::swap(descriptor_, other.descriptor_);
    return *this;
  }

  ~Socket();

  int descriptor() const { return descriptor_; }

  explicit operator bool() const { return descriptor_ >= 0; }

 private:
  int descriptor_;
};

/// None when nobody listens at `path`. Throws std::system_error for a path that is too long.
Socket connect_to(const std::string& path);

/// Throws std::system_error. A socket file that a dead server left behind is replaced.
Socket listen_at(const std::string& path);

/// All of `bytes`; false when the other side is gone.
bool send_all(const Socket& socket, const std::string& bytes);

} // namespace isobar
