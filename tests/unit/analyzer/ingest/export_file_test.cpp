// What the CMake module writes, and what a damaged export says; the File API beside it.
#include "analyzer/ingest/export_file.hpp"
#include "analyzer/ingest/file_api.hpp"
#include "tests/support/scratch_directory.hpp"
#include "tests/unit/analyzer/ingest/written_files.hpp"

#include <boost/test/unit_test.hpp>

using namespace winnow;
using namespace winnow::ingest;

BOOST_AUTO_TEST_SUITE(project_descriptions)

BOOST_AUTO_TEST_CASE(come_from_the_export)
{
  const tests::ScratchDirectory scratch;
  tests::write_file(scratch / "export.json", R"({"kind":"winnow.export","version":1,
    "targets":[{"name":"h","type":"INTERFACE_LIBRARY","directory":"/s/h",
                "header_sets":[{"name":"HEADERS","base_dirs":["/s"],"files":["/s/h/a.h"]}]},
               {"name":"t","type":"EXECUTABLE","directory":"/s","artifact":"/b/t"}],
    "test_inputs":[{"tests":["x","y"],"directory":"/s","files":["/s/f"],"directories":["/s/d"],"globs":["*.txt"],"targets":["t"]}],
    "test_resources":[{"tests":["x"],"directory":"/s","defined_at":"CMakeLists.txt:3",
                       "memory_bytes":2147483648,"cpu":0.05,"resources":{"license":2},
                       "capacity":{"license":4}}]})");
  const auto exported = read_export(scratch / "export.json");
  BOOST_REQUIRE(exported.has_value());
  BOOST_REQUIRE(exported->has_value());
  const Export& known = **exported;
  BOOST_REQUIRE_EQUAL(known.targets.size(), 2U);
  BOOST_TEST(known.targets[0].headers == std::vector<std::string>{"/s/h/a.h"},
             boost::test_tools::per_element());
  BOOST_TEST(known.targets[1].artifact == "/b/t");
  BOOST_REQUIRE_EQUAL(known.inputs.size(), 1U);
  BOOST_TEST(known.inputs[0].tests.size() == 2U);
  BOOST_TEST(known.inputs[0].globs == std::vector<std::string>{"*.txt"},
             boost::test_tools::per_element());
  BOOST_TEST(known.inputs[0].targets == std::vector<std::string>{"t"},
             boost::test_tools::per_element());
  BOOST_REQUIRE_EQUAL(known.resources.size(), 1U);
  const StatedResources expected{50, 2147483648U, {{"license", 2}}, {"CMakeLists.txt:3"}};
  BOOST_TEST((known.resources[0].stated == expected));
  BOOST_TEST((known.resources[0].capacity == std::vector<ResourceCount>{{"license", 4}}));
}

BOOST_AUTO_TEST_CASE(are_optional)
{
  const auto exported = read_export("/nonexistent/export.json");
  BOOST_REQUIRE(exported.has_value());
  BOOST_TEST(!exported->has_value());
  const auto targets = read_file_api("/nonexistent", "");
  BOOST_REQUIRE(targets.has_value());
  BOOST_TEST(targets->empty());
}

BOOST_AUTO_TEST_CASE(that_are_damaged_are_errors_that_name_the_file)
{
  const tests::ScratchDirectory scratch;
  const std::string path = scratch / "export.json";
  for (const std::string_view text :
       {"", "{", "[]", "{\"kind\":\"winnow.export\"}", "{\"kind\":\"other\",\"version\":1}",
        "{\"kind\":\"winnow.export\",\"version\":2}",
        "{\"kind\":\"winnow.export\",\"version\":1,\"targets\":{}}",
        "{\"kind\":\"winnow.export\",\"version\":1,\"targets\":[{\"name\":3}]}"}) {
    BOOST_TEST_CONTEXT(text)
    {
      tests::write_file(path, text);
      const auto exported = read_export(path);
      BOOST_REQUIRE(exported.has_error());
      BOOST_TEST((exported.error().kind == ErrorKind::data));
      BOOST_TEST(exported.error().message.starts_with(path));
    }
  }
  tests::write_file(scratch / ".cmake/api/v1/reply/index-1.json", "{\"objects\":[{}]}");
  BOOST_TEST(read_file_api(scratch.path(), "").has_error());
}

BOOST_AUTO_TEST_CASE(with_amounts_that_cannot_be_name_the_call)
{
  const tests::ScratchDirectory scratch;
  const std::string path = scratch / "export.json";
  for (const std::string_view amount :
       {R"("cpu":0)", R"("cpu":-1)", R"("cpu":1e400)", R"("cpu":1e9)", R"("cpu":"2")",
        R"("memory_bytes":0)", R"("memory_bytes":-1)", R"("memory_bytes":1.5)",
        R"("memory_bytes":99999999999999999999)", R"("memory_bytes":"2GB")",
        R"("resources":{"a":-1})", R"("resources":{"a":9999999999})", R"("resources":{"a":1.5})",
        R"("capacity":{"a":"many"})"}) {
    BOOST_TEST_CONTEXT(amount)
    {
      tests::write_file(path, R"({"kind":"winnow.export","version":1,"targets":[],"test_inputs":[],
        "test_resources":[{"tests":["x"],"directory":"/s","defined_at":"/s/CMakeLists.txt:7",)" +
                                  std::string(amount) + "}]}");
      const auto exported = read_export(path);
      BOOST_REQUIRE(exported.has_error());
      BOOST_TEST((exported.error().kind == ErrorKind::data));
      BOOST_TEST(exported.error().message.find("/s/CMakeLists.txt:7: ") != std::string::npos,
                 exported.error().message);
    }
  }
}

BOOST_AUTO_TEST_CASE(come_from_the_newest_reply_of_the_file_api)
{
  const tests::ScratchDirectory scratch;
  const std::string reply = scratch / ".cmake/api/v1/reply/";
  tests::write_file(reply + "index-1.json", "damaged");
  tests::write_file(reply + "index-2.json",
                    R"({"objects":[{"kind":"cache","version":{"major":2},"jsonFile":"c.json"},
                                   {"kind":"codemodel","version":{"major":2,"minor":4},"jsonFile":"m.json"}]})");
  tests::write_file(reply + "m.json",
                    R"({"configurations":[{"name":"Debug","directories":[{"source":"x"}],
                       "targets":[{"name":"t","id":"t::@1","directoryIndex":0,"jsonFile":"t.json"},
                                  {"name":"u","id":"u::@1","directoryIndex":0,"jsonFile":"gone.json"}]}]})");
  tests::write_file(reply + "t.json",
                    R"({"name":"t","type":"EXECUTABLE","paths":{"source":"x","build":"x"},
                                          "artifacts":[{"path":"x/t"}]})");
  BOOST_TEST(read_file_api(scratch.path(), "").has_error());
  const auto targets =
      read_file_api(scratch.path(), "", [](const std::string& name) { return name == "u"; });
  BOOST_REQUIRE(targets.has_value());
  BOOST_REQUIRE_EQUAL(targets->size(), 2U);
  BOOST_TEST(targets->front().name == "t");
  BOOST_TEST(targets->front().directory == "x");
  BOOST_TEST(targets->front().artifacts == std::vector<std::string>{"x/t"},
             boost::test_tools::per_element());
}

BOOST_AUTO_TEST_SUITE_END()
