// How a preset file is read, and what is said of one that is not as it must be.
#include "daemon/client/preset_document.hpp"

#include <boost/test/unit_test.hpp>

#include <string>
#include <string_view>
#include <variant>

using winnow::client::preset_document_from_json;
using winnow::client::PresetDocument;
using winnow::client::PresetValue;
using winnow::client::WrittenPreset;
using Type = winnow::client::PresetCondition::Type;
using Texts = std::vector<std::string>;

namespace {

PresetDocument read(const std::string& text)
{
  const auto document = preset_document_from_json(text, "/p/CMakePresets.json");
  BOOST_REQUIRE_MESSAGE(document.has_value(), (document ? "" : document.error().message));
  return *document;
}

std::string fault(const std::string& text)
{
  const auto document = preset_document_from_json(text, "P");
  return document.has_error() ? document.error().message : "";
}

/// A file of this version with one test preset "t", whose other members are `members`.
std::string file_with(const std::string& members, int version = 12)
{
  return R"({"version":)" + std::to_string(version) + R"(,"testPresets":[{"name":"t",)" + members +
         "}]}";
}

WrittenPreset preset_with(const std::string& members, int version = 12)
{
  return read(file_with(members, version)).test.at(0);
}

/// What is said of the preset, without the place.
std::string fault_with(const std::string& members, int version = 12)
{
  const std::string message = fault(file_with(members, version));
  return message.substr(std::min(message.find(' ') + 1, message.size()));
}

/// {"a":{"b":VALUE}} for the path a.b.
std::string at_path(std::string_view path, const std::string& value)
{
  const std::size_t dot = path.find('.');
  const std::string name = "\"" + std::string(path.substr(0, dot)) + "\":";
  return dot == std::string_view::npos ? name + value
                                       : name + "{" + at_path(path.substr(dot + 1), value) + "}";
}

} // namespace

BOOST_AUTO_TEST_SUITE(preset_documents)

BOOST_AUTO_TEST_CASE(have_presets_for_configuring_and_tests)
{
  const PresetDocument document = read("\xEF\xBB\xBF"
                                       R"({"version": 10, "$schema": 1, "$comment": [],
    "cmakeMinimumRequired": {"major": 9}, "vendor": {}, "include": ["a.json", "b.json"],
    "buildPresets": 5, "packagePresets": 5, "workflowPresets": 5,
    "configurePresets": [{"name": "c", "hidden": true, "binaryDir": "b", "cacheVariables": 5}],
    "testPresets": [{"name": "t", "displayName": "T", "description": "d", "vendor": {"x": 1},
      "inherits": ["a", "b"], "environment": {"A": "1", "B": null}}, {"name": "u", "inherits": "t"}]})");
  BOOST_TEST((document.include == Texts{"a.json", "b.json"}));
  BOOST_TEST(document.configure.at(0).hidden);
  BOOST_TEST((document.configure.at(0).members.at("binaryDir") == PresetValue(std::string("b"))));
  BOOST_TEST(document.test.at(0).display_name == "T");
  BOOST_TEST((document.test.at(0).inherits == Texts{"a", "b"}));
  BOOST_TEST((document.test.at(0).environment.at("A") == "1"));
  BOOST_TEST(!document.test.at(0).environment.at("B").has_value());
  BOOST_TEST((document.test.at(1).inherits == Texts{"t"}));
}

BOOST_AUTO_TEST_CASE(have_members_of_every_type)
{
  const WrittenPreset preset = preset_with(R"("configuration": "Debug", "output": {"quiet": true,
      "outputLogFile": "", "maxTestNameWidth": -3}, "overwriteConfigurationFile": ["A=B"],
      "filter": {"unknown": 1, "include": {"index": {"start": 2.0, "specificTests": [4, 5]}}},
      "execution": {"jobs": ""})");
  BOOST_TEST((preset.members.at("configuration") == PresetValue(std::string("Debug"))));
  BOOST_TEST((preset.members.at("output.quiet") == PresetValue(true)));
  BOOST_TEST(!preset.members.contains("output.outputLogFile")); // as good as absent
  BOOST_TEST((preset.members.at("output.maxTestNameWidth") == PresetValue(std::int64_t(-3))));
  BOOST_TEST((preset.members.at("overwriteConfigurationFile") == PresetValue(Texts{"A=B"})));
  BOOST_TEST((preset.members.at("filter.include.index.start") == PresetValue(std::int64_t(2))));
  BOOST_TEST(
      (preset.members.at("filter.include.index.specificTests") == PresetValue(Texts{"4", "5"})));
  BOOST_TEST((preset.members.at("execution.jobs") == PresetValue(std::string())));
  BOOST_TEST(
      (preset_with(R"("filter": {"include": {"index": "f"}})").members.at("filter.include.index") ==
       PresetValue(std::string("f"))));
}

BOOST_AUTO_TEST_CASE(have_conditions_of_every_type)
{
  const auto condition = [](const std::string& text) {
    return *preset_with("\"condition\":" + text).condition;
  };
  BOOST_TEST((condition("null").type == Type::null));
  BOOST_TEST(!condition("false").value);
  BOOST_TEST(!condition(R"({"type":"const","value":false})").value);
  BOOST_TEST((condition(R"({"rhs":"r","lhs":"l","type":"equals"})").texts == Texts{"l", "r"}));
  BOOST_TEST((condition(R"({"type":"inList","list":["b","c"],"string":"a"})").texts ==
              Texts{"a", "b", "c"}));
  BOOST_TEST((condition(R"({"type":"matches","regex":"b","string":"a"})").type == Type::matches));
  for (const char* text :
       {R"({"type":"notEquals","lhs":"l","rhs":"r"})", R"({"type":"not","condition":true})",
        R"({"type":"notInList","string":"l","list":[]})",
        R"({"type":"notMatches","string":"l","regex":"r"})"}) {
    BOOST_TEST((condition(text).type == Type::negation));
    BOOST_TEST(condition(text).parts.size() == 1U);
  }
  BOOST_TEST(condition(R"({"type":"anyOf","conditions":[true,false]})").parts.size() == 2U);
  BOOST_TEST((condition(R"({"type":"allOf","conditions":[]})").type == Type::all_of));
}

BOOST_AUTO_TEST_CASE(that_are_none_are_refused_with_the_place)
{
  struct Row {
    const char* text;
    const char* message;
  };

  for (const Row& row : {
           Row{"", "P:1:1: the JSON ends too early"},
           {"{", "P:1:2: the JSON ends too early"},
           {"{} {}", "P:1:4: more follows the end of the JSON document"},
           {"[]", "P:1:1: the file must be an object"},
           {"null", "P:1:1: the file must be an object"},
           {"{}", "P:1:1: the file needs a version"},
           {R"({"version":"6"})", "P:1:12: version must be a whole number"},
           {R"({"version":1.5})", "P:1:12: version must be a whole number"},
           {R"({"version":1e400})", "P:1:12: version must be a whole number"},
           {R"({"version":0})", "P:1:12: version is 0; known are 1 to 12"},
           {R"({"version":13})", "P:1:12: version is 13; known are 1 to 12"},
           {R"({"version":6,"version":6})", "P:1:14: version stands here for the second time"},
           {R"({"version":6,"testPreset":[]})",
            "P:1:14: testPreset is not known; did you mean testPresets?"},
           {R"({"version":7,"$schema":""})", "P:1:14: $schema is not known here"},
           {R"({"version":9,"$comment":""})", "P:1:14: $comment is not known here"},
           {R"({"version":3,"include":[]})",
            "P:1:24: include needs version 4 of preset files; this file says 3"},
           {R"({"version":4,"include":"a"})", "P:1:24: include must be a list"},
           {R"({"version":4,"include":[1]})", "P:1:25: include[0] must be a text in quotes"},
           {R"({"version":1,"testPresets":[]})",
            "P:1:28: testPresets needs version 2 of preset files; this file says 1"},
           {R"({"version":6,"testPresets":{}})", "P:1:28: testPresets must be a list"},
           {R"({"version":6,"configurePresets":{}})", "P:1:33: configurePresets must be a list"},
           {R"({"version":6,"testPresets":[1]})", "P:1:29: testPresets[0] must be an object"},
           {R"({"version":6,"testPresets":[{}]})", "P:1:29: testPresets[0] needs a name"},
           {R"({"version":6,"testPresets":[{"name":""}]})", "P:1:29: testPresets[0] needs a name"},
           {R"({"version":6,"testPresets":[{"name":1}]})",
            "P:1:37: testPresets[0].name must be a text in quotes"},
           {R"({"version":6,"configurePresets":[{"name":"c","binarydir":""}]})",
            "P:1:46: binarydir of the configure preset \"c\" is not known; did you mean "
            "binaryDir?"},
           {R"({"version":6,"configurePresets":[{"name":"c","binaryDir":1}]})",
            "P:1:58: binaryDir of the configure preset \"c\" must be a text in quotes"},
       }) {
    BOOST_TEST(fault(row.text) == row.message);
  }
  BOOST_TEST(fault("// a comment\n{}").starts_with("P:1:1: this is not JSON: "));
  BOOST_TEST(fault("{\n\"version\": x}").starts_with("P:2:12: this is not JSON: "));
  BOOST_TEST(fault(std::string(100000, '[')).starts_with("P:1:257: this is not JSON: "));
}

BOOST_AUTO_TEST_CASE(with_a_member_of_another_type_name_it_and_the_preset)
{
  const auto must_be = [](std::string_view path, std::string_view what) {
    return std::string(path) + " of the test preset \"t\" must be " + std::string(what);
  };
  for (const auto& row : winnow::client::test_preset_members()) {
    using Member = winnow::client::PresetMember::Type;
    const char* wrong = "{}";
    const char* what = "a text in quotes";
    switch (row.type) {
    case Member::group_or_text:
      wrong = "1";
      what = "a text in quotes or an object";
      break;
    case Member::group:
    case Member::closed_group:
      wrong = "1";
      what = "an object";
      break;
    case Member::flag:
      what = "true or false";
      break;
    case Member::number:
    case Member::number_or_empty:
      wrong = "\"x\"";
      what = "a whole number";
      break;
    case Member::texts:
    case Member::texts_with_macros:
    case Member::numbers:
      what = "a list";
      break;
    default:
      break;
    }
    BOOST_TEST(fault_with(at_path(row.path, wrong)) == must_be(row.path, what));
    BOOST_TEST(fault_with(at_path(row.path, "null")) == must_be(row.path, what));
    if (!row.words.empty()) {
      BOOST_TEST(fault_with(at_path(row.path, "\"\"")).starts_with(must_be(row.path, "\"")));
    }
  }
  for (const char* path : {"displayName", "description"}) {
    BOOST_TEST(fault_with(at_path(path, "1")) == must_be(path, "a text in quotes"));
  }
  BOOST_TEST(fault_with(R"("hidden":1)") == must_be("hidden", "true or false"));
  BOOST_TEST(fault_with(R"("vendor":1)") == must_be("vendor", "an object"));
  BOOST_TEST(fault_with(R"("inherits":1)") == must_be("inherits", "a list"));
  BOOST_TEST(fault_with(R"("inherits":[1])") == must_be("inherits[0]", "a text in quotes"));
  BOOST_TEST(fault_with(R"("environment":[])") == must_be("environment", "an object"));
  BOOST_TEST(fault_with(R"("environment":{"A":1})") ==
             must_be("environment.A", "a text in quotes"));
}

BOOST_AUTO_TEST_CASE(with_other_faults_name_them)
{
  struct Row {
    const char* members;
    const char* message;
    int version = 12;
  };

  for (const Row& row : {
           Row{R"("outptu":{})",
               "outptu of the test preset \"t\" is not known; did you mean output?"},
           {R"("output":{"quite":true})",
            "output.quite of the test preset \"t\" is not known; did you mean quiet?"},
           {R"("environment":{"":"x"})",
            "environment. of the test preset \"t\" is no name of a variable"},
           {R"("environment":{"A":"\u0000"})",
            "environment.A of the test preset \"t\" holds a zero byte"},
           {R"("output":{"verbosity":"loud"})", "output.verbosity of the test preset \"t\" must be "
                                                "\"default\", \"verbose\" or \"extra\""},
           {R"("execution":{"repeat":{"count":2}})",
            "execution.repeat of the test preset \"t\" needs mode and count"},
           {R"("filter":{"include":{"index":{"specificTests":[1,"2"]}}})",
            "filter.include.index.specificTests[1] of the test preset \"t\" must be a whole "
            "number"},
           {R"("execution":{"jobs":""})",
            "execution.jobs of the test preset \"t\" is empty, which needs version 11 of preset "
            "files",
            10},
           {R"("output":{"outputJUnitFile":"j"})",
            "output.outputJUnitFile of the test preset \"t\" needs version 6 of preset files; this "
            "file says 5",
            5},
           {R"("condition":true)",
            "condition of the test preset \"t\" needs version 3 of preset files; this file says 2",
            2},
       }) {
    BOOST_TEST(fault_with(row.members, row.version) == row.message);
  }
  BOOST_TEST(fault_with(R"("output":{"outputJUnitFile":""})", 5) == "");
}

BOOST_AUTO_TEST_CASE(with_wrong_conditions_say_what_these_lack)
{
  struct Row {
    const char* condition;
    const char* message;
  };

  for (const Row& row : {
           Row{"1", "condition of the test preset \"t\" must be true, false, null or an object"},
           {"{}", "condition of the test preset \"t\" needs a type"},
           {R"({"type":1})", "condition.type of the test preset \"t\" must be a text in quotes"},
           {R"({"type":"is"})",
            "condition.type of the test preset \"t\" is no type of condition: \"is\""},
           {R"({"type":"const"})",
            "condition of the test preset \"t\" needs value as it is \"const\""},
           {R"({"type":"const","value":1})",
            "condition.value of the test preset \"t\" must be true or false"},
           {R"({"type":"equals","lhs":""})",
            "condition of the test preset \"t\" needs rhs as it is \"equals\""},
           {R"({"type":"equals","lhs":"","rhs":1})",
            "condition.rhs of the test preset \"t\" must be a text in quotes"},
           {R"({"type":"equals","lhs":"","rhs":"","x":1})",
            "condition.x of the test preset \"t\" is not known here"},
           {R"({"type":"inList","string":"","list":""})",
            "condition.list of the test preset \"t\" must be a list"},
           {R"({"type":"anyOf","conditions":{}})",
            "condition.conditions of the test preset \"t\" must be a list"},
           {R"({"type":"allOf","conditions":[true,null]})",
            "condition.conditions[1] of the test preset \"t\" must not be null"},
           {R"({"type":"not"})", "condition of the test preset \"t\" needs condition as it is "
                                 "\"not\""},
           {R"({"type":"not","condition":{"type":"anyOf","conditions":[7]}})",
            "condition.condition.conditions[0] of the test preset \"t\" must be true, false, null "
            "or an object"},
       }) {
    BOOST_TEST(fault_with("\"condition\":" + std::string(row.condition)) == row.message);
  }
}

BOOST_AUTO_TEST_CASE(replace_their_directory_at_once_since_version_12)
{
  const auto name = [](int version) {
    const auto preset =
        preset_with(R"("filter":{"include":{"name":"${dollar}${fileDir}"}})", version);
    return std::get<std::string>(preset.members.at("filter.include.name"));
  };
  BOOST_TEST(name(12) == "${dollar}/p");
  BOOST_TEST(name(11) == "${dollar}${fileDir}");
}

BOOST_AUTO_TEST_SUITE_END()
