// Tests what is found in CMake scripts: scripts in, patterns of what configuring reads out.
#include "analyzer/ingest/configure_scan.hpp"
#include "tests/support/scratch_directory.hpp"
#include "tests/unit/analyzer/ingest/written_files.hpp"

#include <boost/test/unit_test.hpp>

#include <cstdint>
#include <initializer_list>
#include <limits>
#include <string>
#include <utility>
#include <vector>

using namespace winnow;
using namespace winnow::ingest;
using namespace winnow::tests;

namespace {

using Scripts = std::initializer_list<std::pair<const char*, const char*>>;

/// "contents version.h, names net/*.cpp", in the order of the patterns.
std::string found(Scripts scripts)
{
  const ScratchDirectory scratch;
  const Roots roots{scratch / "s", scratch / "s/build", {}, {}};
  std::vector<std::string> paths;
  for (const auto& [name, text] : scripts) {
    paths.push_back(roots.source + "/" + name);
    write_file(paths.back(), text);
  }
  std::string reads;
  for (const ConfigureRead& read : scan_configure_reads(paths, roots)) {
    reads += reads.empty() ? "" : ", ";
    reads += read.what == ConfigureRead::What::names      ? "names "
             : read.what == ConfigureRead::What::contents ? "contents "
             : read.what == ConfigureRead::What::program  ? "program "
                                                          : "commit ";
    reads += read.pattern;
  }
  return reads;
}

} // namespace

BOOST_AUTO_TEST_SUITE(reads_of_cmake_scripts)

BOOST_AUTO_TEST_CASE(are_relative_to_their_list_file)
{
  BOOST_TEST(found({{"net/CMakeLists.txt", "file(STRINGS version.h v)\n"
                                           "FILE(READ \"${CMAKE_CURRENT_SOURCE_DIR}/a.txt\" a)\n"
                                           "file(SHA256 ${CMAKE_SOURCE_DIR}/b.txt b)\n"}}) ==
             "contents b.txt, contents net/a.txt, contents net/version.h");
}

BOOST_AUTO_TEST_CASE(of_unknown_directories_match_everywhere)
{
  BOOST_TEST(found({{"cmake/version.cmake", "file(READ ${PROJECT_SOURCE_DIR}/include/v.h v)\n"
                                            "file(READ relative.txt r)\n"}}) ==
             "contents *include/v.h, contents *relative.txt");
}

BOOST_AUTO_TEST_CASE(have_the_patterns_of_globs)
{
  BOOST_TEST(found({{"CMakeLists.txt",
                     "file(GLOB_RECURSE files LIST_DIRECTORIES no RELATIVE ${CMAKE_SOURCE_DIR} "
                     "CONFIGURE_DEPENDS src/*.cpp ${CMAKE_CURRENT_LIST_DIR}/data/?.txt)\n"
                     "aux_source_directory(more more_sources)\n"}}) ==
             "names data/*.txt, names more/*, names src/*.cpp");
}

BOOST_AUTO_TEST_CASE(follow_variables_lists_loops_and_parameters)
{
  BOOST_TEST(found({{"CMakeLists.txt", "set(HEADER ${CMAKE_CURRENT_SOURCE_DIR}/v.h)\n"
                                       "file(READ ${HEADER} v)\n"
                                       "set(TABLES a.csv b.csv)\n"
                                       "foreach(table IN LISTS TABLES)\n"
                                       "  file(READ ${table} t)\n"
                                       "endforeach()\n"
                                       "embed(logo.svg)\n"},
                    {"embed.cmake", "function(embed image)\n"
                                    "  file(READ ${CMAKE_SOURCE_DIR}/art/${image} bytes HEX)\n"
                                    "endfunction()\n"}}) ==
             "contents a.csv, contents art/logo.svg, contents b.csv, "
             "contents v.h");
}

BOOST_AUTO_TEST_CASE(of_a_variable_that_another_command_sets_may_be_any_file)
{
  BOOST_TEST(found({{"CMakeLists.txt", "set(name a.txt)\n"
                                       "get_filename_component(name ${other} NAME)\n"
                                       "file(READ data/${name} text)\n"}}) == "contents data/*");
}

BOOST_AUTO_TEST_CASE(leave_the_build_tree_and_other_projects_out)
{
  BOOST_TEST(found({{"CMakeLists.txt", "file(READ ${CMAKE_CURRENT_BINARY_DIR}/made.txt m)\n"
                                       "file(READ /usr/include/zlib.h z)\n"}}) == "");
}

BOOST_AUTO_TEST_CASE(have_what_conditions_and_programs_name)
{
  BOOST_TEST(
      found({{"CMakeLists.txt",
              "if(EXISTS ${CMAKE_SOURCE_DIR}/local.cmake)\nendif()\n"
              "execute_process(COMMAND python3 ${CMAKE_SOURCE_DIR}/tools/list.py --all "
              "OUTPUT_VARIABLE o)\n"}}) ==
      "names local.cmake, names local.cmake/*, contents tools/list.py, program CMakeLists.txt");
}

BOOST_AUTO_TEST_CASE(have_the_commit_where_git_is_asked)
{
  for (const char* command : {"git describe --tags", "${GIT_EXECUTABLE} log -1", "/usr/bin/git log",
                              "${vcs} rev-parse HEAD"}) {
    BOOST_TEST(found({{"CMakeLists.txt",
                       ("execute_process(COMMAND " + std::string(command) + " OUTPUT_VARIABLE v)\n")
                           .c_str()}})
                       .find("commit HEAD") != std::string::npos,
               command);
  }
  BOOST_TEST(
      found({{"CMakeLists.txt", "execute_process(COMMAND digit log OUTPUT_VARIABLE v)\n"}}) ==
      "program CMakeLists.txt");
}

BOOST_AUTO_TEST_CASE(do_not_doubt_programs_that_tell_of_the_machine)
{
  for (const char* command :
       {"uname -m", "${CMAKE_CXX_COMPILER} -dumpmachine", "${CMAKE_MAKE_PROGRAM} --version",
        "${CMAKE_COMMAND} -E echo x", "pkg-config --libs z"}) {
    BOOST_TEST(found({{"CMakeLists.txt",
                       ("execute_process(COMMAND " + std::string(command) + " OUTPUT_VARIABLE v)\n")
                           .c_str()}}) == "",
               command);
  }
  for (const char* command : {"${CMAKE_COMMAND} -S nested", "${CMAKE_COMMAND} -E env A=b sh gen",
                              "uname COMMAND sh gen", "${PROGRAM} x"}) {
    BOOST_TEST(found({{"CMakeLists.txt",
                       ("execute_process(COMMAND " + std::string(command) + " OUTPUT_VARIABLE v)\n")
                           .c_str()}}) == "program CMakeLists.txt",
               command);
  }
}

BOOST_AUTO_TEST_CASE(have_the_sources_that_are_tried)
{
  BOOST_TEST(found({{"CMakeLists.txt",
                     "set(SOURCE ${CMAKE_CURRENT_SOURCE_DIR}/try.c)\n"
                     "try_compile(OK ${CMAKE_BINARY_DIR} ${SOURCE})\n"
                     "try_compile(MORE SOURCES more.c LINK_LIBRARIES ${LIBRARIES})\n"}}) ==
             "contents more.c, contents try.c");
  BOOST_TEST(found({{"CMakeLists.txt", "try_run(OK DONE ${CMAKE_BINARY_DIR} ${UNKNOWN})\n"}}) ==
             "program CMakeLists.txt");
}

BOOST_AUTO_TEST_CASE(know_the_commit_only_while_head_stays)
{
  const ScratchDirectory scratch;
  const Roots roots{scratch / "s/part", scratch / "s/build", {}, {}};
  write_file(scratch / "s/.git", "gitdir: ../real\n");
  const SourceState now{"0123", {}, {}};
  std::vector<ConfigureRead> reads{{ConfigureRead::What::commit, "HEAD", {}}};
  set_states(reads, roots, now, std::numeric_limits<std::int64_t>::max());
  BOOST_TEST(reads[0].state == ""); // without a log nobody knows
  write_file(scratch / "real/logs/HEAD", "");
  set_states(reads, roots, now, 0);
  BOOST_TEST(reads[0].state == "");
  set_states(reads, roots, now, std::numeric_limits<std::int64_t>::max());
  BOOST_TEST(reads[0].state == state_of(reads[0], now));
  BOOST_TEST(reads[0].state != state_of(reads[0], SourceState{"4567", {}, {}}));
}

BOOST_AUTO_TEST_CASE(have_no_state_where_something_was_touched_since)
{
  const ScratchDirectory scratch;
  const Roots roots{scratch / "s", scratch / "s/build", {}, {}};
  write_file(roots.source + "/v.h", "1");
  const SourceState now{"", {{"v.h", hash_content("1")}}};
  std::vector<ConfigureRead> reads{{ConfigureRead::What::contents, "v.h", {}}};
  set_states(reads, roots, now, 0);
  BOOST_TEST(reads[0].state == "");
  set_states(reads, roots, now, std::numeric_limits<std::int64_t>::max());
  BOOST_TEST(reads[0].state == state_of(reads[0], now));
}

BOOST_AUTO_TEST_SUITE_END()
