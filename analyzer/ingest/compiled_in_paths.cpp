// Looks through the sections .rodata and .data. Names of sources are there, too, as __FILE__ is.
#include "analyzer/ingest/compiled_in_paths.hpp"

#include "analyzer/model/roots.hpp"

#include <climits>
#include <fmt/format.h>
#include <sys/mman.h>
#include <sys/stat.h>

#include <elf.h>
#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <optional>
#include <string_view>

namespace winnow::ingest {
namespace {

class MappedFile {
 public:
  explicit MappedFile(const std::string& path)
  {
    const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);

    struct stat info {};

    if (file >= 0 && ::fstat(file, &info) == 0 && S_ISREG(info.st_mode)) {
      size_ = static_cast<std::size_t>(info.st_size);
      bytes_ = size_ == 0 ? nullptr : ::mmap(nullptr, size_, PROT_READ, MAP_PRIVATE, file, 0);
      is_open_ = bytes_ != MAP_FAILED;
    }
    if (file >= 0) {
      ::close(file);
    }
  }

  MappedFile(const MappedFile&) = delete;
  MappedFile& operator=(const MappedFile&) = delete;

  ~MappedFile()
  {
    if (is_open_ && bytes_ != nullptr) {
      ::munmap(bytes_, size_);
    }
  }

  [[nodiscard]] bool is_open() const { return is_open_; }

  [[nodiscard]] std::string_view bytes() const
  {
    return {static_cast<const char*>(bytes_), bytes_ == nullptr ? 0 : size_};
  }

 private:
  void* bytes_ = nullptr;
  std::size_t size_ = 0;
  bool is_open_ = false;
};

template <class Value>
std::optional<Value> value_at(std::string_view bytes, std::uint64_t offset)
{
  if (offset > bytes.size() || bytes.size() - offset < sizeof(Value)) {
    return std::nullopt;
  }
  Value value;
  std::memcpy(&value, bytes.data() + offset, sizeof value);
  return value;
}

std::optional<std::string_view> part(std::string_view bytes, std::uint64_t offset,
                                     std::uint64_t size)
{
  if (offset > bytes.size() || size > bytes.size() - offset) {
    return std::nullopt;
  }
  return bytes.substr(offset, size);
}

std::optional<Elf64_Shdr> section_at(std::string_view bytes, const Elf64_Ehdr& header,
                                     std::uint64_t index)
{
  return value_at<Elf64_Shdr>(bytes, header.e_shoff + index * sizeof(Elf64_Shdr));
}

bool ends_path(char character)
{
  return static_cast<unsigned char>(character) < ' ' || std::strchr("\"'`:;,<>|*?", character);
}

void add_paths(std::string_view text, const std::string& directory, std::vector<std::string>& paths)
{
  for (std::size_t at = 0; (at = text.find(directory, at)) != std::string_view::npos;) {
    std::size_t end = at + directory.size();
    const bool is_whole = end == text.size() || text[end] == '/' || ends_path(text[end]);
    while (is_whole && end < text.size() && end - at < PATH_MAX && !ends_path(text[end])) {
      ++end;
    }
    if (is_whole) {
      paths.push_back(lexically_normal(text.substr(at, end - at)));
    }
    at = end;
  }
}

/// Nothing where the file ends before what it announces.
std::optional<std::vector<std::string_view>> constants_of(std::string_view bytes,
                                                          const Elf64_Ehdr& header)
{
  std::vector<std::string_view> constants;
  if (header.e_shoff == 0) {
    return constants;
  }
  const auto first = section_at(bytes, header, 0);
  if (!first || header.e_shentsize != sizeof(Elf64_Shdr)) {
    return std::nullopt;
  }
  // What does not fit into the header stands in the first section.
  const std::uint64_t count = header.e_shnum == 0 ? first->sh_size : header.e_shnum;
  const auto names_section = section_at(
      bytes, header, header.e_shstrndx == SHN_XINDEX ? first->sh_link : header.e_shstrndx);
  const auto names =
      names_section ? part(bytes, names_section->sh_offset, names_section->sh_size) : std::nullopt;
  if (!names) {
    return std::nullopt;
  }
  for (std::uint64_t index = 1; index < count; ++index) {
    const auto section = section_at(bytes, header, index);
    if (!section || section->sh_name > names->size()) {
      return std::nullopt;
    }
    const std::string_view name = names->substr(section->sh_name);
    if (section->sh_type != SHT_PROGBITS ||
        !(name.starts_with(".rodata") || name.starts_with(".data"))) {
      continue;
    }
    const auto content = part(bytes, section->sh_offset, section->sh_size);
    if (!content) {
      return std::nullopt;
    }
    constants.push_back(*content);
  }
  return constants;
}

} // namespace

Result<std::vector<std::string>> compiled_in_paths(const std::string& path,
                                                   std::span<const std::string> directories)
{
  const MappedFile file(path);
  if (!file.is_open()) {
    return environment_error(fmt::format("cannot read {}: {}", path, std::strerror(errno)));
  }
  const auto header = value_at<Elf64_Ehdr>(file.bytes(), 0);
  std::vector<std::string> paths;
  if (!header || std::memcmp(header->e_ident, ELFMAG, SELFMAG) != 0 ||
      header->e_ident[EI_CLASS] != ELFCLASS64 || header->e_ident[EI_DATA] != ELFDATA2LSB) {
    return paths;
  }
  const auto constants = constants_of(file.bytes(), *header);
  if (!constants) {
    return data_error(path + " is a damaged ELF file");
  }
  for (const std::string_view text : *constants) {
    for (const std::string& directory : directories) {
      add_paths(text, directory, paths);
    }
  }
  std::ranges::sort(paths);
  const auto repeated = std::ranges::unique(paths);
  paths.erase(repeated.begin(), repeated.end());
  return paths;
}

} // namespace winnow::ingest
