#include <gtest/gtest.h>

#include "codec/codec.hpp"

using namespace isobar;

TEST(Codec, ReadsWhatItWrote)
{
  const std::string bytes =
      FieldWriter().text("EDDF").integer(-7).decimal(1013.25).flag(true).take();
  FieldReader reader(bytes);
  EXPECT_EQ(reader.text(), "EDDF");
  EXPECT_EQ(reader.integer(), -7);
  EXPECT_EQ(reader.decimal(), 1013.25);
  EXPECT_TRUE(reader.flag());
  EXPECT_TRUE(reader.complete());
}

TEST(Codec, NoticesATruncatedField)
{
  std::string bytes = FieldWriter().text("a long enough station name").take();
  bytes.pop_back();
  FieldReader reader(bytes);
  EXPECT_EQ(reader.text(), "");
  EXPECT_FALSE(reader.complete());
}

TEST(Codec, NoticesWhatIsLeftOver)
{
  const std::string bytes = FieldWriter().flag(true).flag(true).take();
  FieldReader reader(bytes);
  reader.flag();
  EXPECT_FALSE(reader.complete());
}

TEST(Codec, RefusesANegativeLength)
{
  const std::string bytes = FieldWriter().integer(-1).take();
  FieldReader reader(bytes);
  EXPECT_EQ(reader.text(), "");
  EXPECT_FALSE(reader.complete());
}
