#include <gtest/gtest.h>

#include "framing/framing.hpp"

using namespace isobar;

TEST(Framing, ChecksumIsAdler32)
{
  EXPECT_EQ(checksum("Wikipedia"), 0x11E60398u);
}

TEST(Framing, JoinsPieces)
{
  Deframer deframer;
  for (const char byte : frame("hello")) {
    EXPECT_FALSE(deframer.next());
    deframer.feed({&byte, 1});
  }
  EXPECT_EQ(deframer.next(), "hello");
  EXPECT_FALSE(deframer.next());
}

TEST(Framing, SeparatesFramesThatArriveTogether)
{
  Deframer deframer;
  deframer.feed(frame("one") + frame("") + frame("three"));
  EXPECT_EQ(deframer.next(), "one");
  EXPECT_EQ(deframer.next(), "");
  EXPECT_EQ(deframer.next(), "three");
}

TEST(Framing, NoticesAFlippedBit)
{
  std::string bytes = frame("observation");
  bytes.back() ^= 1;
  Deframer deframer;
  deframer.feed(bytes + frame("after"));
  EXPECT_FALSE(deframer.next());
  EXPECT_TRUE(deframer.corrupt());
  EXPECT_FALSE(deframer.next());
}

TEST(Framing, RefusesAnAbsurdLength)
{
  Deframer deframer;
  deframer.feed("\xff\xff\xff\xff....");
  EXPECT_FALSE(deframer.next());
  EXPECT_TRUE(deframer.corrupt());
}
