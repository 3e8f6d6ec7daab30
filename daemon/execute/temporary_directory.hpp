// Directories for TEST_TMPDIR: each test has one of its own, and finds it empty.
#pragma once

#include "analyzer/model/error.hpp"

#include <string>
#include <string_view>
#include <utility>

namespace winnow::execute {

/// Owns a directory: removed with all that is in it, unless moved from.
class TemporaryDirectory {
 public:
  /// `<root>/winnow-<name>-<random>`, mode 0700.
  static Result<TemporaryDirectory> create(std::string_view root, std::string_view name);

  ~TemporaryDirectory() { remove(); }

  TemporaryDirectory(TemporaryDirectory&& other) noexcept : path_(std::exchange(other.path_, "")) {}

  TemporaryDirectory& operator=(TemporaryDirectory&& other) noexcept
  {
    if (this != &other) {
      remove();
      path_ = std::exchange(other.path_, "");
    }
    return *this;
  }

  [[nodiscard]] const std::string& path() const { return path_; }

 private:
  explicit TemporaryDirectory(std::string path) : path_(std::move(path)) {}

  void remove();

  std::string path_;
};

} // namespace winnow::execute
