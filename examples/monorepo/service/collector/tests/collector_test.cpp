#include <gtest/gtest.h>

#include "collector/collector.hpp"

using namespace isobar;

namespace {

const Observation mild{"LSZH", 100, 18.0, 1013.0, 3.0};

} // namespace

TEST(Collector, AcceptsAnObservation)
{
  Collector collector;
  EXPECT_EQ(decode_as<Accepted>(collector.answer(encode(mild))), Accepted{false});
}

TEST(Collector, MarksDoubtfulValues)
{
  Collector collector;
  Observation storm = mild;
  storm.wind = 61.0;
  EXPECT_EQ(decode_as<Accepted>(collector.answer(encode(storm))), Accepted{true});
}

TEST(Collector, RefusesImpossibleValues)
{
  Collector collector;
  Observation broken = mild;
  broken.pressure = 0.0;
  EXPECT_TRUE(decode_as<Refusal>(collector.answer(encode(broken))));
  EXPECT_EQ(decode_as<Count>(collector.answer(encode(CountRequest{}))), Count{0});
}

TEST(Collector, GivesTheLatestWhateverTheOrderOfArrival)
{
  Collector collector;
  Observation earlier = mild;
  earlier.taken_at = 40;
  collector.answer(encode(mild));
  collector.answer(encode(earlier));
  EXPECT_EQ(decode_as<Observation>(collector.answer(encode(LatestRequest{"LSZH"}))), mild);
}

TEST(Collector, RefusesWhatItCannotRead)
{
  Collector collector;
  EXPECT_TRUE(decode_as<Refusal>(collector.answer("GET / HTTP/1.1")));
}
