// The codemodel of .cmake/api/v1/reply, version 2, with Boost.JSON.
#include "analyzer/ingest/file_api_reply.hpp"

#include "analyzer/ingest/text_file.hpp"

#include <boost/json.hpp>

#include <algorithm>
#include <filesystem>
#include <stdexcept>

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

FileApiReply::Entry entry_of(const json::value& target, const json::array& directories)
{
  const auto directory = json::value_to<std::size_t>(target.at("directoryIndex"));
  return {json::value_to<std::string>(target.at("name")),
          json::value_to<std::string>(target.at("id")),
          json::value_to<std::string>(directories.at(directory).at("source")),
          json::value_to<std::string>(target.at("jsonFile"))};
}

} // namespace

std::string FileApiReply::directory(const std::string& build)
{
  return build + "/.cmake/api/v1/reply";
}

std::optional<FileApiReply> FileApiReply::open(const std::string& build,
                                               const std::string& configuration)
{
  FileApiReply reply(directory(build));
  const std::string index = newest_index(reply.directory_);
  const std::string codemodel =
      index.empty() ? index : codemodel_file(document(reply.directory_ + "/" + index));
  if (codemodel.empty()) {
    return std::nullopt;
  }
  const json::object model = document(reply.directory_ + "/" + codemodel);
  const json::array& configurations = model.at("configurations").as_array();
  for (const json::value& candidate : configurations) {
    if (configurations.size() > 1 && candidate.at("name") != json::string_view(configuration)) {
      continue;
    }
    const json::array& directories = candidate.at("directories").as_array();
    for (const json::value& target : candidate.at("targets").as_array()) {
      reply.targets_.push_back(entry_of(target, directories));
    }
  }
  return reply;
}

json::object FileApiReply::target(const Entry& entry) const
{
  return document(directory_ + "/" + entry.file);
}

} // namespace winnow::ingest
