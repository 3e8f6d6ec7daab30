// Which words of a command define something, and what is left of it without their values.
#include "analyzer/ingest/command_definitions.hpp"

#include <boost/test/unit_test.hpp>

#include <string>
#include <string_view>

using namespace winnow::ingest;

namespace {

/// "NAME|VALUE NAME|VALUE"
std::string definitions(std::string_view command)
{
  std::string text;
  for (const CommandDefinition& definition :
       split_definitions(command, shell_words(command)).definitions) {
    text += (text.empty() ? "" : " ") + definition.name + "|" + definition.value;
  }
  return text;
}

std::string frame(std::string_view command)
{
  return split_definitions(command, shell_words(command)).frame;
}

} // namespace

BOOST_AUTO_TEST_SUITE(definitions_of_commands)

BOOST_AUTO_TEST_CASE(are_found_however_they_are_quoted)
{
  const struct {
    std::string_view command;
    std::string_view definitions;
  } rows[] = {
      {"c++ -DGIT_SHA=abc -c a.cpp", "GIT_SHA|=abc"},
      {"c++ -DGIT_SHA=\\\"abc\\\" -c a.cpp", "GIT_SHA|=\"abc\""},
      {"c++ \"-DGIT_SHA=\\\"a b\\\"\" -c a.cpp", "GIT_SHA|=\"a b\""},
      {"c++ '-DGIT_SHA=\"a b\"' -c a.cpp", "GIT_SHA|=\"a b\""},
      {"c++ -D'GIT_SHA'=a\\ b -c a.cpp", "GIT_SHA|=a b"},
      {"c++ -D GIT_SHA=abc -D B -DC -c a.cpp", "GIT_SHA|=abc B| C|"},
      {"c++ -DEMPTY= -D", "EMPTY|="},
      {"cmake -DGIT_SHA:STRING=abc -D OUT=x -P a.cmake && c++ -DB=2",
       "GIT_SHA|:STRING=abc OUT|=x B|=2"},
      {"c++ -IDIR -d x -c D.cpp && ar -D && x", ""},
      {"", ""},
  };

  for (const auto& row : rows) {
    BOOST_TEST_CONTEXT(row.command)
    {
      BOOST_TEST(definitions(row.command) == row.definitions);
    }
  }
}

BOOST_AUTO_TEST_CASE(leave_all_else_of_the_command)
{
  BOOST_TEST(frame("c++ -DA=1 -O2 '-DB=x y' -c a.cpp") == "c++ -DA -O2 -DB -c a.cpp");
  BOOST_TEST(frame("c++ -D A=\\\"1\\\" \"-I/a b\"") == "c++ -DA \"-I/a b\"");
  BOOST_TEST(frame("c++ -DA=1 -c") == frame("c++ '-DA=\"x y\"' -c"));
  BOOST_TEST(frame("c++ -DA=1 -c") != frame("c++ -DAB=1 -c"));
  BOOST_TEST(frame("c++ -c a.cpp") == "c++ -c a.cpp");
}

BOOST_AUTO_TEST_CASE(are_not_looked_for_in_quoted_commands)
{
  BOOST_TEST(definitions("sh -c \"c++ -DA=1\"") == "");
}

BOOST_AUTO_TEST_SUITE_END()
