// Reads lines of "Name: value".
#include "daemon/client/dart_configuration.hpp"

#include "analyzer/ingest/cmake_values.hpp"

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <string_view>

namespace winnow::client {

namespace {

void set_entry(DartConfiguration& configuration, std::string_view name, const std::string& value)
{
  if (name == "BuildName") {
    configuration.build_name = value;
  } else if (name == "Site") {
    configuration.site = value;
  } else if (name == "TimeOut") {
    const double seconds = std::strtod(value.c_str(), nullptr);
    configuration.timeout_s = seconds > 0 ? seconds : configuration.timeout_s;
  } else if (name == "LabelsForSubprojects") {
    configuration.subprojects = ingest::expand_list(value);
  }
}

} // namespace

DartConfiguration
read_dart_configuration(const std::string& build_dir,
                        const std::map<std::string, std::string, std::less<>>& overwritten)
{
  DartConfiguration configuration;
  std::ifstream file(build_dir + "/DartConfiguration.tcl");
  for (std::string line; std::getline(file, line);) {
    const std::size_t colon = std::min(line.find(':'), line.size());
    const std::size_t begin = std::min(line.find_first_not_of(" \t", colon + 1), line.size());
    set_entry(configuration, std::string_view(line).substr(0, colon), line.substr(begin));
  }
  for (const auto& [name, value] : overwritten) {
    set_entry(configuration, name, value);
  }
  return configuration;
}

} // namespace winnow::client
