// Each case takes the archive it works on as its argument.
#define BOOST_TEST_MODULE archive
#include <boost/test/unit_test.hpp>

#include "archive/archive.hpp"

using namespace isobar;

namespace {

std::filesystem::path archive_argument()
{
  const auto& suite = boost::unit_test::framework::master_test_suite();
  BOOST_REQUIRE_EQUAL(suite.argc, 2);
  return suite.argv[1];
}

ArchivedObservation observed(const char* station, const char* instant, double temperature)
{
  return {station, parse_instant(instant).value(), {temperature}, {1013.2}, {3.5}};
}

} // namespace

BOOST_AUTO_TEST_CASE(reading)
{
  const auto observations = read_archive(archive_argument());
  BOOST_REQUIRE_EQUAL(observations.size(), 48u);
  BOOST_TEST(observations.front().station == "LSZH");
  BOOST_TEST(format_instant(observations.back().taken_at) == "2026-03-01T23:50Z");
}

BOOST_AUTO_TEST_CASE(damage)
{
  const auto path = archive_argument();
  BOOST_CHECK_EXCEPTION(read_archive(path), ArchiveError, [](const ArchiveError& error) {
    return std::string_view(error.what()).ends_with("damaged.csv:3: no number: '10l3.2'");
  });
}

BOOST_AUTO_TEST_CASE(appending)
{
  const auto scratch = archive_argument();
  std::filesystem::remove(scratch);
  append_to_archive(scratch, observed("EDDF", "2026-03-01T12:20Z", 7.5));
  append_to_archive(scratch, observed("EDDF", "2026-03-01T12:50Z", 8.0));
  const auto observations = read_archive(scratch);
  BOOST_REQUIRE_EQUAL(observations.size(), 2u);
  BOOST_TEST(observations[1].temperature.value == 8.0);
}

BOOST_AUTO_TEST_CASE(compacting)
{
  const auto scratch = archive_argument();
  std::filesystem::remove(scratch);
  append_to_archive(scratch, observed("LSZH", "2026-03-01T12:50Z", 6.0));
  append_to_archive(scratch, observed("EDDF", "2026-03-01T12:50Z", 8.0));
  append_to_archive(scratch, observed("EDDF", "2026-03-01T12:50Z", 8.5));
  BOOST_TEST(compact_archive(scratch) == 1u);
  const auto observations = read_archive(scratch);
  BOOST_REQUIRE_EQUAL(observations.size(), 2u);
  BOOST_TEST(observations[0].station == "EDDF");
  BOOST_TEST(observations[0].temperature.value == 8.5);
}
