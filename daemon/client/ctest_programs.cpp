// Keeps what was found.
#include "daemon/client/ctest_programs.hpp"

#include "daemon/client/ctest_program.hpp"

#include <cstdlib>
#include <filesystem>
#include <utility>

namespace winnow::client {

CTestPrograms::CTestPrograms(std::string configuration, std::string build_dir)
    : configuration_(std::move(configuration)), build_dir_(std::move(build_dir))
{
  if (const char* const path = std::getenv("PATH")) {
    search_path_ = path;
  }
}

std::optional<std::string> CTestPrograms::program_of(const TestDescription& test)
{
  const std::string& word = test.command.front();
  if (word == "NOT_AVAILABLE") { // in this configuration; ctest looks for nothing
    return word;
  }
  const std::string& directory =
      has_directory(test) ? test.properties->working_directory : build_dir_;
  const bool anywhere = word.starts_with('/');
  const auto [at, added] = programs_.try_emplace(anywhere ? word : directory + '\n' + word);
  if (added) {
    at->second = ctest_program(word, configuration_, directory, search_path_);
  }
  return at->second;
}

bool CTestPrograms::has_directory(const TestDescription& test)
{
  const auto [at, added] = directories_.try_emplace(test.properties->working_directory);
  if (added) {
    std::error_code error;
    at->second = std::filesystem::is_directory(at->first, error);
  }
  return at->second;
}

} // namespace winnow::client
