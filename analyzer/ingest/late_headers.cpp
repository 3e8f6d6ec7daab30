// By names first: what a search makes of them is asked of the include scan.
#include "analyzer/ingest/late_headers.hpp"

#include <algorithm>
#include <limits>
#include <unordered_set>
#include <utility>

namespace winnow::ingest {
namespace {

constexpr std::int64_t never = std::numeric_limits<std::int64_t>::max();

std::string_view last_component(std::string_view path)
{
  return path.substr(path.rfind('/') + 1);
}

} // namespace

LateHeaders::LateHeaders(const GraphBuilder& builder, RecordedFiles& files,
                         const ScannedHeaders& scanned, HeaderLog& log,
                         std::span<const std::string> unlisted)
    : builder_(builder), files_(files), scanned_(scanned), log_(log), oldest_ns_(log.oldest_ns())
{
  if (oldest_ns_ == never) {
    return; // there is no list
  }
  const std::unordered_set<std::string_view> named = scanned.last_components_named();
  const auto consider_if_named = [&](std::string_view graph_path) {
    if (named.contains(last_component(graph_path))) {
      consider(graph_path);
    }
  };
  files.for_each_source(consider_if_named);
  std::ranges::for_each(unlisted, consider_if_named);
  const auto count = static_cast<std::uint32_t>(builder.file_count());
  for (FileId file{0}; file.value < count; ++file.value) {
    if (origin_of(builder.path(file)) == Origin::build) {
      consider_if_named(builder.path(file));
    }
  }
  if (groups_.empty()) {
    return;
  }
  scanned.for_each_directive([&](FileId file, const ScannedHeaders::Directive& directive) {
    if (directive.computed || group_of_.contains(last_component(directive.name))) {
      mentions_[file].push_back(
          {directive.computed ? std::string_view() : directive.name, directive.asks});
    }
  });
}

void LateHeaders::consider(std::string_view graph_path)
{
  const std::int64_t came = came_ns(graph_path);
  if (came <= oldest_ns_) {
    return;
  }
  const auto [group, added] = group_of_.try_emplace(std::string(last_component(graph_path)),
                                                    static_cast<std::uint32_t>(groups_.size()));
  if (added) {
    groups_.emplace_back();
  }
  groups_[group->second].push_back({std::string(graph_path), came});
  youngest_ns_ = std::max(youngest_ns_, came);
}

std::int64_t LateHeaders::came_ns(std::string_view graph_path)
{
  const std::int64_t mtime_ns = files_.status(files_.roots().absolute(graph_path)).mtime_ns;
  if (mtime_ns == 0) {
    const std::optional<FileId> file = builder_.find_file(graph_path);
    return file && builder_.producer(*file) ? never : 0;
  }
  // Directories of the build tree change with every build.
  return origin_of(graph_path) == Origin::source
             ? std::max(mtime_ns, directory_ns(graph_path.substr(
                                      0, std::min(graph_path.rfind('/'), graph_path.size()))))
             : mtime_ns;
}

/// When it, or a directory above it, last got or lost an entry. The top does so all the time.
std::int64_t LateHeaders::directory_ns(std::string_view graph_directory)
{
  const auto [at, added] = directory_ns_.try_emplace(std::string(graph_directory), 0);
  if (!added) {
    return at->second;
  }
  const std::size_t slash = graph_directory.rfind('/');
  const std::int64_t above =
      slash == std::string_view::npos ? 0 : directory_ns(graph_directory.substr(0, slash));
  const std::int64_t own = files_.status(files_.roots().absolute(graph_directory)).mtime_ns;
  return directory_ns_[std::string(graph_directory)] = std::max(own, above);
}

const LateHeaders::Listed& LateHeaders::listed(std::uint32_t number)
{
  if (listed_.size() <= number) {
    listed_.resize(std::size_t{number} + 1);
  }
  if (listed_[number]) {
    return *listed_[number];
  }
  Listed& listed = listed_[number].emplace();
  const HeaderLog::LoggedFile& file = log_.file(number);
  const auto add = [&](std::string_view path) {
    const auto group = group_of_.find(last_component(path));
    if (group != group_of_.end() &&
        std::ranges::find(listed.groups, group->second) == listed.groups.end()) {
      listed.groups.push_back(group->second);
    }
  };
  add(log_.name(number));
  add(builder_.path(file.file));
  for (const FileId link : file.named->links) {
    add(builder_.path(link));
  }
  const auto mentions = mentions_.find(file.file);
  listed.asks = mentions != mentions_.end() &&
                std::ranges::any_of(mentions->second, [](const Mention& one) { return one.asks; });
  return listed;
}

bool LateHeaders::may_concern(StepId step, const NinjaDepsRecord& record)
{
  return record.mtime_ns < youngest_ns_ &&
         std::ranges::any_of(record.inputs, [&](std::uint32_t number) {
           const Listed& file = listed(number);
           return (file.asks && asks_for_late(log_.file(number).file, record)) ||
                  (!file.groups.empty() && is_behind_late(number, step, record));
         });
}

bool LateHeaders::asks_for_late(FileId file, const NinjaDepsRecord& record) const
{
  const auto has_late = [&](std::string_view name, const std::vector<Late>& group) {
    return std::ranges::any_of(group, [&](const Late& late) {
      return late.came_ns > record.mtime_ns && may_mean(name, late.path);
    });
  };
  return std::ranges::any_of(mentions_.at(file), [&](const Mention& mention) {
    if (!mention.asks) {
      return false;
    }
    if (mention.name.empty()) {
      return true; // of any, and one is late
    }
    const auto group = group_of_.find(last_component(mention.name));
    return group != group_of_.end() && has_late(mention.name, groups_[group->second]);
  });
}

/// The names of directives for the step by which a file of this last component may be meant.
std::vector<std::string_view> LateHeaders::names_in(StepId step, const NinjaDepsRecord& record,
                                                    std::string_view component)
{
  std::vector<std::string_view> names;
  const auto add = [&](std::string_view name) {
    if (name.empty() || last_component(name) == component) {
      names.push_back(name);
    }
  };
  for (const std::string& forced : scanned_.forced_by(step)) {
    add(forced);
  }
  for (const std::uint32_t number : record.inputs) {
    if (const auto found = mentions_.find(log_.file(number).file); found != mentions_.end()) {
      for (const Mention& mention : found->second) {
        add(mention.name);
      }
    }
  }
  return names;
}

/// Whether a directive that may have led to this file may mean a late one now.
bool LateHeaders::is_behind_late(std::uint32_t number, StepId step, const NinjaDepsRecord& record)
{
  const std::string_view own = builder_.path(log_.file(number).file);
  const auto is_other = [&](const Late& late) {
    return late.came_ns > record.mtime_ns && late.path != own;
  };
  return std::ranges::any_of(listed(number).groups, [&](std::uint32_t at) {
    const std::vector<Late>& group = groups_[at];
    if (std::ranges::none_of(group, is_other)) {
      return false; // as nearly always
    }
    std::vector<std::string_view> names =
        names_in(step, record, last_component(group.front().path));
    std::erase_if(names, [&](std::string_view name) {
      return !may_mean(name, own) && !may_mean(name, log_.name(number));
    });
    return std::ranges::any_of(group, [&](const Late& late) {
      return is_other(late) && std::ranges::any_of(names, [&](std::string_view name) {
               return may_mean(name, late.path);
             });
    });
  });
}

/// Links make paths of which the names in directives are no part.
bool LateHeaders::may_mean(std::string_view name, std::string_view path) const
{
  return name.empty() || path == name ||
         (path.ends_with(name) && path[path.size() - name.size() - 1] == '/') ||
         ((scanned_.passes_links() || name.find("./") != std::string_view::npos) &&
          last_component(name) == last_component(path));
}

std::optional<std::vector<FileId>> LateHeaders::added_by(const ScannedHeaders::Headers& found,
                                                         const NinjaDepsRecord& record)
{
  std::unordered_set<FileId> known;
  for (const std::uint32_t number : record.inputs) {
    known.insert(log_.file(number).file);
  }
  bool any_late = !found.complete;
  std::vector<FileId> added;
  for (const FileId file : found.files) {
    if (known.contains(file)) {
      continue;
    }
    added.push_back(file);
    if (came_ns(builder_.path(file)) > record.mtime_ns) {
      any_late = true;
      if (!files_.is_listed(builder_.path(file))) {
        files_.note_newer(file); // nobody else tells that it came
      }
    }
  }
  return any_late ? std::optional(std::move(added)) : std::nullopt;
}

} // namespace winnow::ingest
