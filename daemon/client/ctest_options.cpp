// Takes arguments apart by the table of options.
#include "daemon/client/ctest_options.hpp"

#include "analyzer/ingest/cmake_values.hpp"
#include "analyzer/report/suggestion.hpp"
#include "daemon/client/ctest_option_table.hpp"
#include "daemon/client/environment_variable.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <string_view>
#include <utility>
#include <vector>

namespace winnow::client {

namespace {

bool contains(std::span<const std::string_view> names, std::string_view name)
{
  return std::ranges::find(names, name) != names.end();
}

/// Definitions are for scripts and dashboards, too, and ctest knows many pages of help.
bool is_delegated(std::string_view name)
{
  return name.starts_with("-D") || name.starts_with("--help-") ||
         contains(delegated_ctest_options(), name);
}

Error unknown(std::string_view name)
{
  std::vector<std::string> words;
  const auto delegated = delegated_ctest_options();
  words.insert(words.end(), delegated.begin(), delegated.end());
  for (const CTestOption& option : ctest_option_table()) {
    for (const std::string_view word : {option.short_name, option.long_name}) {
      if (!word.empty()) {
        words.emplace_back(word);
      }
    }
  }
  std::string message = fmt::format("{} is no option of ctest", name);
  if (const std::string meant = report::nearest(name, words); !meant.empty()) {
    message += fmt::format("; did you mean {}?", meant);
  }
  return user_error(std::move(message));
}

/// An argument taken apart: an option and the value that is written onto it.
struct Word {
  std::string_view name;
  std::optional<std::string_view> attached;
};

Word taken_apart(std::string_view argument)
{
  if (argument.starts_with("--")) {
    const std::size_t equals = argument.find('=');
    if (equals != std::string_view::npos) {
      return {argument.substr(0, equals), argument.substr(equals + 1)};
    }
  } else if (argument.starts_with("-j") && argument.size() > 2) {
    return {"-j", argument.substr(2)};
  }
  return {argument, std::nullopt};
}

bool is_number(std::string_view text)
{
  return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
}

Result<CTestOptions> defaults_from(std::span<const std::string> environment)
{
  CTestOptions options;
  if (const auto level = variable_of(environment, "CTEST_PARALLEL_LEVEL");
      level && !level->empty()) {
    if (const CTestObjection objection = set_ctest_jobs(options, *level); !objection.empty()) {
      return user_error("CTEST_PARALLEL_LEVEL: " + objection);
    }
  }
  if (const auto output = variable_of(environment, "CTEST_OUTPUT_ON_FAILURE")) {
    options.output_on_failure = !ingest::is_off(*output);
  }
  if (const auto progress = variable_of(environment, "CTEST_PROGRESS_OUTPUT")) {
    options.progress = !ingest::is_off(*progress);
  }
  if (const auto action = variable_of(environment, "CTEST_NO_TESTS_ACTION");
      action && !action->empty()) {
    if (const CTestObjection objection = set_ctest_no_tests(options, *action); !objection.empty()) {
      return user_error("CTEST_NO_TESTS_ACTION: " + objection);
    }
  }
  return options;
}

} // namespace

Result<CTestOptions> parse_ctest_options(std::span<const std::string> arguments,
                                         std::span<const std::string> environment)
{
  Result<CTestOptions> options = defaults_from(environment);
  if (!options) {
    return options;
  }
  for (std::size_t at = 0; at < arguments.size(); ++at) {
    if (arguments[at] == "--") {
      options->for_tests.assign(arguments.begin() + static_cast<std::ptrdiff_t>(at) + 1,
                                arguments.end());
      break;
    }
    const auto [name, attached] = taken_apart(arguments[at]);
    if (is_delegated(name)) {
      options->mode = CTestMode::delegate;
      return options;
    }
    const auto known = ctest_option_table();
    const auto option = std::ranges::find_if(known, [&](const CTestOption& candidate) {
      return !name.empty() && (candidate.short_name == name || candidate.long_name == name);
    });
    if (option == known.end()) {
      return unknown(name);
    }
    std::string_view value = attached.value_or("");
    const bool more = at + 1 < arguments.size();
    if (option->takes == CTestOption::Takes::nothing && attached) {
      return user_error(fmt::format("{} takes no value", name));
    }
    if (option->takes == CTestOption::Takes::value && !attached) {
      if (!more) {
        return user_error(fmt::format("{} needs a value", name));
      }
      value = arguments[++at];
    } else if (option->takes == CTestOption::Takes::number_if_there && !attached && more &&
               is_number(arguments[at + 1])) {
      value = arguments[++at];
    }
    if (const CTestObjection objection = option->apply(*options, value); !objection.empty()) {
      return user_error(fmt::format("{}: {}", name, objection));
    }
  }
  return options;
}

std::string ctest_help()
{
  constexpr std::string_view values[] = {"", " VALUE", "=VALUE", " [N]"};
  std::string text = "Runs the tests of a build tree, with ctest's arguments, lines and files\n"
                     "Usage: winnow ctest [OPTIONS]\n\nOptions:\n";
  for (const CTestOption& option : ctest_option_table()) {
    const bool both = !option.short_name.empty() && !option.long_name.empty();
    const std::string names =
        fmt::format("{}{}{}{}", option.short_name, both ? "," : "", option.long_name,
                    values[static_cast<std::size_t>(option.takes)]);
    fmt::format_to(std::back_inserter(text), "  {:<29} {}\n", names, option.meaning);
  }
  return text;
}

} // namespace winnow::client
