// Command lines of CTestCustom.cmake; what they are taken apart to was captured from ctest 3.25.1.
#include "daemon/client/ctest_commands.hpp"

#include <boost/test/unit_test.hpp>

using namespace winnow::client;

BOOST_AUTO_TEST_SUITE(ctest_commands)

BOOST_AUTO_TEST_CASE(are_taken_apart_as_ctest_does)
{
  using Words = std::vector<std::string>;

  const struct {
    const char* line;
    Words words;
  } rows[] = {
      {"", {}},
      {" \t ", {}},
      {"echo one\ttwo  ", {"echo", "one", "two"}},
      {R"(echo "two words" 'and "quotes"' "" x\ y)",
       {"echo", "two words", "and \"quotes\"", "", "x y"}},
      {R"(a"b c"d)", {"a\"b", "c\"d"}},
      {R"("a"b)", {"a", "b"}},
      {R"("back\slash" \\ \)", {"back\\slash", "\\", ""}},
      {R"('open end)", {"open end"}},
  };

  for (const auto& row : rows) {
    BOOST_TEST_CONTEXT(row.line)
    {
      BOOST_TEST(ctest_words(row.line) == row.words, boost::test_tools::per_element());
    }
  }
}

BOOST_AUTO_TEST_CASE(run_in_turn_until_one_fails)
{
  std::vector<std::string> announced;
  const auto announce = [&](const std::string& line) { announced.push_back(line); };
  BOOST_TEST(!run_ctest_commands({{"true", "test -d ."}, "/", announce}).has_value());
  BOOST_TEST(announced.size() == 2U);
  BOOST_TEST(run_ctest_commands({{"true", "false", "true"}, "/", announce}).value() == "false");
  BOOST_TEST(announced.size() == 4U);
  BOOST_TEST(run_ctest_commands({{"/nonexistent x"}, "/", announce}).value() == "/nonexistent x");
  BOOST_TEST(run_ctest_commands({{" "}, "/", announce}).value() == " ");
}

BOOST_AUTO_TEST_SUITE_END()
