// Finds marks; most outputs have none.
#include "analyzer/model/ctest_tags.hpp"

#include <algorithm>
#include <cctype>
#include <optional>
#include <utility>

namespace winnow {
namespace {

constexpr std::string_view any_tag = "<CTest";

std::optional<std::string_view> between(std::string_view line, std::string_view begin,
                                        std::string_view end)
{
  const std::size_t from = line.find(begin);
  const std::size_t to = line.rfind(end);
  if (from == std::string_view::npos || to == std::string_view::npos || to < from + begin.size()) {
    return std::nullopt;
  }
  return line.substr(from + begin.size(), to - from - begin.size());
}

/// Where the element that begins at `begin` ends; nothing if it is no whole measurement.
std::optional<std::size_t> end_of_measurement(std::string_view text, std::size_t begin)
{
  const std::size_t close = text.find('<', begin + 1);
  for (const std::string_view mark : {"</CTestMeasurement", "</DartMeasurement"}) {
    if (close != std::string_view::npos && text.substr(close).starts_with(mark)) {
      std::size_t end = close + mark.size();
      while (end < text.size() && std::isalpha(static_cast<unsigned char>(text[end])) != 0) {
        ++end;
      }
      return end < text.size() && text[end] == '>' ? std::optional(end + 1) : std::nullopt;
    }
  }
  return std::nullopt;
}

} // namespace

CTestTag ctest_tag_in(std::string_view line)
{
  if (line.find(any_tag) == std::string_view::npos) {
    return {};
  }
  if (const auto details = between(line, "<CTestDetails>", "</CTestDetails>")) {
    return {CTestTag::Kind::details, *details};
  }
  if (const auto label = between(line, "<CTestLabel>", "</CTestLabel>")) {
    return {CTestTag::Kind::label, *label};
  }
  return {};
}

UntaggedOutput without_ctest_tags(std::string output)
{
  UntaggedOutput untagged;
  if (output.find(any_tag) == std::string::npos) {
    untagged.text = std::move(output);
    return untagged;
  }
  std::string_view rest = output;
  while (!rest.empty()) {
    const std::size_t length = std::min(rest.find('\n'), rest.size() - 1) + 1;
    const std::string_view line = rest.substr(0, length);
    const CTestTag tag = ctest_tag_in(line);
    if (tag.kind == CTestTag::Kind::none) {
      untagged.text += line;
    } else if (tag.kind == CTestTag::Kind::label) {
      untagged.labels.emplace_back(tag.value);
    }
    rest.remove_prefix(length);
  }
  return untagged;
}

std::string without_measurements(std::string output)
{
  std::string text;
  std::size_t kept = 0;
  for (std::size_t at = output.find('<'); at != std::string::npos; at = output.find('<', at + 1)) {
    const std::string_view rest = std::string_view(output).substr(at);
    if (!rest.starts_with("<CTestMeasurement") && !rest.starts_with("<DartMeasurement")) {
      continue;
    }
    if (const auto end = end_of_measurement(output, at)) {
      text.append(output, kept, at - kept);
      kept = *end;
      at = *end - 1;
    }
  }
  return kept == 0 ? output : text.append(output, kept);
}

} // namespace winnow
