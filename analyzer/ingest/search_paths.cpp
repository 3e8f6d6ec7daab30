// Candidates per name over all directories, filtered by path.
#include "analyzer/ingest/search_paths.hpp"

#include <algorithm>

namespace winnow::ingest {

SearchPaths::SearchPaths(FileTree& tree, NameTable& names) : tree_(tree), names_(names) {}

SearchPaths::PathId SearchPaths::add(const IncludeArguments& arguments,
                                     std::span<const std::string> standard)
{
  Path system;
  append(arguments.system, {}, system);
  if (arguments.standard) {
    append({standard.begin(), standard.end()}, {}, system);
  }
  append(arguments.after, {}, system);

  Path path;
  append(arguments.quote, {}, path);
  path.first_angle = path.order.size();
  append(arguments.angle, system.order, path);
  path.order.insert(path.order.end(), system.order.begin(), system.order.end());
  path.links.insert(path.links.end(), system.links.begin(), system.links.end());

  std::vector<std::uint32_t> key(path.order);
  key.push_back(static_cast<std::uint32_t>(path.first_angle));
  key.insert(key.end(), path.links.begin(), path.links.end());
  const auto [at, added] = ids_.try_emplace(std::move(key), static_cast<PathId>(paths_.size()));
  if (added) {
    for (std::uint32_t i = 0; i < path.order.size(); ++i) {
      path.places.emplace_back(path.order[i], i);
      add_directory(path.order[i]);
    }
    std::ranges::sort(path.places);
    paths_.push_back(std::move(path));
  }
  return at->second;
}

/// Directories are kept where they come first, from `first_angle` on.
void SearchPaths::append(const std::vector<std::string>& directories,
                         std::span<const FileTree::DirectoryId> excluded, Path& path)
{
  for (const std::string& name : directories) {
    const auto [directory, links] = tree_.directory(name);
    const auto begin = path.order.begin() + static_cast<std::ptrdiff_t>(path.first_angle);
    if (std::find(begin, path.order.end(), directory) == path.order.end() &&
        std::ranges::find(excluded, directory) == excluded.end()) {
      path.order.push_back(directory);
      path.links.push_back(links);
    }
  }
}

void SearchPaths::add_directory(FileTree::DirectoryId directory)
{
  if (known_.size() <= directory) {
    known_.resize(directory + 1);
  }
  if (known_[directory]) {
    return;
  }
  known_[directory] = true;
  directories_.push_back(directory);
  for (const std::string_view name : tree_.names_in(directory)) {
    having_[name].push_back(directory);
  }
  ++generation_;
}

const SearchPaths::Candidates& SearchPaths::candidates(NameId name)
{
  if (candidates_.size() <= name) {
    candidates_.resize(std::max<std::size_t>(names_.size(), name + 1));
  }
  Candidates& known = candidates_[name];
  if (known.generation == generation_) {
    return known;
  }
  known = {generation_, {}, {}};
  const std::string_view text = names_.name(name);
  if (text.starts_with('/')) {
    known.absolute = tree_.find(0, text);
    return known;
  }
  const std::string_view first = text.substr(0, text.find('/'));
  const bool plain = first != "." && first != ".." && !first.empty();
  const auto having = having_.find(first);
  static const std::vector<FileTree::DirectoryId> nowhere;
  for (const FileTree::DirectoryId directory : !plain                    ? directories_
                                               : having == having_.end() ? nowhere
                                                                         : having->second) {
    if (const auto found = tree_.find(directory, text)) {
      known.in.push_back({directory, *found});
    }
  }
  std::ranges::sort(known.in, {}, &Candidate::directory);
  return known;
}

std::span<const SearchPaths::Match> SearchPaths::find(NameId name, PathId id, bool angled)
{
  const Candidates& candidates = this->candidates(name);
  matches_.clear();
  if (candidates.absolute) {
    matches_.push_back({*candidates.absolute, 0});
    return matches_;
  }
  const Path& path = paths_[id];
  const std::size_t first = angled ? path.first_angle : 0;
  if (candidates.in.size() > path.order.size()) {
    for (std::size_t i = first; i < path.order.size(); ++i) {
      const auto in =
          std::ranges::lower_bound(candidates.in, path.order[i], {}, &Candidate::directory);
      if (in != candidates.in.end() && in->directory == path.order[i]) {
        matches_.push_back({in->found, path.links[i]});
      }
    }
  } else {
    match_places(candidates, path, first);
  }
  return matches_;
}

void SearchPaths::match_places(const Candidates& candidates, const Path& path, std::size_t first)
{
  found_.clear();
  for (const Candidate& candidate : candidates.in) {
    for (auto place = std::ranges::lower_bound(path.places, Place(candidate.directory, first));
         place != path.places.end() && place->first == candidate.directory; ++place) {
      found_.emplace_back(place->second, Match{candidate.found, path.links[place->second]});
    }
  }
  std::ranges::sort(found_, {}, [](const auto& found) { return found.first; });
  for (const auto& [place, match] : found_) {
    matches_.push_back(match);
  }
}

} // namespace winnow::ingest
