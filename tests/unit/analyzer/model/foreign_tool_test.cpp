// Names of other languages.
#include "analyzer/model/foreign_tool.hpp"
#include "analyzer/model/said_key.hpp"

#include <boost/test/unit_test.hpp>

using namespace winnow;

BOOST_AUTO_TEST_SUITE(foreign_tools)

BOOST_AUTO_TEST_CASE(run_files_of_their_language)
{
  BOOST_TEST(foreign_tool_of("tools/gbench/util.py") == "python");
  BOOST_TEST(foreign_tool_of("tools/requirements-dev.txt") == "python");
  BOOST_TEST(foreign_tool_of("rust/Cargo.lock") == "cargo");
  BOOST_TEST(foreign_tool_of("web/app.tsx") == "node");
  for (const char* file : {"a.cpp", "data.txt", "notes.toml", "Makefile", "x.cmake", "run.sh"}) {
    BOOST_TEST(foreign_tool_of(file) == "", file);
  }
}

BOOST_AUTO_TEST_CASE(are_named_by_programs_of_any_version_and_variables)
{
  for (const char* word : {"python", "/usr/bin/python3.11", "Python3_EXECUTABLE", "libpython3.so",
                           "pytest", "pip3", "python.exe"}) {
    BOOST_TEST(tool_in(word) == "python", word);
  }
  for (const char* word : {"cmake", "/opt/bin/ctest", "CMAKE_COMMAND", "CMAKE_CTEST_COMMAND"}) {
    BOOST_TEST(tool_in(word) == "cmake", word);
  }
  for (const char* word : {"algorithm", "nodes", "CMAKE_SOURCE_DIR", "gopher", "a", ""}) {
    BOOST_TEST(tool_in(word) == "", word);
  }
}

BOOST_AUTO_TEST_CASE(are_the_keys_of_all_that_belongs_to_a_language)
{
  for (const char* literal : {"util.py", ".py", "python", "requirements.txt", "python3.11"}) {
    BOOST_TEST(said_key_of(literal) == "python", literal);
  }
  BOOST_TEST(said_key_of("a.cpp") == "a.cpp");
  BOOST_TEST(said_key_of(".cpp") == ".cpp");
  BOOST_TEST(said_key_of("data/") == "data/");
  BOOST_TEST(said_key_of("t.txt") == "");
  BOOST_TEST(said_key_of("") == any_file);
}

BOOST_AUTO_TEST_SUITE_END()
