// Compiles and matches.
#include "daemon/execute/output_patterns.hpp"

#include "analyzer/model/cmake_regex.hpp"

#include <fmt/format.h>
#include <re2/re2.h>

namespace winnow::execute {
namespace {

RE2::Options byte_options()
{
  RE2::Options options;
  options.set_encoding(RE2::Options::EncodingLatin1);
  options.set_dot_nl(true);
  options.set_never_capture(true);
  options.set_log_errors(false);
  return options;
}

} // namespace

struct OutputPatterns::Pattern {
  std::string source;
  std::unique_ptr<RE2> compiled;
};

OutputPatterns::OutputPatterns() = default;
OutputPatterns::~OutputPatterns() = default;
OutputPatterns::OutputPatterns(OutputPatterns&&) noexcept = default;
OutputPatterns& OutputPatterns::operator=(OutputPatterns&&) noexcept = default;

OutputPatterns::OutputPatterns(const char* property, const std::vector<std::string>& sources,
                               std::string& objection)
{
  static const RE2::Options options = byte_options();
  for (const std::string& source : sources) {
    const Result<std::string> pattern = re2_pattern(source);
    if (!pattern) {
      objection = fmt::format("{}: {}", property, pattern.error().message);
      break;
    }
    patterns_.push_back({source, std::make_unique<RE2>(*pattern, options)});
    if (!patterns_.back().compiled->ok()) {
      objection = fmt::format("{} \"{}\" cannot be used: {}", property, source,
                              patterns_.back().compiled->error());
      break;
    }
  }
}

const std::string* OutputPatterns::first_match(std::string_view output) const
{
  const re2::StringPiece text(output.data(), output.size());
  for (const Pattern& pattern : patterns_) {
    if (RE2::PartialMatch(text, *pattern.compiled)) {
      return &pattern.source;
    }
  }
  return nullptr;
}

} // namespace winnow::execute
