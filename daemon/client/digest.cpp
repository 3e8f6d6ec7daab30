// XXH3 of 128 bits.
#include "daemon/client/digest.hpp"

#include <fmt/format.h>

#include <xxhash.h>

#include <charconv>

namespace winnow::client {

namespace {

bool read_half(std::string_view hex, std::uint64_t& half)
{
  const auto [end, error] = std::from_chars(hex.data(), hex.data() + hex.size(), half, 16);
  return error == std::errc{} && end == hex.data() + hex.size();
}

} // namespace

std::string Digest::hex() const
{
  return fmt::format("{:016x}{:016x}", high, low);
}

std::optional<Digest> Digest::from_hex(std::string_view hex)
{
  Digest digest;
  const bool sound = hex.size() == 32 && read_half(hex.substr(0, 16), digest.high) &&
                     read_half(hex.substr(16), digest.low);
  return sound ? std::optional(digest) : std::nullopt;
}

Digest digest_of(std::string_view bytes)
{
  const XXH128_hash_t hash = XXH3_128bits(bytes.data(), bytes.size());
  return {hash.high64, hash.low64};
}

} // namespace winnow::client
