// The command-line program: decodes reports, sums up archives, finds warnings.
#include <fstream>
#include <iostream>

#include "alert/rule.hpp"
#include "archive/archive.hpp"
#include "metar/metar.hpp"
#include "statistics/statistics.hpp"
#include "text/text.hpp"

namespace {

using namespace isobar;

int decode(const std::string& text)
{
  const auto now = std::chrono::floor<std::chrono::minutes>(std::chrono::system_clock::now());
  const auto report = decode_metar(text, now);
  if (!report || !report->temperature || !report->pressure || !report->wind) {
    std::cerr << "isobar: incomplete report: " << text << '\n';
    return 1;
  }
  std::cout << report->station << "  " << format_instant(report->taken_at) << "  "
            << format_decimal(report->temperature->value, 1) << " C  "
            << format_decimal(report->pressure->value, 1) << " hPa  "
            << format_decimal(report->wind->speed.value, 1) << " m/s\n";
  return 0;
}

int summary(const std::string& archive)
{
  std::vector<double> temperatures;
  for (const ArchivedObservation& observation : read_archive(archive)) {
    temperatures.push_back(observation.temperature.value);
  }
  if (temperatures.empty()) {
    std::cout << "no observations\n";
    return 0;
  }
  std::cout << "observations  " << temperatures.size() << '\n'
            << "mean          " << format_decimal(mean(temperatures), 2) << " C\n"
            << "median        " << format_decimal(percentile(temperatures, 0.5), 2) << " C\n"
            << "deviation     " << format_decimal(standard_deviation(temperatures), 2) << " C\n";
  return 0;
}

int warnings(const std::string& rules, const std::string& archive)
{
  const auto observations = read_archive(archive);
  int raised = 0;
  std::ifstream file(rules);
  for (std::string line; std::getline(file, line);) {
    const auto rule = parse_rule(line);
    for (const ArchivedObservation& observation : observations) {
      if (rule &&
          applies(*rule, {observation.temperature, observation.pressure, observation.wind})) {
        std::cout << rule->warning << ": " << observation.station << " at "
                  << format_instant(observation.taken_at) << '\n';
        ++raised;
      }
    }
  }
  if (raised == 0) {
    std::cout << "no warnings\n";
  }
  return 0;
}

} // namespace

int main(int argc, char** argv)
{
  const std::vector<std::string> words(argv + 1, argv + argc);
  try {
    if (words.size() == 2 && words[0] == "decode") {
      return decode(words[1]);
    }
    if (words.size() == 2 && words[0] == "summary") {
      return summary(words[1]);
    }
    if (words.size() == 3 && words[0] == "warnings") {
      return warnings(words[1], words[2]);
    }
  } catch (const std::exception& error) {
    std::cerr << "isobar: " << error.what() << '\n';
    return 1;
  }
  std::cerr << "usage: isobar decode REPORT | summary ARCHIVE | warnings RULES ARCHIVE\n";
  return 2;
}
