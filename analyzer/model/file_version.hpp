// A file's content in one state of the sources.
#pragma once

#include "analyzer/model/content_hash.hpp"

#include <string>

namespace winnow {

struct FileVersion {
  std::string path; ///< graph path
  ContentHash hash;

  bool operator==(const FileVersion&) const = default;
};

} // namespace winnow
