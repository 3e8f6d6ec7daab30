// Where presets put their build trees.
#include "daemon/client/presets.hpp"

#include <boost/test/unit_test.hpp>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>

using winnow::client::preset_build_directory;

namespace {

struct SourceTree {
  SourceTree() { BOOST_REQUIRE(::mkdtemp(path.data()) != nullptr); }

  ~SourceTree() { std::filesystem::remove_all(path); }

  void write(const std::string& name, const std::string& content) const
  {
    std::ofstream(path + "/" + name) << content;
  }

  std::string path = std::filesystem::temp_directory_path() / "winnow-presets-XXXXXX";
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(presets, SourceTree)

BOOST_AUTO_TEST_CASE(inherit_their_directory)
{
  write("CMakePresets.json", R"({"version": 5, "include": ["more.json"], "configurePresets": [
      {"name": "base", "hidden": true, "binaryDir": "${sourceDir}/out/${presetName}"},
      {"name": "dev", "inherits": ["other", "base"]}, {"name": "none"}]})");
  write("more.json", R"({"version": 5, "configurePresets": [
      {"name": "ci", "binaryDir": "../$env{WINNOW_NOT_SET}ci"}]})");
  BOOST_TEST(preset_build_directory(path, "dev").value() == path + "/out/dev");
  BOOST_TEST(preset_build_directory(path, "ci").value() ==
             (std::filesystem::path(path).parent_path() / "ci").string());
  BOOST_TEST(preset_build_directory(path, "none").has_error());
}

BOOST_AUTO_TEST_CASE(that_are_missing_or_broken_are_named)
{
  BOOST_TEST(preset_build_directory(path, "dev").error().message.find("dev") != std::string::npos);
  write("CMakePresets.json", "{");
  BOOST_TEST(preset_build_directory(path, "dev").error().message.find("CMakePresets.json") !=
             std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()
