// Resource specifications that ctest takes or refuses, with its words for the fault.
#include "analyzer/report/resource_spec_json.hpp"

#include <boost/test/unit_test.hpp>

#include <string>
#include <string_view>

using namespace winnow;
using namespace winnow::report;

namespace {

std::string with_local(std::string_view local)
{
  return R"({"version": {"major": 1, "minor": 0}, "local": )" + std::string(local) + "}";
}

/// What stands behind the name of the file.
std::string fault_of(std::string_view text)
{
  const auto spec = resource_spec_from_json(text, "f");
  BOOST_REQUIRE(!spec);
  BOOST_CHECK(spec.error().kind == ErrorKind::user);
  const std::string_view begin = "could not read/parse resource spec file f: ";
  BOOST_TEST(spec.error().message.starts_with(begin));
  return spec.error().message.substr(begin.size());
}

} // namespace

BOOST_AUTO_TEST_SUITE(resource_specifications)

BOOST_AUTO_TEST_CASE(are_read_with_kinds_and_ids_in_order)
{
  const auto spec = resource_spec_from_json(
      with_local(
          R"([{"gpus": [{"id": "1", "slots": 4}, {"id": "0"}], "cards": [{"id": "card0", "slots": 2.0}]}])"),
      "s.json");
  BOOST_REQUIRE(spec);
  BOOST_CHECK((*spec == ResourceSpec{"s.json",
                                     {{"cards", {{"card0", 2}}}, {"gpus", {{"0", 1}, {"1", 4}}}}}));
}

BOOST_AUTO_TEST_CASE(may_have_more_than_is_read)
{
  const auto spec = resource_spec_from_json(
      "// of this machine\n" +
          with_local(R"([{"GPUS": 3, "gpus": [{"id": "a"}, {"id": "a", "slots": 0, "of": 1},]}])"),
      "");
  BOOST_REQUIRE(spec);
  BOOST_CHECK((spec->kinds == std::vector<ResourceKind>{{"gpus", {{"a", 0}}}}));
  BOOST_TEST(resource_spec_from_json(with_local("[]"), "").value().kinds.empty());
}

BOOST_AUTO_TEST_CASE(are_refused_with_ctests_words)
{
  struct Row {
    std::string text;
    std::string_view fault;
  };

  const Row rows[] = {
      {"", "JSON parse error"},
      {"{", "JSON parse error"},
      {"{} trailing", "JSON parse error"},
      {"/*", "JSON parse error"},
      {"[]", "Invalid root object"},
      {"{}", "No version specified"},
      {R"({"version": {}})", "Invalid version object"},
      {R"({"version": null})", "Invalid version object"},
      {R"({"version": {"major": "1", "minor": 0}})", "Invalid version object"},
      {R"({"version": {"major": true, "minor": 0}})", "Invalid version object"},
      {R"({"version": {"major": 1, "minor": 1}})", "Unsupported version: it is 1.1"},
      {R"({"version": {"major": 1, "minor": 0}})", "Invalid socket object"},
      {with_local("null"), "Invalid socket object"},
      {with_local("[null]"), "Invalid socket object"},
      {with_local("[{}, {}]"), "Invalid socket object: local holds 2 objects"},
      {with_local(R"([{"gpus": 3}])"), "Invalid resource type object: local[0].gpus is"},
      {with_local(R"([{"gpus": [1]}])"), "Invalid resource object: local[0].gpus[0] is"},
      {with_local(R"([{"gpus": [{}]}])"), "Invalid resource object: local[0].gpus[0] has no id"},
      {with_local(R"([{"gpus": [{"id": "A"}]}])"), "Invalid resource object"},
      {with_local(R"([{"gpus": [{"id": ""}]}])"), "Invalid resource object"},
      {with_local(R"([{"gpus": [{"id": 3}]}])"), "Invalid resource object"},
      {with_local(R"([{"gpus": [{"id": "a"}, {"id": "b", "slots": -1}]}])"),
       "Invalid resource object: local[0].gpus[1].slots is"},
      {with_local(R"([{"gpus": [{"id": "a", "slots": 1.5}]}])"), "Invalid resource object"},
      {with_local(R"([{"gpus": [{"id": "a", "slots": "1"}]}])"), "Invalid resource object"},
      {with_local(R"([{"gpus": [{"id": "a", "slots": null}]}])"), "Invalid resource object"},
      {with_local(R"([{"gpus": [{"id": "a", "slots": 99999999999}]}])"), "Invalid resource object"},
  };
  for (const Row& row : rows) {
    BOOST_TEST_CONTEXT(row.text)
    {
      BOOST_TEST(fault_of(row.text).starts_with(row.fault));
    }
  }
}

BOOST_AUTO_TEST_CASE(that_cannot_be_read_are_not_found)
{
  BOOST_TEST(read_resource_spec("/", "nothing_here").error().message ==
             "could not read/parse resource spec file nothing_here: File not found");
  BOOST_TEST(!read_resource_spec("/", "tmp"));
}

BOOST_AUTO_TEST_CASE(lack_what_a_test_asks_for)
{
  const std::vector<ResourceShortfall> shortfalls{
      {"cards", {2}, std::nullopt},
      {"gpus", {1, 9}, std::vector<ResourceInstance>{{"0", 2}, {"3", 1}}}};
  BOOST_TEST(insufficient_resources_text(shortfalls, "../s.json") ==
             "insufficient resources:\n\n"
             "  Test requested resources of type 'cards' which does not exist\n\n"
             "  Test requested resources of type 'gpus' in the following amounts:\n"
             "    1 slot\n    9 slots\n"
             "  but only the following units were available:\n"
             "    '0': 2 slots\n    '3': 1 slot\n\n"
             "Resource spec file:\n\n  ../s.json");
}

BOOST_AUTO_TEST_SUITE_END()
