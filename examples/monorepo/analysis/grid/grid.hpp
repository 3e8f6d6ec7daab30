// A field of values over a bounding box, in rows from south to north.
#pragma once

#include <span>
#include <vector>

#include "geo/bounding_box.hpp"

namespace isobar {

/// At least two rows and two columns; the corners lie on the corners of the box.
template <class Value>
class Grid {
 public:
  Grid(BoundingBox box, int rows, int columns, Value initial = {})
      : box_(box),
        rows_(rows),
        columns_(columns),
        values_(static_cast<std::size_t>(rows) * static_cast<std::size_t>(columns), initial)
  {}

  int rows() const { return rows_; }

  int columns() const { return columns_; }

  const BoundingBox& box() const { return box_; }

  Value& at(int row, int column) { return values_[index(row, column)]; }

  const Value& at(int row, int column) const { return values_[index(row, column)]; }

  std::span<const Value> values() const { return values_; }

  Position position(int row, int column) const
  {
    const auto between = [](double from, double to, int step, int steps) {
      return from + (to - from) * step / (steps - 1);
    };
    return {between(box_.south_west.latitude, box_.north_east.latitude, row, rows_),
            between(box_.south_west.longitude, box_.north_east.longitude, column, columns_)};
  }

 private:
  std::size_t index(int row, int column) const
  {
    return static_cast<std::size_t>(row) * static_cast<std::size_t>(columns_) +
           static_cast<std::size_t>(column);
  }

  BoundingBox box_;
  int rows_;
  int columns_;
  std::vector<Value> values_;
};

} // namespace isobar
