// Files and their contents, by path.
#pragma once

#include "analyzer/model/content_hash.hpp"
#include "analyzer/model/file_version.hpp"
#include "analyzer/model/packed_files.hpp"

#include <cstddef>
#include <initializer_list>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace winnow {

/// What most listings share is packed and never copied; what was replaced since lies beside it.
/// Hundreds of thousands of files are listed where a query asks for few.
class FileListing {
 public:
  struct Replacement {
    std::string path;
    std::optional<ContentHash> hash; ///< nothing: the file is not there
  };

  FileListing() = default;
  /// In any order; of those that have one path the first counts.
  explicit FileListing(std::vector<FileVersion> files);
  FileListing(std::initializer_list<FileVersion> files);
  /// `owner` keeps the bytes of `packed`.
  FileListing(PackedFiles packed, std::shared_ptr<const void> owner);

  /// In any order; of those that have one path the last counts.
  void replace(std::vector<Replacement> files);
  /// Lists these with these contents, known or not.
  void put(std::span<const FileVersion> files);

  [[nodiscard]] bool contains(std::string_view path) const { return find(path).has_value(); }

  /// Nothing where it is not listed; what is listed may be unknown all the same.
  [[nodiscard]] std::optional<ContentHash> find(std::string_view path) const;
  [[nodiscard]] std::size_t size() const;

  [[nodiscard]] bool empty() const { return size() == 0; }

  /// Finds many files, soon where each path is asked for after one that is just before it.
  class InOrder {
   public:
    /// `listing` must outlive it, and stay as it is.
    explicit InOrder(const FileListing& listing) : listing_(listing) {}

    [[nodiscard]] std::optional<ContentHash> find(std::string_view path)
    {
      return listing_.find(path, reached_);
    }

   private:
    const FileListing& listing_;
    std::size_t reached_ = 0;
  };

  /// Calls `visit(std::string_view path, const ContentHash&)` in the order of paths.
  template <class Visit>
  void for_each(Visit visit) const
  {
    for_each_below("", std::move(visit));
  }

  /// The same for those whose paths begin with `prefix`.
  template <class Visit>
  void for_each_below(std::string_view prefix, Visit visit) const;

  /// The paths at which this listing may differ from `other`, where both were made of one by
  /// replacing: found without a look at the files that they share. Views into both.
  [[nodiscard]] std::optional<std::vector<std::string_view>>
  may_differ_from(const FileListing& other) const;

  /// Whether the same files with the same contents are listed.
  bool operator==(const FileListing& other) const;

 private:
  /// `hint` is an index into the packed files, near the path before and after it.
  [[nodiscard]] std::optional<ContentHash> find(std::string_view path, std::size_t& hint) const;
  [[nodiscard]] std::vector<Replacement>::const_iterator
  first_replacement(std::string_view from) const;

  PackedFiles packed_;
  std::shared_ptr<const void> owner_;
  std::vector<Replacement> replaced_; ///< sorted by path, each path once
};

template <class Visit>
void FileListing::for_each_below(std::string_view prefix, Visit visit) const
{
  auto other = first_replacement(prefix);
  const auto visit_others = [&](auto comes_now) {
    for (; other != replaced_.end() && other->path.starts_with(prefix) && comes_now(*other);
         ++other) {
      if (other->hash) {
        visit(std::string_view(other->path), *other->hash);
      }
    }
  };
  for (std::size_t i = packed_.lower_bound(prefix); i < packed_.size(); ++i) {
    const std::string_view path = packed_.path(i);
    if (!path.starts_with(prefix)) {
      break;
    }
    visit_others([&](const Replacement& file) { return file.path < path; });
    if (other == replaced_.end() || other->path != path) {
      visit(path, packed_.hash(i));
    }
  }
  visit_others([](const Replacement&) { return true; });
}

} // namespace winnow
