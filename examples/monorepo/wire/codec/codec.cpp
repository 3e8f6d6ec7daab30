#include "codec/codec.hpp"

#include <bit>

namespace isobar {

FieldWriter& FieldWriter::text(std::string_view value)
{
  integer(static_cast<std::int64_t>(value.size()));
  bytes_.append(value);
  return *this;
}

FieldWriter& FieldWriter::integer(std::int64_t value)
{
  for (int shift = 0; shift < 64; shift += 8) {
    bytes_.push_back(static_cast<char>(static_cast<std::uint64_t>(value) >> shift));
  }
  return *this;
}

FieldWriter& FieldWriter::decimal(double value)
{
  return integer(std::bit_cast<std::int64_t>(value));
}

FieldWriter& FieldWriter::flag(bool value)
{
  bytes_.push_back(value ? 1 : 0);
  return *this;
}

std::string_view FieldReader::take(std::uint64_t length)
{
  if (damaged_ || length > rest_.size()) {
    damaged_ = true;
    return {};
  }
  const auto field = rest_.substr(0, length);
  rest_.remove_prefix(length);
  return field;
}

std::string FieldReader::text()
{
  return std::string(take(static_cast<std::uint64_t>(integer())));
}

std::int64_t FieldReader::integer()
{
  std::uint64_t value = 0;
  int shift = 0;
  for (const char byte : take(8)) {
    value |= static_cast<std::uint64_t>(static_cast<unsigned char>(byte)) << shift;
    shift += 8;
  }
  return static_cast<std::int64_t>(value);
}

double FieldReader::decimal()
{
  return std::bit_cast<double>(integer());
}

bool FieldReader::flag()
{
  const auto field = take(1);
  return !field.empty() && field[0] != 0;
}

} // namespace isobar
