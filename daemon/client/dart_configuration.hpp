// DartConfiguration.tcl of a build tree, which only include(CTest) writes.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <vector>

namespace winnow::client {

/// What is not in the file is as ctest has it without one.
struct DartConfiguration {
  std::string build_name;
  std::string site;
  double timeout_s = 10'000'000;        ///< TimeOut: of tests without TIMEOUT
  std::vector<std::string> subprojects; ///< LabelsForSubprojects: labels that stand for one
};

/// A tree without the file is nothing special. Entries that are `overwritten` are not the file's.
DartConfiguration
read_dart_configuration(const std::string& build_dir,
                        const std::map<std::string, std::string, std::less<>>& overwritten);

} // namespace winnow::client
