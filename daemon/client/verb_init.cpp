// winnow init: writes a starting winnow.json.
#include "daemon/client/build_options.hpp"
#include "daemon/client/project_settings.hpp"
#include "daemon/client/verb.hpp"

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <fmt/format.h>

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

namespace winnow::client {
namespace {

namespace fs = std::filesystem;

/// Says nothing yet: every example is a comment, and is right once its slashes are taken away.
constexpr std::string_view starting_settings = R"({
  // Settings of Winnow for this project, in JSON with comments; the examples are comments, too.
  // For completion in an editor let "$schema" name share/winnow/winnow.schema.json of the installed
  // Winnow. What a CMakeLists.txt can say (winnow_test_inputs, …) stands better there.
  "selection": {
    // What a change of certain files means; the first rule that matches a file counts. Patterns are
    // those of a .gitignore. No rule overrides what the build or a test is known to read.
    "rules": [
      // {"pattern": "docs/**", "ignore": true},
      // {"patterns": ["schema/*.sql", "migrations/"], "affects": {"labels": ["database"]}},
      // {"pattern": "tools/lint.json", "affects": {"tests": ["lint.*"], "directories": ["tools/"]}},
      // {"pattern": "toolchain/", "affects": "everything"},
      // {"pattern": "docs/examples.md", "ignore": false},
    ],

    // The rules that hold without being told, and what each selects: nothing, part (the tests of the
    // nearest directory around the file whose inputs are not closed) or everything.
    // "shipped_rules": {
    //   "harmless_files": "nothing", // prose, licences, settings of CI and editors
    //   "unbuilt_files": "part",     // no build input, in a directory that has tests
    //   "unnamed_files": "nothing",  // not compiled, or of other languages, and named by nothing
    //   "shared_data": "part",       // data that others read, whose name a test's sources have
    //   "staged_files": "part",      // data that building or configuring only puts elsewhere
    //   "plugins": "part",           // libraries that nobody links
    //   "programs": "nothing",       // programs that no test runs
    // },

    // Tests that read nothing but what is known of them, and tests that may read more.
    // "closed": {"labels": ["unit"]},
    // "opaque": {"tests": ["install.*"]},

    // What changes with every commit and means nothing to tests.
    // "volatile": {"definitions": ["GIT_*"], "build_files": ["generated/version.h"]},
  },

  // How `winnow run` runs single tests; the first rule that names a test counts.
  "run": {
    "rules": [
      // {"tests": ["net.handshake"], "retries": 0},
      // {"labels": ["network"], "retries": {"count": 3, "delay": "1s", "max_delay": "30s"}},
    ],
  },
}
)";

struct Options {
  BuildOptions build;
};

/// Of the build tree, if one is meant or at hand; else the current directory, which must be one.
Result<std::string> source_root(const Options& options)
{
  const Result<std::string> build = build_directory(options.build);
  if (build.has_value()) {
    const Result<ingest::BuildTree> tree = ingest::open_build_tree(*build);
    if (tree.has_error()) {
      return tree.error();
    }
    return tree->roots.source;
  }
  if (!options.build.build_dir.empty() || !options.build.preset.empty()) {
    return build.error();
  }
  const fs::path here = fs::current_path();
  if (!fs::exists(here / "CMakeLists.txt")) {
    return user_error(
        fmt::format("{} is no source root: it has no CMakeLists.txt; go there, or name "
                    "its build tree with -B DIR",
                    here.string()));
  }
  return here.string();
}

Result<void> write_new(const std::string& path, std::string_view text)
{
  const int file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
  if (file < 0 && errno == EEXIST) {
    return user_error(fmt::format("{} is there already and stays as it is", path));
  }
  const bool written =
      file >= 0 && ::write(file, text.data(), text.size()) == static_cast<ssize_t>(text.size());
  const int cause = errno;
  const bool closed = file >= 0 && ::close(file) == 0;
  if (!written || !closed) {
    return environment_error(fmt::format("cannot write {}: {}", path, std::strerror(cause)));
  }
  return {};
}

Result<ExitCode> carry_out(const Options& options)
{
  const Result<std::string> root = source_root(options);
  if (root.has_error()) {
    return root.error();
  }
  const std::string path = settings_path({*root, {}});
  if (const Result<void> written = write_new(path, starting_settings); written.has_error()) {
    return written.error();
  }
  if (options.build.verbosity >= 0) {
    fmt::print("Wrote {}; commit it. `winnow doctor` says what else is missing.\n", path);
  }
  return ExitCode::passed;
}

} // namespace

void add_init(CLI::App& app, Invocation& invocation)
{
  auto options = std::make_shared<Options>();
  CLI::App* verb = app.add_subcommand("init", "Write a starting winnow.json at the source root");
  add_build_options(*verb, options->build);
  verb->callback(
      [options, &invocation] { invocation.action = [options] { return carry_out(*options); }; });
}

} // namespace winnow::client
