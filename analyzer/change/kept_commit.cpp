// A header with a checksum, the names, the files, the submodules.
#include "analyzer/change/kept_commit.hpp"

#include <fmt/format.h>

#include <xxhash.h>

#include <array>
#include <cstdint>
#include <cstring>
#include <utility>
#include <vector>

namespace winnow::change {
namespace {

struct Header {
  std::array<char, 8> magic{'W', 'N', 'W', 'F', 'I', 'L', 'E', '1'};
  std::uint64_t checksum = 0; ///< XXH3 of all that follows
  std::uint32_t commit_size = 0;
  std::uint32_t places_size = 0;
  std::uint32_t files_size = 0;
  std::uint32_t submodules_size = 0;
};

constexpr std::size_t head = offsetof(Header, commit_size);

std::string root_lines(const Roots& roots)
{
  return fmt::format("{}\n{}\n", roots.source, roots.build);
}

std::string places_of(const Roots& roots, const Repository& repository)
{
  return fmt::format("{}{}\n{}\n", root_lines(roots), repository.top, repository.prefix);
}

/// Of places for the same roots; a name with a newline in it is taken for another one.
std::optional<Repository> repository_of(std::string_view places, const Roots& roots)
{
  const std::string lines = root_lines(roots);
  if (!places.starts_with(lines)) {
    return std::nullopt;
  }
  places.remove_prefix(lines.size());
  const std::size_t first = places.find('\n');
  const std::size_t last = places.rfind('\n');
  if (first == last) {
    return std::nullopt;
  }
  return Repository{std::string(places.substr(0, first)),
                    std::string(places.substr(first + 1, last - first - 1)), false};
}

std::string packed(const FileListing& listing)
{
  std::vector<FileVersion> files;
  listing.for_each([&](std::string_view path, const ContentHash& hash) {
    files.push_back({std::string(path), hash});
  });
  return PackedFiles::pack(files);
}

/// `text` and padding, so that what follows is aligned.
std::string padded(std::string text)
{
  text.resize((text.size() + 7) / 8 * 8);
  return text;
}

std::uint64_t checksum_of(std::string_view bytes)
{
  return XXH3_64bits(bytes.data() + head, bytes.size() - head);
}

/// Takes pieces off the front.
class Reader {
 public:
  explicit Reader(std::string_view bytes) : rest_(bytes) {}

  std::string_view take(std::size_t size)
  {
    sound_ = sound_ && size <= rest_.size();
    const std::string_view piece = rest_.substr(0, sound_ ? size : 0);
    rest_.remove_prefix(piece.size());
    return piece;
  }

  [[nodiscard]] bool ends_soundly() const { return sound_ && rest_.empty(); }

 private:
  std::string_view rest_;
  bool sound_ = true;
};

} // namespace

std::string kept_commit_bytes(const SourceState& commit, const Roots& roots,
                              const Repository& repository)
{
  const std::string pieces[] = {padded(commit.commit), padded(places_of(roots, repository)),
                                packed(commit.files), packed(commit.submodules)};
  Header header;
  std::uint32_t* const sizes[] = {&header.commit_size, &header.places_size, &header.files_size,
                                  &header.submodules_size};
  std::string bytes(sizeof(header), '\0');
  for (std::size_t i = 0; i < std::size(pieces); ++i) {
    *sizes[i] = static_cast<std::uint32_t>(pieces[i].size());
    bytes += pieces[i];
  }
  std::memcpy(bytes.data(), &header, sizeof(header));
  header.checksum = checksum_of(bytes);
  std::memcpy(bytes.data(), &header, sizeof(header));
  return bytes;
}

std::optional<KnownCommit> kept_commit_from(std::string_view bytes,
                                            std::shared_ptr<const void> owner, const Roots& roots,
                                            Checksum checksum)
{
  Header header;
  if (bytes.size() < sizeof(header)) {
    return std::nullopt;
  }
  std::memcpy(&header, bytes.data(), sizeof(header));
  if (header.magic != Header{}.magic ||
      (checksum == Checksum::compared && header.checksum != checksum_of(bytes))) {
    return std::nullopt;
  }
  Reader reader(bytes.substr(sizeof(header)));
  const std::string_view commit = reader.take(header.commit_size);
  const std::string_view places = reader.take(header.places_size);
  const auto packed = checksum == Checksum::compared ? &PackedFiles::over : &PackedFiles::over_own;
  const auto files = packed(reader.take(header.files_size));
  const auto submodules = packed(reader.take(header.submodules_size));
  std::optional<Repository> repository = repository_of(places, roots);
  if (!reader.ends_soundly() || !files || !submodules || !repository) {
    return std::nullopt;
  }
  return KnownCommit{{std::string(commit.substr(0, commit.find('\0'))), FileListing(*files, owner),
                      FileListing(*submodules, owner)},
                     std::move(*repository)};
}

} // namespace winnow::change
