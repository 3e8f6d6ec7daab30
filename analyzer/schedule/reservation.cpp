// Finds the time at which enough is given back.
#include "analyzer/schedule/reservation.hpp"

#include <algorithm>

namespace winnow::schedule {

void Reservation::admit(const Amount& amount, std::int64_t estimate_us)
{
  if (estimate_us > window_us) {
    spare -= amount;
  }
}

Reservation reserve(const Amount& wanted, const Amount& free, std::vector<Holding> holdings)
{
  std::sort(holdings.begin(), holdings.end(), [](const Holding& left, const Holding& right) {
    return left.remaining_us < right.remaining_us;
  });
  Reservation reservation{.window_us = 0, .spare = free};
  for (std::size_t next = 0; next < holdings.size(); ++next) {
    reservation.spare += holdings[next].amount;
    reservation.window_us = holdings[next].remaining_us;
    const bool another_ends_then = next + 1 < holdings.size() &&
                                   holdings[next + 1].remaining_us == holdings[next].remaining_us;
    if (!another_ends_then && wanted.fits_in(reservation.spare)) {
      break;
    }
  }
  reservation.spare -= wanted;
  return reservation;
}

Reservation reserve_everything(const std::vector<Holding>& holdings)
{
  Reservation reservation;
  for (const Holding& holding : holdings) {
    reservation.window_us = std::max(reservation.window_us, holding.remaining_us);
  }
  return reservation;
}

} // namespace winnow::schedule
