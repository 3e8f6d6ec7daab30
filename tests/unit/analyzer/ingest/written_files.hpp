// Files of small build trees, and the bytes of dependency logs.
#pragma once

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>

namespace winnow::tests {

inline void write_file(const std::string& path, std::string_view content)
{
  std::filesystem::create_directories(std::filesystem::path(path).parent_path());
  std::ofstream(path, std::ios::binary) << content;
}

inline void append_number(std::string& bytes, std::uint32_t number)
{
  for (int i = 0; i < 4; ++i) {
    bytes += static_cast<char>(number >> (8 * i) & 0xffU);
  }
}

/// Builds .ninja_deps, version 4.
class DepsLog {
 public:
  std::uint32_t path(std::string name)
  {
    name.resize((name.size() + 3) / 4 * 4, '\0');
    append_number(bytes_, static_cast<std::uint32_t>(name.size() + 4));
    bytes_ += name;
    append_number(bytes_, ~paths_);
    return paths_++;
  }

  void record(std::uint32_t output, std::int64_t mtime_ns,
              std::initializer_list<std::uint32_t> inputs)
  {
    append_number(bytes_, static_cast<std::uint32_t>(12 + 4 * inputs.size()) | 0x80000000U);
    append_number(bytes_, output);
    append_number(bytes_, static_cast<std::uint32_t>(mtime_ns));
    append_number(bytes_, static_cast<std::uint32_t>(mtime_ns >> 32));
    for (const std::uint32_t input : inputs) {
      append_number(bytes_, input);
    }
  }

  [[nodiscard]] const std::string& bytes() const { return bytes_; }

 private:
  std::string bytes_ = std::string("# ninjadeps\n\x04\0\0\0", 16);
  std::uint32_t paths_ = 0;
};

} // namespace winnow::tests
