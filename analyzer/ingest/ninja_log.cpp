// Format after ninja's build_log.cc.
#include "analyzer/ingest/ninja_log.hpp"

#include "analyzer/ingest/text_file.hpp"

#include <fmt/format.h>
#include <system_error>

#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <optional>

namespace winnow::ingest {
namespace {

constexpr std::string_view header = "# ninja log v";
constexpr int oldest_version = 5;
constexpr int newest_version = 7;

template <class Number>
std::optional<Number> number_in(std::string_view text, int base = 10)
{
  Number number{};
  const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), number, base);
  return failure == std::errc() && end == text.data() + text.size() ? std::optional(number)
                                                                    : std::nullopt;
}

/// The line without its newline; `text` loses both.
std::string_view take_line(std::string_view& text)
{
  const std::size_t end = std::min(text.find('\n'), text.size());
  const std::string_view line = text.substr(0, end);
  text.remove_prefix(std::min(end + 1, text.size()));
  return line;
}

void add_entry(std::string_view line, NinjaLog& log)
{
  std::array<std::string_view, 4> columns;
  for (std::string_view& column : columns) {
    const std::size_t tab = line.find('\t');
    if (tab == std::string_view::npos) {
      return;
    }
    column = line.substr(0, tab);
    line.remove_prefix(tab + 1);
  }
  const auto begin_ms = number_in<std::int32_t>(columns[0]);
  const auto end_ms = number_in<std::int32_t>(columns[1]);
  const auto mtime_ns = number_in<std::int64_t>(columns[2]);
  if (begin_ms && end_ms && mtime_ns && !columns[3].empty()) {
    const std::int64_t duration_ms = std::int64_t{*end_ms} - *begin_ms;
    log[std::string(columns[3])] = {*mtime_ns, std::max<std::int64_t>(duration_ms, 0),
                                    number_in<std::uint64_t>(line, 16).value_or(0)};
  }
}

} // namespace

Result<NinjaLog> parse_ninja_log(std::string_view text, const std::string& path)
{
  const std::string_view first = take_line(text);
  const auto version = first.starts_with(header) ? number_in<int>(first.substr(header.size()))
                                                 : std::optional<int>();
  if (!version || *version < oldest_version || *version > newest_version) {
    return data_error(fmt::format("{} is no ninja log of a version from {} to {}", path,
                                  oldest_version, newest_version));
  }
  NinjaLog log;
  while (!text.empty()) {
    add_entry(take_line(text), log);
  }
  return log;
}

Result<NinjaLog> read_ninja_log(const std::string& path)
{
  if (::access(path.c_str(), F_OK) != 0 && errno == ENOENT) {
    return NinjaLog{};
  }
  const Result<std::string> text = read_text_file(path);
  if (!text) {
    return text.error();
  }
  return parse_ninja_log(*text, path);
}

} // namespace winnow::ingest
