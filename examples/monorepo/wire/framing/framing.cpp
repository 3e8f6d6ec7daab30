#include "framing/framing.hpp"

namespace isobar {

namespace {

constexpr std::size_t header_size = 8;

void put_number(std::string& out, std::uint32_t value)
{
  for (int shift = 0; shift < 32; shift += 8) {
    out.push_back(static_cast<char>(value >> shift));
  }
}

std::uint32_t number_at(std::string_view bytes, std::size_t at)
{
  std::uint32_t value = 0;
  for (std::size_t i = 0; i < 4; ++i) {
    value |= std::uint32_t{static_cast<unsigned char>(bytes[at + i])} << (8 * i);
  }
  return value;
}

} // namespace

std::uint32_t checksum(std::string_view bytes)
{
  std::uint32_t a = 1;
  std::uint32_t b = 0;
  for (const char byte : bytes) {
    a = (a + static_cast<unsigned char>(byte)) % 65521;
    b = (b + a) % 65521;
  }
  return b << 16 | a;
}

std::string frame(std::string_view payload)
{
  std::string bytes;
  put_number(bytes, static_cast<std::uint32_t>(payload.size()));
  put_number(bytes, checksum(payload));
  bytes.append(payload);
  return bytes;
}

std::optional<std::string> Deframer::next()
{
  if (corrupt_ || buffer_.size() < header_size) {
    return std::nullopt;
  }
  const std::uint32_t length = number_at(buffer_, 0);
  if (length > longest_payload) {
    corrupt_ = true;
    return std::nullopt;
  }
  if (buffer_.size() < header_size + length) {
    return std::nullopt;
  }
  std::string payload = buffer_.substr(header_size, length);
  if (checksum(payload) != number_at(buffer_, 4)) {
    corrupt_ = true;
    return std::nullopt;
  }
  buffer_.erase(0, header_size + length);
  return payload;
}

} // namespace isobar
