// Writes variables in the forms of CI systems.
#include "analyzer/report/ci_variable.hpp"

#include "analyzer/report/path_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>

namespace winnow::report {
std::string azure_text(std::string_view value)
{
  std::string text;
  for (const char c : value) {
    switch (c) {
    case '%':
      text += "%AZP25";
      break;
    case '\r':
      text += "%0D";
      break;
    case '\n':
      text += "%0A";
      break;
    default:
      text += c;
    }
  }
  return text;
}

Result<void> check_variable_name(std::string_view name)
{
  const auto fits = [](unsigned char c) { return std::isalnum(c) != 0 || c == '_'; };
  if (!name.empty() && std::isdigit(static_cast<unsigned char>(name.front())) == 0 &&
      std::ranges::all_of(name, fits)) {
    return {};
  }
  return user_error(fmt::format("\"{}\" is no name of a variable: letters, digits and underscores, "
                                "no digit in front",
                                name_text(name)));
}

std::string azure_variable(std::string_view name, std::string_view value, Reach reach)
{
  return fmt::format("##vso[task.setvariable variable={}{}]{}\n", name,
                     reach == Reach::jobs ? ";isOutput=true" : "", azure_text(value));
}

std::string variable_line(std::string_view name, std::string_view value)
{
  return fmt::format("{}={}\n", name, value);
}

} // namespace winnow::report
