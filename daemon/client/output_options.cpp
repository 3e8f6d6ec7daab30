// Registers --format, --color and -0.
#include "daemon/client/output_options.hpp"

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <CLI/Validators.hpp>

#include <unistd.h>

#include <cstdlib>
#include <utility>

namespace winnow::client {

void add_output_options(CLI::App& verb, OutputOptions& options, std::vector<std::string> formats)
{
  options.format = formats.front();
  verb.add_option("--format", options.format, "How to print the answer")
      ->check(CLI::IsMember(std::move(formats)));
  verb.add_flag("-0,--null", options.nul, "End names with NUL");
  add_color_option(verb, options);
}

void add_color_option(CLI::App& verb, OutputOptions& options)
{
  verb.add_option("--color", options.color, "When to use colours")
      ->check(CLI::IsMember({"auto", "always", "never"}));
}

report::Separator separator(const OutputOptions& options)
{
  return options.nul ? report::Separator::nul : report::Separator::line;
}

report::Color color(const OutputOptions& options)
{
  const bool wanted = options.color == "auto"
                          ? ::isatty(STDOUT_FILENO) == 1 && std::getenv("NO_COLOR") == nullptr
                          : options.color == "always";
  return wanted ? report::Color::always : report::Color::never;
}

} // namespace winnow::client
