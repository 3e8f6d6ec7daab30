// What a recording needs of the targets' documents.
#include "analyzer/ingest/file_api.hpp"

#include "analyzer/ingest/file_api_reply.hpp"

#include <boost/json.hpp>
#include <fmt/format.h>

namespace winnow::ingest {
namespace {

namespace json = boost::json;

void add_document(ApiTarget& target, const json::object& object)
{
  target.type = json::value_to<std::string>(object.at("type"));
  if (const json::value* artifacts = object.if_contains("artifacts")) {
    for (const json::value& artifact : artifacts->as_array()) {
      target.artifacts.push_back(json::value_to<std::string>(artifact.at("path")));
    }
  }
}

} // namespace

Result<std::vector<ApiTarget>> read_file_api(const std::string& build,
                                             const std::string& configuration,
                                             const IsLinkedTarget& is_linked)
{
  std::vector<ApiTarget> targets;
  try {
    if (const auto reply = FileApiReply::open(build, configuration)) {
      for (const FileApiReply::Entry& entry : reply->targets()) {
        ApiTarget& target = targets.emplace_back(ApiTarget{entry.name, {}, entry.directory, {}});
        if (!is_linked || !is_linked(entry.name)) {
          add_document(target, reply->target(entry));
        }
      }
    }
  } catch (const std::exception& damage) {
    return data_error(fmt::format("the CMake File API reply in {} is damaged ({}); configure again",
                                  FileApiReply::directory(build), damage.what()));
  }
  return targets;
}

} // namespace winnow::ingest
