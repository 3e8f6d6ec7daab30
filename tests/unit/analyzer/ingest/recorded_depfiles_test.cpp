// What custom commands told that they read.
#include "tests/unit/analyzer/ingest/sample_project.hpp"

#include <boost/test/unit_test.hpp>

#include <chrono>

using namespace winnow;
using namespace winnow::tests;

namespace fs = std::filesystem;

namespace {

std::int64_t now_ns()
{
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  return std::chrono::duration_cast<std::chrono::nanoseconds>(now).count();
}

} // namespace

BOOST_AUTO_TEST_SUITE(recorded_depfiles)

BOOST_AUTO_TEST_CASE(read_depfiles_of_custom_commands)
{
  const Project project;
  project.write_build("gen/schema.d", "gen/schema.h: " + project.roots().source +
                                          "/gen/schema.idl " + project.roots().source +
                                          "/app/notes.md\n");
  const Graph graph = project.record();
  CHECK_INPUTS(
      inputs_of(graph, "@build/gen/schema.h"),
      {"source gen/schema.idl", "depfile_input app/notes.md", "named_in_command gen/extra.idl"});
}

BOOST_AUTO_TEST_CASE(read_depfiles_of_custom_commands_where_ninja_has_them_in_its_log)
{
  const Project project("  deps = gcc\n");
  project.write_source("gen/schema.idl", "import app/notes.md");
  const std::string schema = project.roots().source + "/gen/schema.idl";
  const Inputs mentioned = {"source gen/schema.idl", "named_in_command gen/extra.idl",
                            "mentioned app/notes.md"};
  CHECK_INPUTS(inputs_of(project.record(), "@build/gen/schema.h"), (mentioned));
  project.write_build("gen/schema.h", "");
  DepsLog log;
  const std::uint32_t output = log.path("gen/schema.h");
  log.record(output, now_ns() + 1'000'000'000,
             {log.path(schema), log.path(project.roots().source + "/app/data/in.txt")});
  const Graph graph = project.record(log.bytes());
  CHECK_INPUTS(
      inputs_of(graph, "@build/gen/schema.h"),
      {"source gen/schema.idl", "depfile_input app/data/in.txt", "named_in_command gen/extra.idl"});
  BOOST_TEST(
      (graph.header_list(producer_of(graph, "@build/gen/schema.h")) == HeaderList::recorded));
  DepsLog empty; // as where the command left no depfile
  empty.record(empty.path("gen/schema.h"), now_ns() + 1'000'000'000, {});
  CHECK_INPUTS(inputs_of(project.record(empty.bytes()), "@build/gen/schema.h"), (mentioned));
}

BOOST_AUTO_TEST_CASE(look_for_what_a_tool_reads_in_its_inputs_where_no_depfile_says)
{
  const Project project;
  const Inputs mentioned = {"source gen/schema.idl", "named_in_command gen/extra.idl",
                            "mentioned gen/part.idl", "mentioned app/notes.md"};
  project.write_source("gen/schema.idl", "import part.idl; import absent.idl;");
  project.write_source("gen/part.idl", "import 'app/notes.md' and schema.idl");
  CHECK_INPUTS(inputs_of(project.record(), "@build/gen/schema.h"), (mentioned));

  project.write_build("gen/schema.h", "");
  project.write_build("gen/schema.d",
                      "gen/schema.h: " + project.roots().source + "/gen/schema.idl\n");
  const auto made = fs::last_write_time(project.roots().build + "/gen/schema.h");
  const std::string idl = project.roots().source + "/gen/schema.idl";
  fs::last_write_time(idl, made);
  CHECK_INPUTS(inputs_of(project.record(), "@build/gen/schema.h"),
               {"source gen/schema.idl", "named_in_command gen/extra.idl"});
  fs::last_write_time(idl, made + std::chrono::seconds(1));
  CHECK_INPUTS(inputs_of(project.record(), "@build/gen/schema.h"), (mentioned));
}

BOOST_AUTO_TEST_CASE(distrust_what_is_newer_than_an_output_whose_tool_noted_it)
{
  const Project project;
  project.write_build("gen/schema.h", "");
  project.write_build("gen/schema.d",
                      "gen/schema.h: " + project.roots().source + "/app/notes.md\n");
  const auto made = fs::last_write_time(project.roots().build + "/gen/schema.h");
  const std::string idl = project.roots().source + "/gen/schema.idl";
  fs::last_write_time(project.roots().source + "/app/notes.md", made);
  fs::last_write_time(idl, made);
  BOOST_TEST(project.record().recorded_hash(*project.record().find_file("gen/schema.idl")).known());
  fs::last_write_time(idl, made + std::chrono::seconds(1));
  const Graph graph = project.record();
  BOOST_TEST(!graph.recorded_hash(*graph.find_file("gen/schema.idl")).known());
  BOOST_TEST(graph.recorded_hash(*graph.find_file("app/notes.md")).known());
}

BOOST_AUTO_TEST_SUITE_END()
