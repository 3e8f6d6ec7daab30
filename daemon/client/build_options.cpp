// -B, --preset, -C and where they lead.
#include "daemon/client/build_options.hpp"

#include "daemon/client/presets.hpp"

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <fmt/format.h>

#include <filesystem>

namespace winnow::client {
namespace {

bool is_build_tree(const std::filesystem::path& directory)
{
  std::error_code ignored;
  return std::filesystem::exists(directory / "CMakeCache.txt", ignored);
}

} // namespace

void add_build_options(CLI::App& verb, BuildOptions& options)
{
  verb.add_option("-B,--build-dir", options.build_dir,
                  "The build tree (default: the current directory if it is one, else ./build)");
  verb.add_option("--preset", options.preset, "The configure preset whose build tree is meant");
  verb.add_option("-C,--config", options.configuration, "The configuration of a multi-config tree");
  verb.add_flag_callback(
      "--no-configure", [&options] { options.configure = Configure::never; },
      "Never run CMake, not even where the build tree is out of date");
  verb.add_flag_callback(
      "-q,--quiet", [&options] { options.verbosity = -1; }, "Print results only");
  verb.add_flag_callback(
      "-v,--verbose", [&options] { options.verbosity = 1; }, "Say more about what is done");
}

Result<std::string> build_directory(const BuildOptions& options)
{
  if (!options.build_dir.empty()) {
    return options.build_dir;
  }
  if (!options.preset.empty()) {
    return preset_build_directory(std::filesystem::current_path().string(), options.preset);
  }
  if (is_build_tree(".")) {
    return std::string(".");
  }
  if (is_build_tree("build")) {
    return std::string("build");
  }
  return user_error(fmt::format("no build tree: neither {} nor its directory build has a "
                                "CMakeCache.txt; name one with -B DIR or configure one with "
                                "`cmake -G Ninja -B build`",
                                std::filesystem::current_path().string()));
}

} // namespace winnow::client
