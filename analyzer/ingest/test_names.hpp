// Which tests of a listing a project means when it names some.
#pragma once

#include "analyzer/ingest/ctest_files.hpp"

#include <cstddef>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace winnow::ingest {

class TestNames {
 public:
  /// Refers to `listing`, whose tests must stay where they are.
  explicit TestNames(const TestListing& listing);

  /// Indices into the listing. Names can repeat: those of the source directory (absolute) that was
  /// meant, else all of that name.
  [[nodiscard]] std::vector<std::size_t> meant(const std::string& name,
                                               std::string_view source_directory) const;
  /// All of that name, wherever they are defined.
  [[nodiscard]] const std::vector<std::size_t>& all(const std::string& name) const;

 private:
  const TestListing& listing_;
  std::unordered_map<std::string, std::vector<std::size_t>> by_name_;
};

} // namespace winnow::ingest
