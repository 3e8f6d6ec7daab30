#include "stations/stations.hpp"

#include <algorithm>
#include <fstream>
#include <stdexcept>

#include "geo/distance.hpp"
#include "text/text.hpp"

namespace isobar {

namespace {

std::optional<Station> parse_station(std::string_view line)
{
  const auto fields = split(line, ',');
  if (fields.size() != 4) {
    return std::nullopt;
  }
  const auto latitude = parse_decimal(fields[1]);
  const auto longitude = parse_decimal(fields[2]);
  const auto elevation = parse_decimal(fields[3]);
  if (!latitude || !longitude || !elevation) {
    return std::nullopt;
  }
  return Station{std::string(fields[0]), {*latitude, *longitude}, *elevation};
}

} // namespace

StationDirectory StationDirectory::load(const std::filesystem::path& path)
{
  std::ifstream file(path);
  if (!file) {
    throw std::runtime_error(path.string() + ": cannot be read");
  }
  std::vector<Station> stations;
  std::string line;
  for (int number = 1; std::getline(file, line); ++number) {
    const auto station = parse_station(trim(line));
    if (!station) {
      throw std::runtime_error(path.string() + ":" + std::to_string(number) + ": no station");
    }
    stations.push_back(*station);
  }
  return StationDirectory(std::move(stations));
}

std::optional<Station> StationDirectory::find(std::string_view id) const
{
  const auto found = std::ranges::find(stations_, id, &Station::id);
  return found == stations_.end() ? std::nullopt : std::optional(*found);
}

std::vector<Station> StationDirectory::nearest(Position position, std::size_t count) const
{
  std::vector<Station> sorted = stations_;
  const auto end = sorted.begin() + static_cast<std::ptrdiff_t>(std::min(count, sorted.size()));
  std::ranges::partial_sort(sorted, end, {}, [position](const Station& station) {
    return distance(position, station.position);
  });
  sorted.erase(end, sorted.end());
  return sorted;
}

} // namespace isobar
