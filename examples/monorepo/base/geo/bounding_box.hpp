// A rectangle in latitude and longitude.
#pragma once

#include "geo/position.hpp"

namespace isobar {

struct BoundingBox {
  Position south_west;
  Position north_east;
};

bool contains(const BoundingBox& box, Position position);

/// The smallest box that holds `box` and `position`.
BoundingBox extended(const BoundingBox& box, Position position);

} // namespace isobar
