// The checksum of a graph image.
#include "analyzer/model/graph_format.hpp"

#include <xxhash.h>

#include <cstring>

namespace winnow::graph_format {

std::uint64_t checksum_of(std::span<const std::byte> image)
{
  Header header;
  std::memcpy(&header, image.data(), sizeof header);
  header.checksum = 0;
  const std::span<const std::byte> content = image.subspan(sizeof header);
  const std::uint64_t of_header = XXH3_64bits(&header, sizeof header);
  return XXH3_64bits_withSeed(content.data(), content.size(), of_header);
}

} // namespace winnow::graph_format
