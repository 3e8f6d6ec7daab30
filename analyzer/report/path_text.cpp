// Graph paths and names as people read them, and as JSON can hold them.
#include "analyzer/report/path_text.hpp"

#include "analyzer/model/roots.hpp"

#include <fmt/format.h>

#include <cstddef>
#include <cstdint>

namespace winnow::report {
namespace {

constexpr std::uint8_t byte_at(std::string_view bytes, std::size_t i)
{
  return static_cast<std::uint8_t>(bytes[i]);
}

/// The length that a lead byte announces; 0 if it cannot begin a sequence.
constexpr std::size_t announced_length(std::uint8_t lead)
{
  if (lead < 0x80) {
    return 1;
  }
  if (lead >= 0xc2 && lead <= 0xdf) {
    return 2;
  }
  if (lead >= 0xe0 && lead <= 0xef) {
    return 3;
  }
  return lead >= 0xf0 && lead <= 0xf4 ? 4 : 0;
}

/// Overlong forms, surrogates and what lies above U+10FFFF show in the second byte.
constexpr bool second_byte_fits(std::uint8_t lead, std::uint8_t second)
{
  switch (lead) {
  case 0xe0:
    return second >= 0xa0;
  case 0xed:
    return second <= 0x9f;
  case 0xf0:
    return second >= 0x90;
  case 0xf4:
    return second <= 0x8f;
  default:
    return true;
  }
}

/// The length of the UTF-8 sequence at the start of `bytes`, which is not empty; 0 if there is
/// none.
std::size_t sequence_length(std::string_view bytes)
{
  const std::size_t length = announced_length(byte_at(bytes, 0));
  if (length > bytes.size()) {
    return 0;
  }
  for (std::size_t i = 1; i < length; ++i) {
    if ((byte_at(bytes, i) & 0xc0) != 0x80) {
      return 0;
    }
  }
  if (length > 1 && !second_byte_fits(byte_at(bytes, 0), byte_at(bytes, 1))) {
    return 0;
  }
  return length;
}

/// C0 and DEL as one byte; C1 is U+0080 to U+009F, which terminals obey as well.
bool is_control(std::string_view sequence)
{
  const std::uint8_t first = byte_at(sequence, 0);
  return first < 0x20 || first == 0x7f || (first == 0xc2 && byte_at(sequence, 1) < 0xa0);
}

/// Encodes bytes outside UTF-8 and the sequences for which `unwanted` holds.
template <class Unwanted>
std::string encoded(std::string_view bytes, Unwanted unwanted)
{
  std::string text;
  text.reserve(bytes.size());
  while (!bytes.empty()) {
    const std::size_t valid = sequence_length(bytes);
    const std::string_view head = bytes.substr(0, valid == 0 ? 1 : valid);
    if (valid != 0 && !unwanted(head)) {
      text += head;
    } else {
      for (std::size_t i = 0; i < head.size(); ++i) {
        fmt::format_to(std::back_inserter(text), "%{:02X}", byte_at(head, i));
      }
    }
    bytes.remove_prefix(head.size());
  }
  return text;
}

int hex_digit(char c)
{
  if (c >= '0' && c <= '9') {
    return c - '0';
  }
  if (c >= 'A' && c <= 'F') {
    return c - 'A' + 10;
  }
  return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

} // namespace

bool is_utf8(std::string_view bytes)
{
  while (!bytes.empty()) {
    const std::size_t length = sequence_length(bytes);
    if (length == 0) {
      return false;
    }
    bytes.remove_prefix(length);
  }
  return true;
}

std::string name_text(std::string_view name)
{
  return encoded(name, is_control);
}

std::string path_text(std::string_view graph_path)
{
  // Without its at sign the build root's mark reads as a directory.
  return name_text(graph_path.starts_with(build_prefix) ? graph_path.substr(1) : graph_path);
}

std::string short_path_text(std::string_view graph_path)
{
  return name_text(graph_path.substr(graph_path.rfind('/') + 1));
}

std::string utf8_or_percent(std::string_view bytes)
{
  if (is_utf8(bytes)) {
    return std::string(bytes);
  }
  return encoded(bytes, [](std::string_view sequence) { return sequence == "%"; });
}

std::string utf8_or_replaced(std::string_view bytes)
{
  std::string text;
  text.reserve(bytes.size());
  while (!bytes.empty()) {
    const std::size_t length = sequence_length(bytes);
    text += length == 0 ? "\xef\xbf\xbd" : bytes.substr(0, length);
    bytes.remove_prefix(length == 0 ? 1 : length);
  }
  return text;
}

std::string from_percent(std::string_view encoded_text)
{
  std::string bytes;
  bytes.reserve(encoded_text.size());
  for (std::size_t i = 0; i < encoded_text.size(); ++i) {
    if (encoded_text[i] == '%' && i + 2 < encoded_text.size()) {
      const int high = hex_digit(encoded_text[i + 1]);
      const int low = hex_digit(encoded_text[i + 2]);
      if (high >= 0 && low >= 0) {
        bytes += static_cast<char>(high * 16 + low);
        i += 2;
        continue;
      }
    }
    bytes += encoded_text[i];
  }
  return bytes;
}

} // namespace winnow::report
