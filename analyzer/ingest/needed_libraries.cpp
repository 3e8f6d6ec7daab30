// Reads a few hundred bytes of each file: headers, the dynamic section, the strings it names.
#include "analyzer/ingest/needed_libraries.hpp"

#include <climits>
#include <fmt/format.h>

#include <elf.h>
#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <optional>
#include <span>
#include <string_view>

namespace winnow::ingest {
namespace {

constexpr std::uint64_t most_dynamic_bytes = 1 << 20;

class Reader {
 public:
  explicit Reader(const std::string& path) : fd_(::open(path.c_str(), O_RDONLY | O_CLOEXEC)) {}

  Reader(const Reader&) = delete;
  Reader& operator=(const Reader&) = delete;

  ~Reader()
  {
    if (fd_ >= 0) {
      ::close(fd_);
    }
  }

  [[nodiscard]] bool is_open() const { return fd_ >= 0; }

  /// How many bytes there were, at most `size`.
  std::size_t read(std::uint64_t offset, void* to, std::size_t size) const
  {
    const ssize_t count = ::pread(fd_, to, size, static_cast<off_t>(offset));
    return count < 0 ? 0 : static_cast<std::size_t>(count);
  }

  template <class Value>
  [[nodiscard]] std::optional<std::vector<Value>> values(std::uint64_t offset,
                                                         std::size_t count) const
  {
    std::vector<Value> all(count);
    const std::size_t size = count * sizeof(Value);
    return read(offset, all.data(), size) == size ? std::optional(std::move(all)) : std::nullopt;
  }

  [[nodiscard]] std::optional<std::string> text(std::uint64_t offset) const
  {
    char buffer[PATH_MAX];
    const std::size_t count = read(offset, buffer, sizeof buffer);
    const std::string_view bytes(buffer, count);
    const std::size_t end = bytes.find('\0');
    return end == std::string_view::npos ? std::nullopt
                                         : std::optional(std::string(bytes.substr(0, end)));
  }

 private:
  int fd_;
};

/// Where in the file is what is loaded to `address`.
std::optional<std::uint64_t> offset_of(std::span<const Elf64_Phdr> segments, std::uint64_t address)
{
  for (const Elf64_Phdr& segment : segments) {
    if (segment.p_type == PT_LOAD && address >= segment.p_vaddr &&
        address - segment.p_vaddr < segment.p_filesz) {
      return segment.p_offset + (address - segment.p_vaddr);
    }
  }
  return std::nullopt;
}

void add_directories(std::string_view list, const std::string& origin,
                     std::vector<std::string>& directories)
{
  while (!list.empty()) {
    const std::size_t end = std::min(list.find(':'), list.size());
    std::string directory(list.substr(0, end));
    for (const std::string_view name : {"$ORIGIN", "${ORIGIN}"}) {
      if (const std::size_t at = directory.find(name); at != std::string::npos) {
        directory.replace(at, name.size(), origin);
      }
    }
    if (!directory.empty()) {
      directories.push_back(std::move(directory));
    }
    list.remove_prefix(std::min(end + 1, list.size()));
  }
}

/// False where the file ends before what it announces.
bool read_section(const Reader& file, std::span<const Elf64_Phdr> segments,
                  const Elf64_Phdr& dynamic, const std::string& origin, NeededLibraries& needed)
{
  if (dynamic.p_filesz > most_dynamic_bytes) {
    return false;
  }
  const auto entries =
      file.values<Elf64_Dyn>(dynamic.p_offset, dynamic.p_filesz / sizeof(Elf64_Dyn));
  if (!entries) {
    return false;
  }
  std::optional<std::uint64_t> strings;
  std::size_t count = 0;
  for (; count < entries->size() && (*entries)[count].d_tag != DT_NULL; ++count) {
    if ((*entries)[count].d_tag == DT_STRTAB) {
      strings = offset_of(segments, (*entries)[count].d_un.d_ptr);
    }
  }
  for (const Elf64_Dyn& entry : std::span(*entries).first(count)) {
    const bool is_path = entry.d_tag == DT_RPATH || entry.d_tag == DT_RUNPATH;
    if (entry.d_tag != DT_NEEDED && !is_path) {
      continue;
    }
    std::optional<std::string> text =
        strings ? file.text(*strings + entry.d_un.d_val) : std::nullopt;
    if (!text) {
      return false;
    }
    if (is_path) {
      add_directories(*text, origin, needed.directories);
    } else {
      needed.names.push_back(std::move(*text));
    }
  }
  return true;
}

} // namespace

Result<NeededLibraries> read_needed_libraries(const std::string& path)
{
  const Reader file(path);
  if (!file.is_open()) {
    return environment_error(fmt::format("cannot read {}: {}", path, std::strerror(errno)));
  }
  NeededLibraries needed;
  Elf64_Ehdr header{};
  const std::size_t size = file.read(0, &header, sizeof header);
  if (size < SELFMAG || std::memcmp(header.e_ident, ELFMAG, SELFMAG) != 0) {
    return needed;
  }
  if (size < sizeof header || header.e_ident[EI_CLASS] != ELFCLASS64 ||
      header.e_ident[EI_DATA] != ELFDATA2LSB) {
    return data_error(path + " is an ELF file of a kind that is not understood here");
  }
  const auto segments = file.values<Elf64_Phdr>(header.e_phoff, header.e_phnum);
  if (!segments || (header.e_phnum > 0 && header.e_phentsize != sizeof(Elf64_Phdr))) {
    return data_error(path + " is a damaged ELF file");
  }
  const std::string origin = std::filesystem::path(path).parent_path().string();
  for (const Elf64_Phdr& segment : *segments) {
    if (segment.p_type == PT_DYNAMIC && !read_section(file, *segments, segment, origin, needed)) {
      return data_error(path + " is a damaged ELF file");
    }
  }
  return needed;
}

} // namespace winnow::ingest
