// The document `winnow.plan`, written and read.
#include "analyzer/report/plan_json.hpp"

#include "analyzer/report/member_reader.hpp"
#include "analyzer/report/path_text.hpp"
#include "analyzer/report/selection_value.hpp"
#include "analyzer/report/test_key_json.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <utility>

namespace winnow::report {
namespace {

namespace json = boost::json;

json::array texts_value(const std::vector<std::string>& texts, const json::storage_ptr& storage)
{
  json::array array(storage);
  for (const std::string& text : texts) {
    array.emplace_back(json_text(text, storage));
  }
  return array;
}

/// What is to be run, without how long that will take.
json::object pinned_value(const Chunk& chunk, const json::storage_ptr& storage)
{
  json::array tests(storage);
  tests.reserve(chunk.tests.size());
  for (const TestKey& key : chunk.tests) {
    write_key(tests.emplace_back(json::object(storage)).get_object(), key);
  }
  json::object object(storage);
  object.emplace("index", chunk.index);
  object.emplace("tests", std::move(tests));
  object.emplace("targets", texts_value(chunk.targets, storage));
  object.emplace("discovers", texts_value(chunk.discovers, storage));
  return object;
}

json::object chunk_value(const Chunk& chunk, const json::storage_ptr& storage)
{
  json::object object = pinned_value(chunk, storage);
  object.emplace("predicted_seconds", chunk.predicted_s);
  object.emplace("build_seconds", chunk.build_s);
  return object;
}

json::array files_value(const std::vector<FileVersion>& files, const json::storage_ptr& storage)
{
  json::array array(storage);
  for (const FileVersion& file : files) {
    json::object object(storage);
    object.emplace("path", json_text(file.path, storage));
    object.emplace("content", file.hash.known() ? file.hash.hex() : std::string());
    array.emplace_back(std::move(object));
  }
  return array;
}

std::string document(const Plan& plan, json::value selection, const json::storage_ptr& storage)
{
  json::array chunks(storage);
  chunks.reserve(plan.chunks.size());
  for (const Chunk& chunk : plan.chunks) {
    chunks.emplace_back(chunk_value(chunk, storage));
  }
  json::object whole(storage);
  whole.emplace("kind", "winnow.plan");
  whole.emplace("version", 1);
  whole.emplace("id", plan_id(plan));
  whole.emplace("commit", json_text(plan.commit, storage));
  whole.emplace("uncommitted", files_value(plan.uncommitted, storage));
  whole.emplace("selection", std::move(selection));
  whole.emplace("chunks", std::move(chunks));
  whole.emplace("lower_bound_seconds", plan.lower_bound_s);
  whole.emplace("predicted_seconds", plan.predicted_s);
  whole.emplace("build_ratio", plan.build_ratio);
  return json::serialize(whole);
}

FileVersion read_file(const MemberReader& reader)
{
  FileVersion file{reader.text("path"), {}};
  const std::string content = reader.text("content");
  const std::optional<ContentHash> hash = ContentHash::from_hex(content);
  if (!hash && !content.empty()) {
    reader.fail("content", "is not the id of a content");
  }
  file.hash = hash.value_or(ContentHash{});
  return file;
}

Chunk read_chunk(const MemberReader& reader, std::size_t position)
{
  Chunk chunk;
  std::set<TestKey> seen;
  chunk.index = reader.count("index");
  if (chunk.index != position) {
    reader.fail("index", fmt::format("is {}, not {}", chunk.index, position));
  }
  reader.each("tests", [&](const MemberReader& test) {
    chunk.tests.push_back(test.key());
    if (!seen.insert(chunk.tests.back()).second) {
      test.fail("name", fmt::format("is a test that the chunk has already: {}",
                                    name_text(chunk.tests.back().display())));
    }
  });
  chunk.targets = reader.texts("targets");
  chunk.discovers = reader.texts("discovers");
  chunk.predicted_s = reader.number("predicted_seconds");
  chunk.build_s = reader.has("build_seconds") ? reader.number("build_seconds") : 0;
  return chunk;
}

} // namespace

std::string plan_id(const Plan& plan)
{
  json::monotonic_resource memory;
  const json::storage_ptr storage(&memory);
  json::array pinned(storage);
  pinned.emplace_back(json_text(plan.commit, storage));
  pinned.emplace_back(files_value(plan.uncommitted, storage));
  for (Chunk chunk : plan.chunks) {
    std::ranges::sort(chunk.tests); // whose order goes by times
    pinned.emplace_back(pinned_value(chunk, storage));
  }
  return hash_content(json::serialize(pinned)).hex();
}

std::string plan_to_json(const Plan& plan)
{
  json::monotonic_resource memory;
  const json::storage_ptr storage(&memory);
  return document(plan, json::value(storage), storage);
}

std::string plan_to_json(const Plan& plan, const Graph& graph, const Selection& selection)
{
  json::monotonic_resource memory;
  const json::storage_ptr storage(&memory);
  return document(plan, selection_value(graph, selection, storage), storage);
}

Result<Plan> plan_from_json(std::string_view text)
{
  const Result<json::value> value = parse_document(text, "winnow.plan", "plan");
  if (!value) {
    return value.error();
  }
  std::optional<std::string> fault;
  const MemberReader reader(*value, "", fault);
  Plan plan;
  plan.commit = reader.text("commit");
  reader.each("uncommitted",
              [&](const MemberReader& file) { plan.uncommitted.push_back(read_file(file)); });
  reader.each("chunks", [&](const MemberReader& chunk) {
    plan.chunks.push_back(read_chunk(chunk, plan.chunks.size()));
  });
  plan.lower_bound_s = reader.number("lower_bound_seconds");
  plan.predicted_s = reader.number("predicted_seconds");
  plan.build_ratio = reader.has("build_ratio") ? reader.number("build_ratio") : 0;
  if (!fault && reader.has("id") && reader.text("id") != plan_id(plan)) {
    reader.fail("id", "is not that of its content: the plan was changed after it was made");
  }
  if (fault) {
    return data_error("the plan cannot be used: " + *fault);
  }
  return plan;
}

} // namespace winnow::report
