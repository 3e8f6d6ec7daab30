// Tests of a small build tree, recorded.
#include "tests/unit/analyzer/ingest/sample_project.hpp"

#include <boost/test/unit_test.hpp>

using namespace winnow;
using namespace winnow::ingest;
using namespace winnow::tests;

BOOST_AUTO_TEST_SUITE(recorded_tests)

BOOST_AUTO_TEST_CASE(map_tests_to_all_that_their_words_name)
{
  const Project project;
  const std::string b = project.roots().build;
  const std::string s = project.roots().source;
  project.write_source("app/run.sh", "set -e\nexec \"./main\" --fast\n");

  const struct {
    std::string command;
    std::string properties;
    Inputs inputs;
  } rows[] = {
      {b + "/app/main", "", {"executable @build/app/main"}},
      {"app/main", "", {"executable @build/app/main"}},
      {"app", "", {"executable @build/app/main"}},
      {"/usr/bin/env;X=1;" + b + "/app/main", "", {"executable @build/app/main"}},
      {"/usr/bin/cmake;-DEXE=" + b + "/app/main;-P;" + s + "/app/notes.md",
       "",
       {"executable @build/app/main", "argument app/notes.md"}},
      {"/usr/bin/cmake;--build;" + b + ";--target;net;plugin",
       "",
       {"argument @build/net/libnet.a", "argument @build/plugin"}},
      {"/usr/bin/python3;" + s + "/app/data", "", {"below_argument app/data/in.txt"}},
      {"/usr/bin/python3;--dir=" + b + "/net", "", {"below_argument @build/net/libnet.a"}},
      {"/usr/bin/python3;" + s + ";" + b, "", {}},
      {"/usr/bin/python3;" + s + "/app/notes.md;--build_dir=" + b,
       "",
       {"argument app/notes.md", "below_argument @build/app/main",
        "below_argument @build/app/data.bin"}},
      {"/bin/sh;" + s + "/app/run.sh",
       "WORKING_DIRECTORY \"" + b + "/app\"",
       {"argument app/run.sh", "below_argument @build/app/main"}},
      {"/bin/sh;" + s + "/app/run.sh",
       "WORKING_DIRECTORY \"" + b + "/net\"",
       {"argument app/run.sh"}},
      {"/bin/sh;" + s + "/app/notes.md",
       "WORKING_DIRECTORY \"" + b + "/app\"",
       {"argument app/notes.md"}},
      {"/usr/bin/true",
       "ENVIRONMENT \"P=/usr/bin:" + s + "/app/notes.md\"",
       {"environment app/notes.md"}},
      {"/usr/bin/true",
       "ENVIRONMENT_MODIFICATION \"P=path_list_prepend:" + b + "/plugin.so\"",
       {"environment @build/plugin.so"}},
      {"/usr/bin/true",
       "REQUIRED_FILES \"" + s + "/app/notes.md\"",
       {"required_file app/notes.md"}},
      {"/usr/bin/cat;in.txt",
       "WORKING_DIRECTORY \"" + s + "/app/data\"",
       {"argument app/data/in.txt", "below_argument app/data/in.txt"}},
      {"/usr/bin/true", "WORKING_DIRECTORY \"" + s + "/gen\"", {}},
      {"t_NOT_BUILT", "", {}},
      {"app_NOT_BUILT", "", {"discovered_from @build/app/main"}},
      {"app_NOT_BUILT-b858cb2", "", {"discovered_from @build/app/main"}},
  };

  for (const auto& row : rows) {
    BOOST_TEST_CONTEXT(row.command << " " << row.properties)
    {
      const bool placeholder = row.command.find("_NOT_BUILT") != std::string::npos;
      const std::string name = placeholder ? row.command : "t";
      std::string command;
      for (const char c : row.command) {
        command += c == ';' ? std::string("\" \"") : std::string(1, c);
      }
      project.write_build("CTestTestfile.cmake",
                          "add_test(" + name + " \"" + command + "\")\nset_tests_properties(" +
                              name + " PROPERTIES COST 1 " + row.properties + ")\n");
      const Graph graph = project.record();
      CHECK_INPUTS(test_inputs(graph, name), (row.inputs));
      const Mapping expected = row.inputs.empty() ? Mapping::unmapped : Mapping::mapped;
      BOOST_TEST((graph.mapping(TestId{0}) == expected));
    }
  }
}

BOOST_AUTO_TEST_CASE(read_what_their_scripts_mention_unless_it_is_declared)
{
  const Project project;
  const std::string s = project.roots().source;
  project.write_source("app/run.sh", ". $(dirname $0)/part.sh\n");
  project.write_source("app/part.sh", "cat data/in.txt notes.md\n");
  project.write_build("CTestTestfile.cmake", "add_test(t \"/bin/sh\" \"" + s + "/app/run.sh\" \"" +
                                                 s + "/app/notes.md\")\n");
  CHECK_INPUTS(test_inputs(project.record(), "t"),
               {"argument app/run.sh", "argument app/notes.md", "mentioned_in_script app/part.sh",
                "mentioned_in_script app/data/in.txt"});
  project.write_build(
      ".winnow/export.json",
      R"({"kind":"winnow.export","version":1,"targets":[],"test_inputs":[{"tests":["t"],"directory":")" +
          s + R"(","files":[")" + s + R"(/app/part.sh"]}],"test_resources":[]})");
  CHECK_INPUTS(test_inputs(project.record(), "t"),
               {"argument app/run.sh", "argument app/notes.md", "declared_input app/part.sh"});
}

BOOST_AUTO_TEST_CASE(order_tests_by_fixtures_and_depends)
{
  const Project project;
  project.write_build("CTestTestfile.cmake",
                      "add_test(up a)\nadd_test(use a)\nadd_test(down a)\nadd_test(late a)\n"
                      "set_tests_properties(up PROPERTIES FIXTURES_SETUP db)\n"
                      "set_tests_properties(down PROPERTIES FIXTURES_CLEANUP db)\n"
                      "set_tests_properties(use PROPERTIES FIXTURES_REQUIRED db)\n"
                      "set_tests_properties(late PROPERTIES DEPENDS \"use;nothing\")\n");
  const Graph graph = project.record();
  CHECK_INPUTS(test_inputs(graph, "use"), {"fixture_setup up", "fixture_cleanup down"});
  CHECK_INPUTS(test_inputs(graph, "late"), {"depends use"});
}

BOOST_AUTO_TEST_CASE(hold_what_the_project_declared_of_its_tests)
{
  const Project project;
  const std::string s = project.roots().source;
  project.write_build(
      ".winnow/export.json",
      R"({"kind":"winnow.export","version":1,"targets":[{"name":"hdr","type":"INTERFACE_LIBRARY","directory":")" +
          s + R"(/net"}],"test_inputs":[{"tests":["app.run","absent"],"directory":")" + s +
          R"(","files":[")" + s + R"(/app/notes.md"],"directories":[")" + s +
          R"(/gen"],"globs":["app/*.txt"]}],"test_resources":[{"tests":["app.run"],"directory":")" +
          s + R"(","cpu":0.5}]})");
  const Graph graph = project.record();
  CHECK_INPUTS(test_inputs(graph, "app.run"),
               {"executable @build/app/main", "argument app/data/in.txt",
                "declared_input app/notes.md", "declared_input gen/schema.idl",
                "declared_input gen/extra.idl", "declared_input app/post.txt",
                "declared_input app/data/in.txt"});
  BOOST_TEST((project.recorded().tests.at(0).stated.cpu_milli == 500U));
  BOOST_TEST(graph.target_type(*graph.find_target("hdr")) == "INTERFACE_LIBRARY");
  BOOST_TEST(graph.target_directory(*graph.find_target("hdr")) == "net");
}

/// The export of a project that declares `targets` as what the test `t` runs, below the directory.
std::string declared_targets(const Project& project, const std::string& targets,
                             const std::string& directory = {})
{
  return R"({"kind":"winnow.export","version":1,"targets":[],"test_inputs":[{"tests":["t"],"directory":")" +
         project.roots().source + directory + R"(","targets":[)" + targets +
         R"(]}],"test_resources":[]})";
}

BOOST_AUTO_TEST_CASE(run_of_a_directory_only_the_targets_declared)
{
  const Project project;
  const std::string b = project.roots().build;
  const std::string s = project.roots().source;
  project.write_source("app/run.sh", "exec ./main\n");
  project.write_build("gen/schema.h", "");
  project.write_build("app/data.bin", "");

  const struct {
    std::string targets;
    std::string words;
    Inputs inputs;
  } rows[] = {
      {R"("app")",
       s + "/app/notes.md\" \"" + b,
       {"argument app/notes.md", "declared_input @build/app/main"}},
      {R"("net")",
       s + "/app/run.sh\" \"" + b + "/app",
       {"argument app/run.sh", "below_argument @build/app/data.bin",
        "declared_input @build/net/libnet.a"}},
      {R"("app")", "--dir=" + b + "/net", {"declared_input @build/app/main"}},
      // What no compiler or linker makes or reads is data, which the targets say nothing about.
      {R"("app")",
       "--dir=" + b + "/gen",
       {"below_argument @build/gen/schema.h", "declared_input @build/app/main"}},
      {R"("app")",
       "--dir=" + s + "/app/data",
       {"below_argument app/data/in.txt", "declared_input @build/app/main"}},
      // A byproduct of a link step, which its POST_BUILD command may have written.
      {R"("net")",
       "--dir=" + b + "/app",
       {"below_argument @build/app/data.bin", "declared_input @build/net/libnet.a"}},
      // A target that the graph has no file of: the directory stands for everything again.
      {R"("app","unheard_of")",
       "--dir=" + b + "/net",
       {"below_argument @build/net/libnet.a", "declared_input @build/app/main"}},
  };

  for (const auto& row : rows) {
    BOOST_TEST_CONTEXT(row.targets << " " << row.words)
    {
      project.write_build(".winnow/export.json", declared_targets(project, row.targets));
      project.write_build("CTestTestfile.cmake", "add_test(t \"/bin/sh\" \"" + row.words +
                                                     "\")\nset_tests_properties(t PROPERTIES "
                                                     "WORKING_DIRECTORY \"" +
                                                     b + "/app\")\n");
      CHECK_INPUTS(test_inputs(project.record(), "t"), (row.inputs));
    }
  }
}

BOOST_AUTO_TEST_CASE(of_one_name_are_narrowed_by_a_declaration_that_can_mean_one_only)
{
  const Project project;
  const std::string b = project.roots().build;
  const std::string s = project.roots().source;
  project.write_build("CTestTestfile.cmake",
                      "# Source directory: " + s + "\nsubdirs(\"x\" \"y\")\n");
  for (const std::string directory : {"x", "y"}) {
    project.write_build(directory + "/CTestTestfile.cmake",
                        "# Source directory: " + s + "/" + directory +
                            "\nadd_test(t \"/bin/sh\" \"--dir=" + b + "/net\")\n");
  }
  const auto inputs = [&](const std::string& declared_in, const std::string& asked) {
    project.write_build(".winnow/export.json", declared_targets(project, R"("app")", declared_in));
    const Graph graph = project.record();
    return inputs_of(graph, graph.node(graph.find_test({asked, "t"}).value()));
  };
  const Inputs widened{"below_argument @build/net/libnet.a", "declared_input @build/app/main"};
  CHECK_INPUTS(inputs("", "x"), (widened));
  CHECK_INPUTS(inputs("", "y"), (widened));
  CHECK_INPUTS(inputs("/x", "x"), {"declared_input @build/app/main"});
  CHECK_INPUTS(inputs("/x", "y"), {"below_argument @build/net/libnet.a"});
}

BOOST_AUTO_TEST_SUITE_END()
