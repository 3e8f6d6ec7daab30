#include <gtest/gtest.h>

#include "metar/metar.hpp"
#include "metar/wind_group.hpp"

using namespace isobar;

namespace {

const Instant now = parse_instant("2026-03-01T13:00Z").value();

} // namespace

TEST(Metar, DecodesAnOrdinaryReport)
{
  const auto report = decode_metar("METAR EDDF 011250Z 24015KT 9999 BKN030 12/05 Q1013 NOSIG", now);
  ASSERT_TRUE(report);
  EXPECT_EQ(report->station, "EDDF");
  EXPECT_EQ(format_instant(report->taken_at), "2026-03-01T12:50Z");
  EXPECT_EQ(report->temperature, Celsius{12.0});
  EXPECT_EQ(report->dew_point, Celsius{5.0});
  EXPECT_EQ(report->pressure, Hectopascal{1013.0});
}

TEST(Metar, ReadsFrost)
{
  const auto report = decode_metar("EFHK 011250Z 18004MPS CAVOK M07/M12 Q1031", now);
  ASSERT_TRUE(report);
  EXPECT_EQ(report->temperature, Celsius{-7.0});
  EXPECT_EQ(report->dew_point, Celsius{-12.0});
}

TEST(Metar, ReadsInchesOfMercury)
{
  const auto report = decode_metar("KJFK 011251Z 31010KT 10SM FEW250 08/M03 A2992", now);
  ASSERT_TRUE(report && report->pressure);
  EXPECT_NEAR(report->pressure->value, 1013.2, 0.1);
}

TEST(Metar, PassesOverRemarks)
{
  const auto report = decode_metar("KJFK 011251Z 31010KT RMK 08/M03 A2992", now);
  ASSERT_TRUE(report);
  EXPECT_FALSE(report->temperature);
  EXPECT_FALSE(report->pressure);
}

TEST(Metar, RefusesAReportWithoutTime)
{
  EXPECT_FALSE(decode_metar("EDDF 24015KT 12/05 Q1013", now));
  EXPECT_FALSE(decode_metar("EDDF 012560Z 24015KT", now));
  EXPECT_FALSE(decode_metar("", now));
}

TEST(WindGroup, ReadsGusts)
{
  const auto wind = parse_wind_group("24015G25KT");
  ASSERT_TRUE(wind && wind->gust);
  EXPECT_EQ(wind->direction_degrees, 240);
  EXPECT_NEAR(wind->speed.value, 7.717, 0.001);
  EXPECT_NEAR(wind->gust->value, 12.861, 0.001);
}

TEST(WindGroup, ReadsVariableWind)
{
  const auto wind = parse_wind_group("VRB03KT");
  ASSERT_TRUE(wind);
  EXPECT_FALSE(wind->direction_degrees);
}

TEST(WindGroup, RefusesOtherGroups)
{
  for (const char* group : {"9999", "BKN030", "NOSIG", "KT", "99915KT", "240XXKT"}) {
    EXPECT_FALSE(parse_wind_group(group)) << group;
  }
}
