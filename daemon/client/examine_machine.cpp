// Looks at what the machine has to build and run tests with.
#include "daemon/client/examination.hpp"

#include <fmt/format.h>

#include <unistd.h>

#include <cstdlib>
#include <string>
#include <string_view>

namespace winnow::client {
namespace {

bool on_path(std::string_view program)
{
  const char* path = std::getenv("PATH");
  std::string_view rest = path == nullptr ? "" : path;
  while (!rest.empty()) {
    const std::size_t end = std::min(rest.find(':'), rest.size());
    const std::string candidate = fmt::format("{}/{}", rest.substr(0, end), program);
    if (::access(candidate.c_str(), X_OK) == 0) {
      return true;
    }
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  return false;
}

void examine_tools(Diagnosis& diagnosis)
{
  diagnosis.checked.emplace_back("tools");
  std::vector<std::string> missing;
  for (const char* program : {"cmake", "ninja", "git"}) {
    if (!on_path(program)) {
      missing.emplace_back(program);
    }
  }
  if (!missing.empty()) {
    diagnosis.findings.push_back(
        {"tools", Severity::problem, "programs that Winnow calls are missing",
         "no directory of PATH has them",
         fmt::format("install {}, or add their directory to PATH", fmt::join(missing, " and ")),
         missing});
  }
}

} // namespace

void examine_machine(Diagnosis& diagnosis)
{
  examine_tools(diagnosis);
}

} // namespace winnow::client
