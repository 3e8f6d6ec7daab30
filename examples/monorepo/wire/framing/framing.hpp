// Cuts a stream of bytes into messages.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace isobar {

/// A frame is the length of its payload and a checksum of it, four bytes each
/// and little endian, then the payload.
std::string frame(std::string_view payload);

/// Adler-32, RFC 1950 section 8.2.
std::uint32_t checksum(std::string_view bytes);

/// Gives back the payloads of the frames in a stream that arrives in pieces.
/// After a frame with a wrong checksum or an absurd length nothing follows.
class Deframer {
 public:
  static constexpr std::uint32_t longest_payload = 1 << 20;

  void feed(std::string_view bytes) { buffer_.append(bytes); }

  /// The next payload, once all of it has arrived.
  std::optional<std::string> next();

  bool corrupt() const { return corrupt_; }

 private:
  std::string buffer_;
  bool corrupt_ = false;
};

} // namespace isobar
