#define BOOST_TEST_MODULE quality
#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <initializer_list>

#include "quality/quality.hpp"

using namespace isobar;
using namespace std::chrono_literals;

BOOST_TEST_DONT_PRINT_LOG_VALUE(isobar::Verdict)

namespace {

Series<Celsius> every_ten_minutes(std::initializer_list<double> values)
{
  Series<Celsius> series;
  Instant at = parse_instant("2026-05-04T12:00Z").value();
  for (const double value : values) {
    series.add(at, {value});
    at += 10min;
  }
  return series;
}

} // namespace

BOOST_AUTO_TEST_CASE(what_was_never_measured_is_wrong)
{
  BOOST_TEST(check_limits(Celsius{57.0}) == Verdict::wrong);
  BOOST_TEST(check_limits(Celsius{50.0}) == Verdict::suspect);
  BOOST_TEST(check_limits(Celsius{21.0}) == Verdict::good);
  BOOST_TEST(check_limits(Hectopascal{1013.2}) == Verdict::good);
  BOOST_TEST(check_limits(Hectopascal{101.3}) == Verdict::wrong);
  BOOST_TEST(check_limits(MetersPerSecond{-1.0}) == Verdict::wrong);
}

BOOST_AUTO_TEST_CASE(a_spike_leaves_both_neighbours)
{
  const auto verdicts = check_spikes(every_ten_minutes({12, 12.5, 21, 12.8, 3, 13}), {5.0});
  BOOST_TEST(verdicts[2] == Verdict::suspect);
  BOOST_TEST(verdicts[4] == Verdict::suspect);
  BOOST_TEST(std::ranges::count(verdicts, Verdict::suspect) == 2);
}

BOOST_AUTO_TEST_CASE(a_front_is_no_spike)
{
  const auto verdicts = check_spikes(every_ten_minutes({18, 18, 10, 9.5, 9}), {5.0});
  BOOST_TEST(std::ranges::count(verdicts, Verdict::suspect) == 0);
}

BOOST_AUTO_TEST_CASE(a_frozen_instrument_repeats_itself)
{
  const auto verdicts = check_persistence(every_ten_minutes({8, 9, 9, 9, 9, 10, 10}), 4);
  BOOST_TEST(verdicts[0] == Verdict::good);
  BOOST_TEST(verdicts[1] == Verdict::suspect);
  BOOST_TEST(verdicts[4] == Verdict::suspect);
  BOOST_TEST(verdicts[5] == Verdict::good);
}
