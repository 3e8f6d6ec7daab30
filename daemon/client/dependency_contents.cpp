// stat(2) first; contents by XXH3.
#include "daemon/client/dependency_contents.hpp"

#include <fmt/format.h>
#include <sys/stat.h>

#include <fcntl.h>
#include <unistd.h>
#include <xxhash.h>

#include <algorithm>
#include <ctime>
#include <filesystem>
#include <memory>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

namespace winnow::client {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t most_entries = 4096;
constexpr off_t most_bytes = 256 * 1024 * 1024;
/// Times of files are as coarse as the kernel's clock ticks, or the file system's seconds.
constexpr std::int64_t settling_ns = 2'000'000'000;

std::int64_t nanoseconds(const timespec& time)
{
  return time.tv_sec * 1'000'000'000LL + time.tv_nsec;
}

/// One file, or all files of a directory.
struct Look {
  std::string status; ///< text of which the digest is taken
  std::string others; ///< names of what is no file
  std::vector<std::string> files;
  std::int64_t newest_ns = 0;
  off_t bytes = 0;

  void add(const std::string& name, const struct stat& info)
  {
    status += fmt::format("{}\x1f{} {} {} {} {}\n", name, info.st_dev, info.st_ino, info.st_size,
                          nanoseconds(info.st_mtim), nanoseconds(info.st_ctim));
    newest_ns = std::max(newest_ns, nanoseconds(info.st_ctim));
    bytes += info.st_size;
  }

  [[nodiscard]] bool may_change_unseen() const
  {
    timespec now{};
    ::clock_gettime(CLOCK_REALTIME, &now);
    return newest_ns > nanoseconds(now) - settling_ns;
  }
};

/// What tools keep for themselves beside sources.
bool is_passed_over(const fs::path& name)
{
  static constexpr std::string_view names[] = {".git", ".winnow", "__pycache__", ".pytest_cache"};
  return std::ranges::find(names, name.native()) != std::end(names);
}

/// Nothing where the directory cannot be read, or has too much in it.
std::optional<Look> look_below(const std::string& directory, const std::string& left_out)
{
  std::vector<std::string> names;
  std::error_code error;
  fs::recursive_directory_iterator at(directory, error);
  for (const fs::recursive_directory_iterator end; !error && at != end; at.increment(error)) {
    if (is_passed_over(at->path().filename()) || at->path() == left_out) {
      at.disable_recursion_pending();
      continue;
    }
    if (names.size() == most_entries) {
      return std::nullopt;
    }
    names.push_back(at->path().string());
  }
  if (error) {
    return std::nullopt;
  }
  std::ranges::sort(names);
  Look look;
  for (std::string& name : names) {
    struct stat info {};

    const bool leads_somewhere = ::stat(name.c_str(), &info) == 0;
    if (leads_somewhere && S_ISREG(info.st_mode)) {
      look.add(name, info);
      look.files.push_back(std::move(name));
    } else if (leads_somewhere && S_ISDIR(info.st_mode) && fs::is_symlink(name, error)) {
      return std::nullopt; // what is there belongs to somebody else, or goes round in circles
    } else {               // a directory's own times tell of what is passed over, too
      look.others += name + '\n';
    }
  }
  look.status += look.others;
  return look.bytes > most_bytes ? std::nullopt : std::optional(std::move(look));
}

std::optional<Look> look_at_path(const std::string& path, const std::string& left_out)
{
  struct stat info {};

  if (::stat(path.c_str(), &info) != 0) {
    return std::nullopt;
  }
  if (S_ISDIR(info.st_mode)) {
    return look_below(path, left_out);
  }
  if (!S_ISREG(info.st_mode)) {
    return std::nullopt;
  }
  Look look;
  look.add(path, info);
  look.files.push_back(path);
  return look;
}

/// Adds the bytes of a file; false if they cannot be read.
bool add_bytes(XXH3_state_t* state, const std::string& path)
{
  const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  std::vector<char> buffer(file < 0 ? 0 : 256 * 1024);
  ssize_t count = file < 0 ? -1 : 1;
  while (count > 0) {
    count = ::read(file, buffer.data(), buffer.size());
    if (count > 0) {
      XXH3_128bits_update(state, buffer.data(), static_cast<std::size_t>(count));
    }
  }
  if (file >= 0) {
    ::close(file);
  }
  return count == 0;
}

/// Of names and bytes.
Digest digest_of_contents(const Look& look)
{
  const std::unique_ptr<XXH3_state_t, decltype(&XXH3_freeState)> state(XXH3_createState(),
                                                                       XXH3_freeState);
  XXH3_128bits_reset(state.get());
  XXH3_128bits_update(state.get(), look.others.c_str(), look.others.size() + 1);
  for (const std::string& file : look.files) {
    XXH3_128bits_update(state.get(), file.c_str(), file.size() + 1);
    if (!add_bytes(state.get(), file)) {
      return {};
    }
  }
  const XXH128_hash_t hash = XXH3_128bits_digest(state.get());
  return {hash.high64, hash.low64};
}

} // namespace

DependencyContents::DependencyContents(KnownContents known, std::string left_out)
    : known_(std::move(known)), left_out_(std::move(left_out))
{}

Digest DependencyContents::known_content(const std::string& path, const Digest& status) const
{
  const auto found = known_.find(path);
  return found != known_.end() && found->second.status == status ? found->second.content : Digest();
}

Digest DependencyContents::read(const std::string& path)
{
  const std::optional<Look> look = look_at_path(path, left_out_);
  if (!look) {
    known_.erase(path);
    return {};
  }
  const Digest status = digest_of(look->status);
  if (const Digest content = known_content(path, status); content.known()) {
    return content;
  }
  const Digest content = digest_of_contents(*look);
  const std::optional<Look> after = look_at_path(path, left_out_);
  if (!content.known() || !after || after->status != look->status) {
    known_.erase(path);
    return {};
  }
  if (look->may_change_unseen()) {
    known_.erase(path);
  } else {
    known_.insert_or_assign(path, KnownContent{status, content});
  }
  return content;
}

Digest DependencyContents::content(const std::string& path)
{
  look_at(path);
  KnownContent& seen = looked_at_.find(path)->second;
  if (!seen.content.known()) {
    seen.content = read(path);
  }
  return seen.content;
}

void DependencyContents::look_at(const std::string& path)
{
  const auto [at, added] = looked_at_.try_emplace(path);
  if (!added) {
    return;
  }
  const std::optional<Look> look = look_at_path(path, left_out_);
  if (!look) {
    return;
  }
  at->second.status = digest_of(look->status);
  at->second.content =
      look->may_change_unseen() ? read(path) : known_content(path, at->second.status);
}

Digest DependencyContents::content_when_looked_at(const std::string& path)
{
  const auto [at, added] = settled_.try_emplace(path);
  if (!added) {
    return at->second;
  }
  const auto seen = looked_at_.find(path);
  if (seen == looked_at_.end() || !seen->second.status.known()) {
    return {};
  }
  const std::optional<Look> look = look_at_path(path, left_out_);
  const bool same = look && digest_of(look->status) == seen->second.status;
  const Digest now = look ? read(path) : Digest();
  // What is only read now was that before, if nothing touched it meanwhile.
  const bool is_it = seen->second.content.known() ? seen->second.content == now : same;
  return at->second = is_it ? now : Digest();
}

} // namespace winnow::client
