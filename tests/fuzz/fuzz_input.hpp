// The bytes of one fuzzing round, and a directory for parsers that read files.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <string>
#include <string_view>

/// Called by libFuzzer, or by replay_main.cpp for each file of the corpus. Whatever the bytes are,
/// it returns: a crash, a hang, an escaped exception or more memory than allowed is a defect.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace winnow::tests {

inline std::string_view text_of(const std::uint8_t* data, std::size_t size)
{
  return {reinterpret_cast<const char*>(data), size};
}

/// One per process; gone at its end.
class FuzzDirectory {
 public:
  FuzzDirectory()
  {
    std::string name = (std::filesystem::temp_directory_path() / "winnow-fuzz-XXXXXX").string();
    if (::mkdtemp(name.data()) == nullptr) {
      throw std::runtime_error("cannot make a temporary directory");
    }
    path_ = name;
  }

  ~FuzzDirectory()
  {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }

  FuzzDirectory(const FuzzDirectory&) = delete;
  FuzzDirectory& operator=(const FuzzDirectory&) = delete;

  [[nodiscard]] const std::string& path() const { return path_; }

  /// Writes a file below the directory and gives its absolute path.
  std::string write(const std::string& name, std::string_view content) const
  {
    const std::filesystem::path file = std::filesystem::path(path_) / name;
    std::filesystem::create_directories(file.parent_path());
    std::ofstream(file, std::ios::binary | std::ios::trunc) << content;
    return file.string();
  }

 private:
  std::string path_;
};

/// Cuts `text` at the first `separator`; the second part is "" where there is none.
inline std::pair<std::string_view, std::string_view> cut(std::string_view text,
                                                         std::string_view separator)
{
  const std::size_t at = text.find(separator);
  return at == std::string_view::npos
             ? std::pair{text, std::string_view()}
             : std::pair{text.substr(0, at), text.substr(at + separator.size())};
}

} // namespace winnow::tests
