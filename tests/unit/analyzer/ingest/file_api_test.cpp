// Targets as CMake's File API has them.
#include "analyzer/ingest/file_api.hpp"
#include "tests/support/scratch_directory.hpp"
#include "tests/unit/analyzer/ingest/written_files.hpp"

#include <boost/test/unit_test.hpp>

#include <string>

using namespace winnow;
using namespace winnow::ingest;

namespace {

constexpr std::string_view index =
    R"({"objects":[{"kind":"cache","version":{"major":2},"jsonFile":"cache.json"},
  {"kind":"codemodel","version":{"major":2,"minor":4},"jsonFile":"model.json"}]})";
constexpr std::string_view model = R"({"configurations":[
  {"name":"Debug","directories":[{"source":"."},{"source":"net"}],
   "targets":[{"name":"app","id":"app::@1","directoryIndex":0,"jsonFile":"app.json"},
              {"name":"net","id":"net::@2","directoryIndex":1,"jsonFile":"net.json"}]},
  {"name":"Release","directories":[{"source":"."}],
   "targets":[{"name":"fast","id":"fast::@1","directoryIndex":0,"jsonFile":"app.json"}]}]})";

struct Reply {
  Reply()
  {
    write("index-2026-01-01.json", index);
    write("model.json", model);
    write("app.json",
          R"({"type":"EXECUTABLE","artifacts":[{"path":"app"},{"path":"/x/app.pdb"}]})");
    write("net.json", R"({"type":"INTERFACE_LIBRARY"})");
  }

  void write(const std::string& name, std::string_view text) const
  {
    tests::write_file(scratch / ".cmake/api/v1/reply/" + name, text);
  }

  [[nodiscard]] std::string fault() const
  {
    const auto targets = read_file_api(scratch.path(), "Debug");
    BOOST_TEST_REQUIRE(!targets);
    BOOST_TEST((targets.error().kind == ErrorKind::data));
    return targets.error().message;
  }

  tests::ScratchDirectory scratch;
};

/// "name type directory: artifact …"
std::vector<std::string> texts_of(const Result<std::vector<ApiTarget>>& targets)
{
  BOOST_TEST_REQUIRE(targets.has_value());
  std::vector<std::string> texts;
  for (const ApiTarget& target : *targets) {
    std::string text = target.name + " " + target.type + " " + target.directory + ":";
    for (const std::string& artifact : target.artifacts) {
      text += " " + artifact;
    }
    texts.push_back(text);
  }
  return texts;
}

using Texts = std::vector<std::string>;

} // namespace

#define CHECK_TARGETS(targets, ...)                                                                \
  BOOST_TEST(texts_of(targets) == (Texts __VA_ARGS__), boost::test_tools::per_element())

BOOST_AUTO_TEST_SUITE(file_api)

BOOST_FIXTURE_TEST_CASE(tells_types_directories_and_artifacts_of_one_configuration, Reply)
{
  CHECK_TARGETS(read_file_api(scratch.path(), "Debug"),
                {"app EXECUTABLE .: app /x/app.pdb", "net INTERFACE_LIBRARY net:"});
  CHECK_TARGETS(read_file_api(scratch.path(), "Release"), {"fast EXECUTABLE .: app /x/app.pdb"});
  CHECK_TARGETS(read_file_api(scratch.path(), "None"), {});
}

BOOST_FIXTURE_TEST_CASE(of_a_single_configuration_is_asked_by_no_name, Reply)
{
  write("model.json", R"({"configurations":[{"name":"","directories":[{"source":"."}],
    "targets":[{"name":"app","id":"1","directoryIndex":0,"jsonFile":"app.json"}]}]})");
  CHECK_TARGETS(read_file_api(scratch.path(), "Debug"), {"app EXECUTABLE .: app /x/app.pdb"});
}

BOOST_FIXTURE_TEST_CASE(does_not_read_the_documents_of_linked_targets, Reply)
{
  write("app.json", "damaged");
  CHECK_TARGETS(
      read_file_api(scratch.path(), "Debug", [](const std::string& name) { return name == "app"; }),
      {"app  .:", "net INTERFACE_LIBRARY net:"});
}

BOOST_FIXTURE_TEST_CASE(is_the_newest_reply, Reply)
{
  write("index-2026-01-02.json",
        R"({"objects":[{"kind":"codemodel","version":{"major":2},"jsonFile":"other.json"}]})");
  write("other.json", R"({"configurations":[]})");
  CHECK_TARGETS(read_file_api(scratch.path(), "Debug"), {});
}

BOOST_AUTO_TEST_CASE(tells_nothing_before_cmake_replied)
{
  const tests::ScratchDirectory scratch;
  CHECK_TARGETS(read_file_api(scratch.path(), "Debug"), {});
  tests::write_file(scratch / ".cmake/api/v1/reply/index-1.json",
                    R"({"objects":[{"kind":"codemodel","version":{"major":1},"jsonFile":"x"}]})");
  CHECK_TARGETS(read_file_api(scratch.path(), "Debug"), {});
}

BOOST_FIXTURE_TEST_CASE(that_is_damaged_is_an_error_that_names_it, Reply)
{
  for (const char* name : {"index-2026-01-01.json", "model.json", "net.json"}) {
    for (const char* text :
         {"", "{", "[]", "{}", R"({"objects":1,"configurations":{},"type":2})"}) {
      const Reply reply;
      reply.write(name, text);
      BOOST_TEST_CONTEXT(name << ": " << text)
      {
        BOOST_TEST(reply.fault().find(".cmake/api/v1/reply is damaged") != std::string::npos);
      }
    }
  }
  write("model.json", R"({"configurations":[{"name":"","directories":[],
    "targets":[{"name":"app","id":"1","directoryIndex":7,"jsonFile":"app.json"}]}]})");
  BOOST_TEST(fault().find("damaged") != std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()
