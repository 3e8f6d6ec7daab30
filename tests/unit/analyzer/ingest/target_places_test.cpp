// Tests the places of targets on a written reply of the File API.
#include "analyzer/ingest/target_places.hpp"
#include "tests/support/scratch_directory.hpp"
#include "tests/unit/analyzer/ingest/written_files.hpp"

#include <boost/test/unit_test.hpp>

#include <string>

using namespace winnow;
using namespace winnow::ingest;

namespace {

constexpr std::string_view index =
    R"({"objects":[{"kind":"codemodel","version":{"major":2,"minor":4},"jsonFile":"m.json"}]})";
constexpr std::string_view model = R"({"configurations":[{"name":"","directories":[{"source":"."}],
  "targets":[{"name":"net","id":"net::@1","directoryIndex":0,"jsonFile":"net.json"},
             {"name":"base","id":"base::@1","directoryIndex":0,"jsonFile":"base.json"}]}]})";
constexpr std::string_view net = R"({"name":"net","backtrace":2,
  "backtraceGraph":{"commands":["add_library","my_library","target_compile_definitions"],
    "files":["cmake/wrap.cmake","/elsewhere/CMakeLists.txt","net/CMakeLists.txt"],
    "nodes":[{"file":2},{"command":1,"file":2,"line":7,"parent":0},
             {"command":0,"file":0,"line":2,"parent":1},
             {"command":2,"file":1,"line":9,"parent":0}]},
  "compileGroups":[{"defines":[{"backtrace":3,"define":"A"},{"backtrace":3,"define":"B"}],
                    "compileCommandFragments":[{"fragment":"-O2"}]}],
  "sources":[{"backtrace":2,"path":"net/a.cpp"},{"backtrace":1,"path":"/build/b.cpp"}],
  "dependencies":[{"backtrace":1,"id":"base::@1"},{"id":"gone::@1"}]})";

/// "part: file:line < file:line", with the source in front of those that are one.
std::vector<std::string> texts_of(const TargetPlaces& places)
{
  static constexpr const char* names[] = {"definition", "compiling", "source", "linking",
                                          "dependency"};
  std::vector<std::string> texts;
  for (const PlacedPart& part : places.parts) {
    std::string text = names[static_cast<std::size_t>(part.part)] +
                       (part.source.empty() ? "" : " " + part.source) + ":";
    for (const CMakePlace& call : part.calls) {
      text += " " + call.file + ":" + std::to_string(call.line);
    }
    texts.push_back(text);
  }
  return texts;
}

void write_reply(const tests::ScratchDirectory& scratch, std::string_view target)
{
  const std::string reply = scratch / ".cmake/api/v1/reply/";
  tests::write_file(reply + "index-1.json", index);
  tests::write_file(reply + "m.json", model);
  tests::write_file(reply + "net.json", target);
}

} // namespace

BOOST_AUTO_TEST_SUITE(places_of_targets)

BOOST_AUTO_TEST_CASE(are_those_of_the_backtraces_each_once)
{
  const tests::ScratchDirectory scratch;
  write_reply(scratch, net);
  const Roots roots{"/source", scratch.path()};
  TargetPlacesReader reader(roots, "");
  const TargetPlaces* places = reader.find("net");
  BOOST_REQUIRE(places != nullptr);
  const std::vector<std::string> expected{
      "definition: cmake/wrap.cmake:2 net/CMakeLists.txt:7",
      "compiling: /elsewhere/CMakeLists.txt:9",
      "source net/a.cpp: cmake/wrap.cmake:2 net/CMakeLists.txt:7",
      "source /build/b.cpp: net/CMakeLists.txt:7",
      "dependency: net/CMakeLists.txt:7",
  };
  BOOST_TEST(texts_of(*places) == expected, boost::test_tools::per_element());
  BOOST_TEST(places->dependencies == std::vector<std::string>{"base"},
             boost::test_tools::per_element());
  BOOST_TEST(reader.find("net") == places);
}

BOOST_AUTO_TEST_CASE(are_not_known_of_what_cmake_does_not_tell)
{
  const tests::ScratchDirectory scratch;
  const Roots roots{"/source", scratch.path()};
  BOOST_TEST(TargetPlacesReader(roots, "").find("net") == nullptr);
  write_reply(scratch, net);
  TargetPlacesReader reader(roots, "");
  BOOST_TEST(reader.find("other") == nullptr);
  BOOST_TEST(reader.find("base") == nullptr); // its document is not there
}

BOOST_AUTO_TEST_CASE(are_not_known_of_a_damaged_document)
{
  for (const std::string_view text :
       {"", "{}", "[]", R"({"backtrace":1,"backtraceGraph":{"files":[],"nodes":[{}]}})",
        R"({"backtrace":0,"backtraceGraph":{"files":[],"nodes":[{"file":3,"line":1}]}})",
        R"({"backtrace":"x","backtraceGraph":{}})"}) {
    BOOST_TEST_CONTEXT(text)
    {
      const tests::ScratchDirectory scratch;
      write_reply(scratch, text);
      const Roots roots{"/source", scratch.path()};
      BOOST_TEST(TargetPlacesReader(roots, "").find("net") == nullptr);
    }
  }
}

BOOST_AUTO_TEST_CASE(end_where_a_backtrace_is_its_own_parent)
{
  const tests::ScratchDirectory scratch;
  write_reply(scratch, R"({"backtrace":0,"backtraceGraph":{"files":["a"],
                           "nodes":[{"file":0,"line":1,"parent":0}]}})");
  const Roots roots{"/source", scratch.path()};
  TargetPlacesReader reader(roots, "");
  BOOST_REQUIRE(reader.find("net") != nullptr);
  BOOST_TEST(reader.find("net")->parts.front().calls.size() == 1U);
}

BOOST_AUTO_TEST_SUITE_END()
