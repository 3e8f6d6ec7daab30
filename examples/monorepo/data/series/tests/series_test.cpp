#define BOOST_TEST_MODULE series
#include <boost/test/unit_test.hpp>

#include "series/series.hpp"

using namespace isobar;
using namespace std::chrono_literals;

namespace {

const Instant noon = parse_instant("2026-05-04T12:00Z").value();

Series<Celsius> three_samples()
{
  Series<Celsius> series;
  series.add(noon + 20min, {14.0});
  series.add(noon, {12.0});
  series.add(noon + 10min, {13.0});
  return series;
}

} // namespace

BOOST_AUTO_TEST_CASE(samples_are_kept_in_order_of_time)
{
  const auto series = three_samples();
  BOOST_REQUIRE_EQUAL(series.samples().size(), 3u);
  BOOST_TEST(series.samples()[0].value.value == 12.0);
  BOOST_TEST(series.samples()[2].value.value == 14.0);
}

BOOST_AUTO_TEST_CASE(a_correction_replaces_the_sample)
{
  auto series = three_samples();
  series.add(noon, {11.5});
  BOOST_TEST(series.samples().size() == 3u);
  BOOST_TEST(series.samples()[0].value.value == 11.5);
}

BOOST_AUTO_TEST_CASE(an_interval_excludes_its_end)
{
  const auto series = three_samples();
  BOOST_TEST(series.between(noon, noon + 20min).size() == 2u);
  BOOST_TEST(series.between(noon + 1h, noon + 2h).empty());
}
