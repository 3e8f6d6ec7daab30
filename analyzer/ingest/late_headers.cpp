// By the last component of names: what a search makes of them is asked of the include scan.
#include "analyzer/ingest/late_headers.hpp"

#include <algorithm>
#include <limits>

namespace winnow::ingest {
namespace {

std::string_view last_component(std::string_view path)
{
  return path.substr(path.rfind('/') + 1);
}

} // namespace

LateHeaders::LateHeaders(const GraphBuilder& builder, RecordedFiles& files,
                         const ScannedHeaders& scanned, std::int64_t oldest_ns)
    : builder_(builder), files_(files)
{
  if (oldest_ns == std::numeric_limits<std::int64_t>::max()) {
    return; // there is no list
  }
  const std::unordered_set<std::string_view> named = scanned.last_components_named();
  const auto consider_if_named = [&](std::string_view graph_path) {
    if (named.contains(last_component(graph_path))) {
      consider(graph_path, oldest_ns);
    }
  };
  files.for_each_source(consider_if_named);
  const auto count = static_cast<std::uint32_t>(builder.file_count());
  for (FileId file{0}; file.value < count; ++file.value) {
    if (builder.producer(file)) {
      consider_if_named(builder.path(file));
    }
  }
  if (youngest_.empty()) {
    return;
  }
  scanned.for_each_directive([&](FileId file, std::string_view name, NameUse use) {
    if (use == NameUse::computed) { // it may mean any
      for (const auto& [late, mtime_ns] : youngest_) {
        mentions_[file].push_back({late, false});
      }
    } else if (const auto late = youngest_.find(std::string(last_component(name)));
               late != youngest_.end()) {
      mentions_[file].push_back({late->first, use == NameUse::probe});
    }
  });
}

void LateHeaders::consider(std::string_view graph_path, std::int64_t oldest_ns)
{
  const std::int64_t mtime_ns = files_.status(files_.roots().absolute(graph_path)).mtime_ns;
  if (mtime_ns > oldest_ns) {
    std::int64_t& youngest = youngest_[std::string(last_component(graph_path))];
    youngest = std::max(youngest, mtime_ns);
    youngest_of_all_ns_ = std::max(youngest_of_all_ns_, mtime_ns);
  }
}

std::unordered_set<std::string_view> LateHeaders::names_for(const NinjaDepsRecord& record,
                                                            HeaderLog& log) const
{
  std::unordered_set<std::string_view> names;
  if (record.mtime_ns >= youngest_of_all_ns_) {
    return names;
  }
  std::unordered_set<std::string_view> wanted;
  for (const std::uint32_t number : record.inputs) {
    const auto mentions = mentions_.find(log.file(number).file);
    if (mentions == mentions_.end()) {
      continue;
    }
    for (const Mention& mention : mentions->second) {
      if (youngest_.at(std::string(mention.name)) > record.mtime_ns) {
        (mention.asks ? names : wanted).insert(mention.name);
      }
    }
  }
  for (const std::uint32_t number : record.inputs) {
    const std::string_view name = last_component(builder_.path(log.file(number).file));
    if (const auto found = wanted.find(name); found != wanted.end()) {
      names.insert(*found);
    }
  }
  return names;
}

bool LateHeaders::are_among(const std::vector<FileId>& found,
                            const std::unordered_set<std::string_view>& names,
                            const NinjaDepsRecord& record) const
{
  return std::ranges::any_of(found, [&](FileId file) {
    return names.contains(last_component(builder_.path(file))) &&
           files_.status(file).mtime_ns > record.mtime_ns;
  });
}

} // namespace winnow::ingest
