// Observations kept in text files, one line each.
#pragma once

#include <filesystem>
#include <stdexcept>
#include <string>
#include <vector>

#include "civil_time/civil_time.hpp"
#include "units/units.hpp"

namespace isobar {

/// One line of an archive: "station,instant,temperature,pressure,wind".
struct ArchivedObservation {
  std::string station;
  Instant taken_at;
  Celsius temperature;
  Hectopascal pressure;
  MetersPerSecond wind;
};

/// What is wrong with an archive, as "file:line: reason".
class ArchiveError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// Every observation in the order of the file; lines that begin with '#' are comments.
std::vector<ArchivedObservation> read_archive(const std::filesystem::path& path);

void append_to_archive(const std::filesystem::path& path, const ArchivedObservation& observation);

/// Keeps the last of several observations of one station at one instant and
/// sorts the rest by station and time. Returns how many were dropped.
std::size_t compact_archive(const std::filesystem::path& path);

} // namespace isobar
