// Owns one file descriptor.
#pragma once

#include <unistd.h>

#include <utility>

namespace winnow::execute {

/// Closed when it goes out of scope; negative means none.
class FileDescriptor {
 public:
  FileDescriptor() = default;

  explicit FileDescriptor(int descriptor) : descriptor_(descriptor) {}

  ~FileDescriptor() { reset(); }

  FileDescriptor(FileDescriptor&& other) noexcept
      : descriptor_(std::exchange(other.descriptor_, -1))
  {}

  FileDescriptor& operator=(FileDescriptor&& other) noexcept
  {
    if (this != &other) {
      reset();
      descriptor_ = std::exchange(other.descriptor_, -1);
    }
    return *this;
  }

  explicit operator bool() const { return descriptor_ >= 0; }

  [[nodiscard]] int get() const { return descriptor_; }

  int release() { return std::exchange(descriptor_, -1); }

  void reset()
  {
    if (descriptor_ >= 0) {
      ::close(std::exchange(descriptor_, -1));
    }
  }

 private:
  int descriptor_ = -1;
};

} // namespace winnow::execute
