// A number a line.
#include "daemon/client/ctest_checkpoint.hpp"

#include <system_error>

#include <charconv>
#include <filesystem>

namespace winnow::client {

namespace {

std::string path_in(const std::string& build_dir)
{
  return build_dir + "/Testing/Temporary/CTestCheckpoint.txt";
}

} // namespace

std::set<std::uint32_t> read_ctest_checkpoint(const std::string& build_dir)
{
  std::set<std::uint32_t> numbers;
  std::ifstream file(path_in(build_dir));
  for (std::string line; std::getline(file, line);) {
    std::uint32_t number = 0;
    if (std::from_chars(line.data(), line.data() + line.size(), number).ec == std::errc()) {
      numbers.insert(number);
    }
  }
  return numbers;
}

CTestCheckpoint::CTestCheckpoint(const std::string& build_dir, CTestResume resume)
    : path_(path_in(build_dir))
{
  if (resume == CTestResume::begin_anew) {
    remove();
  }
}

void CTestCheckpoint::done(std::uint32_t number)
{
  if (!file_.is_open()) {
    file_.open(path_, std::ios::app);
  }
  file_ << number << '\n' << std::flush; // one write, so that a killed run leaves whole lines
}

void CTestCheckpoint::remove()
{
  file_.close();
  std::error_code absent;
  std::filesystem::remove(path_, absent);
}

} // namespace winnow::client
