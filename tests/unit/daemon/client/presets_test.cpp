// What presets inherit, include and replace, and where they put their build trees.
#include "daemon/client/presets.hpp"

#include <boost/test/unit_test.hpp>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>
#include <vector>

using winnow::client::find_preset;
using winnow::client::Preset;
using winnow::client::preset_build_directory;
using winnow::client::Presets;
using winnow::client::PresetValue;
using winnow::client::read_presets;

namespace {

struct SourceTree {
  SourceTree() { BOOST_REQUIRE(::mkdtemp(path.data()) != nullptr); }

  ~SourceTree() { std::filesystem::remove_all(path); }

  void write(const std::string& name, const std::string& content) const
  {
    std::ofstream(path + "/" + name) << content;
  }

  /// CMakePresets.json of one configure preset "c" of the generator G, and these test presets.
  void write_presets(const std::string& test, const std::string& configure_members = "",
                     int version = 12) const
  {
    write("CMakePresets.json",
          R"({"version":)" + std::to_string(version) +
              R"(,"configurePresets":[{"name":"c","generator":"G","binaryDir":"out")" +
              configure_members + R"(}],"testPresets":[)" + test + "]}");
  }

  [[nodiscard]] Presets presets(const std::string& file = "") const
  {
    const auto read = read_presets({path, file}, environment);
    BOOST_REQUIRE_MESSAGE(read.has_value(), (read ? "" : read.error().message));
    return *read;
  }

  /// What is said of the presets, "" if they are fine; the directory is called DIR.
  [[nodiscard]] std::string fault(const std::string& file = "") const
  {
    const auto read = read_presets({path, file}, environment);
    std::string message = read.has_error() ? read.error().message : "";
    for (std::size_t at = 0; (at = message.find(path)) != std::string::npos;) {
      message.replace(at, path.size(), "DIR");
    }
    return message;
  }

  std::vector<std::string> environment{"HOME=/h", "EMPTY="};
  std::string path = std::filesystem::temp_directory_path() / "winnow-presets-XXXXXX";
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(presets, SourceTree)

BOOST_AUTO_TEST_CASE(inherit_their_directory)
{
  write("CMakePresets.json", R"({"version": 5, "include": ["more.json"], "configurePresets": [
      {"name": "base", "hidden": true, "binaryDir": "${sourceDir}/out/${presetName}"},
      {"name": "dev", "inherits": ["other", "base"]}, {"name": "none"}, {"name": "other"}]})");
  write("more.json", R"({"version": 5, "configurePresets": [
      {"name": "ci", "binaryDir": "../$env{WINNOW_NOT_SET}ci"}]})");
  BOOST_TEST(preset_build_directory(path, "dev").value() == path + "/out/dev");
  BOOST_TEST(preset_build_directory(path, "ci").value() ==
             (std::filesystem::path(path).parent_path() / "ci").string());
  BOOST_TEST(preset_build_directory(path, "none").has_error());
}

BOOST_AUTO_TEST_CASE(that_are_missing_or_broken_are_named)
{
  BOOST_TEST(preset_build_directory(path, "dev").error().message.find("CMakePresets.json") !=
             std::string::npos);
  write_presets("");
  BOOST_TEST(preset_build_directory(path, "dev").error().message.find("dev") != std::string::npos);
  write("CMakePresets.json", "{");
  BOOST_TEST(preset_build_directory(path, "dev").error().message.find("CMakePresets.json") !=
             std::string::npos);
}

BOOST_AUTO_TEST_CASE(inherit_what_they_do_not_have_from_the_first_that_has_it)
{
  write_presets(R"({"name":"p","hidden":true,"displayName":"P","configurePreset":"c",
        "environment":{"A":"p","B":"p","N":"p"},"condition":false,
        "output":{"quiet":true,"outputLogFile":"l"},
        "filter":{"include":{"name":"n","useUnion":true,"index":{"start":1,"end":2}}},
        "execution":{"jobs":1,"repeat":{"mode":"until-fail","count":2}}},
      {"name":"q","hidden":true,"environment":{"B":"q","C":"q"},"execution":{"jobs":2,"timeout":3}},
      {"name":"t","inherits":["p","q"],"condition":null,"environment":{"A":"t","N":null},
        "output":{"quiet":false,"outputLogFile":""},
        "filter":{"include":{"label":"l","index":{"stride":3}}}}, {"name":"u","inherits":"p"})");
  const Presets read = presets();
  const Preset& test = *find_preset(read.test, "t");
  const winnow::client::PresetEnvironment variables{
      {"A", "t"}, {"B", "p"}, {"C", "q"}, {"N", std::nullopt}};
  BOOST_TEST((test.environment == variables));
  BOOST_TEST(test.display_name == "");
  BOOST_TEST(!test.hidden);
  BOOST_TEST(test.enabled);
  BOOST_TEST(!find_preset(read.test, "u")->enabled);
  BOOST_TEST((test.members.at("output.quiet") == PresetValue(false)));
  BOOST_TEST(test.text("output.outputLogFile") == "l");
  BOOST_TEST(test.text("filter.include.name") == "n");
  BOOST_TEST(test.text("filter.include.label") == "l");
  BOOST_TEST(!test.members.contains("filter.include.useUnion")); // as CMake has it
  BOOST_TEST(!test.members.contains("filter.include.index.start"));
  BOOST_TEST((test.members.at("execution.jobs") == PresetValue(std::int64_t(1))));
  BOOST_TEST((test.members.at("execution.timeout") == PresetValue(std::int64_t(3))));
  BOOST_TEST(test.text("execution.repeat.mode") == "until-fail");
  BOOST_TEST(find_preset(read.test, "u")->members.contains("filter.include.useUnion"));
}

BOOST_AUTO_TEST_CASE(replace_macros_of_every_kind)
{
  write_presets(R"({"name":"t","configurePreset":"c","environment":{
        "A":"${sourceDir},${sourceParentDir},${sourceDirName}","B":"${presetName}-${generator}",
        "C":"${hostSystemName}${dollar}${pathListSep}","D":"$env{E}+$env{HOME}+$penv{E}",
        "E":"e$penv{EMPTY}$penv{NONE}","F":"${fileDir}"},
      "configuration":"${presetName}","filter":{"include":{"name":"^${presetName}$"}}})",
                R"(,"environment":{"E":"c","G":"${presetName}"})");
  const Preset test = presets().test.at(0);
  const std::filesystem::path source(path);
  BOOST_TEST((test.environment.at("A") ==
              path + "," + source.parent_path().string() + "," + source.filename().string()));
  BOOST_TEST((test.environment.at("B") == "t-G"));
  BOOST_TEST((test.environment.at("C") == "Linux$:"));
  BOOST_TEST((test.environment.at("D") == "e+/h+"));
  BOOST_TEST((test.environment.at("F") == path));
  BOOST_TEST((test.environment.at("G") == "t")); // the configure preset's, but in this one
  BOOST_TEST(test.text("filter.include.name") == "^t$");
  BOOST_TEST(test.text("configuration") == "${presetName}"); // as CMake has it
}

BOOST_AUTO_TEST_CASE(have_the_configure_preset_s_environment_unless_they_say_no)
{
  write_presets(R"({"name":"t","configurePreset":"c","environment":{"A":"t"}},
                   {"name":"u","inherits":"t","inheritConfigureEnvironment":false})",
                R"(,"environment":{"A":"c","B":"c"})");
  const Presets read = presets();
  BOOST_TEST((read.test.at(0).environment.at("A") == "t"));
  BOOST_TEST((read.test.at(0).environment.at("B") == "c"));
  BOOST_TEST(read.test.at(1).environment.size() == 1U);
}

BOOST_AUTO_TEST_CASE(with_a_vendor_s_macro_are_not_evaluated)
{
  write_presets(R"({"name":"t","configurePreset":"c","environment":{"A":"$vendor{x}","B":"${x}"}},
                   {"name":"u","configurePreset":"c","condition":
                     {"type":"equals","lhs":"$vendor{x}","rhs":""}},
                   {"name":"v","configurePreset":"c"})");
  const Presets read = presets();
  BOOST_TEST(!read.test.at(0).evaluated);
  BOOST_TEST(!read.test.at(1).evaluated);
  BOOST_TEST(read.test.at(2).evaluated);
}

BOOST_AUTO_TEST_CASE(of_the_user_come_first_and_may_use_the_project_s)
{
  write_presets(R"({"name":"t","configurePreset":"c"})");
  write("CMakeUserPresets.json", R"({"version":4,"include":["more.json"],
      "testPresets":[{"name":"u","inherits":["t","m"]}]})");
  write("more.json", R"({"version":2,"testPresets":[{"name":"m","hidden":true}]})");
  const Presets read = presets();
  BOOST_REQUIRE(read.test.size() == 3U);
  BOOST_TEST(read.test.at(0).name == "u");
  BOOST_TEST(read.test.at(1).name == "m");
  BOOST_TEST(read.test.at(2).name == "t");
  BOOST_TEST(read.test.at(0).text("configurePreset") == "c");
  BOOST_TEST(presets("CMakePresets.json").test.size() == 1U); // --presets-file reads that alone
}

BOOST_AUTO_TEST_CASE(in_a_directory_of_their_own_say_where_they_stand)
{
  std::filesystem::create_directory(path + "/sub");
  const auto directory = [&](int version) {
    write("CMakePresets.json", R"({"version":9,"include":["${sourceDir}/sub/more.json"],
        "configurePresets":[{"name":"d","inherits":"m"}]})");
    write("sub/more.json", R"({"version":)" + std::to_string(version) +
                               R"(,"configurePresets":[{"name":"m","binaryDir":"${fileDir}/b"}]})");
    return preset_build_directory(path, "d").value();
  };
  BOOST_TEST(directory(11) == path + "/b");
  BOOST_TEST(directory(12) == path + "/sub/b");
}

BOOST_AUTO_TEST_CASE(that_do_not_fit_together_are_told_apart)
{
  struct Row {
    const char* test;
    const char* message;
    int version = 12;
  };

  for (const Row& row : {
           Row{R"({"name":"t"})", "needs a configurePreset, or hidden: true"},
           {R"({"name":"t","configurePreset":"x"})",
            "has the configurePreset \"x\", which is nowhere"},
           {R"({"name":"t","inherits":"x"})", "inherits \"x\", which is nowhere"},
           {R"({"name":"t","inherits":"t"})", "inherits itself, by way of what it inherits"},
           {R"({"name":"t","inherits":"u"},{"name":"u","inherits":"t"})",
            "inherits itself, by way of what it inherits"},
           {R"({"name":"t","hidden":true},{"name":"t"})", "is there for the second time"},
       }) {
    write_presets(row.test, "", row.version);
    BOOST_TEST(fault() ==
               "DIR/CMakePresets.json: the test preset \"t\" " + std::string(row.message));
  }
  write("CMakePresets.json", R"({"version":2,"configurePresets":[{"name":"c","binaryDir":"b"}]})");
  BOOST_TEST(fault() == "DIR/CMakePresets.json: the configure preset \"c\" needs a generator, as "
                        "the file says version 2");
}

BOOST_AUTO_TEST_CASE(with_wrong_macros_are_named_with_the_member)
{
  struct Row {
    const char* members;
    const char* message;
    int version = 12;
  };

  for (const Row& row : {
           Row{R"("environment":{"A":"${x}"})",
               "environment.A of the test preset \"t\": there is no macro ${x}"},
           {R"("environment":{"A":"$env{}"})",
            "environment.A of the test preset \"t\": $env{} names no variable"},
           {R"("environment":{"A":"$env{B}","B":"$env{A}"})",
            "environment.A of the test preset \"t\": the value of A needs itself"},
           {R"("condition":{"type":"matches","string":"${y}","regex":""})",
            "condition of the test preset \"t\": there is no macro ${y}"},
           {R"("output":{"outputLogFile":"${x"})",
            "output.outputLogFile of the test preset \"t\": ${x has no closing brace"},
           {R"("overwriteConfigurationFile":["a","${x}"])",
            "overwriteConfigurationFile of the test preset \"t\": there is no macro ${x}"},
           {R"("environment":{"A":"${pathListSep}"})",
            "environment.A of the test preset \"t\": ${pathListSep} needs version 5 of preset "
            "files; this file says 4",
            4},
           {R"("environment":{"A":"${fileDir}"})",
            "environment.A of the test preset \"t\": ${fileDir} needs version 4 of preset files; "
            "this file says 3",
            3},
       }) {
    write_presets(R"({"name":"t","configurePreset":"c",)" + std::string(row.members) + "}", "",
                  row.version);
    BOOST_TEST(fault() == "DIR/CMakePresets.json: " + std::string(row.message));
  }
}

BOOST_AUTO_TEST_CASE(whose_files_are_missing_or_include_each_other_are_refused)
{
  BOOST_TEST(fault() == "there is neither CMakePresets.json nor CMakeUserPresets.json in DIR");
  BOOST_TEST(fault("f.json") == "there is no preset file DIR/f.json");
  BOOST_TEST(fault(".") == "DIR/. is a directory, not a preset file");
  write("CMakePresets.json", R"({"version":4,"include":["a.json"]})");
  BOOST_TEST(fault() ==
             "cannot read the preset file DIR/a.json (included by DIR/CMakePresets.json)");
  write("CMakePresets.json", R"({"version":4,"include":["/dev/zero"]})");
  BOOST_TEST(fault().starts_with("/dev/zero has more than 16777216 bytes"));
  write("CMakePresets.json", R"({"version":4,"include":["a.json"]})");
  write("a.json", R"({"version":4,"include":["CMakePresets.json"]})");
  BOOST_TEST(fault().starts_with("DIR/CMakePresets.json includes itself"));
  write("a.json", R"({"version":7,"include":["${sourceDir}/b.json"]})");
  BOOST_TEST(fault() == "DIR/a.json: include \"${sourceDir}/b.json\": there is no macro "
                        "${sourceDir} here (included by DIR/CMakePresets.json)");
}

BOOST_AUTO_TEST_CASE(may_not_use_those_of_files_they_do_not_include)
{
  write_presets(R"({"name":"t","inherits":"u"})");
  write("CMakeUserPresets.json", R"({"version":2,"testPresets":[{"name":"u","hidden":true}]})");
  BOOST_TEST(fault() == "DIR/CMakePresets.json: the test preset \"t\" inherits \"u\" of "
                        "DIR/CMakeUserPresets.json, which its file does not include");
}

BOOST_AUTO_TEST_CASE(in_endless_chains_are_refused)
{
  std::string chain;
  std::string variables;
  for (int i = 0; i < 5000; ++i) {
    const std::string next = std::to_string(i + 1);
    chain += R"({"name":")" + std::to_string(i) + R"(","hidden":true,"inherits":")" + next + "\"},";
    variables += "\"V" + std::to_string(i) + "\":\"$env{V" + next + "}\",";
  }
  write_presets(chain + R"({"name":"5000","hidden":true})");
  BOOST_TEST(fault().ends_with("is inherited through too many others"));
  write_presets(R"({"name":"t","hidden":true,"environment":{)" + variables + R"("V5000":""}})");
  BOOST_TEST(fault().ends_with("needs too many others"));
}

BOOST_AUTO_TEST_SUITE_END()
