// Steps of a small build tree, recorded.
#include "tests/unit/analyzer/ingest/sample_project.hpp"

#include <boost/test/unit_test.hpp>

#include <chrono>

using namespace winnow;
using namespace winnow::ingest;
using namespace winnow::tests;

namespace {

namespace fs = std::filesystem;

std::int64_t now_ns()
{
  return std::chrono::duration_cast<std::chrono::nanoseconds>(
             std::chrono::system_clock::now().time_since_epoch())
      .count();
}

std::string header_log(const Project& project, std::int64_t mtime_ns)
{
  DepsLog log;
  const std::uint32_t object = log.path("net/CMakeFiles/net.dir/url.cpp.o");
  const std::uint32_t source = log.path(project.roots().source + "/net/url.cpp");
  const std::uint32_t header = log.path("../s/net/url.h");
  const std::uint32_t gone = log.path("old/gone.o");
  log.record(object, mtime_ns, {source, header});
  log.record(gone, mtime_ns, {header});
  return log.bytes();
}

} // namespace

BOOST_AUTO_TEST_SUITE(recorded_graphs)

BOOST_AUTO_TEST_CASE(have_the_inputs_of_every_kind_of_step)
{
  const Project project;
  const Graph graph = project.record(header_log(project, now_ns()));
  CHECK_INPUTS(inputs_of(graph, "@build/net/CMakeFiles/net.dir/url.cpp.o"),
               {"source net/url.cpp", "header net/url.h"});
  CHECK_INPUTS(inputs_of(graph, "@build/net/libnet.a"),
               {"source @build/net/CMakeFiles/net.dir/url.cpp.o"});
  CHECK_INPUTS(inputs_of(graph, "@build/gen/schema.h"),
               {"source gen/schema.idl", "named_in_command gen/extra.idl"});
  CHECK_INPUTS(inputs_of(graph, "@build/app/main"),
               {"source @build/app/CMakeFiles/app.dir/main.cpp.o",
                "implicit_input @build/net/libnet.a", "ordered_before @build/plugin",
                "named_in_command app/link.ld", "named_in_command app/post.txt"});
  CHECK_INPUTS(inputs_of(graph, "@build/build.ninja"), {"implicit_input CMakeLists.txt"});
  BOOST_TEST(graph.rule(producer_of(graph, "@build/build.ninja")) == configure_rule);
  BOOST_TEST(!graph.is_output(*graph.find_file("CMakeLists.txt")));
  BOOST_TEST(!graph.find_file("@build/all").has_value());
  BOOST_TEST(!graph.find_file("@build/old/gone.o").has_value());
}

BOOST_AUTO_TEST_CASE(look_for_the_headers_of_an_object_never_built_in_its_source)
{
  const Project project;
  project.write_source("app/main.cpp", "#include \"../net/url.h\"\n");
  const Graph graph = project.record(header_log(project, now_ns()));
  const StepId unbuilt = producer_of(graph, "@build/app/CMakeFiles/app.dir/main.cpp.o");
  BOOST_TEST((graph.header_list(unbuilt) == HeaderList::scanned));
  CHECK_INPUTS(inputs_of(graph, graph.node(unbuilt)),
               {"source app/main.cpp", "scanned_header net/url.h"});
  BOOST_TEST((graph.header_list(producer_of(graph, "@build/net/CMakeFiles/net.dir/url.cpp.o")) ==
              HeaderList::recorded));
}

/// A tree in which net/url.cpp.o was built an hour ago, from the header net/url.h.
struct Built : Project {
  Built()
  {
    write_old("net/url.h", "");
    source("");
  }

  /// Directives that were there when the object was built.
  void source(std::string_view text) const { write_old("net/url.cpp", text); }

  void write_old(const std::string& name, std::string_view text) const
  {
    write_source(name, text);
    set_age(name, std::chrono::hours(2));
  }

  void set_age(const std::string& name, std::chrono::hours age) const
  {
    fs::last_write_time(roots().source + "/" + name, fs::file_time_type::clock::now() - age);
  }

  /// What the graph says the object reads.
  [[nodiscard]] Inputs inputs() const
  {
    const std::int64_t hour_ns = 3'600'000'000'000;
    const Graph graph = record(header_log(*this, now_ns() - hour_ns));
    return inputs_of(graph, "@build/net/CMakeFiles/net.dir/url.cpp.o");
  }
};

BOOST_AUTO_TEST_CASE(let_an_object_read_a_header_that_appeared_in_front_of_another)
{
  const Built project;
  project.source("#include \"first/../first/url.h\"\n#include \"url.h\"\n");
  CHECK_INPUTS(project.inputs(), {"source net/url.cpp", "header net/url.h"});
  project.write_source("net/first/url.h", "");
  CHECK_INPUTS(project.inputs(),
               {"source net/url.cpp", "header net/url.h", "scanned_header net/first/url.h"});
}

BOOST_AUTO_TEST_CASE(let_no_object_read_another_header_that_only_ends_like_one_it_reads)
{
  const Built project;
  project.write_source("net/win/url.h", "");
  project.source("#if 0\n#include \"win/url.h\"\n#else\n#include \"net/url.h\"\n#endif\n");
  CHECK_INPUTS(project.inputs(), {"source net/url.cpp", "header net/url.h"});
}

BOOST_AUTO_TEST_CASE(let_an_object_read_a_header_that_its_source_asks_for)
{
  for (const char* text :
       {"#if __has_include(\"late.h\")\n#include \"late.h\"\n#endif\n",
        "#define NAME \"late.h\"\n#if __has_include(NAME)\n#include NAME\n#endif\n"}) {
    BOOST_TEST_CONTEXT(text)
    {
      const Built project;
      project.source(text);
      project.write_source("net/late.h", "");
      BOOST_TEST(project.inputs().contains("scanned_header net/late.h"));
    }
  }
}

BOOST_AUTO_TEST_CASE(let_an_object_read_an_old_header_that_was_moved_there)
{
  const Built project;
  project.source("#if __has_include(\"late.h\")\n#include \"late.h\"\n#endif\n");
  project.write_old("net/late.h", "");
  BOOST_TEST(project.inputs().contains("scanned_header net/late.h")); // as its directory shows
  project.set_age("net", std::chrono::hours(2));
  BOOST_TEST(!project.inputs().contains("scanned_header net/late.h"));
}

BOOST_AUTO_TEST_CASE(let_no_object_read_an_edited_header_that_no_directive_counts_for)
{
  const Built project;
  project.source("#if 0\n#include \"edited.h\"\n#endif\n#include \"other.h\"\n");
  project.write_source("net/edited.h", "");
  CHECK_INPUTS(project.inputs(), {"source net/url.cpp", "header net/url.h"});
}

BOOST_AUTO_TEST_CASE(let_an_object_depend_on_the_generated_files_that_a_name_may_lead_to)
{
  const Project project;
  project.write_source("app/main.cpp", "#include \"nowhere/to/be/found.h\"\n");
  const Graph graph = project.record();
  CHECK_INPUTS(inputs_of(graph, "@build/app/CMakeFiles/app.dir/main.cpp.o"),
               {"source app/main.cpp", "ordered_before @build/gen/schema.h"});
}

BOOST_AUTO_TEST_CASE(let_an_object_read_what_its_assembler_takes_in)
{
  const Project project;
  project.write_source("net/url.h", "asm(\".incbin \\\"blob.bin\\\"\");\n");
  project.write_source("net/blob.bin", "");
  const Graph graph = project.record(header_log(project, now_ns()));
  CHECK_INPUTS(inputs_of(graph, "@build/net/CMakeFiles/net.dir/url.cpp.o"),
               {"source net/url.cpp", "header net/url.h", "scanned_header net/blob.bin"});
}

BOOST_AUTO_TEST_CASE(let_an_object_read_any_header_if_nobody_can_tell_which)
{
  const Project project;
  project.write_source("app/main.cpp", "asm(\".incbin \\\"\" FILE \"\\\"\");\n");
  const Graph graph = project.record();
  const StepId unknown = producer_of(graph, "@build/app/CMakeFiles/app.dir/main.cpp.o");
  BOOST_TEST((graph.header_list(unknown) == HeaderList::unknown));
  CHECK_INPUTS(inputs_of(graph, graph.node(unknown)),
               {"source app/main.cpp", "ordered_before @build/gen/schema.h"});
}

BOOST_AUTO_TEST_CASE(place_a_target_by_its_objects_while_cmake_has_not_said_where_it_is_defined)
{
  const Graph graph = Project().record();
  const auto target = graph.target_of(producer_of(graph, "@build/net/libnet.a"));
  BOOST_REQUIRE(target.has_value());
  BOOST_TEST(graph.target_directory(*target) == "net");
  BOOST_TEST(graph.target_type(*target) == "STATIC_LIBRARY");
}

BOOST_AUTO_TEST_CASE(distrust_a_header_list_older_than_its_object)
{
  const Project project;
  project.write_build("net/CMakeFiles/net.dir/url.cpp.o", "");
  const Graph graph = project.record(header_log(project, now_ns() - 3'600'000'000'000));
  BOOST_TEST((graph.header_list(producer_of(graph, "@build/net/CMakeFiles/net.dir/url.cpp.o")) ==
              HeaderList::scanned));
}

BOOST_AUTO_TEST_CASE(scan_again_what_includes_a_file_that_changed_since_its_object_was_made)
{
  const Project project;
  project.write_source("net/url.cpp", "#include \"new.h\"\n");
  project.write_source("net/new.h", "");
  const Graph graph = project.record(header_log(project, now_ns() - 3'600'000'000'000));
  CHECK_INPUTS(inputs_of(graph, "@build/net/CMakeFiles/net.dir/url.cpp.o"),
               {"source net/url.cpp", "scanned_header net/new.h"});
  BOOST_TEST(graph.recorded_hash(*graph.find_file("net/url.cpp")).known());
}

BOOST_AUTO_TEST_CASE(pass_over_header_lists_of_outputs_that_no_step_makes)
{
  const Project project;
  DepsLog log;
  const std::uint32_t read = log.path(project.roots().source + "/app/notes.md");
  log.record(log.path("gone/CMakeFiles/gone.dir/main.cpp.o"), now_ns(), {read});
  log.record(log.path("net/CMakeFiles/net.dir/url.cpp.o"), now_ns(), {read});
  const Graph graph = project.record(log.bytes());
  BOOST_TEST(project.recorded().warnings.empty());
  BOOST_TEST(!graph.find_file("@build/gone/CMakeFiles/gone.dir/main.cpp.o").has_value());
  CHECK_INPUTS(inputs_of(graph, "@build/net/CMakeFiles/net.dir/url.cpp.o"),
               {"source net/url.cpp", "header app/notes.md"});
}

BOOST_AUTO_TEST_CASE(warn_of_a_damaged_header_log_and_go_on)
{
  const Project project;
  const Graph graph = project.record("garbage");
  BOOST_REQUIRE_EQUAL(project.recorded().warnings.size(), 1U);
  BOOST_TEST(project.recorded().warnings[0].find("/.ninja_deps is no ninja dependency log") !=
             std::string::npos);
  BOOST_TEST((graph.header_list(producer_of(graph, "@build/net/CMakeFiles/net.dir/url.cpp.o")) ==
              HeaderList::scanned));
}

BOOST_AUTO_TEST_CASE(know_the_content_that_every_reader_has_seen)
{
  const Project project;
  const Graph graph = project.record(header_log(project, now_ns()));
  BOOST_TEST(graph.recorded_hash(*graph.find_file("net/url.h")).hex() ==
             hash_content("net/url.h").hex());
  BOOST_TEST(!graph.recorded_hash(*graph.find_file("@build/net/libnet.a")).known());
}

BOOST_AUTO_TEST_CASE(take_contents_that_git_knows_from_it)
{
  const Project project;
  const ContentHash known = hash_content("what git says");
  const SourceState tracked{"c0ffee", {{"app/main.cpp", known}}};
  const Graph graph = project.record({}, &tracked);
  BOOST_TEST(graph.recorded_hash(*graph.find_file("app/main.cpp")).hex() == known.hex());
  BOOST_TEST(graph.recorded_hash(*graph.find_file("net/url.cpp")).hex() ==
             hash_content("net/url.cpp").hex());
  BOOST_TEST(graph.origin().commit == "c0ffee");
}

BOOST_AUTO_TEST_CASE(name_files_as_git_does_and_know_the_links_to_them)
{
  const Project project;
  fs::create_directory_symlink("../net", project.roots().source + "/app/include");
  DepsLog log;
  const std::uint32_t object = log.path("app/CMakeFiles/app.dir/main.cpp.o");
  log.record(object, now_ns(), {log.path(project.roots().source + "/app/include/url.h")});
  const Graph graph = project.record(log.bytes());
  CHECK_INPUTS(inputs_of(graph, "@build/app/CMakeFiles/app.dir/main.cpp.o"),
               {"source app/main.cpp", "header net/url.h", "header app/include"});
  BOOST_TEST(graph.recorded_hash(*graph.find_file("app/include")).hex() ==
             hash_content("../net").hex());
}

BOOST_AUTO_TEST_CASE(give_steps_their_targets_and_targets_their_artifacts)
{
  const Project project;
  const Graph graph = project.record();
  const std::optional<TargetId> app = graph.find_target("app");
  BOOST_REQUIRE(app.has_value());
  BOOST_TEST(graph.target_type(*app) == "EXECUTABLE");
  BOOST_REQUIRE_EQUAL(graph.artifacts(*app).size(), 1U);
  BOOST_TEST(graph.path(graph.artifacts(*app)[0]) == "@build/app/main");
  BOOST_TEST(
      (graph.target_of(producer_of(graph, "@build/app/CMakeFiles/app.dir/main.cpp.o")) == app));
  BOOST_TEST(graph.target_type(*graph.find_target("net")) == "STATIC_LIBRARY");
}

BOOST_AUTO_TEST_CASE(keep_fingerprints_when_the_checkout_moves)
{
  const Project here;
  const Project there;
  const Graph a = here.record();
  const Graph b = there.record();
  for (const std::string_view output : {"@build/app/main", "@build/gen/schema.h"}) {
    BOOST_TEST(a.fingerprint(producer_of(a, output)) == b.fingerprint(producer_of(b, output)));
  }
  BOOST_TEST(a.fingerprint(TestId{0}) == b.fingerprint(TestId{0}));
  BOOST_TEST(a.fingerprint(producer_of(a, "@build/app/main")) !=
             a.fingerprint(producer_of(a, "@build/gen/schema.h")));
}

BOOST_AUTO_TEST_CASE(tell_definitions_from_the_rest_of_a_command)
{
  const Project project;
  const auto with = [&](const std::string& flags) {
    project.write_build("CMakeFiles/rules.ninja", std::string(rules) + "FLAGS = " + flags + "\n");
    return project.record();
  };
  const Graph one = with("-O2 -DSHA=\\\"1\\\" -DLEVEL=1");
  const Graph two = with("-O2 -DSHA=\\\"2\\\" -DLEVEL=1");
  const StepId step = producer_of(one, "@build/net/CMakeFiles/net.dir/url.cpp.o");
  BOOST_TEST(one.fingerprint(step) != two.fingerprint(step));
  BOOST_TEST(one.frame_fingerprint(step) == two.frame_fingerprint(step));
  BOOST_REQUIRE_EQUAL(one.definitions(step).size(), 2U);
  BOOST_TEST(one.definitions(step)[0].name == "SHA");
  BOOST_TEST(one.definitions(step)[0].value != two.definitions(step)[0].value);
  BOOST_TEST(one.definitions(step)[1].value == two.definitions(step)[1].value);
  BOOST_TEST(with("-O3 -DSHA=1 -DLEVEL=1").frame_fingerprint(step) != one.frame_fingerprint(step));
}

BOOST_AUTO_TEST_CASE(know_the_directories_of_the_sources_that_definitions_name)
{
  const Project project;
  const std::string source = project.roots().source;
  project.write_source("app/my data/in.txt", "");
  project.write_build("CMakeFiles/rules.ninja",
                      std::string(rules) + "FLAGS = -DDATA=\\\"" + source + "/app/\\\" -DTOP=" +
                          source + " -DBEGIN=" + source + "/net/ur -DFILE=" + source +
                          "/gen/schema.idl \"-DBLANK=\\\"" + source + "/app/my data\\\"\"\n");
  const Graph graph = project.record();
  const StepId step = producer_of(graph, "@build/net/CMakeFiles/net.dir/url.cpp.o");
  for (const std::string_view named : {"app", "app/my data", "net"}) {
    BOOST_TEST(std::ranges::count(graph.steps_told_of(named), step) == 1);
  }
  for (const std::string_view other : {"", "net/ur", "gen", "gen/schema.idl"}) {
    BOOST_TEST(graph.steps_told_of(other).empty());
  }
}

BOOST_AUTO_TEST_CASE(know_which_custom_commands_ninja_runs_by_default)
{
  const Project project;
  const Graph graph = project.record();
  BOOST_TEST(graph.is_built_by_default(producer_of(graph, "@build/plugin.so")));
  BOOST_TEST(graph.is_built_by_default(producer_of(graph, "@build/gen/schema.h")));
  BOOST_TEST(!graph.is_built_by_default(producer_of(graph, "@build/on_request")));
}

BOOST_AUTO_TEST_CASE(are_stamped_by_what_a_build_rewrites)
{
  const Project project;
  const Graph graph = project.record();
  BOOST_TEST(graph.origin().build_stamp == current_build_stamp(project.tree()));
  project.write_build(".ninja_log", "# ninja log v5\n");
  BOOST_TEST(graph.origin().build_stamp != current_build_stamp(project.tree()));
}

BOOST_AUTO_TEST_SUITE_END()
