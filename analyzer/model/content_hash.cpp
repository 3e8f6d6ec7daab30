// Git blob ids, computed with Nettle: a library that needs no start, unlike those made for TLS,
// which take longer to load than most queries take.
#include "analyzer/model/content_hash.hpp"

#include <climits>
#include <nettle/sha1.h>
#include <sys/stat.h>

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <fstream>
#include <iterator>
#include <vector>

namespace winnow {
namespace {

/// One digest in progress, started with git's blob header.
class BlobDigest {
 public:
  explicit BlobDigest(std::uint64_t size)
  {
    sha1_init(&context_);
    const std::string header = "blob " + std::to_string(size);
    update(header.c_str(), header.size() + 1);
  }

  void update(const void* data, std::size_t size)
  {
    sha1_update(&context_, size, static_cast<const std::uint8_t*>(data));
  }

  ContentHash finish()
  {
    ContentHash hash;
    sha1_digest(&context_, hash.bytes.size(), hash.bytes.data());
    return hash;
  }

 private:
  sha1_ctx context_{};
};

class Descriptor {
 public:
  explicit Descriptor(int fd) : fd_(fd) {}

  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;

  ~Descriptor()
  {
    if (fd_ >= 0) {
      ::close(fd_);
    }
  }

  [[nodiscard]] int get() const { return fd_; }

 private:
  int fd_;
};

ContentHash hash_link(const std::string& path)
{
  char target[PATH_MAX];
  const ssize_t length = ::readlink(path.c_str(), target, sizeof target);
  return length < 0 ? ContentHash{} : hash_content({target, static_cast<std::size_t>(length)});
}

ContentHash hash_regular_file(const std::string& path)
{
  const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));

  struct stat status {};

  if (file.get() < 0 || ::fstat(file.get(), &status) != 0 || !S_ISREG(status.st_mode)) {
    return {};
  }
  BlobDigest digest(static_cast<std::uint64_t>(status.st_size));
  std::vector<char> buffer(
      static_cast<std::size_t>(std::clamp<off_t>(status.st_size, 1, 256 * 1024)));
  off_t seen = 0;
  while (true) {
    const ssize_t count = ::read(file.get(), buffer.data(), buffer.size());
    if (count < 0) {
      return {};
    }
    if (count == 0) {
      break;
    }
    digest.update(buffer.data(), static_cast<std::size_t>(count));
    seen += count;
  }
  // A file that grew or shrank meanwhile has no content we could name.
  return seen == status.st_size ? digest.finish() : ContentHash{};
}

/// -1 for what is no digit. Every file that git tracks has one such name of forty digits.
constexpr auto digit_values = [] {
  std::array<std::int8_t, 256> values{};
  values.fill(-1);
  for (int digit = 0; digit < 16; ++digit) {
    values[static_cast<unsigned char>("0123456789abcdef"[digit])] = static_cast<std::int8_t>(digit);
  }
  return values;
}();

int digit_value(char digit)
{
  return digit_values[static_cast<unsigned char>(digit)];
}

} // namespace

bool ContentHash::known() const
{
  return std::any_of(bytes.begin(), bytes.end(), [](std::uint8_t byte) { return byte != 0; });
}

std::string ContentHash::hex() const
{
  constexpr std::string_view digits = "0123456789abcdef";
  std::string text;
  text.reserve(bytes.size() * 2);
  for (const std::uint8_t byte : bytes) {
    text += digits[byte >> 4U];
    text += digits[byte & 15U];
  }
  return text;
}

std::optional<ContentHash> ContentHash::from_hex(std::string_view hex)
{
  ContentHash hash;
  if (hex.size() != hash.bytes.size() * 2) {
    return std::nullopt;
  }
  for (std::size_t i = 0; i < hash.bytes.size(); ++i) {
    const int high = digit_value(hex[2 * i]);
    const int low = digit_value(hex[2 * i + 1]);
    if (high < 0 || low < 0) {
      return std::nullopt;
    }
    hash.bytes[i] = static_cast<std::uint8_t>(high * 16 + low);
  }
  return hash;
}

bool same_content(const ContentHash& a, const ContentHash& b)
{
  return a == b && a.known();
}

ContentHash hash_content(std::string_view content)
{
  BlobDigest digest(content.size());
  digest.update(content.data(), content.size());
  return digest.finish();
}

ContentHash hash_file(const std::string& path)
{
  struct stat status {};

  if (::lstat(path.c_str(), &status) != 0) {
    return {};
  }
  return S_ISLNK(status.st_mode) ? hash_link(path) : hash_regular_file(path);
}

ContentHash hash_file_without_roots(const std::string& path, const Roots& roots)
{
  static constexpr off_t most = 8 * 1024 * 1024;

  struct stat status {};

  if (::lstat(path.c_str(), &status) != 0 || !S_ISREG(status.st_mode) || status.st_size > most) {
    return hash_file(path);
  }
  std::ifstream file(path, std::ios::binary);
  const std::string text{std::istreambuf_iterator<char>(file), {}};
  return file.bad() || !file.is_open() ? ContentHash{} : hash_content(without_roots(text, roots));
}

} // namespace winnow
