// What is fit to be shown on a terminal.
#include "daemon/client/terminal_text.hpp"

#include <boost/test/unit_test.hpp>

using namespace winnow::client;

BOOST_AUTO_TEST_SUITE(terminal_text)

BOOST_AUTO_TEST_CASE(is_cut_between_characters)
{
  BOOST_TEST(first_columns("abc", 5) == "abc");
  BOOST_TEST(first_columns("abc", 3) == "abc");
  BOOST_TEST(first_columns("abc", 2) == "ab");
  BOOST_TEST(first_columns("\xc3\xa4\xc3\xb6\xc3\xbc", 2) == "\xc3\xa4\xc3\xb6");
  BOOST_TEST(first_columns("", 0) == "");
}

BOOST_AUTO_TEST_CASE(controls_no_terminal)
{
  BOOST_TEST(escape_controls("a\x1b[31m\r\n\tb\x7f") == "a\\x1b[31m\n\tb\\x7f");
  BOOST_TEST(escape_controls("\xc2\x9b"
                             "0m") == "\\xc2\x9b"
                                      "0m");
}

BOOST_AUTO_TEST_CASE(gives_no_commands_to_ci_systems)
{
  BOOST_TEST(without_ci_commands("a::b\n::error::x\n  ::group::y") ==
             "a::b\n: :error::x\n  : :group::y");
  BOOST_TEST(without_ci_commands("x ##vso[task.complete]\n##[error]\n") ==
             "x # #vso[task.complete]\n# #[error]\n");
  BOOST_TEST(without_ci_commands("") == "");
}

BOOST_AUTO_TEST_CASE(is_one_word_for_a_shell)
{
  BOOST_TEST(shell_quoted("a/b-c=1") == "a/b-c=1");
  BOOST_TEST(shell_quoted("") == "''");
  BOOST_TEST(shell_quoted("it's") == "'it'\\''s'");
}

BOOST_AUTO_TEST_SUITE_END()
