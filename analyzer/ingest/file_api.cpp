// The codemodel of .cmake/api/v1/reply, version 2, with Boost.JSON.
#include "analyzer/ingest/file_api.hpp"

#include "analyzer/ingest/text_file.hpp"

#include <boost/json.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

namespace winnow::ingest {
namespace {

namespace json = boost::json;
namespace fs = std::filesystem;

/// The newest index: names grow with time. "" if there is none.
std::string newest_index(const std::string& reply)
{
  std::string newest;
  std::error_code ignored;
  for (const fs::directory_entry& entry : fs::directory_iterator(reply, ignored)) {
    const std::string name = entry.path().filename().string();
    if (name.starts_with("index-") && name.ends_with(".json")) {
      newest = std::max(newest, name);
    }
  }
  return newest;
}

/// A document that says what is wrong by throwing, which read_file_api() turns into an error.
json::object document(const std::string& path)
{
  const Result<std::string> text = read_text_file(path);
  if (!text) {
    throw std::runtime_error(text.error().message);
  }
  return json::parse(*text).as_object();
}

std::string codemodel_file(const json::object& index)
{
  for (const json::value& object : index.at("objects").as_array()) {
    if (object.at("kind") == "codemodel" && object.at("version").at("major") == 2) {
      return json::value_to<std::string>(object.at("jsonFile"));
    }
  }
  return {};
}

ApiTarget target_of(const json::object& object)
{
  ApiTarget target{json::value_to<std::string>(object.at("name")),
                   json::value_to<std::string>(object.at("type")),
                   json::value_to<std::string>(object.at("paths").at("source")),
                   {}};
  if (const json::value* artifacts = object.if_contains("artifacts")) {
    for (const json::value& artifact : artifacts->as_array()) {
      target.artifacts.push_back(json::value_to<std::string>(artifact.at("path")));
    }
  }
  return target;
}

} // namespace

Result<std::vector<ApiTarget>> read_file_api(const std::string& build,
                                             const std::string& configuration)
{
  const std::string reply = build + "/.cmake/api/v1/reply";
  std::vector<ApiTarget> targets;
  const std::string index = newest_index(reply);
  if (index.empty()) {
    return targets;
  }
  try {
    const std::string codemodel = codemodel_file(document(reply + "/" + index));
    if (codemodel.empty()) {
      return targets;
    }
    const json::object model = document(reply + "/" + codemodel);
    const json::array& configurations = model.at("configurations").as_array();
    for (const json::value& candidate : configurations) {
      if (configurations.size() > 1 && candidate.at("name") != json::string_view(configuration)) {
        continue;
      }
      for (const json::value& target : candidate.at("targets").as_array()) {
        targets.push_back(
            target_of(document(reply + "/" + json::value_to<std::string>(target.at("jsonFile")))));
      }
    }
  } catch (const std::exception& damage) {
    return data_error(fmt::format("the CMake File API reply in {} is damaged ({}); configure again",
                                  reply, damage.what()));
  }
  return targets;
}

} // namespace winnow::ingest
