// Images as they are carried.
#include "analyzer/model/packed_image.hpp"

#include <boost/test/unit_test.hpp>

#include <cstring>
#include <string>

using namespace winnow;

namespace {

std::vector<std::byte> bytes_of(const std::string& text)
{
  std::vector<std::byte> bytes(text.size());
  std::memcpy(bytes.data(), text.data(), text.size());
  return bytes;
}

const std::vector<std::byte> image = bytes_of("an image " + std::string(10'000, 'x'));

std::string fault_in(const std::vector<std::byte>& packed)
{
  const Result<GraphImage> unpacked = unpack_image(packed);
  BOOST_TEST_REQUIRE(!unpacked);
  BOOST_TEST((unpacked.error().kind == ErrorKind::data));
  return unpacked.error().message;
}

constexpr std::size_t version_at = 8;
constexpr std::size_t size_at = 16;

} // namespace

BOOST_AUTO_TEST_SUITE(packed_images)

BOOST_AUTO_TEST_CASE(are_smaller_and_hold_what_was_packed)
{
  const std::vector<std::byte> packed = pack_image(image);
  BOOST_TEST(packed.size() < image.size() / 10);
  BOOST_TEST(is_packed_image(packed));
  BOOST_TEST(!is_packed_image(image));
  const Result<GraphImage> unpacked = unpack_image(packed);
  BOOST_TEST_REQUIRE(unpacked.has_value());
  BOOST_TEST((**unpacked == image));
  const Result<GraphImage> nothing = unpack_image(pack_image({}));
  BOOST_TEST((nothing && (*nothing)->empty()));
}

BOOST_AUTO_TEST_CASE(are_refused_wherever_they_are_cut)
{
  const std::vector<std::byte> packed = pack_image(image);
  for (std::size_t size = 0; size < packed.size(); ++size) {
    fault_in({packed.begin(), packed.begin() + static_cast<std::ptrdiff_t>(size)});
  }
}

BOOST_AUTO_TEST_CASE(are_refused_where_a_byte_is_another)
{
  const std::vector<std::byte> packed = pack_image(image);
  for (std::size_t at = 0; at < packed.size(); ++at) {
    for (const unsigned bit : {0x01U, 0x10U, 0x80U}) {
      std::vector<std::byte> damaged = packed;
      damaged[at] ^= std::byte(bit);
      fault_in(damaged);
    }
  }
}

BOOST_AUTO_TEST_CASE(of_another_version_are_refused)
{
  std::vector<std::byte> packed = pack_image(image);
  packed[version_at] = std::byte{9};
  BOOST_TEST(fault_in(packed) == "it is packed in version 9 of the format, not 1");
}

BOOST_AUTO_TEST_CASE(take_no_more_memory_than_a_graph_may_have)
{
  std::vector<std::byte> packed = pack_image(image);
  packed[size_at + 7] = std::byte{0x7f};
  BOOST_TEST(fault_in(packed).find("which is no graph") != std::string::npos);
  packed = pack_image(image);
  packed[size_at + 3] = std::byte{0x40}; // 1 GiB in a hundred bytes
  BOOST_TEST(fault_in(packed).find("which is no graph") != std::string::npos);
  packed = pack_image(image);
  packed[size_at] ^= std::byte{1}; // another size than its frame says
  BOOST_TEST(fault_in(packed) == "it is damaged or truncated");
}

BOOST_AUTO_TEST_CASE(end_with_their_frame)
{
  std::vector<std::byte> packed = pack_image(image);
  packed.push_back(std::byte{0});
  fault_in(packed);
}

BOOST_AUTO_TEST_SUITE_END()
