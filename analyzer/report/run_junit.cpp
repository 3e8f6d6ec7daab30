// Writes JUnit XML.
#include "analyzer/report/run_junit.hpp"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <map>
#include <string_view>

namespace winnow::report {
namespace {

/// The length of the UTF-8 sequence at the start of `text` if XML 1.0 allows its character, else 0.
std::size_t legal_length(std::string_view text)
{
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned char first = byte(0);
  if (first < 0x80) {
    return first >= 0x20 || first == '\t' || first == '\n' || first == '\r' ? 1 : 0;
  }
  const std::size_t length = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
  if (first < 0xc2 || first > 0xf4 || text.size() < length) {
    return 0;
  }
  std::uint32_t code = first & (0xffU >> (length + 1));
  for (std::size_t i = 1; i < length; ++i) {
    if ((byte(i) & 0xc0U) != 0x80U) {
      return 0;
    }
    code = code << 6U | (byte(i) & 0x3fU);
  }
  const bool shortest = code >= (length == 4 ? 0x10000U : length == 3 ? 0x800U : 0x80U);
  const bool character =
      code < 0xd800 || (code > 0xdfff && code < 0xfffe) || (code > 0xffff && code <= 0x10ffff);
  return shortest && character ? length : 0;
}

/// What XML cannot hold becomes U+FFFD.
std::string escaped(std::string_view text)
{
  std::string out;
  out.reserve(text.size());
  while (!text.empty()) {
    const std::size_t length = legal_length(text);
    switch (text.front()) {
    case '<':
      out += "&lt;";
      break;
    case '>':
      out += "&gt;";
      break;
    case '&':
      out += "&amp;";
      break;
    case '"':
      out += "&quot;";
      break;
    default:
      out += length == 0 ? std::string_view("\xef\xbf\xbd") : text.substr(0, length);
    }
    text.remove_prefix(std::max<std::size_t>(length, 1));
  }
  return out;
}

double seconds(std::int64_t microseconds)
{
  return static_cast<double>(microseconds) / 1e6;
}

/// The element that says why a case is no pass, "" for a pass.
std::string outcome_element(const TestResult& result)
{
  const std::string message =
      escaped(result.reason.empty() ? std::string(name_of(result.verdict)) : result.reason);
  const std::string_view type = name_of(result.verdict);
  switch (result.verdict) {
  case Verdict::passed:
  case Verdict::cached:
    return {};
  case Verdict::skipped:
  case Verdict::disabled:
    return fmt::format("      <skipped message=\"{}\"/>\n", message);
  case Verdict::not_run:
  case Verdict::cancelled:
    return fmt::format("      <error message=\"{}\" type=\"{}\"/>\n", message, type);
  default:
    return fmt::format("      <failure message=\"{}\" type=\"{}\"/>\n", message, type);
  }
}

std::string case_element(const JunitCase& test)
{
  const TestResult& result = test.result;
  return fmt::format("    <testcase name=\"{}\" classname=\"{}\" time=\"{:.3f}\">\n{}"
                     "      <system-out>{}</system-out>\n    </testcase>\n",
                     escaped(result.key.name), escaped(result.key.directory),
                     seconds(result.duration_us), outcome_element(result), escaped(test.output));
}

std::string suite_element(const std::string& name, std::int64_t started_us,
                          const std::vector<const JunitCase*>& cases)
{
  const auto count = [&](auto... verdicts) {
    return std::count_if(cases.begin(), cases.end(), [&](const JunitCase* test) {
      return ((test->result.verdict == verdicts) || ...);
    });
  };
  std::int64_t total_us = 0;
  for (const JunitCase* test : cases) {
    total_us += test->result.duration_us;
  }
  const auto errors = count(Verdict::not_run, Verdict::cancelled);
  const auto skipped = count(Verdict::skipped, Verdict::disabled);
  const auto failures =
      count(Verdict::failed, Verdict::timed_out, Verdict::crashed, Verdict::over_memory);
  std::string xml = fmt::format(
      "  <testsuite name=\"{}\" tests=\"{}\" failures=\"{}\" errors=\"{}\" skipped=\"{}\" "
      "time=\"{:.3f}\" timestamp=\"{:%Y-%m-%dT%H:%M:%S}\">\n",
      escaped(name), cases.size(), failures, errors, skipped, seconds(total_us),
      fmt::gmtime(static_cast<std::time_t>(started_us / 1'000'000)));
  for (const JunitCase* test : cases) {
    xml += case_element(*test);
  }
  return xml + "  </testsuite>\n";
}

} // namespace

std::string run_to_junit(const std::string& suite, std::int64_t started_us,
                         const std::vector<JunitCase>& cases)
{
  std::map<std::uint32_t, std::vector<const JunitCase*>> chunks;
  for (const JunitCase& test : cases) {
    chunks[test.result.chunk].push_back(&test);
  }
  const bool is_whole = chunks.empty() || (chunks.size() == 1 && chunks.contains(0));
  std::string xml = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites>\n";
  if (is_whole) {
    xml += suite_element(suite, started_us, chunks[0]);
  } else {
    for (const auto& [chunk, tests] : chunks) {
      xml += suite_element(fmt::format("{} chunk {}", suite, chunk), started_us, tests);
    }
  }
  return xml + "</testsuites>\n";
}

} // namespace winnow::report
