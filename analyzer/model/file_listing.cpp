// Looks beside the packed files first.
#include "analyzer/model/file_listing.hpp"

#include <algorithm>
#include <utility>

namespace winnow {

FileListing::FileListing(std::vector<FileVersion> files)
{
  std::ranges::stable_sort(files, {}, &FileVersion::path);
  const auto repeated = std::ranges::unique(files, {}, &FileVersion::path);
  files.erase(repeated.begin(), repeated.end());
  const auto bytes = std::make_shared<const std::string>(PackedFiles::pack(files));
  packed_ = PackedFiles::over(*bytes).value();
  owner_ = bytes;
}

FileListing::FileListing(std::initializer_list<FileVersion> files)
    : FileListing(std::vector<FileVersion>(files))
{}

FileListing::FileListing(PackedFiles packed, std::shared_ptr<const void> owner)
    : packed_(packed), owner_(std::move(owner))
{}

void FileListing::replace(std::vector<Replacement> files)
{
  // Behind those of before, so that of one path the last is the newest.
  files.insert(files.begin(), std::make_move_iterator(replaced_.begin()),
               std::make_move_iterator(replaced_.end()));
  std::ranges::stable_sort(files, {}, &Replacement::path);
  replaced_.clear();
  for (Replacement& file : files) {
    if (!replaced_.empty() && replaced_.back().path == file.path) {
      replaced_.back() = std::move(file);
    } else {
      replaced_.push_back(std::move(file));
    }
  }
}

void FileListing::put(std::span<const FileVersion> files)
{
  std::vector<Replacement> replaced;
  replaced.reserve(files.size());
  for (const FileVersion& file : files) {
    replaced.push_back({file.path, file.hash});
  }
  replace(std::move(replaced));
}

std::vector<FileListing::Replacement>::const_iterator
FileListing::first_replacement(std::string_view from) const
{
  return std::ranges::lower_bound(replaced_, from, {}, &Replacement::path);
}

std::optional<ContentHash> FileListing::find(std::string_view path) const
{
  std::size_t hint = 0;
  return find(path, hint);
}

std::optional<ContentHash> FileListing::find(std::string_view path, std::size_t& hint) const
{
  if (const auto other = first_replacement(path); other != replaced_.end() && other->path == path) {
    return other->hash;
  }
  hint = packed_.lower_bound(path, hint);
  const bool found = hint < packed_.size() && packed_.path(hint) == path;
  return found ? std::optional(packed_.hash(hint)) : std::nullopt;
}

std::size_t FileListing::size() const
{
  std::size_t count = 0;
  for_each([&](std::string_view, const ContentHash&) { ++count; });
  return count;
}

std::optional<std::vector<std::string_view>>
FileListing::may_differ_from(const FileListing& other) const
{
  if (owner_ == nullptr || owner_ != other.owner_ || !packed_.is_same_view(other.packed_)) {
    return std::nullopt;
  }
  std::vector<std::string_view> paths;
  for (const std::vector<Replacement>* replaced : {&replaced_, &other.replaced_}) {
    for (const Replacement& file : *replaced) {
      paths.push_back(file.path);
    }
  }
  return paths;
}

bool FileListing::operator==(const FileListing& other) const
{
  bool same = size() == other.size();
  for_each([&](std::string_view path, const ContentHash& hash) {
    same = same && other.find(path) == hash;
  });
  return same;
}

} // namespace winnow
