// Which tests are run again, as the command line says it.
#pragma once

#include "analyzer/model/error.hpp"
#include "analyzer/model/repeat.hpp"

#include <optional>
#include <string>

namespace CLI {
class App;
}

namespace winnow::client {

struct RepeatOptions {
  std::string retries; ///< as given; "" if it was not
  std::string repeat;  ///< the same
};

/// --retries and --repeat, of which there can be one; what they cannot mean is wrong usage.
void add_repeat_options(CLI::App& verb, RepeatOptions& options);

/// What they say; nothing where nothing was said.
std::optional<Repeat> repeat_from(const RepeatOptions& options);

/// "3": at once; "3:2s": after 2 s each; "3:1s..30s": after a second that doubles up to 30.
Result<Repeat> repeat_of_retries(const std::string& text);

} // namespace winnow::client
