// Messages and shortened outputs as ctest 3.25 has them, observed.
#include "daemon/client/ctest_junit.hpp"

#include <fmt/format.h>

#include <fstream>
#include <utility>
#include <vector>

namespace winnow::client {

namespace {

constexpr std::size_t kept_of_passed = 1024;
constexpr std::size_t kept_of_others = 300 * 1024;

bool continues_a_character(char byte)
{
  return (static_cast<unsigned char>(byte) & 0xc0U) == 0x80U;
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
  const std::size_t limit = verdict == Verdict::passed ? kept_of_passed : kept_of_others;
  const std::size_t end_kept = agreement_ == CTestAgreement::strict ? 0 : limit;
  if (output.size() <= limit + end_kept) {
    return std::string(output);
  }
  std::size_t begin = limit;
  while (begin > 0 && continues_a_character(output[begin])) {
    --begin;
  }
  std::size_t rest = output.size() - end_kept;
  while (rest < output.size() && continues_a_character(output[rest])) {
    ++rest;
  }
  return fmt::format("{}...\n[This part of the test output was removed since it exceeds the "
                     "threshold of {} bytes.]\n{}",
                     output.substr(0, begin), limit, output.substr(rest));
}

void CTestJunit::finished(std::uint32_t number, const TestDescription& test,
                          const TestResult& result, std::string_view output,
                          const CTestRefusal& refusal)
{
  report::JunitCase entry{result, ctest_lines(output), ""};
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
    entry.message = ctest_reason(test.properties, output);
  }
  entry.output = shortened(entry.output, result.verdict);
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
