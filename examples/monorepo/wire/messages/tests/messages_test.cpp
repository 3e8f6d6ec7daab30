#include <gtest/gtest.h>

#include "messages/collector.hpp"

using namespace isobar;

TEST(Messages, SurviveTheWire)
{
  const Observation observation{"LSZH", 29'000'000, -3.5, 1021.25, 4.5};
  EXPECT_EQ(decode_as<Observation>(encode(observation)), observation);
  EXPECT_EQ(decode_as<Accepted>(encode(Accepted{true})), Accepted{true});
}

TEST(Messages, AreToldApart)
{
  EXPECT_FALSE(decode_as<LatestRequest>(encode(CountRequest{})));
  EXPECT_TRUE(decode_as<CountRequest>(encode(CountRequest{})));
}

TEST(Messages, RefuseDamage)
{
  std::string bytes = encode(Refusal{"no such station"});
  bytes.resize(bytes.size() - 3);
  EXPECT_FALSE(decode_as<Refusal>(bytes));
  EXPECT_FALSE(decode_as<Refusal>(""));
}
