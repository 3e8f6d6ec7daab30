// --format and -0: how a query prints its answer.
#pragma once

#include "analyzer/report/paint.hpp"
#include "analyzer/report/test_names.hpp"

#include <string>
#include <vector>

namespace CLI {
class App;
}

namespace winnow::client {

struct OutputOptions {
  std::string format;         ///< one of those the verb has; the first is the default
  std::string color = "auto"; ///< auto, always, never
  bool nul = false;           ///< -0: names end in NUL instead of a newline
};

/// --format (the first of `formats` is the default), -0 and --color.
void add_output_options(CLI::App& verb, OutputOptions& options, std::vector<std::string> formats);
void add_color_option(CLI::App& verb, OutputOptions& options);

/// What stands after each name.
report::Separator separator(const OutputOptions& options);

/// Whether standard output gets colours: auto means on a terminal, unless NO_COLOR is set.
report::Color color(const OutputOptions& options);

} // namespace winnow::client
