// A place on the globe.
#pragma once

namespace isobar {

/// In degrees; north and east are positive.
struct Position {
  double latitude = 0.0;
  double longitude = 0.0;

  friend bool operator==(const Position&, const Position&) = default;
};

} // namespace isobar
