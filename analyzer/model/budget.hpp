// How much of the machine tests may use, as people type it: 8GiB, 50%, 4.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace winnow {

/// Bytes of a positive number, alone or with kB, MB, GB, TB, KiB, MiB, GiB or TiB; nothing for
/// anything else, for parts of a byte, and for more than most_memory_bytes.
std::optional<std::uint64_t> bytes_in(std::string_view text);

/// An amount, or a share of what there is.
struct Budget {
  std::uint64_t amount = 0; ///< bytes or whole cpus; 0: it is a share
  double share = 0;         ///< above 0, at most 1

  /// Of so much: at least 1, an amount also if that is more than there is.
  [[nodiscard]] std::uint64_t of(std::uint64_t all) const;

  bool operator==(const Budget&) const = default;
};

/// "8GiB" or "50%"; nothing for what is neither.
std::optional<Budget> memory_budget_in(std::string_view text);

/// "4" or "50%".
std::optional<Budget> cpu_budget_in(std::string_view text);

} // namespace winnow
