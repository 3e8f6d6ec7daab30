// Registers the verbs, parses, and turns the outcome into an exit code.
#include "daemon/client/command_line.hpp"

#include "analyzer/report/suggestion.hpp"
#include "daemon/client/verb.hpp"
#include "daemon/client/verb_ctest.hpp"

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <fmt/format.h>
#include <system_error>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <iostream>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "version.hpp"

namespace winnow::client {
namespace {

constexpr int code(ExitCode exit_code)
{
  return static_cast<int>(exit_code);
}

/// Every word that could stand where an unknown one does: verbs, and the options of the verb given.
std::vector<std::string> known_words(const CLI::App& app)
{
  std::vector<std::string> words;
  const auto collect = [&](const CLI::App& from) {
    for (const CLI::App* verb : from.get_subcommands([](const CLI::App*) { return true; })) {
      words.push_back(verb->get_name());
    }
    for (const CLI::Option* option : from.get_options()) {
      for (const std::string& name : option->get_lnames()) {
        words.push_back("--" + name);
      }
    }
  };
  collect(app);
  for (const CLI::App* verb : app.get_subcommands()) {
    collect(*verb);
    for (const CLI::App* below : verb->get_subcommands()) {
      collect(*below);
    }
  }
  return words;
}

std::string unknown_word(const CLI::App& app)
{
  for (const std::string& word : app.remaining(true)) {
    const std::string name = word.substr(0, word.find('='));
    std::string message = fmt::format("{} is not known here", name);
    if (const std::string meant = report::nearest(name, known_words(app)); !meant.empty()) {
      message += fmt::format("; did you mean {}?", meant);
    }
    return message;
  }
  return {};
}

int refuse(const std::string& message)
{
  fmt::print(stderr, "winnow: {}\nTry `winnow --help`.\n", message);
  return code(ExitCode::wrong_usage);
}

/// The library knows no short option of two letters, and would take `-LE x` for `-L E x`.
std::vector<std::string> with_long_names(int argc, char** argv)
{
  std::vector<std::string> words(argv + 1, argv + argc);
  for (std::string& word : words) {
    if (word == "--") {
      break;
    }
    if (word == "-LE" || word.starts_with("-LE=")) {
      word.insert(0, 1, '-');
    }
  }
  return words;
}

/// The exit code, unless what was printed did not arrive: half an answer is none.
int delivered(int exit_code)
{
  std::cout.flush();
  if (std::cout.good() && std::fflush(stdout) == 0 && std::ferror(stdout) == 0) {
    return exit_code;
  }
  fmt::print(stderr, "winnow: standard output cannot be written to: {}\n",
             std::generic_category().message(errno));
  return code(ExitCode::unavailable);
}

/// ctest's own grammar, which is not that of the other verbs.
int run_as_ctest(const std::vector<std::string>& arguments)
{
  const Result<int> done = run_ctest(arguments);
  if (done.has_error()) {
    fmt::print(stderr, "winnow: {}\n", done.error().message);
    return code(meaning_of(done.error().kind).exit_code);
  }
  return *done;
}

/// By a link of that name, for what calls ctest by its path.
bool is_called_ctest(std::string_view program)
{
  return program.substr(program.rfind('/') + 1) == "ctest";
}

int carry_out_command_line(int argc, char** argv)
{
  if (is_called_ctest(argc > 0 ? argv[0] : "")) {
    return run_as_ctest({argv + 1, argv + argc});
  }
  if (argc > 1 && std::string_view(argv[1]) == "ctest") {
    return run_as_ctest({argv + 2, argv + argc});
  }
  CLI::App app("Runs the tests a change can affect, as fast as the machine allows.", "winnow");
  app.set_version_flag("--version", "winnow " WINNOW_VERSION);
  app.require_subcommand(0, 1);
  app.allow_extras();
  Invocation invocation;
  add_affected(app, invocation);
  add_why(app, invocation);
  add_changed(app, invocation);
  add_list(app, invocation);
  add_graph(app, invocation);
  add_split(app, invocation);
  add_merge(app, invocation);
  add_build(app, invocation);
  add_run(app, invocation);
  app.add_subcommand("ctest", "Takes ctest's arguments, runs its tests, prints its lines");
  add_status(app, invocation);
  add_logs(app, invocation);
  add_flaky(app, invocation);
  add_history(app, invocation);
  add_cancel(app, invocation);
  add_daemon(app, invocation);
  add_doctor(app, invocation);
  add_init(app, invocation);
  for (CLI::App* verb : app.get_subcommands([](const CLI::App*) { return true; })) {
    verb->allow_extras();
  }
  try {
    std::vector<std::string> words = with_long_names(argc, argv);
    std::ranges::reverse(words); // as the library wants them
    app.parse(std::move(words));
  } catch (const CLI::CallForHelp& help) {
    return app.exit(help);
  } catch (const CLI::CallForAllHelp& help) {
    return app.exit(help);
  } catch (const CLI::CallForVersion& version) {
    return app.exit(version);
  } catch (const CLI::ParseError& error) {
    return refuse(error.what());
  }
  if (const std::string unknown = unknown_word(app); !unknown.empty()) {
    return refuse(unknown);
  }
  if (!invocation.action) {
    fmt::print("{}", app.help());
    return code(ExitCode::wrong_usage);
  }
  const Result<ExitCode> done = invocation.action();
  if (done.has_error()) {
    fmt::print(stderr, "winnow: {}\n", done.error().message);
    return code(meaning_of(done.error().kind).exit_code);
  }
  return code(*done);
}

} // namespace

int run_command_line(int argc, char** argv)
{
  try {
    return delivered(carry_out_command_line(argc, argv));
  } catch (const std::system_error&) {
    if (std::ferror(stdout) == 0) {
      throw;
    }
    return delivered(0); // which says what is wrong
  }
}

} // namespace winnow::client
