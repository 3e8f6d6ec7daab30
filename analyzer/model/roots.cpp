// Translation between absolute paths and graph paths.
#include "analyzer/model/roots.hpp"

#include <vector>

namespace winnow {

std::string lexically_normal(std::string_view path)
{
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
  const std::string normal =
      lexically_normal(path.starts_with('/') ? std::string(path) : build + "/" + std::string(path));
  if (is_within(normal, build)) {
    return std::string(build_prefix) + normal.substr(std::min(build.size() + 1, normal.size()));
  }
  if (is_within(normal, source) && normal.size() > source.size()) {
    return normal.substr(source.size() + 1);
  }
  return normal;
}

std::string Roots::absolute(std::string_view graph_path) const
{
  switch (origin_of(graph_path)) {
  case Origin::build: {
    const std::string_view below = graph_path.substr(build_prefix.size());
    return below.empty() ? build : build + "/" + std::string(below);
  }
  case Origin::source:
    return source + "/" + std::string(graph_path);
  case Origin::external:
    break;
  }
  return std::string(graph_path);
}

Origin origin_of(std::string_view graph_path)
{
  if (graph_path.starts_with(build_prefix)) {
    return Origin::build;
  }
  return graph_path.starts_with('/') ? Origin::external : Origin::source;
}

} // namespace winnow
