// A graph image as it is carried between machines: compressed, and distrusted.
#pragma once

#include "analyzer/model/error.hpp"
#include "analyzer/model/graph.hpp"

#include <cstddef>
#include <span>
#include <vector>

namespace winnow {

/// Format: the eight bytes "WINNOWZ\n", u32 version, u32 zero, u64 size of the image, u64 XXH3-64
/// of the rest, all little-endian, then one Zstandard frame (RFC 8878) with that content size.
/// Bytes that cannot be held throw std::bad_alloc.
std::vector<std::byte> pack_image(std::span<const std::byte> image);

/// Whether `bytes` claim to be that.
bool is_packed_image(std::span<const std::byte> bytes);

/// A data error says what is wrong: another version, truncated, damaged, larger than any graph. No
/// more memory is taken than the header says, and it may say 4 GiB, and 1,024 times the frame, at
/// most. What is inside is still to be checked, as an image from elsewhere.
Result<GraphImage> unpack_image(std::span<const std::byte> bytes);

} // namespace winnow
