// Follows backtrace numbers through the graph that each target's document carries.
#include "analyzer/ingest/target_places.hpp"

#include "analyzer/ingest/file_api_reply.hpp"

#include <boost/json.hpp>

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <tuple>
#include <unordered_map>
#include <utility>
#include <vector>

namespace winnow::ingest {
namespace {

namespace json = boost::json;

/// The member, or an empty array where it is left out.
const json::array& list(const json::object& object, std::string_view name)
{
  static const json::array none;
  const json::value* member = object.if_contains(name);
  return member == nullptr ? none : member->as_array();
}

class DocumentReader {
 public:
  DocumentReader(const json::object& target, const Roots& roots)
      : target_(target), graph_(target.at("backtraceGraph").as_object()), roots_(roots)
  {}

  TargetPlaces read(const std::map<std::string, std::string>& names_by_id)
  {
    add(TargetPart::definition, target_);
    for (const json::value& group : list(target_, "compileGroups")) {
      for (const std::string_view kind :
           {"defines", "compileCommandFragments", "includes", "precompileHeaders", "frameworks"}) {
        add_all(TargetPart::compiling, list(group.as_object(), kind));
      }
    }
    for (const json::value& source : list(target_, "sources")) {
      add(TargetPart::source, source.as_object(), source_path(source));
    }
    if (const json::value* link = target_.if_contains("link")) {
      add_all(TargetPart::linking, list(link->as_object(), "commandFragments"));
    }
    for (const json::value& dependency : list(target_, "dependencies")) {
      add(TargetPart::dependency, dependency.as_object());
      if (const auto name = names_by_id.find(json::value_to<std::string>(dependency.at("id")));
          name != names_by_id.end()) {
        places_.dependencies.push_back(name->second);
      }
    }
    return std::move(places_);
  }

 private:
  std::string graph_path(std::string_view path) const
  {
    return roots_.graph_path(path.starts_with('/') ? std::string(path)
                                                   : roots_.source + "/" + std::string(path));
  }

  std::string source_path(const json::value& source) const
  {
    return graph_path(source.at("path").as_string());
  }

  void add_all(TargetPart part, const json::array& objects)
  {
    for (const json::value& object : objects) {
      add(part, object.as_object());
    }
  }

  void add(TargetPart part, const json::object& object, std::string source = {})
  {
    const json::value* backtrace = object.if_contains("backtrace");
    if (backtrace == nullptr) {
      return;
    }
    const auto node = json::value_to<std::size_t>(*backtrace);
    if (added_.emplace(part, node, source).second) {
      places_.parts.push_back({part, std::move(source), calls_from(node)});
    }
  }

  /// The root of a backtrace is a whole file, which has no line.
  std::vector<CMakePlace> calls_from(std::size_t node) const
  {
    const json::array& nodes = graph_.at("nodes").as_array();
    std::vector<CMakePlace> calls;
    for (std::size_t left = nodes.size(); left > 0; --left) {
      const json::object& call = nodes.at(node).as_object();
      if (const json::value* line = call.if_contains("line")) {
        const auto file = json::value_to<std::size_t>(call.at("file"));
        calls.push_back({graph_path(graph_.at("files").as_array().at(file).as_string()),
                         json::value_to<std::uint32_t>(*line)});
      }
      const json::value* parent = call.if_contains("parent");
      if (parent == nullptr) {
        break;
      }
      node = json::value_to<std::size_t>(*parent);
    }
    return calls;
  }

  const json::object& target_;
  const json::object& graph_;
  const Roots& roots_;
  std::set<std::tuple<TargetPart, std::size_t, std::string>> added_;
  TargetPlaces places_;
};

} // namespace

class TargetPlacesReader::Reply {
 public:
  Reply(const Roots& roots, const std::string& configuration) : roots_(roots)
  {
    try {
      reply_ = FileApiReply::open(roots.build, configuration);
    } catch (const std::exception&) {
      return; // the recording says what is damaged
    }
    if (reply_) {
      for (const FileApiReply::Entry& entry : reply_->targets()) {
        entries_.emplace(entry.name, &entry);
        names_by_id_.emplace(entry.id, entry.name);
      }
    }
  }

  const TargetPlaces* find(std::string_view target)
  {
    const auto [at, added] = places_.try_emplace(std::string(target));
    if (added) {
      at->second = read(target);
    }
    return at->second ? &*at->second : nullptr;
  }

 private:
  [[nodiscard]] std::optional<TargetPlaces> read(std::string_view target) const
  {
    const auto entry = entries_.find(target);
    if (entry == entries_.end()) {
      return std::nullopt;
    }
    try {
      const json::object document = reply_->target(*entry->second);
      return DocumentReader(document, roots_).read(names_by_id_);
    } catch (const std::exception&) {
      return std::nullopt;
    }
  }

  const Roots& roots_;
  std::optional<FileApiReply> reply_;
  std::map<std::string, const FileApiReply::Entry*, std::less<>> entries_; ///< into reply_
  std::map<std::string, std::string> names_by_id_;
  std::unordered_map<std::string, std::optional<TargetPlaces>> places_;
};

TargetPlacesReader::TargetPlacesReader(const Roots& roots, const std::string& configuration)
    : reply_(std::make_unique<Reply>(roots, configuration))
{}

TargetPlacesReader::~TargetPlacesReader() = default;

const TargetPlaces* TargetPlacesReader::find(std::string_view target)
{
  return reply_->find(target);
}

} // namespace winnow::ingest
