// Great-circle distance and bearing between two positions.
#pragma once

#include "geo/position.hpp"
#include "units/units.hpp"

namespace isobar {

/// By the haversine formula on a sphere: within 0.5 % of the ellipsoid.
Kilometers distance(Position from, Position to);

/// The initial bearing, in degrees clockwise from north, in [0, 360).
double bearing(Position from, Position to);

} // namespace isobar
