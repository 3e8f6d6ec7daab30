// Reads a number and its unit.
#include "analyzer/model/budget.hpp"

#include "analyzer/model/test_description.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

namespace winnow {
namespace {

struct SizeUnit {
  std::string_view name;
  double bytes;
};

constexpr std::array size_units{
    SizeUnit{"", 1},         SizeUnit{"kB", 1e3},     SizeUnit{"MB", 1e6},
    SizeUnit{"GB", 1e9},     SizeUnit{"TB", 1e12},    SizeUnit{"KiB", 0x1p10},
    SizeUnit{"MiB", 0x1p20}, SizeUnit{"GiB", 0x1p30}, SizeUnit{"TiB", 0x1p40}};

struct Quantity {
  double number = 0;
  std::string_view unit;
};

/// A finite number above zero and what follows it.
std::optional<Quantity> quantity_in(std::string_view text)
{
  Quantity quantity;
  const auto parsed = std::from_chars(text.data(), text.data() + text.size(), quantity.number,
                                      std::chars_format::fixed);
  if (parsed.ec != std::errc() || !std::isfinite(quantity.number) || quantity.number <= 0) {
    return std::nullopt;
  }
  quantity.unit = text.substr(static_cast<std::size_t>(parsed.ptr - text.data()));
  return quantity;
}

std::optional<Budget> share_of(const Quantity& quantity)
{
  return quantity.number <= 100 ? std::optional(Budget{0, quantity.number / 100}) : std::nullopt;
}

} // namespace

std::optional<std::uint64_t> bytes_in(std::string_view text)
{
  const std::optional<Quantity> quantity = quantity_in(text);
  const auto* const unit =
      quantity ? std::ranges::find(size_units, quantity->unit, &SizeUnit::name) : size_units.end();
  if (unit == size_units.end()) {
    return std::nullopt;
  }
  const double bytes = quantity->number * unit->bytes;
  if (bytes < 1 || bytes > static_cast<double>(most_memory_bytes) ||
      (unit->name.empty() && bytes != std::floor(bytes))) {
    return std::nullopt;
  }
  return static_cast<std::uint64_t>(bytes);
}

std::uint64_t Budget::of(std::uint64_t all) const
{
  const auto part = static_cast<std::uint64_t>(static_cast<double>(all) * share);
  return std::max<std::uint64_t>(amount != 0 ? amount : part, 1);
}

std::optional<Budget> memory_budget_in(std::string_view text)
{
  const std::optional<Quantity> quantity = quantity_in(text);
  if (quantity && quantity->unit == "%") {
    return share_of(*quantity);
  }
  const std::optional<std::uint64_t> bytes = bytes_in(text);
  return bytes ? std::optional(Budget{*bytes, 0}) : std::nullopt;
}

std::optional<Budget> cpu_budget_in(std::string_view text)
{
  const std::optional<Quantity> quantity = quantity_in(text);
  if (quantity && quantity->unit == "%") {
    return share_of(*quantity);
  }
  if (!quantity || !quantity->unit.empty() || quantity->number > most_cpus ||
      quantity->number != std::floor(quantity->number)) {
    return std::nullopt;
  }
  return Budget{static_cast<std::uint64_t>(quantity->number), 0};
}

} // namespace winnow
