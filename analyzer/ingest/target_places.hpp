// The CMake lines that targets come from, as the File API's backtraces tell them.
#pragma once

#include "analyzer/model/cmake_edit.hpp"
#include "analyzer/model/roots.hpp"

#include <memory>
#include <string>
#include <string_view>

namespace winnow::ingest {

/// Reads the document of a target when it is first asked for: explanations ask for few.
class TargetPlacesReader {
 public:
  TargetPlacesReader(const Roots& roots, const std::string& configuration);
  TargetPlacesReader(const TargetPlacesReader&) = delete;
  TargetPlacesReader& operator=(const TargetPlacesReader&) = delete;
  ~TargetPlacesReader();

  /// Null where CMake has not replied, does not know the target, or its reply is damaged: then no
  /// line can be told. Stays valid.
  const TargetPlaces* find(std::string_view target);

 private:
  class Reply;

  std::unique_ptr<Reply> reply_;
};

} // namespace winnow::ingest
