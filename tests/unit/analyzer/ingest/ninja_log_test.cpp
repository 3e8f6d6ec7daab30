// ninja's log of what it made: whole, interrupted, of other versions.
#include "analyzer/ingest/ninja_log.hpp"

#include <boost/test/unit_test.hpp>

using namespace winnow;
using namespace winnow::ingest;

namespace {

NinjaLog log_of(std::string_view lines)
{
  const Result<NinjaLog> log = parse_ninja_log("# ninja log v5\n" + std::string(lines), "log");
  BOOST_REQUIRE(log.has_value());
  return *log;
}

} // namespace

BOOST_AUTO_TEST_SUITE(ninja_build_log)

BOOST_AUTO_TEST_CASE(the_last_entry_of_an_output_counts)
{
  const NinjaLog log = log_of("3\t42\t1795517001643803580\tsub/a.o\t2a\n"
                              "0\t7\t5\tb.o\t2b\n"
                              "10\t20\t1795517009000000001\tsub/a.o\t2c\n");
  BOOST_TEST(log.size() == 2U);
  BOOST_TEST((log.at("sub/a.o") == NinjaLogEntry{1795517009000000001, 10, 0x2c}));
  BOOST_TEST((log.at("b.o") == NinjaLogEntry{5, 7, 0x2b}));
}

BOOST_AUTO_TEST_CASE(what_an_interrupted_write_left_is_passed_over)
{
  const std::string line = "3\t42\t17\tsub/a.o\t2a";
  for (std::size_t size = 0; size < line.size(); ++size) {
    BOOST_TEST_CONTEXT("cut at " << size)
    {
      const NinjaLog log = log_of("0\t7\t5\tb.o\t2b\n" + line.substr(0, size));
      BOOST_TEST((log.at("b.o") == NinjaLogEntry{5, 7, 0x2b}));
      BOOST_TEST(log.contains("sub/a.o") == (size > line.rfind('\t')));
    }
  }
}

BOOST_AUTO_TEST_CASE(a_line_that_is_no_entry_is_passed_over)
{
  BOOST_TEST(log_of("x\t1\t2\ta\th\n1\t2\t3\t\th\n1\t2\t99999999999999999999\ta\th\n\n").empty());
  BOOST_TEST((log_of("9\t1\t2\ta\th\n").at("a") == NinjaLogEntry{2, 0}));
}

BOOST_AUTO_TEST_CASE(newer_versions_have_the_same_columns)
{
  BOOST_TEST(parse_ninja_log("# ninja log v6\n1\t2\t3\ta\th\n", "log")->size() == 1U);
  BOOST_TEST(parse_ninja_log("# ninja log v7\n1\t2\t3\ta\th\n", "log")->size() == 1U);
}

BOOST_AUTO_TEST_CASE(another_version_is_an_error_that_names_the_file)
{
  for (const char* text : {"", "# ninja log v4\n", "# ninja log v8\n", "# ninja log v\n", "v5\n"}) {
    BOOST_TEST_CONTEXT(text)
    {
      const Result<NinjaLog> log = parse_ninja_log(text, "/b/.ninja_log");
      BOOST_REQUIRE(log.has_error());
      BOOST_TEST(log.error().message == "/b/.ninja_log is no ninja log of a version from 5 to 7");
    }
  }
}

BOOST_AUTO_TEST_CASE(a_log_that_does_not_exist_has_no_entries)
{
  const Result<NinjaLog> log = read_ninja_log("/nonexistent/.ninja_log");
  BOOST_REQUIRE(log.has_value());
  BOOST_TEST(log->empty());
}

BOOST_AUTO_TEST_SUITE_END()
