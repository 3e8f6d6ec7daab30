// Joins and splits the parts of a wait.
#include "daemon/store/wait_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <utility>
#include <vector>

namespace winnow::store {
namespace {

constexpr char unit_end = '\x1f';
constexpr char record_end = '\x1e';

std::string_view cut_to(std::string_view& text, char end)
{
  const std::size_t length = std::min(text.find(end), text.size());
  const std::string_view field = text.substr(0, length);
  text.remove_prefix(std::min(length + 1, text.size()));
  return field;
}

std::optional<WaitCause> cause_named(std::string_view name)
{
  const auto found = std::ranges::find(wait_cause_names, name);
  return found == wait_cause_names.end()
             ? std::nullopt
             : std::optional(static_cast<WaitCause>(found - wait_cause_names.begin()));
}

} // namespace

std::string wait_text(const TestResult& result)
{
  if (result.waited_for == WaitCause::nothing) {
    return "";
  }
  if (result.waits->empty()) {
    return std::string(name_of(result.waited_for));
  }
  std::string text;
  for (const WaitPart& part : *result.waits) {
    text += fmt::format("{}{}{}{}{}{}{}{}", name_of(part.cause), unit_end, part.us, unit_end,
                        part.name, unit_end, part.test, record_end);
  }
  return text;
}

void read_wait_text(std::string_view text, TestResult& result)
{
  if (text.find(record_end) == std::string_view::npos) {
    result.waited_for = cause_named(text).value_or(WaitCause::nothing);
    return;
  }
  std::vector<WaitPart> parts;
  while (!text.empty()) {
    std::string_view record = cut_to(text, record_end);
    const auto cause = cause_named(cut_to(record, unit_end));
    const std::string_view digits = cut_to(record, unit_end);
    WaitPart part;
    std::from_chars(digits.data(), digits.data() + digits.size(), part.us);
    part.name = cut_to(record, unit_end);
    part.test = record;
    if (cause) {
      part.cause = *cause;
      parts.push_back(std::move(part));
    }
  }
  if (!parts.empty()) {
    result.waited_for = parts.front().cause;
    result.waits = std::move(parts);
  }
}

} // namespace winnow::store
