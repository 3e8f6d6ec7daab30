// One call of libzstd each way.
#include "analyzer/model/packed_image.hpp"

#include <fmt/format.h>

#include <xxhash.h>
#include <zstd.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>
#include <memory>
#include <new>
#include <optional>
#include <string>
#include <utility>

namespace winnow {
namespace {

constexpr std::array<char, 8> packed_magic{'W', 'I', 'N', 'N', 'O', 'W', 'Z', '\n'};
constexpr std::uint32_t packed_version = 1;
/// A third of the size; higher levels take several times as long for a few percent.
constexpr int compression_level = 3;

constexpr std::uint64_t largest_image = std::uint64_t{4} << 30;
constexpr std::uint64_t most_of_frame = 1'024;

struct PackedHeader {
  std::array<char, 8> magic;
  std::uint32_t version;
  std::uint32_t reserved;
  std::uint64_t image_size;
  std::uint64_t checksum; ///< of the frame
};

using Compressor = std::unique_ptr<ZSTD_CCtx, decltype([](ZSTD_CCtx* c) { ZSTD_freeCCtx(c); })>;

std::optional<PackedHeader> header_of(std::span<const std::byte> bytes)
{
  PackedHeader header{};
  if (bytes.size() < sizeof header) {
    return std::nullopt;
  }
  std::memcpy(&header, bytes.data(), sizeof header);
  return header;
}

/// Where all is well the declared size can be taken.
std::string fault_in(const PackedHeader& header, std::span<const std::byte> frame)
{
  if (header.version != packed_version) {
    return fmt::format("it is packed in version {} of the format, not {}", header.version,
                       packed_version);
  }
  if (header.reserved != 0 || header.checksum != XXH3_64bits(frame.data(), frame.size())) {
    return "it is damaged or truncated";
  }
  if (header.image_size > largest_image || header.image_size / most_of_frame > frame.size()) {
    return fmt::format("it says that it holds {} bytes, which is no graph", header.image_size);
  }
  if (ZSTD_getFrameContentSize(frame.data(), frame.size()) != header.image_size) {
    return "it is damaged or truncated";
  }
  return {};
}

} // namespace

std::vector<std::byte> pack_image(std::span<const std::byte> image)
{
  PackedHeader header{packed_magic, packed_version, 0, image.size(), 0};
  std::vector<std::byte> packed(sizeof header + ZSTD_compressBound(image.size()));
  const Compressor compressor(ZSTD_createCCtx());
  if (!compressor) {
    throw std::bad_alloc();
  }
  ZSTD_CCtx_setParameter(compressor.get(), ZSTD_c_compressionLevel, compression_level);
  const std::size_t size =
      ZSTD_compress2(compressor.get(), packed.data() + sizeof header, packed.size() - sizeof header,
                     image.data(), image.size());
  if (ZSTD_isError(size) != 0) {
    throw std::bad_alloc(); // there is room, so nothing else is left
  }
  packed.resize(sizeof header + size);
  header.checksum = XXH3_64bits(packed.data() + sizeof header, size);
  std::memcpy(packed.data(), &header, sizeof header);
  return packed;
}

bool is_packed_image(std::span<const std::byte> bytes)
{
  return bytes.size() >= packed_magic.size() &&
         std::memcmp(bytes.data(), packed_magic.data(), packed_magic.size()) == 0;
}

Result<GraphImage> unpack_image(std::span<const std::byte> bytes)
{
  const std::optional<PackedHeader> header = header_of(bytes);
  if (!header || !is_packed_image(bytes)) {
    return data_error("it is truncated");
  }
  const std::span<const std::byte> frame = bytes.subspan(sizeof(PackedHeader));
  if (std::string fault = fault_in(*header, frame); !fault.empty()) {
    return data_error(std::move(fault));
  }
  auto image = std::make_shared<std::vector<std::byte>>(header->image_size);
  const std::size_t size =
      ZSTD_decompress(image->data(), image->size(), frame.data(), frame.size());
  if (ZSTD_isError(size) != 0 || size != image->size()) {
    return data_error("it is damaged or truncated");
  }
  return GraphImage(std::move(image));
}

} // namespace winnow
