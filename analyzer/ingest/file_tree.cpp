// readdir, with the outputs of steps laid over it.
#include "analyzer/ingest/file_tree.hpp"

#include <sys/stat.h>

#include <dirent.h>

#include <algorithm>
#include <utility>

namespace winnow::ingest {
namespace {

std::string joined(const std::string& directory, std::string_view name)
{
  return directory == "/" ? "/" + std::string(name) : directory + "/" + std::string(name);
}

std::string parent_of(const std::string& path)
{
  const std::size_t slash = path.rfind('/');
  return slash == 0 ? "/" : path.substr(0, slash);
}

} // namespace

FileTree::FileTree(const Roots& roots) : roots_(roots), links_(1) {}

void FileTree::add_output(const std::string& path)
{
  std::string below = path;
  bool is_file = true;
  while (below.size() > 1) {
    const DirectoryId parent = directory_at(parent_of(below));
    list(parent);
    const auto [at, added] =
        directories_[parent].entries.try_emplace(below.substr(below.rfind('/') + 1));
    Entry& entry = at->second;
    if (is_file) {
      entry.kind = entry.kind == EntryKind::nothing ? EntryKind::file : entry.kind;
      entry.made = true;
    } else if (entry.kind == EntryKind::nothing) {
      entry.kind = EntryKind::directory;
    }
    if (!added) {
      return; // what lies above is there already
    }
    is_file = false;
    below = parent_of(below);
  }
}

std::pair<FileTree::DirectoryId, std::uint32_t> FileTree::directory(const std::string& path)
{
  const CanonicalPath real = canonical_.follow(path);
  return {directory_at(real.path), links_of(real.links)};
}

FileTree::DirectoryId FileTree::directory_at(const std::string& canonical_path)
{
  const auto [at, added] =
      directory_ids_.try_emplace(canonical_path, static_cast<DirectoryId>(directories_.size()));
  if (added) {
    directories_.push_back({canonical_path, false, {}});
  }
  return at->second;
}

void FileTree::list(DirectoryId id)
{
  Directory& directory = directories_[id];
  if (std::exchange(directory.listed, true)) {
    return;
  }
  DIR* stream = ::opendir(directory.path.c_str());
  if (stream == nullptr) {
    return;
  }
  while (const dirent* read = ::readdir(stream)) {
    const std::string_view name = read->d_name;
    if (name == "." || name == "..") {
      continue;
    }
    Entry entry;
    entry.kind = read->d_type == DT_DIR   ? EntryKind::directory
                 : read->d_type == DT_REG ? EntryKind::file
                                          : EntryKind::link; // of unknown type: followed to see
    directory.entries.emplace(name, entry);
  }
  ::closedir(stream);
}

FileTree::Entry* FileTree::entry(DirectoryId id, std::string_view name)
{
  list(id);
  Directory& directory = directories_[id];
  const auto found = directory.entries.find(name);
  if (found == directory.entries.end()) {
    return nullptr;
  }
  if (!found->second.resolved) {
    resolve(id, found->first, found->second);
  }
  return &found->second;
}

void FileTree::resolve(DirectoryId id, const std::string& name, Entry& entry)
{
  const std::string path = joined(directories_[id].path, name);
  entry.resolved = true;
  if (entry.kind == EntryKind::directory) {
    entry.target = directory_at(path);
    return;
  }

  if (entry.kind == EntryKind::file && !entry.made) {
    entry.target = add_place(id, file_at(path, false, true));
    return;
  }

  struct stat status {};

  const bool on_disk = ::stat(path.c_str(), &status) == 0;
  if (entry.made && !(on_disk && S_ISDIR(status.st_mode))) {
    // An output is the file of its own name, whatever a link there leads to now.
    entry.kind = EntryKind::file;
    entry.target = add_place(id, file_at(path, true, on_disk));
    return;
  }
  const CanonicalPath real = canonical_.follow(path);
  entry.links = links_of(real.links);
  if (on_disk && S_ISDIR(status.st_mode)) {
    entry.kind = EntryKind::directory;
    entry.target = directory_at(real.path);
  } else if (on_disk && S_ISREG(status.st_mode)) {
    entry.kind = EntryKind::file;
    entry.target = add_place(id, file_at(real.path, false, true));
  } else {
    entry.kind = EntryKind::nothing;
  }
}

FileTree::FileNumber FileTree::file_at(const std::string& canonical_path, bool made, bool on_disk)
{
  const auto [at, added] =
      file_numbers_.try_emplace(canonical_path, static_cast<FileNumber>(files_.size()));
  if (added) {
    const Origin origin = origin_of(roots_.graph_path(canonical_path));
    files_.push_back(
        {canonical_path, origin != Origin::external, !made && origin != Origin::build, on_disk});
  }
  return at->second;
}

FileTree::PlaceId FileTree::add_place(DirectoryId directory, FileNumber file)
{
  places_.push_back({directory, file});
  return static_cast<PlaceId>(places_.size() - 1);
}

std::uint32_t FileTree::links_of(const std::vector<std::string>& paths)
{
  std::uint32_t links = 0;
  for (const std::string& path : paths) {
    if (origin_of(roots_.graph_path(path)) != Origin::external) {
      links_.push_back({file_at(path, false, true)});
      links = joined_links(links, static_cast<std::uint32_t>(links_.size() - 1));
    }
  }
  return links;
}

std::uint32_t FileTree::joined_links(std::uint32_t before, std::uint32_t after)
{
  if (before == 0 || after == 0) {
    return before + after;
  }
  const auto [at, added] = joined_.try_emplace({before, after}, 0);
  if (added) {
    std::vector<FileNumber> both = links_[before];
    both.insert(both.end(), links_[after].begin(), links_[after].end());
    links_.push_back(std::move(both));
    at->second = static_cast<std::uint32_t>(links_.size() - 1);
  }
  return at->second;
}

std::optional<FileTree::Found> FileTree::find(DirectoryId from, std::string_view name)
{
  if (name.starts_with('/')) {
    return find(lexically_normal(name));
  }
  std::uint32_t links = 0;
  for (std::size_t begin = 0; begin <= name.size();) {
    const std::size_t end = std::min(name.find('/', begin), name.size());
    const std::string_view part = name.substr(begin, end - begin);
    const bool last = end == name.size();
    begin = end + 1;
    if (part == ".." && !last) {
      from = directory_at(parent_of(directories_[from].path));
      continue;
    }
    if ((part.empty() || part == ".") && !last) {
      continue;
    }
    const Entry* found = entry(from, part);
    if (found == nullptr || found->kind != (last ? EntryKind::file : EntryKind::directory)) {
      return std::nullopt;
    }
    links = joined_links(links, found->links);
    if (last) {
      return Found{found->target, links};
    }
    from = found->target;
  }
  return std::nullopt;
}

std::optional<FileTree::Found> FileTree::find(const std::string& path)
{
  const std::size_t slash = path.rfind('/');
  if (slash == std::string::npos || slash + 1 == path.size()) {
    return std::nullopt;
  }
  const auto [parent, links] = directory(parent_of(path));
  std::optional<Found> found = find(parent, std::string_view(path).substr(slash + 1));
  if (found) {
    found->links = joined_links(links, found->links);
  }
  return found;
}

std::vector<std::string_view> FileTree::names_in(DirectoryId id)
{
  list(id);
  std::vector<std::string_view> names;
  for (const auto& [name, entry] : directories_[id].entries) {
    names.emplace_back(name);
  }
  return names;
}

} // namespace winnow::ingest
