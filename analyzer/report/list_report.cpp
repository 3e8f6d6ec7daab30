// The tests of a build tree, listed.
#include "analyzer/report/list_report.hpp"

#include "analyzer/report/path_text.hpp"
#include "analyzer/report/quantity_text.hpp"
#include "analyzer/report/test_key_json.hpp"

#include <fmt/format.h>

#include <utility>

namespace winnow::report {
namespace {

namespace json = boost::json;

json::array targets_of(const TestKey& key, const Graph* graph, const json::storage_ptr& storage)
{
  json::array targets(storage);
  const std::optional<TestId> test = graph == nullptr ? std::nullopt : graph->find_test(key);
  if (test) {
    for (const TargetId target : graph->targets(*test)) {
      targets.emplace_back(json_text(graph->target_name(target), storage));
    }
  }
  return targets;
}

std::string marks_of(const TestDescription& test)
{
  std::string marks;
  const auto add = [&](std::string_view mark) {
    marks.append(marks.empty() ? "" : ", ").append(mark);
  };
  for (const std::string& label : test.properties->labels) {
    add(name_text(label));
  }
  if (test.properties->disabled) {
    add("(disabled)");
  }
  if (test.origin == TestOrigin::not_built_placeholder) {
    add("(not built)");
  }
  return marks;
}

} // namespace

std::string list_to_json(std::span<const TestDescription> tests, const Graph* graph)
{
  json::monotonic_resource memory;
  const json::storage_ptr storage(&memory);
  json::array list(storage);
  list.reserve(tests.size());
  for (const TestDescription& test : tests) {
    json::array labels(storage);
    for (const std::string& label : test.properties->labels) {
      labels.emplace_back(json_text(label, storage));
    }
    json::object object(storage);
    object.reserve(5);
    write_key(object, test.key);
    object.emplace("targets", targets_of(test.key, graph, storage));
    object.emplace("labels", std::move(labels));
    object.emplace("cases", json::array(storage));
    list.emplace_back(std::move(object));
  }
  json::object whole(storage);
  whole.emplace("kind", "winnow.list");
  whole.emplace("version", 1);
  whole.emplace("tests", std::move(list));
  return json::serialize(whole);
}

std::string list_to_text(std::span<const TestDescription> tests)
{
  std::string text;
  for (const TestDescription& test : tests) {
    const std::string name = name_text(test.key.display());
    const std::string marks = marks_of(test);
    text += marks.empty() ? name + "\n" : fmt::format("{:<40}  {}\n", name, marks);
  }
  return text + count_text(tests.size(), "test") + "\n";
}

std::string list_to_names(std::span<const TestDescription> tests,
                          std::span<const TestDescription> all, Separator separator)
{
  const TestNames names(all);
  std::string list;
  for (const TestDescription& test : tests) {
    append_entry(list, names.of(test.key), separator);
  }
  return list;
}

} // namespace winnow::report
