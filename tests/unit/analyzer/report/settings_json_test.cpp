// winnow.json, read: what it means, and where each fault is.
#include "analyzer/report/settings_json.hpp"

#include <boost/test/unit_test.hpp>

#include <random>
#include <string>
#include <string_view>

using namespace winnow;
using namespace winnow::report;

namespace {

Settings read(std::string_view text)
{
  return settings_from_json(text, "winnow.json", "/src/project").value();
}

std::string fault_of(std::string_view text)
{
  const Result<Settings> settings = settings_from_json(text, "winnow.json", "/src/project");
  return settings.has_error() ? settings.error().message : "";
}

/// The fault of settings with that text as their only rule for runs, on a line of its own.
std::string run_rule_fault(std::string_view rule)
{
  return fault_of("{\"run\": {\"rules\": [\n" + std::string(rule) + "\n]}}");
}

/// The fault of settings whose `selection` has that text, on a line of its own.
std::string selection_fault(std::string_view selection)
{
  return fault_of("{\"selection\": {\n" + std::string(selection) + "\n}}");
}

struct Fault {
  std::string_view selection;
  std::string_view place;
  std::string_view word;
};

constexpr std::string_view whole = R"({
  // Why each rule is there stands beside it.
  "$schema": "winnow.schema.json",
  "selection": {
    "rules": [
      {"pattern": "docs/**", "ignore": true},
      {
        "patterns": ["schema/*.json", "../web/"],
        "affects": {"tests": ["db.*"], "labels": ["sql"], "directories": ["net/"]},
      },
      /* a comment
         of two lines */
      {"pattern": "toolchain/", "affects": "everything"},
      {"pattern": "README.md", "ignore": false},
    ],
    "shipped_rules": {"plugins": "everything", "programs": "part"},
    "closed": {"labels": ["unit"]},
    "opaque": {"tests": ["net/shell"]},
    "volatile": {"definitions": ["GIT_*"], "build_files": ["generated/version.h"]},
  },
  "run": {
    "rules": [
      {"tests": ["net.*"], "labels": ["sql"], "directories": ["db/"], "retries": 2},
      {"tests": ["*"], "retries": {"count": 1, "delay": "500ms", "max_delay": "1.5m"}},
    ],
  },
})";

} // namespace

BOOST_AUTO_TEST_SUITE(settings_files)

BOOST_AUTO_TEST_CASE(every_setting_is_read)
{
  const Settings settings = read(whole);
  BOOST_REQUIRE_EQUAL(settings.rules.size(), 4U);
  BOOST_TEST((settings.rules[0].effect == ProjectRule::Effect::ignore));
  BOOST_TEST(settings.rules[0].patterns[0].text() == "docs/**");
  BOOST_TEST((settings.rules[1].effect == ProjectRule::Effect::tests));
  BOOST_TEST(settings.rules[1].tests.tests[0] == "db.*");
  BOOST_TEST(settings.rules[1].tests.labels[0] == "sql");
  BOOST_TEST(settings.rules[1].tests.directories[0].text() == "net/");
  BOOST_TEST((settings.rules[2].effect == ProjectRule::Effect::everything));
  BOOST_TEST((settings.rules[3].effect == ProjectRule::Effect::judge));
  BOOST_TEST((settings.shipped.of(ShippedRule::plugins) == ShippedEffect::everything));
  BOOST_TEST((settings.shipped.of(ShippedRule::programs) == ShippedEffect::part));
  BOOST_TEST((settings.shipped.of(ShippedRule::harmless_files) == ShippedEffect::nothing));
  BOOST_TEST(settings.closed.labels[0] == "unit");
  BOOST_TEST(settings.opaque.tests[0] == "net/shell");
  BOOST_TEST(settings.volatile_stamps.definitions[0] == "GIT_*");
  BOOST_TEST(settings.volatile_stamps.build_files[0].text() == "generated/version.h");
  BOOST_REQUIRE_EQUAL(settings.run_rules.size(), 2U);
  BOOST_TEST(settings.run_rules[0].tests.tests[0] == "net.*");
  BOOST_TEST(settings.run_rules[0].tests.labels[0] == "sql");
  BOOST_TEST(settings.run_rules[0].tests.directories[0].text() == "db/");
  BOOST_TEST((settings.run_rules[0].repeat == Repeat{RepeatMode::until_pass, 3}));
  BOOST_TEST(settings.run_rules[1].name == "winnow.json:24");
  BOOST_TEST(
      (settings.run_rules[1].repeat == Repeat{RepeatMode::until_pass, 2, {500'000, 90'000'000}}));
}

BOOST_AUTO_TEST_CASE(a_rule_is_named_by_the_line_it_begins_at)
{
  const Settings settings = read(whole);
  BOOST_TEST(settings.rules[0].name == "winnow.json:6");
  BOOST_TEST(settings.rules[1].name == "winnow.json:7");
  BOOST_TEST(settings.rules[2].name == "winnow.json:13");
}

BOOST_AUTO_TEST_CASE(patterns_out_of_the_source_root_start_at_it)
{
  const Settings settings = read(whole);
  BOOST_TEST(settings.rules[1].patterns[1].matches("/src/web/index.html"));
}

BOOST_AUTO_TEST_CASE(nothing_needs_to_be_said)
{
  const Settings settings = read("{}");
  BOOST_TEST(settings.rules.empty());
  BOOST_TEST((settings.shipped.of(ShippedRule::unbuilt_files) == ShippedEffect::part));
}

BOOST_AUTO_TEST_CASE(without_shipped_rules_each_of_them_selects_everything)
{
  const Settings settings = read(R"({"selection": {"shipped_rules": false}})");
  for (const ShippedRuleName& row : shipped_rule_names) {
    BOOST_TEST((settings.shipped.of(row.rule) == ShippedEffect::everything), row.name);
  }
}

BOOST_AUTO_TEST_CASE(a_mistyped_key_is_named_with_its_place_and_the_word_that_is_near)
{
  BOOST_TEST(fault_of("{\n  \"selecton\": {}\n}") ==
             "winnow.json:2:3: selecton is not known; did you mean selection?");
  BOOST_TEST(selection_fault(R"(  "rules": [{"pattern": "a", "ignor": true}])") ==
             "winnow.json:2:30: selection.rules[0].ignor is not known; did you mean ignore?");
  BOOST_TEST(selection_fault(R"("quite_other": 1)") ==
             "winnow.json:2:1: selection.quite_other is not known; known here: rules, "
             "shipped_rules, closed, opaque, volatile");
}

BOOST_AUTO_TEST_CASE(what_is_not_as_it_must_be_is_named_with_its_place)
{
  constexpr Fault faults[] = {
      {R"("rules": {})", "2:10", "selection.rules must be a list"},
      {R"("rules": ["docs"])", "2:11", "selection.rules[0] must be an object"},
      {R"("rules": [{"ignore": true}])", "2:11", "one of pattern and patterns"},
      {R"("rules": [{"pattern": "a", "patterns": ["b"], "ignore": true}])", "2:11",
       "one of pattern"},
      {R"("rules": [{"pattern": 1, "ignore": true}])", "2:23", "must be a text"},
      {R"("rules": [{"pattern": "", "ignore": true}])", "2:23", "empty text"},
      {R"("rules": [{"patterns": [], "ignore": true}])", "2:24", "empty list"},
      {R"("rules": [{"patterns": ["a", "b["], "ignore": true}])", "2:30", "without its ]"},
      {R"("rules": [{"pattern": "!a", "ignore": true}])", "2:23", "begins with !"},
      {R"("rules": [{"pattern": "a"}])", "2:11", "one of ignore and affects"},
      {R"("rules": [{"pattern": "a", "ignore": true, "affects": "everything"}])", "2:11", "one of"},
      {R"("rules": [{"pattern": "a", "ignore": "yes"}])", "2:38", "must be true or false"},
      {R"("rules": [{"pattern": "a", "affects": "all"}])", "2:39", "\"everything\""},
      {R"("rules": [{"pattern": "a", "affects": {}}])", "2:39", "names no test"},
      {R"("rules": [{"pattern": "a", "affects": {"test": ["x"]}}])", "2:40", "did you mean tests?"},
      {R"("shipped_rules": "off")", "2:18", "must be true, false or an object"},
      {R"("shipped_rules": {"plugins": "none"})", "2:30", "must be \"nothing\""},
      {R"("shipped_rules": {"plugin": "part"})", "2:19", "did you mean plugins?"},
      {R"("closed": ["a"])", "2:11", "must be an object"},
      {R"("volatile": {"definitions": "GIT"})", "2:29", "must be a list"},
  };
  for (const Fault& fault : faults) {
    BOOST_TEST_CONTEXT(fault.selection)
    {
      const std::string message = selection_fault(fault.selection);
      BOOST_TEST(message.starts_with("winnow.json:" + std::string(fault.place) + ": "), message);
      BOOST_TEST(message.find(fault.word) != std::string::npos, message);
    }
  }
}

BOOST_AUTO_TEST_CASE(what_is_wrong_in_a_rule_for_runs_is_named_with_its_place)
{
  constexpr Fault faults[] = {
      {R"(["a"])", "2:1", "run.rules[0] must be an object"},
      {R"({"tests": ["a"]})", "2:1", "must have one of retries, cpu"},
      {R"({"retries": 1})", "2:1", "names no test"},
      {R"({"tests": ["a"], "retrys": 1})", "2:18", "did you mean retries?"},
      {R"({"tests": ["a"], "retries": -1})", "2:29", "a whole number from 0 to 999999"},
      {R"({"tests": ["a"], "retries": 1.5})", "2:29", "a whole number from 0"},
      {R"({"tests": ["a"], "retries": 1e99})", "2:29", "a whole number from 0"},
      {R"({"tests": ["a"], "retries": 1000000})", "2:29", "a whole number from 0"},
      {R"({"tests": ["a"], "retries": "3"})", "2:29", "a whole number from 0"},
      {R"({"tests": ["a"], "retries": {"delay": "1s"}})", "2:29", "must have a count"},
      {R"({"tests": ["a"], "retries": {"count": 1, "delay": 2}})", "2:51", "must be a text"},
      {R"({"tests": ["a"], "retries": {"count": 1, "delay": "2"}})", "2:51",
       "duration up to a day"},
      {R"({"tests": ["a"], "retries": {"count": 1, "delay": "25h"}})", "2:51", "up to a day"},
      {R"({"tests": ["a"], "retries": {"count": 1, "delay": "2s", "max_delay": "1s"}})", "2:70",
       "shorter than the delay"},
      {R"({"tests": ["a"], "retries": {"count": 1, "max_delay": "1s"}})", "2:29", "a delay beside"},
      {R"({"tests": ["a"], "retries": {"count": 1, "dely": "1s"}})", "2:42", "did you mean delay?"},
  };
  for (const Fault& fault : faults) {
    BOOST_TEST_CONTEXT(fault.selection)
    {
      const std::string message = run_rule_fault(fault.selection);
      BOOST_TEST(message.starts_with("winnow.json:" + std::string(fault.place) + ": "), message);
      BOOST_TEST(message.find(fault.word) != std::string::npos, message);
    }
  }
  BOOST_TEST(fault_of("{\"run\": {\"rules\": {}}}") ==
             "winnow.json:1:19: run.rules must be a list");
}

BOOST_AUTO_TEST_CASE(a_key_that_repeats_is_refused)
{
  BOOST_TEST(fault_of("{\"selection\": {},\n \"selection\": {}}") ==
             "winnow.json:2:2: selection stands here for the second time");
}

BOOST_AUTO_TEST_CASE(what_is_no_json_is_named_with_its_place)
{
  BOOST_TEST(fault_of("{\n  \"selection\": nothing\n}").starts_with("winnow.json:2:1"));
  BOOST_TEST(fault_of("{\"selection\": {").find("ends too early") != std::string::npos);
  BOOST_TEST(fault_of("").find("ends too early") != std::string::npos);
  BOOST_TEST(fault_of("{}\n{}") == "winnow.json:2:1: more follows the end of the JSON document");
  BOOST_TEST(fault_of("[]") == "winnow.json:1:1: the file must be an object");
  BOOST_TEST(fault_of(std::string(100'000, '[')).starts_with("winnow.json:1:"));
  BOOST_TEST(fault_of(std::string(2'000'000, ' ')).find("2000000 bytes") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(comments_may_stand_anywhere_and_hold_anything)
{
  BOOST_TEST(read("/***/ {/* \" **/ \"selection\"/**/: // }\n {\"shipped_rules\": true} } // end")
                 .rules.empty());
  BOOST_TEST(fault_of(R"({"$schema": "a//b /* c", "x": 1})").find("x is not known") !=
             std::string::npos);
  BOOST_TEST(fault_of("{\n /* no end }") == "winnow.json:2:2: this comment has no end");
}

BOOST_AUTO_TEST_CASE(columns_count_characters)
{
  BOOST_TEST(fault_of("{ /* \xc3\xbc\xc3\xbc */ \"x\": 1}").starts_with("winnow.json:1:12: x is"));
}

/// Whatever is done to a sound file, it is read or refused; nothing else.
BOOST_AUTO_TEST_CASE(damaged_files_are_refused_with_a_place)
{
  std::mt19937 random(7);
  const auto below = [&](std::size_t limit) {
    return std::uniform_int_distribution<std::size_t>(0, limit - 1)(random);
  };
  for (int i = 0; i < 20'000; ++i) {
    std::string text(whole);
    for (std::size_t edits = 1 + below(3); edits > 0; --edits) {
      switch (below(3)) {
      case 0:
        text.erase(below(text.size()), 1 + below(20));
        break;
      case 1:
        text[below(text.size())] = static_cast<char>(below(256));
        break;
      default:
        text.insert(below(text.size()), text.substr(below(text.size()), below(30)));
      }
    }
    const std::string fault = fault_of(text);
    BOOST_REQUIRE(fault.empty() || fault.starts_with("winnow.json:"));
  }
}

BOOST_AUTO_TEST_SUITE_END()
