// Fuzzes preset files, with what they include and inherit, and the options of ctest they stand for.
#include "daemon/client/ctest_options.hpp"
#include "daemon/client/ctest_preset.hpp"
#include "daemon/client/presets.hpp"
#include "tests/fuzz/fuzz_input.hpp"

#include <cstdlib>

using namespace winnow;

/// Lines "%%" stand between CMakePresets.json, more.json, which it may include, and
/// CMakeUserPresets.json.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
  static const tests::FuzzDirectory directory;
  static const std::vector<std::string> environment{"HOME=/home", "EMPTY="};
  const auto [project, rest] = tests::cut(tests::text_of(data, size), "\n%%\n");
  const auto [more, user] = tests::cut(rest, "\n%%\n");
  directory.write("CMakePresets.json", project);
  directory.write("more.json", more);
  if (user.empty()) {
    std::filesystem::remove(directory.path() + "/CMakeUserPresets.json");
  } else {
    directory.write("CMakeUserPresets.json", user);
  }
  const client::PresetPlace place{directory.path(), ""};
  const auto presets = client::read_presets(place, environment);
  if (!presets) {
    // Whoever wrote the file is told where to look.
    if (presets.error().kind != ErrorKind::user ||
        presets.error().message.find(directory.path()) == std::string::npos) {
      std::abort();
    }
    return 0;
  }
  for (const client::Preset& configure : presets->configure) {
    (void)client::build_directory_of(configure, place);
  }
  for (const client::Preset& test : presets->test) {
    (void)client::parse_ctest_options(client::ctest_arguments_of(test, "/build"), environment);
  }
  (void)client::preset_list(presets->test, "test");
  return 0;
}
