#include "archive/archive.hpp"

#include <fstream>
#include <map>
#include <utility>

#include "text/text.hpp"

namespace isobar {

namespace {

ArchivedObservation parse_line(std::string_view line, const std::string& where)
{
  const auto fields = split(line, ',');
  if (fields.size() != 5) {
    throw ArchiveError(where + ": expected 5 fields, found " + std::to_string(fields.size()));
  }
  const auto taken_at = parse_instant(fields[1]);
  if (!taken_at) {
    throw ArchiveError(where + ": no instant: '" + std::string(fields[1]) + "'");
  }
  const auto number = [&](std::size_t index) {
    const auto value = parse_decimal(fields[index]);
    if (!value) {
      throw ArchiveError(where + ": no number: '" + std::string(fields[index]) + "'");
    }
    return *value;
  };
  return {std::string(fields[0]), *taken_at, {number(2)}, {number(3)}, {number(4)}};
}

std::string format_line(const ArchivedObservation& observation)
{
  return observation.station + ',' + format_instant(observation.taken_at) + ',' +
         format_decimal(observation.temperature.value, 1) + ',' +
         format_decimal(observation.pressure.value, 1) + ',' +
         format_decimal(observation.wind.value, 1) + '\n';
}

} // namespace

std::vector<ArchivedObservation> read_archive(const std::filesystem::path& path)
{
  std::ifstream file(path);
  if (!file) {
    throw ArchiveError(path.string() + ": cannot be read");
  }
  std::vector<ArchivedObservation> observations;
  std::string line;
  for (int number = 1; std::getline(file, line); ++number) {
    const auto content = trim(line);
    if (!content.empty() && content.front() != '#') {
      observations.push_back(parse_line(content, path.string() + ":" + std::to_string(number)));
    }
  }
  return observations;
}

void append_to_archive(const std::filesystem::path& path, const ArchivedObservation& observation)
{
  std::ofstream file(path, std::ios::app);
  file << format_line(observation);
  if (!file.flush()) {
    throw ArchiveError(path.string() + ": cannot be written");
  }
}

std::size_t compact_archive(const std::filesystem::path& path)
{
  const auto observations = read_archive(path);
  std::map<std::pair<std::string, Instant>, ArchivedObservation> kept;
  for (const ArchivedObservation& observation : observations) {
    kept.insert_or_assign({observation.station, observation.taken_at}, observation);
  }
  std::ofstream file(path, std::ios::trunc);
  for (const auto& [key, observation] : kept) {
    file << format_line(observation);
  }
  if (!file.flush()) {
    throw ArchiveError(path.string() + ": cannot be written");
  }
  return observations.size() - kept.size();
}

} // namespace isobar
