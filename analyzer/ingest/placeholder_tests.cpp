// By the names that CMake's discovery modules use.
#include "analyzer/ingest/placeholder_tests.hpp"

#include <string_view>

namespace winnow::ingest {

bool is_placeholder(const TestDescription& test)
{
  static constexpr std::string_view mark = "_NOT_BUILT";
  const std::size_t at = test.key.name.rfind(mark);
  if (at == std::string::npos || test.command.size() != 1 || test.command[0] != test.key.name) {
    return false;
  }
  const std::string_view rest = std::string_view(test.key.name).substr(at + mark.size());
  return rest.empty() || rest.starts_with('-');
}

bool adds_placeholder(const CMakeCommand& command)
{
  return command.name == "add_test" && command.arguments.size() == 2 &&
         command.arguments[0].text.find("_NOT_BUILT") != std::string::npos;
}

bool discovers(const CMakeCommand& command)
{
  return command.name.ends_with("_discover_tests_impl");
}

} // namespace winnow::ingest
