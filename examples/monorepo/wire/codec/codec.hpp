// Writes and reads the fields of a message, one after the other.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace isobar {

/// Integers are 8 bytes, little endian; text is its length, then its bytes.
class FieldWriter {
 public:
  FieldWriter& text(std::string_view value);
  FieldWriter& integer(std::int64_t value);
  FieldWriter& decimal(double value);
  FieldWriter& flag(bool value);

  std::string take() { return std::move(bytes_); }

 private:
  std::string bytes_;
};

/// Reads what FieldWriter wrote. After a field that is cut short every read
/// gives an empty value, and complete() is false.
class FieldReader {
 public:
  explicit FieldReader(std::string_view bytes) : rest_(bytes) {}

  std::string text();
  std::int64_t integer();
  double decimal();
  bool flag();

  /// Every field was there and nothing is left.
  bool complete() const { return !damaged_ && rest_.empty(); }

 private:
  std::string_view take(std::uint64_t length);

  std::string_view rest_;
  bool damaged_ = false;
};

} // namespace isobar
