// Every report of every file in the directory given decodes completely.
#include <filesystem>
#include <fstream>
#include <iostream>

#include "checks/checks.hpp"
#include "metar/metar.hpp"

using namespace isobar;

int main(int argc, char** argv)
{
  const Instant now = parse_instant("2026-03-01T13:00Z").value();
  int reports = 0;
  for (const auto& entry : std::filesystem::directory_iterator(argc > 1 ? argv[1] : ".")) {
    std::ifstream file(entry.path());
    for (std::string line; std::getline(file, line); ++reports) {
      const auto report = decode_metar(line, now);
      const bool complete = report && report->wind && report->temperature && report->pressure;
      if (!complete) {
        std::cerr << entry.path().string() << ": " << line << '\n';
      }
      CHECK(complete);
    }
  }
  CHECK(reports > 0);
  return checks::result();
}
