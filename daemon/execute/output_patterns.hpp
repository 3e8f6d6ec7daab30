// The regular expressions of one property of a test, ready to be matched with its output.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace winnow::execute {

/// Expressions of CMake's dialect, translated to RE2, which matches in linear time.
class OutputPatterns {
 public:
  OutputPatterns();
  /// The first expression that CMake would not compile becomes the objection, in words that name
  /// the property; one that is there stays.
  OutputPatterns(const char* property, const std::vector<std::string>& sources,
                 std::string& objection);
  ~OutputPatterns();
  OutputPatterns(OutputPatterns&&) noexcept;
  OutputPatterns& operator=(OutputPatterns&&) noexcept;

  [[nodiscard]] bool empty() const { return patterns_.empty(); }

  /// The first expression that matches, as it is written in the property; nullptr if none does.
  [[nodiscard]] const std::string* first_match(std::string_view output) const;

 private:
  struct Pattern;
  std::vector<Pattern> patterns_;
};

} // namespace winnow::execute
