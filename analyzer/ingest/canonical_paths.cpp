// readlink, component by component, of those that a listing shows as links.
#include "analyzer/ingest/canonical_paths.hpp"

#include "analyzer/model/roots.hpp"

#include <climits>

#include <dirent.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <utility>

namespace winnow::ingest {
namespace {

constexpr int most_links = 40;   // as the kernel's limit
constexpr int worth_listing = 8; // so many readlink(2) cost more than to list a small directory

std::string joined(const std::string& directory, std::string_view name)
{
  return directory == "/" ? "/" + std::string(name) : directory + "/" + std::string(name);
}

} // namespace

CanonicalPath CanonicalPaths::follow(const std::string& path)
{
  const std::size_t slash = path.rfind('/');
  if (slash == std::string::npos || path.size() == 1) {
    return {path, {}};
  }
  return follow_component(directory(std::string_view(path).substr(0, slash), 0),
                          std::string_view(path).substr(slash + 1), 0);
}

CanonicalPath CanonicalPaths::resolve_directory(std::string path)
{
  const std::size_t slash = path.rfind('/');
  if (slash == std::string::npos || path.size() == 1) {
    return {std::move(path), {}};
  }
  const std::string_view named = std::string_view(path).substr(0, slash);
  const CanonicalPath& real = directory(named, 0);
  if (real.path == named) { // as nearly always
    return {std::move(path), real.links};
  }
  return {joined(real.path, std::string_view(path).substr(slash + 1)), real.links};
}

const CanonicalPath& CanonicalPaths::directory(std::string_view path, int depth)
{
  if (const auto found = directories_.find(path); found != directories_.end()) {
    return found->second;
  }
  CanonicalPath resolved{"/", {}};
  if (path.size() > 1) {
    const std::size_t slash = path.rfind('/');
    const CanonicalPath parent = directory(path.substr(0, slash), depth);
    resolved = follow_component(parent, path.substr(slash + 1), depth);
  }
  return directories_.emplace(path, std::move(resolved)).first->second;
}

bool CanonicalPaths::may_be_link(const std::string& canonical_directory, std::string_view name)
{
  Links& links = links_in_[canonical_directory];
  if (++links.asked == worth_listing) {
    DIR* const stream = ::opendir(canonical_directory.c_str());
    const auto next = [&] {
      errno = 0; // at the end it stays, when the listing breaks off it does not
      return ::readdir(stream);
    };
    while (const dirent* const read = stream != nullptr ? next() : nullptr) {
      if (read->d_type == DT_LNK || read->d_type == DT_UNKNOWN) {
        links.names.emplace_back(read->d_name);
      }
    }
    links.listed = stream != nullptr ? errno == 0 : errno == ENOENT;
    if (stream != nullptr) {
      ::closedir(stream);
    }
    std::ranges::sort(links.names);
  }
  return !links.listed || std::ranges::binary_search(links.names, name);
}

CanonicalPath CanonicalPaths::follow_component(const CanonicalPath& parent, std::string_view name,
                                               int depth)
{
  CanonicalPath here{joined(parent.path, name), parent.links};
  if (!may_be_link(parent.path, name)) {
    return here;
  }
  char text[PATH_MAX];
  const ssize_t length = ::readlink(here.path.c_str(), text, sizeof text);
  if (length <= 0 || depth >= most_links) {
    return here;
  }
  const std::string target(text, static_cast<std::size_t>(length));
  here.links.push_back(here.path);
  const std::string next =
      lexically_normal(target.starts_with('/') ? target : joined(parent.path, target));
  if (next == "/") {
    here.path = next;
    return here;
  }
  const std::size_t slash = next.rfind('/');
  const CanonicalPath next_parent = directory(std::string_view(next).substr(0, slash), depth + 1);
  CanonicalPath end =
      follow_component(next_parent, std::string_view(next).substr(slash + 1), depth + 1);
  end.links.insert(end.links.begin(), here.links.begin(), here.links.end());
  return end;
}

} // namespace winnow::ingest
