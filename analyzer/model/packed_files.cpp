// Writes the rows and the text behind them, and checks both before they are trusted.
#include "analyzer/model/packed_files.hpp"

#include <algorithm>
#include <array>
#include <cstring>
#include <ranges>
#include <vector>

namespace winnow {
namespace {

using Counts = std::array<std::uint32_t, 2>; ///< files, bytes of text

std::size_t rounded_up(std::size_t size)
{
  return (size + 3) / 4 * 4;
}

} // namespace

std::string PackedFiles::pack(std::span<const FileVersion> files)
{
  std::vector<Row> rows;
  rows.reserve(files.size());
  std::string text;
  for (const FileVersion& file : files) {
    text += file.path;
    rows.push_back({static_cast<std::uint32_t>(text.size()), file.hash});
  }
  const Counts counts{static_cast<std::uint32_t>(rows.size()),
                      static_cast<std::uint32_t>(text.size())};
  std::string bytes(reinterpret_cast<const char*>(counts.data()), sizeof(counts));
  bytes.append(reinterpret_cast<const char*>(rows.data()), rows.size() * sizeof(Row));
  bytes += text;
  bytes.resize(rounded_up(bytes.size()));
  return bytes;
}

std::optional<PackedFiles> PackedFiles::over(std::string_view bytes)
{
  std::optional<PackedFiles> packed = over_own(bytes);
  const bool sound = packed && std::ranges::is_sorted(packed->rows_, {}, &Row::end) &&
                     (packed->rows_.empty() || packed->rows_.back().end == packed->text_.size());
  return sound ? packed : std::nullopt;
}

std::optional<PackedFiles> PackedFiles::over_own(std::string_view bytes)
{
  static_assert(sizeof(Row) == sizeof(std::uint32_t) + sizeof(ContentHash));
  Counts counts{};
  if (bytes.size() < sizeof(counts)) {
    return std::nullopt;
  }
  std::memcpy(counts.data(), bytes.data(), sizeof(counts));
  const auto [files, text] = counts;
  if (bytes.size() != rounded_up(sizeof(counts) + files * sizeof(Row) + text)) {
    return std::nullopt;
  }
  PackedFiles packed;
  packed.rows_ = {reinterpret_cast<const Row*>(bytes.data() + sizeof(counts)), files};
  packed.text_ = bytes.substr(sizeof(counts) + files * sizeof(Row), text);
  return packed;
}

std::string_view PackedFiles::path(std::size_t index) const
{
  const std::size_t begin = index == 0 ? 0 : rows_[index - 1].end;
  return text_.substr(begin, rows_[index].end - begin);
}

std::size_t PackedFiles::lower_bound(std::string_view path, std::size_t hint) const
{
  // It lies in [first, last]: steps that double, from the hint on, narrow that.
  std::size_t first =
      hint > 0 && hint <= size() && this->path(hint - 1) < path ? hint : std::size_t{0};
  std::size_t last = size();
  for (std::size_t step = 1; first > 0 && step <= last - first; step *= 2) {
    if (this->path(first + step - 1) >= path) {
      last = first + step - 1;
      break;
    }
    first += step;
  }
  const auto indices = std::views::iota(first, last);
  const auto found = std::ranges::lower_bound(
      indices, path, {}, [this](std::size_t index) { return this->path(index); });
  return first + static_cast<std::size_t>(found - indices.begin());
}

} // namespace winnow
