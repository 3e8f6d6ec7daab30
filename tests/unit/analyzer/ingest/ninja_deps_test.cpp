// The dependency log, whole, interrupted and damaged.
#include "analyzer/ingest/ninja_deps.hpp"
#include "tests/unit/analyzer/ingest/written_files.hpp"

#include <boost/test/unit_test.hpp>

using namespace winnow;
using namespace winnow::ingest;

namespace {

tests::DepsLog sample()
{
  tests::DepsLog log;
  const std::uint32_t object = log.path("a.o");
  const std::uint32_t source = log.path("../a.cpp");
  const std::uint32_t header = log.path("/usr/include/h.h");
  log.record(object, 5'000'000'000, {source});
  log.record(object, 7'000'000'001, {source, header});
  return log;
}

} // namespace

BOOST_AUTO_TEST_SUITE(ninja_dependency_log)

BOOST_AUTO_TEST_CASE(the_last_record_of_an_output_counts)
{
  const Result<NinjaDeps> deps = parse_ninja_deps(sample().bytes(), "log");
  BOOST_REQUIRE(deps.has_value());
  BOOST_REQUIRE_EQUAL(deps->records.size(), 1U);
  const NinjaDepsRecord& record = deps->records.front();
  BOOST_TEST(deps->paths[record.output] == "a.o");
  BOOST_TEST(record.mtime_ns == 7'000'000'001);
  BOOST_REQUIRE_EQUAL(record.inputs.size(), 2U);
  BOOST_TEST(deps->paths[record.inputs[0]] == "../a.cpp");
  BOOST_TEST(deps->paths[record.inputs[1]] == "/usr/include/h.h");
}

BOOST_AUTO_TEST_CASE(what_an_interrupted_write_left_is_ignored)
{
  const std::string whole = sample().bytes();
  const std::size_t header = 16;
  const std::size_t first_record = whole.size() - (4 + 20) - (4 + 16);
  for (std::size_t size = 0; size < whole.size(); ++size) {
    BOOST_TEST_CONTEXT("cut at " << size)
    {
      const Result<NinjaDeps> deps = parse_ninja_deps(whole.substr(0, size), "log");
      BOOST_TEST(deps.has_value() == (size >= header));
      if (deps && size >= first_record + 20) {
        BOOST_REQUIRE_EQUAL(deps->records.size(), 1U);
        BOOST_TEST(deps->records.front().inputs.size() == 1U);
      }
    }
  }
}

BOOST_AUTO_TEST_CASE(a_changed_byte_never_names_a_path_that_is_not_there)
{
  const std::string whole = sample().bytes();
  for (std::size_t at = 0; at < whole.size(); ++at) {
    for (const char value : {'\0', '\x7f', '\xff'}) {
      std::string damaged = whole;
      damaged[at] = value;
      const Result<NinjaDeps> deps = parse_ninja_deps(damaged, "log");
      if (!deps) {
        BOOST_TEST(at < 16U);
        continue;
      }
      for (const NinjaDepsRecord& record : deps->records) {
        BOOST_TEST(record.output < deps->paths.size());
        for (const std::uint32_t input : record.inputs) {
          BOOST_TEST(input < deps->paths.size());
        }
      }
    }
  }
}

BOOST_AUTO_TEST_CASE(another_version_is_an_error_that_names_the_file)
{
  std::string bytes = sample().bytes();
  bytes[12] = 5;
  const Result<NinjaDeps> deps = parse_ninja_deps(bytes, "/b/.ninja_deps");
  BOOST_REQUIRE(deps.has_error());
  BOOST_TEST(static_cast<int>(deps.error().kind) == static_cast<int>(ErrorKind::data));
  BOOST_TEST(deps.error().message ==
             "/b/.ninja_deps has version 5, and only version 4 can be read");
}

BOOST_AUTO_TEST_CASE(a_log_that_does_not_exist_has_no_records)
{
  const Result<NinjaDeps> deps = read_ninja_deps("/nonexistent/.ninja_deps");
  BOOST_REQUIRE(deps.has_value());
  BOOST_TEST(deps->records.empty());
}

BOOST_AUTO_TEST_SUITE_END()
