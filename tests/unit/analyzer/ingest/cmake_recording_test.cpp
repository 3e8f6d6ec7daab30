// Recordings, also those of the CMake that is installed.
#include "analyzer/ingest/cmake_recording.hpp"
#include "tests/support/scratch_directory.hpp"
#include "tests/unit/analyzer/ingest/written_files.hpp"

#include <boost/test/unit_test.hpp>

#include <cstdlib>
#include <fstream>
#include <iterator>

using namespace winnow;
using namespace winnow::ingest;

namespace {

using Words = std::vector<std::string>;

} // namespace

BOOST_AUTO_TEST_SUITE(cmake_recording)

BOOST_AUTO_TEST_CASE(give_back_what_was_recorded)
{
  const auto recording =
      parse_recording("= x61 x62\n--\nadd_test x74 x x3b0a\nsubdirs\n--\n= x61 x\n--\nend\n");
  BOOST_REQUIRE(recording.has_value());
  BOOST_TEST(recording->before.at("a") == "b");
  BOOST_TEST(recording->after.at("a") == "");
  BOOST_REQUIRE(recording->calls.size() == 2U);
  BOOST_TEST(recording->calls[0].name == "add_test");
  BOOST_TEST(recording->calls[0].arguments == (Words{"t", "", ";\n"}),
             boost::test_tools::per_element());
  BOOST_TEST(recording->calls[1].arguments.empty());
}

BOOST_AUTO_TEST_CASE(that_are_damaged_are_errors)
{
  for (const char* text :
       {"", "--\n--\n--\n", "add_test x6\nend\n", "--\nadd_test 61\n--\n--\nend\n",
        "--\nadd_test xzz\n--\n--\nend\n", "--\n= x61 x61\n--\n--\nend\n"}) {
    BOOST_TEST_CONTEXT(text)
    {
      BOOST_TEST(parse_recording(text).has_error());
    }
  }
}

BOOST_AUTO_TEST_CASE(keep_every_character_of_an_argument)
{
  if (std::system("cmake --version > /dev/null 2>&1") != 0) {
    return;
  }
  const tests::ScratchDirectory scratch;
  const std::string file = scratch / "o]]d (name).cmake";
  tests::write_file(file,
                    "add_test(\"a;b\" \"\" [==[]=]]==] \"\\\\;$\\\"\" \"li\nne\" tab\\tend \"[\" "
                    "\"]\" \" \")\nset_tests_properties()\nset(changed \"${given};\")\n"
                    "own([[x;y]] \"\")\nset(none ${CMAKE_COMMAND}${CMAKE_SOURCE_DIR})\n");
  const CMakeEvaluation evaluation{
      {file},
      scratch / "",
      {{"given", "]]\\;${x}"}, {"CMAKE_SOURCE_DIR", ""}},
      "function(own)\n subdirs(\"${ARGV0}\" \"${ARGV1}\")\nendfunction()\n"};
  tests::write_file(scratch / "script", recording_script(evaluation, scratch / "result"));
  const std::string command = "cmake -P '" + (scratch / "script") + "'";
  BOOST_REQUIRE(std::system(command.c_str()) == 0);
  std::ifstream result(scratch / "result", std::ios::binary);
  const auto recording = parse_recording(std::string(std::istreambuf_iterator<char>(result), {}));
  BOOST_REQUIRE(recording.has_value());
  BOOST_REQUIRE(recording->calls.size() == 3U);
  BOOST_TEST(recording->calls[0].arguments ==
                 (Words{"a;b", "", "]=]", "\\;$\"", "li\nne", "tab\tend", "[", "]", " "}),
             boost::test_tools::per_element());
  BOOST_TEST(recording->calls[1].arguments.empty());
  BOOST_TEST(recording->calls[2].arguments == (Words{"x;y", ""}), boost::test_tools::per_element());
  BOOST_TEST(recording->before.at("given") == "]]\\;${x}");
  BOOST_TEST(recording->after.at("changed") == "]]\\;${x};");
  BOOST_TEST(!recording->after.contains("none"));
}

BOOST_AUTO_TEST_CASE(find_definitions_also_in_what_is_included)
{
  const tests::ScratchDirectory scratch;
  tests::write_file(scratch / "inner", "macro(m)\n  message(x)\nendmacro()\n");
  tests::write_file(scratch / "outer", "set(a b)\nfunction(f x)\nendfunction()\ninclude(\"" +
                                           (scratch / "inner") + "\")\ninclude(\"" +
                                           (scratch / "outer") + "\")\nf(y)\n");
  BOOST_TEST(definitions_in(scratch / "outer") ==
             "function(f x)\nendfunction()\n\nmacro(m)\n  message(x)\nendmacro()\n\n");
}

BOOST_AUTO_TEST_SUITE_END()
