// CMake's lexical rules, each in one row.
#include "analyzer/ingest/cmake_script.hpp"
#include "analyzer/ingest/cmake_values.hpp"

#include <boost/test/unit_test.hpp>

using namespace winnow;
using namespace winnow::ingest;

BOOST_AUTO_TEST_SUITE(cmake_scripts)

BOOST_AUTO_TEST_CASE(consist_of_commands_with_arguments)
{
  const struct {
    std::string_view script;
    std::vector<std::string> arguments;
  } rows[] = {
      {"c()", {}},
      {"c( a b\n c )", {"a", "b", "c"}},
      {"C (a)", {"a"}},
      {"c(\"a b\" \"\")", {"a b", ""}},
      {"c([=[a]]b]=] [[\nx]] [==[]]]==])", {"a]]b", "x", "]]"}},
      {"c([a] [=b)", {"[a]", "[=b"}},
      {"c(a\\ b \"q\\\"q\" \\$x \"t\\tn\\n\")", {"a b", "q\"q", "$x", "t\tn\n"}},
      {"c(\"a\\\\;b\" c\\;d)", {"a\\;b", "c\\;d"}},
      {"c(\"a\\\nb\")", {"ab"}},
      {"c(a # comment )\n b #[[ bracket ) ]] c)", {"a", "b", "c"}},
      {"#[=[ x(\n]=]\nc(a) # end", {"a"}},
      {"c((a) OR NOT(b))", {"(", "a", ")", "OR", "NOT", "(", "b", ")"}},
      {"c(a\"b\")", {"a", "b"}},
  };

  for (const auto& row : rows) {
    BOOST_TEST_CONTEXT(row.script)
    {
      const Result<std::vector<CMakeCommand>> commands = parse_cmake_script(row.script, "f.cmake");
      BOOST_REQUIRE(commands.has_value());
      BOOST_REQUIRE_EQUAL(commands->size(), 1U);
      BOOST_TEST(commands->front().name == "c");
      std::vector<std::string> texts;
      for (const CMakeArgument& argument : commands->front().arguments) {
        texts.push_back(argument.text);
      }
      BOOST_TEST(texts == row.arguments, boost::test_tools::per_element());
    }
  }
}

BOOST_AUTO_TEST_CASE(tell_references_from_escaped_dollars)
{
  const auto commands = parse_cmake_script("c(\\${a}${b} \"$ENV{x}\" [[${c}]] $d)", "f.cmake");
  BOOST_REQUIRE(commands.has_value());
  const std::vector<CMakeArgument>& arguments = commands->front().arguments;
  BOOST_TEST(arguments[0].references == std::vector<std::uint32_t>{4},
             boost::test_tools::per_element());
  BOOST_TEST(arguments[1].references == std::vector<std::uint32_t>{0},
             boost::test_tools::per_element());
  BOOST_TEST(arguments[2].references.empty());
  BOOST_TEST(arguments[3].references.empty());
}

BOOST_AUTO_TEST_CASE(tell_on_which_lines_a_command_stands)
{
  const auto commands = parse_cmake_script("\na()\nb(x\n  [[y\nz]]\n) # end\n", "f.cmake");
  BOOST_REQUIRE(commands.has_value());
  BOOST_TEST((*commands)[0].line == 2U);
  BOOST_TEST((*commands)[0].last_line == 2U);
  BOOST_TEST((*commands)[1].line == 3U);
  BOOST_TEST((*commands)[1].last_line == 6U);
}

BOOST_AUTO_TEST_CASE(give_errors_with_file_and_line)
{
  const struct {
    std::string_view script;
    std::string_view message;
  } rows[] = {
      {"c(a)\nd(\"x\n", "f.cmake:3: a quoted argument is not closed"},
      {"c(a)\nd(x\n", "f.cmake:3: a command is not closed"},
      {"c([[a", "f.cmake:1: a bracket argument is not closed"},
      {"\n\n)", "f.cmake:3: expected a command name"},
      {"c a", "f.cmake:1: expected '(' after c"},
      {"c(\\q)", "f.cmake:1: invalid escape '\\q'"},
      {"c(\\", "f.cmake:1: invalid escape '\\'"},
  };

  for (const auto& row : rows) {
    BOOST_TEST_CONTEXT(row.script)
    {
      const auto commands = parse_cmake_script(row.script, "f.cmake");
      BOOST_REQUIRE(commands.has_error());
      BOOST_TEST(commands.error().message == row.message);
    }
  }
}

BOOST_AUTO_TEST_CASE(any_prefix_of_one_ends)
{
  const std::string whole = "#[[ c ]] add_test([=[a]=] \"b\\;\\\"${x}\" c\\ d # e\n (f) [[g]])\n";
  std::size_t whole_ones = 0;
  for (std::size_t size = 0; size <= whole.size(); ++size) {
    whole_ones += parse_cmake_script(whole.substr(0, size), "f").has_value() ? 1 : 0;
  }
  BOOST_TEST(whole_ones > 0U);
  BOOST_TEST(whole_ones < whole.size());
}

BOOST_AUTO_TEST_CASE(write_lists_with_semicolons)
{
  using Elements = std::vector<std::string>;
  BOOST_TEST(expand_list("a;b;;c;") == (Elements{"a", "b", "c"}), boost::test_tools::per_element());
  BOOST_TEST(expand_list("a\\;b;c") == (Elements{"a;b", "c"}), boost::test_tools::per_element());
  BOOST_TEST(expand_list("[a;b];c") == (Elements{"[a;b]", "c"}), boost::test_tools::per_element());
  BOOST_TEST(expand_list("").empty());
}

BOOST_AUTO_TEST_SUITE_END()
