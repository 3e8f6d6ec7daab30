// What is remembered of passed tests is what was written, or is said to be damaged.
#include "daemon/client/passed_tests.hpp"
#include "tests/support/scratch_directory.hpp"

#include <boost/test/unit_test.hpp>

#include <string>

using winnow::ErrorKind;
using winnow::client::change_passed_tests;
using winnow::client::ConfiguredTest;
using winnow::client::digest_of;
using winnow::client::parse_passed_tests;
using winnow::client::passed_tests_text;
using winnow::client::PassedTests;
using winnow::client::read_passed_tests;

namespace {

PassedTests some()
{
  PassedTests tests;
  tests.contents["/a\tb\n\\c"] = {digest_of("status"), digest_of("content")};
  tests.passes[{"", {"", "plain"}}] = {digest_of("x"), 12};
  tests.passes[{"Debug", {"sub\\dir", "end\t0\nodd \\n name"}}] = {digest_of("y"), -1};
  return tests;
}

} // namespace

BOOST_AUTO_TEST_SUITE(passed_tests)

BOOST_AUTO_TEST_CASE(are_read_as_they_were_written)
{
  const std::string text = passed_tests_text(some());
  const auto read = parse_passed_tests(text);
  BOOST_REQUIRE(read.has_value());
  BOOST_TEST((read->passes == some().passes));
  BOOST_TEST(read->contents.begin()->first == "/a\tb\n\\c");
  BOOST_TEST(passed_tests_text(*read) == text);
}

BOOST_AUTO_TEST_CASE(any_damage_is_noticed)
{
  const std::string sound = passed_tests_text(some());
  for (std::size_t at = 0; at < sound.size(); ++at) {
    std::string changed = sound;
    changed[at] = changed[at] == 'x' ? 'y' : 'x';
    BOOST_TEST(parse_passed_tests(changed).has_error());
    BOOST_TEST(parse_passed_tests(sound.substr(0, at)).has_error());
  }
  BOOST_TEST(parse_passed_tests(sound + "x").has_error());
  const std::string line = "winnow.ctest-passed 1\npass\tx\n";
  BOOST_TEST(parse_passed_tests(line + "end\t" + digest_of(line).hex() + "\n").error().message ==
             "is damaged");
}

BOOST_AUTO_TEST_CASE(changes_are_kept_and_start_with_nothing)
{
  const winnow::tests::ScratchDirectory scratch;
  const auto first = read_passed_tests(scratch.path());
  BOOST_REQUIRE(first.has_value());
  BOOST_TEST(first->passes.empty());
  BOOST_TEST(
      change_passed_tests(scratch.path(), [](PassedTests& tests) { tests = some(); }).has_value());
  BOOST_TEST(change_passed_tests(scratch.path(), [](PassedTests& tests) {
               tests.passes.erase(ConfiguredTest{"", {"", "plain"}});
             }).has_value());
  const auto now = read_passed_tests(scratch.path());
  BOOST_REQUIRE(now.has_value());
  BOOST_TEST(now->passes.size() == 1);
  BOOST_TEST(now->contents.size() == 1);
}

BOOST_AUTO_TEST_SUITE_END()
