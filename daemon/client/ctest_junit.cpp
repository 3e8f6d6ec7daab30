// Messages and shortened outputs as ctest 3.25 has them, observed.
#include "daemon/client/ctest_junit.hpp"

#include "analyzer/model/ctest_tags.hpp"

#include <fmt/format.h>

#include <fstream>
#include <utility>
#include <vector>

namespace winnow::client {

namespace {

bool continues_a_character(char byte)
{
  return (static_cast<unsigned char>(byte) & 0xc0U) == 0x80U;
}

/// The last place at or before `place` where a character begins.
std::size_t character_at(std::string_view text, std::size_t place)
{
  while (place > 0 && place < text.size() && continues_a_character(text[place])) {
    --place;
  }
  return place;
}

/// Characters that ctest does not take over into a build's name are left out.
std::string suite_name(const std::string& build_name)
{
  std::string name;
  for (const char letter : build_name) {
    if (std::string_view("\\:*?\"<>|\n\r\t\f\v").find(letter) == std::string_view::npos) {
      name += letter;
    }
  }
  return name.empty() ? "(empty)" : name;
}

/// A pattern counts before the exit code.
std::string skip_message(const TestProperties& properties, const TestResult& result,
                         std::string_view output)
{
  return ctest_reason(properties, output).starts_with("Skip regular expression found")
             ? "SKIP_REGULAR_EXPRESSION_MATCHED"
             : fmt::format("SKIP_RETURN_CODE={}", result.exit_code);
}

} // namespace

std::string CTestJunit::shortened(std::string_view output, Verdict verdict) const
{
  const std::size_t limit = verdict == Verdict::passed ? limits_.passed : limits_.failed;
  const bool keeps_end = agreement_ != CTestAgreement::strict && !limits_.truncation;
  if (limit == 0 || output.size() <= (keeps_end ? 2 * limit : limit) ||
      output.find("CTEST_FULL_OUTPUT") != std::string_view::npos) {
    return std::string(output);
  }
  const std::string mark = fmt::format("\n[This part of the test output was removed since it "
                                       "exceeds the threshold of {} bytes.]\n",
                                       limit);
  const auto begin = [&](std::size_t size) { return output.substr(0, character_at(output, size)); };
  const auto end = [&](std::size_t size) {
    return output.substr(character_at(output, output.size() - size));
  };
  if (keeps_end) {
    std::size_t rest = output.size() - limit;
    while (rest < output.size() && continues_a_character(output[rest])) {
      ++rest;
    }
    return fmt::format("{}...{}{}", begin(limit), mark, output.substr(rest));
  }
  switch (limits_.truncation.value_or(OutputTruncation::tail)) {
  case OutputTruncation::head:
    return fmt::format("{}...{}", mark, end(limit));
  case OutputTruncation::middle: {
    const std::string_view head = begin(limit / 2);
    return fmt::format("{}...{}...{}", head, mark,
                       output.substr(head.size() + output.size() - limit));
  }
  case OutputTruncation::tail:
    break;
  }
  return fmt::format("{}...{}", begin(limit), mark);
}

void CTestJunit::finished(std::uint32_t number, const TestDescription& test,
                          const TestResult& result, std::string_view output,
                          const CTestRefusal& refusal)
{
  report::JunitCase entry{result, without_measurements(ctest_lines(output)), ""};
  switch (result.verdict) {
  case Verdict::cancelled:
    return;
  case Verdict::not_run:
    entry.output = refusal.complaint;
    entry.message = refusal.detail;
    break;
  case Verdict::disabled:
    entry.output = "Disabled";
    break;
  case Verdict::skipped:
    entry.message = skip_message(test.properties, result, output);
    break;
  default:
    entry.message = ctest_reason(test.properties, result, output);
  }
  if (result.verdict != Verdict::not_run && result.verdict != Verdict::disabled) {
    entry.output = shortened(entry.output, result.verdict);
  }
  cases_.insert_or_assign(number, std::move(entry));
}

Result<void> CTestJunit::write(const std::string& path, const DartConfiguration& tree,
                               std::int64_t started_us, std::int64_t duration_us) const
{
  std::vector<report::JunitCase> cases;
  for (const auto& [number, entry] : cases_) {
    cases.push_back(entry);
  }
  std::ofstream file(path, std::ios::binary);
  file << report::run_to_junit(
      {suite_name(tree.build_name), started_us, duration_us, tree.site}, cases,
      agreement_ == CTestAgreement::strict ? report::JunitDialect::strict_ctest
                                           : report::JunitDialect::ctest);
  file.close();
  if (!file) {
    return environment_error(fmt::format("cannot write {}", path));
  }
  return {};
}

} // namespace winnow::client
