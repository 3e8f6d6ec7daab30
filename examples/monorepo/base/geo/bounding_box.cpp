#include "geo/bounding_box.hpp"

#include <algorithm>

namespace isobar {

bool contains(const BoundingBox& box, Position position)
{
  return box.south_west.latitude <= position.latitude &&
         position.latitude <= box.north_east.latitude &&
         box.south_west.longitude <= position.longitude &&
         position.longitude <= box.north_east.longitude;
}

BoundingBox extended(const BoundingBox& box, Position position)
{
  return {{std::min(box.south_west.latitude, position.latitude),
           std::min(box.south_west.longitude, position.longitude)},
          {std::max(box.north_east.latitude, position.latitude),
           std::max(box.north_east.longitude, position.longitude)}};
}

} // namespace isobar
