// Directories for TEST_TMPDIR: one test at a time has one, and finds it empty.
#pragma once

#include "analyzer/model/error.hpp"

#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

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

  /// Whether it is as it was created: there, empty, ours alone.
  [[nodiscard]] bool is_fresh() const;

 private:
  explicit TemporaryDirectory(std::string path) : path_(std::move(path)) {}

  void remove();

  std::string path_;
};

/// The directories of one run. Creating and removing one costs more than all else we do for a test,
/// and most tests leave theirs untouched: those are used again.
class TemporaryDirectories {
 public:
  Result<TemporaryDirectory> take(std::string_view root, std::string_view name);
  /// Not for one that a process which lives on may still use.
  void give_back(TemporaryDirectory directory);

 private:
  std::vector<TemporaryDirectory> spare_;
};

} // namespace winnow::execute
