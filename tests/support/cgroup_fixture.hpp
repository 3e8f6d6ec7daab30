// Directories of files as the kernel shows control groups.
#pragma once

#include "tests/support/scratch_directory.hpp"

#include <filesystem>
#include <fstream>
#include <map>
#include <string>

namespace winnow::tests {

struct CgroupFixture {
  ScratchDirectory scratch;

  /// The path of a group with these files and texts.
  std::string group(const std::string& name, const std::map<std::string, std::string>& files) const
  {
    std::filesystem::create_directories(scratch / name);
    for (const auto& [file, text] : files) {
      std::ofstream(scratch / name + "/" + file) << text;
    }
    return scratch / name;
  }
};

} // namespace winnow::tests
