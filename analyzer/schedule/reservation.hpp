// A promise to a task that does not fit yet: when it can start, and what may run until then.
#pragma once

#include "analyzer/schedule/amount.hpp"

#include <cstdint>
#include <vector>

namespace winnow::schedule {

/// What a running task gives back, and in how long as far as known.
struct Holding {
  std::int64_t remaining_us = 0;
  Amount amount;
};

/// Made for the most important task that does not fit; others may start before it only if it is not
/// delayed by them as far as known (EASY backfill: Lifka, "The ANL/IBM SP scheduling system",
/// 1995).
struct Reservation {
  std::int64_t window_us =
      0;        ///< until the promised start; what ends within may take all that is free
  Amount spare; ///< free at the promised start besides the promised amount

  /// Whether a task of that amount may start although it outlasts the window.
  [[nodiscard]] bool spares(const Amount& amount) const { return amount.fits_in(spare); }

  /// Notes the start of a task that takes this amount for so long.
  void admit(const Amount& amount, std::int64_t estimate_us);
};

/// When enough of `holdings` is given back for `wanted` to fit beside the rest.
Reservation reserve(const Amount& wanted, const Amount& free, std::vector<Holding> holdings);

/// When all of `holdings` are given back: nothing may outlast that.
Reservation reserve_everything(const std::vector<Holding>& holdings);

} // namespace winnow::schedule
