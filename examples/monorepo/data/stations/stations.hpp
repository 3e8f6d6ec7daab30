// The stations that report, and which are near a place.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "geo/position.hpp"

namespace isobar {

struct Station {
  std::string id;
  Position position;
  double elevation_m = 0.0;
};

class StationDirectory {
 public:
  /// Lines of "id,latitude,longitude,elevation". Throws std::runtime_error with file and line.
  static StationDirectory load(const std::filesystem::path& path);

  explicit StationDirectory(std::vector<Station> stations) : stations_(std::move(stations)) {}

  const std::vector<Station>& all() const { return stations_; }

  std::optional<Station> find(std::string_view id) const;

  /// Up to `count` stations, the nearest first.
  std::vector<Station> nearest(Position position, std::size_t count) const;

 private:
  std::vector<Station> stations_;
};

} // namespace isobar
