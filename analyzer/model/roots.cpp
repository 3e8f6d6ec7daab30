// Translation between absolute paths and graph paths.
#include "analyzer/model/roots.hpp"

#include <algorithm>
#include <span>
#include <vector>

namespace winnow {
namespace {

bool ends_component(std::string_view text, std::size_t at)
{
  static constexpr std::string_view ends = "\x1e/ \t\n\"'`;:,=()<>|&\\";
  return at == text.size() || ends.find(text[at]) != std::string_view::npos;
}

struct Root {
  std::string_view path;
  std::string_view mark;
};

/// The root whose path begins `text`, the longest if several do.
const Root* root_at(std::string_view text, std::span<const Root> roots)
{
  const Root* longest = nullptr;
  for (const Root& root : roots) {
    if (!root.path.empty() && text.starts_with(root.path) &&
        ends_component(text, root.path.size()) &&
        (longest == nullptr || root.path.size() > longest->path.size())) {
      longest = &root;
    }
  }
  return longest;
}

std::string below(const std::string& root, std::string_view path)
{
  return path.empty() ? root : root + "/" + std::string(path);
}

/// Whether lexically_normal() would leave it as it is. A path that climbs above its beginning is
/// normal too, but rare.
bool is_surely_normal(std::string_view path)
{
  const auto at = [&](std::size_t i) { return i < path.size() ? path[i] : '/'; };
  for (std::size_t begin = path.starts_with('/') ? 1 : 0; begin <= path.size();
       begin = std::min(path.find('/', begin), path.size()) + 1) {
    // Asked of each path again and again, so one character decides nearly always.
    const char first = at(begin);
    if (first == '/' || (first == '.' && (at(begin + 1) == '/' ||
                                          (at(begin + 1) == '.' && at(begin + 2) == '/')))) {
      return false;
    }
  }
  return true;
}

std::string graph_path_of_normal(std::string_view normal, const Roots& roots)
{
  if (is_within(normal, roots.build)) {
    std::string path(build_prefix);
    return path += normal.substr(std::min(roots.build.size() + 1, normal.size()));
  }
  if (is_within(normal, roots.source) && normal.size() > roots.source.size()) {
    normal.remove_prefix(roots.source.size() + 1);
    return std::string(normal);
  }
  if (!roots.build_alias.empty() && is_within(normal, roots.build_alias)) {
    std::string path(build_prefix);
    return path += normal.substr(std::min(roots.build_alias.size() + 1, normal.size()));
  }
  if (!roots.source_alias.empty() && is_within(normal, roots.source_alias) &&
      normal.size() > roots.source_alias.size()) {
    normal.remove_prefix(roots.source_alias.size() + 1);
  }
  return std::string(normal);
}

} // namespace

std::string lexically_normal(std::string_view path)
{
  if (is_surely_normal(path)) {
    return std::string(path);
  }
  const bool absolute = path.starts_with('/');
  std::vector<std::string_view> parts;
  for (std::size_t begin = 0; begin <= path.size();) {
    const std::size_t end = std::min(path.find('/', begin), path.size());
    const std::string_view part = path.substr(begin, end - begin);
    begin = end + 1;
    if (part.empty() || part == ".") {
      continue;
    }
    if (part != "..") {
      parts.push_back(part);
    } else if (!parts.empty() && parts.back() != "..") {
      parts.pop_back();
    } else if (!absolute) {
      parts.push_back(part);
    }
  }
  std::string normal(absolute ? "/" : "");
  for (const std::string_view part : parts) {
    if (!normal.empty() && normal.back() != '/') {
      normal += '/';
    }
    normal += part;
  }
  return normal.empty() ? "." : normal;
}

bool is_within(std::string_view path, std::string_view directory)
{
  if (directory == "/") {
    return path.starts_with('/');
  }
  return path.starts_with(directory) &&
         (path.size() == directory.size() || path[directory.size()] == '/');
}

std::string Roots::graph_path(std::string_view path) const
{
  if (path.starts_with('/') && is_surely_normal(path)) {
    return graph_path_of_normal(path, *this);
  }
  return graph_path_of_normal(
      lexically_normal(path.starts_with('/') ? std::string(path) : build + "/" + std::string(path)),
      *this);
}

std::string Roots::absolute(std::string_view graph_path) const
{
  switch (origin_of(graph_path)) {
  case Origin::build:
    return below(build, graph_path.substr(build_prefix.size()));
  case Origin::source:
    return below(source, graph_path);
  case Origin::external:
    break;
  }
  return std::string(graph_path);
}

std::string Roots::absolute_in_alias(std::string_view graph_path) const
{
  switch (origin_of(graph_path)) {
  case Origin::build:
    return build_alias.empty() ? "" : below(build_alias, graph_path.substr(build_prefix.size()));
  case Origin::source:
    return source_alias.empty() ? "" : below(source_alias, graph_path);
  case Origin::external:
    break;
  }
  return {};
}

std::string without_roots(std::string_view text, const Roots& roots)
{
  static constexpr std::string_view build_mark = "\x01"
                                                 "build";
  static constexpr std::string_view source_mark = "\x01"
                                                  "source";
  const Root candidates[] = {{roots.build, build_mark},
                             {roots.source, source_mark},
                             {roots.build_alias, build_mark},
                             {roots.source_alias, source_mark}};
  std::string result;
  result.reserve(text.size());
  std::size_t taken = 0; // up to here the result has the text
  for (std::size_t at = text.find('/'); at != std::string_view::npos; at = text.find('/', at)) {
    const Root* root = root_at(text.substr(at), candidates);
    if (root == nullptr) {
      ++at;
      continue;
    }
    result += text.substr(taken, at - taken);
    result += root->mark;
    at += root->path.size();
    taken = at;
  }
  result += text.substr(taken);
  return result;
}

Origin origin_of(std::string_view graph_path)
{
  if (graph_path.starts_with(build_prefix)) {
    return Origin::build;
  }
  return graph_path.starts_with('/') ? Origin::external : Origin::source;
}

} // namespace winnow
