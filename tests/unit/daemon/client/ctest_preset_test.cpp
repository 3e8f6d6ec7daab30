// What a test preset means in the words of ctest's command line.
#include "daemon/client/ctest_preset.hpp"

#include <boost/test/unit_test.hpp>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

using winnow::client::ctest_arguments_of;
using winnow::client::CTestOptions;
using winnow::client::CTestPreset;
using winnow::client::parse_ctest_options;
using winnow::client::Preset;
using winnow::client::preset_document_from_json;
using winnow::client::preset_list;
using winnow::client::resolve_ctest_preset;
using winnow::client::StandardStream;
using Words = std::vector<std::string>;

namespace {

/// The arguments for a preset with these members, but for those that say where the tests are.
Words arguments_for(const std::string& members)
{
  const auto document = preset_document_from_json(
      R"({"version":12,"testPresets":[{"name":"t",)" + members + "}]}", "P");
  BOOST_REQUIRE_MESSAGE(document.has_value(), (document ? "" : document.error().message));
  Preset preset;
  preset.members = document->test.at(0).members;
  Words words = ctest_arguments_of(preset, "/b");
  BOOST_REQUIRE(words.size() >= 2U);
  BOOST_TEST(
      (Words(words.begin(), words.begin() + 2) == Words{"--overwrite", "BuildDirectory=/b"}));
  return {words.begin() + 2, words.end()};
}

Preset named(const std::string& name, const std::string& display_name = "")
{
  Preset preset;
  preset.name = name;
  preset.display_name = display_name;
  return preset;
}

struct SourceTree {
  SourceTree() { BOOST_REQUIRE(::mkdtemp(path.data()) != nullptr); }

  ~SourceTree() { std::filesystem::remove_all(path); }

  CTestPreset resolve(const std::string& test_presets, const Words& arguments,
                      const Words& environment = {}) const
  {
    std::ofstream(path + "/CMakePresets.json")
        << R"({"version":12,"configurePresets":[{"name":"c","binaryDir":"out","environment":
               {"C":"1"}},{"name":"h","hidden":true},{"name":"none"},
               {"name":"v","binaryDir":"$vendor{x}"}],"testPresets":[)"
        << test_presets << "]}";
    const auto options = parse_ctest_options(arguments, {});
    BOOST_REQUIRE(options.has_value());
    return resolve_ctest_preset(*options, arguments, path, environment);
  }

  std::string path = std::filesystem::temp_directory_path() / "winnow-ctest-preset-XXXXXX";
};

} // namespace

BOOST_AUTO_TEST_SUITE(ctest_presets)

BOOST_AUTO_TEST_CASE(become_options)
{
  struct Row {
    const char* members;
    Words arguments;
  };

  for (
      const Row& row : {
          Row{R"("configuration":"Debug")", {"-C", "Debug"}},
          {R"("overwriteConfigurationFile":["A=B","C=D"])",
           {"--overwrite", "A=B", "--overwrite", "C=D"}},
          {R"("output":{"shortProgress":true,"debug":true,"outputOnFailure":true,"quiet":true})",
           {"--progress", "--debug", "--output-on-failure", "-Q"}},
          {R"("output":{"shortProgress":false,"debug":false,"outputOnFailure":false,"quiet":false})",
           {}},
          {R"("output":{"verbosity":"default"})", {}},
          {R"("output":{"verbosity":"verbose"})", {"-V"}},
          {R"("output":{"verbosity":"extra"})", {"-VV"}},
          {R"("output":{"outputLogFile":"l","outputJUnitFile":"j"})",
           {"-O", "l", "--output-junit", "j"}},
          {R"("output":{"labelSummary":false,"subprojectSummary":false})",
           {"--no-label-summary", "--no-subproject-summary"}},
          {R"("output":{"labelSummary":true,"subprojectSummary":true})", {}},
          {R"("output":{"maxPassedTestOutputSize":1,"maxFailedTestOutputSize":2,
                "testOutputTruncation":"head","maxTestNameWidth":40})",
           {"--test-output-size-passed", "1", "--test-output-size-failed", "2",
            "--test-output-truncation", "head", "-W", "40"}},
          {R"("filter":{"include":{"name":"n","label":"l","useUnion":true},
                "exclude":{"name":"en","label":"el","fixtures":{"any":"a","setup":"s","cleanup":"c"}}})",
           {"-R", "n", "-L", "l", "-U", "-E", "en", "-LE", "el", "-FA", "a", "-FS", "s", "-FC",
            "c"}},
          {R"("filter":{"include":{"index":{"start":1,"end":5,"stride":2,"specificTests":[7,8]}}})",
           {"-I", "1,5,2,7,8"}},
          {R"("filter":{"include":{"index":{"end":5}}})", {"-I", ",5,,"}},
          {R"("filter":{"include":{"index":{}}})", {"-I", ",,,"}},
          {R"("filter":{"include":{"index":"file"}})", {"-I", "file"}},
          {R"("execution":{"stopOnFailure":true,"enableFailover":true,"jobs":3})",
           {"--stop-on-failure", "-F", "--parallel=3"}},
          {R"("execution":{"jobs":""})", {"--parallel="}},
          {R"("execution":{"resourceSpecFile":"r","testLoad":4,"showOnly":"json-v1"})",
           {"--resource-spec-file", "r", "--test-load", "4", "--show-only=json-v1"}},
          {R"("execution":{"repeat":{"mode":"until-pass","count":3},"interactiveDebugging":false})",
           {"--repeat", "until-pass:3", "--interactive-debug-mode", "0"}},
          {R"("execution":{"scheduleRandom":true,"timeout":9,"interactiveDebugging":true})",
           {"--schedule-random", "--timeout", "9", "--interactive-debug-mode", "1"}},
          {R"("execution":{"noTestsAction":"error"})", {"--no-tests=error"}},
          {R"("execution":{"noTestsAction":"default"})", {}},
      }) {
    BOOST_TEST_CONTEXT(row.members)
    {
      BOOST_TEST(arguments_for(row.members) == row.arguments, boost::test_tools::per_element());
    }
  }
}

BOOST_AUTO_TEST_CASE(are_listed_as_ctest_lists_them)
{
  Preset hidden = named("hidden");
  hidden.hidden = true;
  Preset vendor = named("vendor");
  vendor.evaluated = false;
  Preset disabled = named("disabled-with-a-long-name");
  disabled.enabled = false;
  BOOST_TEST(preset_list({}, "test") == "");
  BOOST_TEST(preset_list(std::vector{hidden, vendor, disabled}, "test") == "");
  BOOST_TEST(preset_list(
                 std::vector{named("b", "The b"), hidden, disabled, named("aaa"), named("cc", "C")},
                 "test") == "Available test presets:\n\n"
                            "  \"b\"   - The b\n"
                            "  \"aaa\"\n"
                            "  \"cc\"  - C\n");
}

BOOST_FIXTURE_TEST_CASE(that_cannot_be_used_are_refused_in_ctest_s_words, SourceTree)
{
  const std::string presets = R"({"name":"good","configurePreset":"c"},{"name":"hid","hidden":true},
      {"name":"off","configurePreset":"c","condition":false},
      {"name":"vendor","configurePreset":"c","configuration":"x","environment":{"A":"$vendor{x}"}},
      {"name":"of-hidden","configurePreset":"h"},{"name":"of-none","configurePreset":"none"},
      {"name":"of-vendor","configurePreset":"v"})";
  const std::string list = "Available test presets:\n\n  \"good\"\n  \"of-hidden\"\n  \"of-none\"\n"
                           "  \"of-vendor\"\n";

  struct Row {
    std::string name;
    std::string error;
    std::string out;
  };

  for (const Row& row : {
           Row{"nope", "CMake Error: No such test preset in " + path + ": \"nope\"\n", list},
           {"hid", "CMake Error: Cannot use hidden test preset in " + path + ": \"hid\"\n", list},
           {"off", "CMake Error: Cannot use disabled test preset in " + path + ": \"off\"\n", list},
           {"vendor",
            "CMake Error: Could not evaluate test preset \"vendor\": Invalid macro expansion\n",
            list},
           {"of-hidden", "CMake Error: Cannot use hidden configure preset in " + path + ": \"h\"\n",
            "Available configure presets:\n\n  \"c\"\n  \"none\"\n"},
           {"of-vendor",
            "CMake Error: Could not evaluate configure preset \"v\": Invalid macro expansion\n",
            ""},
           {"of-none",
            "winnow: the configure preset \"none\" of the test preset \"of-none\" names no "
            "binaryDir, so that it is not known where the tests are; give it one\n",
            ""},
       }) {
    const CTestPreset answer = resolve(presets, {"--preset", row.name});
    BOOST_TEST((answer.exit_code == 1));
    BOOST_TEST(answer.printed.text_of(StandardStream::error) == row.error);
    BOOST_TEST(answer.printed.text_of(StandardStream::output) == row.out);
  }
  const CTestPreset listed = resolve(presets, {"--preset", "nope", "--list-presets"});
  BOOST_TEST((listed.exit_code == 0));
  BOOST_TEST(listed.printed.text_of(StandardStream::output) == list);
  const CTestPreset broken = resolve("5", {"--list-presets"});
  BOOST_TEST((broken.exit_code == 1));
  BOOST_TEST(broken.printed.text_of(StandardStream::error)
                 .starts_with("winnow: " + path + "/CMakePresets.json:"));
}

BOOST_FIXTURE_TEST_CASE(come_before_the_user_s_arguments, SourceTree)
{
  const std::string preset = R"({"name":"t","configurePreset":"c","configuration":"Debug",
      "execution":{"testPassthroughArguments":["-a","b"]}})";
  const std::string tree = "BuildDirectory=" + path + "/out";
  const Words user{"--preset", "t", "-R", "x"};
  Words expected{"--overwrite", tree, "-C", "Debug", "--preset", "t", "-R", "x", "--", "-a", "b"};
  BOOST_TEST(resolve(preset, user).arguments == expected, boost::test_tools::per_element());
  expected.emplace_back("c");
  BOOST_TEST(resolve(preset, {"--preset", "t", "-R", "x", "--", "c"}).arguments == expected,
             boost::test_tools::per_element());
}

BOOST_FIXTURE_TEST_CASE(have_variables_of_which_options_see_some, SourceTree)
{
  const auto answer = [&](const std::string& more) {
    return resolve(R"({"name":"t","configurePreset":"c",)" + more +
                       R"("environment":{"CTEST_PARALLEL_LEVEL":"2","CTEST_OUTPUT_ON_FAILURE":"1",
                          "N":null,"H":"$env{HOME}"}})",
                   {"--preset", "t"},
                   {"CTEST_PARALLEL_LEVEL=9", "CTEST_OUTPUT_ON_FAILURE=0", "HOME=/h"});
  };
  const std::vector<std::pair<std::string, std::string>> variables{
      {"C", "1"}, {"CTEST_OUTPUT_ON_FAILURE", "1"}, {"CTEST_PARALLEL_LEVEL", "2"}, {"H", "/h"}};
  BOOST_TEST((answer("").variables == variables));
  BOOST_TEST(answer("").environment == (Words{"CTEST_OUTPUT_ON_FAILURE=0", "HOME=/h", "C=1",
                                              "CTEST_PARALLEL_LEVEL=2", "H=/h"}),
             boost::test_tools::per_element());
  BOOST_TEST(answer(R"("output":{},)").environment ==
                 (Words{"HOME=/h", "C=1", "CTEST_PARALLEL_LEVEL=2", "H=/h"}),
             boost::test_tools::per_element());
}

BOOST_AUTO_TEST_SUITE_END()
