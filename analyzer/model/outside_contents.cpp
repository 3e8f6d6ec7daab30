// lstat(2) for each file that is asked for, and a look inside where that says something new.
#include "analyzer/model/outside_contents.hpp"

#include <sys/stat.h>

#include <xxhash.h>

#include <cstring>
#include <ctime>
#include <type_traits>
#include <utility>

namespace winnow {
namespace {

constexpr std::string_view magic = "WINNOWO\1";

/// Longer than one tick of the clock by which any file system stamps its files.
constexpr std::int64_t settled_after_ns = 2'000'000'000;

std::int64_t nanoseconds(const timespec& time)
{
  return time.tv_sec * std::int64_t{1'000'000'000} + time.tv_nsec;
}

std::int64_t now_ns()
{
  timespec now{};
  ::clock_gettime(CLOCK_REALTIME, &now);
  return nanoseconds(now);
}

} // namespace

OutsideContents OutsideContents::from_bytes(std::string_view bytes)
{
  static_assert(std::has_unique_object_representations_v<Row>); // nothing lies between members
  OutsideContents contents;
  std::uint64_t checksum = 0;
  constexpr std::size_t head = magic.size() + sizeof checksum;
  if (bytes.size() < head || !bytes.starts_with(magic)) {
    return contents;
  }
  std::memcpy(&checksum, bytes.data() + magic.size(), sizeof checksum);
  bytes.remove_prefix(head);
  if (checksum != XXH3_64bits(bytes.data(), bytes.size())) {
    return contents;
  }
  while (bytes.size() >= sizeof(Row)) {
    Row row;
    std::memcpy(&row, bytes.data(), sizeof row);
    bytes.remove_prefix(sizeof row);
    if (row.path_size > bytes.size()) {
      return {};
    }
    contents.entries_.emplace(bytes.substr(0, row.path_size), Entry{row.status, row.content});
    bytes.remove_prefix(row.path_size);
  }
  return contents;
}

ContentHash OutsideContents::content(const std::string& absolute_path)
{
  struct stat found {};

  if (::lstat(absolute_path.c_str(), &found) != 0 ||
      !(S_ISREG(found.st_mode) || S_ISLNK(found.st_mode))) {
    changed_ = entries_.erase(absolute_path) > 0 || changed_;
    return {};
  }
  const Status status{found.st_dev, found.st_ino, static_cast<std::uint64_t>(found.st_size),
                      nanoseconds(found.st_mtim), nanoseconds(found.st_ctim)};
  Entry& entry = entries_[absolute_path];
  entry.used = true;
  if (entry.status != status || !entry.content.known()) {
    const bool settled = status.changed_ns < now_ns() - settled_after_ns;
    entry.status = settled ? status : Status{};
    entry.content = hash_file(absolute_path);
    changed_ = true;
  }
  return entry.content;
}

std::string OutsideContents::bytes() const
{
  std::string rows;
  for (const auto& [path, entry] : entries_) {
    if (!entry.used) {
      continue;
    }
    const Row row{entry.status, entry.content, static_cast<std::uint32_t>(path.size())};
    rows.append(reinterpret_cast<const char*>(&row), sizeof row);
    rows += path;
  }
  const std::uint64_t checksum = XXH3_64bits(rows.data(), rows.size());
  std::string bytes(magic);
  bytes.append(reinterpret_cast<const char*>(&checksum), sizeof checksum);
  return bytes + rows;
}

} // namespace winnow
