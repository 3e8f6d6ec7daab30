// What computed includes become.
#include "analyzer/ingest/computed_names.hpp"

#include <boost/test/unit_test.hpp>

#include <map>
#include <string>

using namespace winnow::ingest;

namespace {

const std::multimap<std::string, std::pair<std::string, std::string>, std::less<>> macros{
    {"CONFIG", {"", "\"config.h\""}},
    {"PLATFORM", {"", "LINUX_HEADER"}},
    {"PLATFORM", {"", "<mac.h>"}},
    {"LINUX_HEADER", {"", "<linux.h>"}},
    {"STRING", {"(x)", "#x"}},
    {"EXPAND", {"(x)", "STRING(x)"}},
    {"DIRECTORY", {"", "net"}},
    {"HEADER", {"(name)", "EXPAND(DIRECTORY/name.h)"}},
    {"IN", {"(name)", "<in/name.h>"}},
    {"PASTE", {"(a, b)", "a ## b"}},
    {"loop", {"", "loop"}},
    {"ping", {"", "pong"}},
    {"pong", {"", "ping"}},
};

/// The names in their order, and "…" if more are possible.
std::string names_of(std::string_view tokens)
{
  const ComputedNames found =
      computed_names(tokens, IncludeUse::include, [](std::string_view name) {
        std::vector<MacroDefinition> definitions;
        const auto [begin, end] = macros.equal_range(name);
        for (auto at = begin; at != end; ++at) {
          definitions.push_back({at->second.first, at->second.second});
        }
        return definitions;
      });
  std::string text;
  for (const IncludeDirective& name : found.names) {
    text += text.empty() ? "" : " ";
    text += name.form == IncludeForm::angled ? "<" + name.name + ">" : name.name;
  }
  return text + (found.complete ? "" : " …");
}

} // namespace

BOOST_AUTO_TEST_SUITE(computed_include_names)

BOOST_AUTO_TEST_CASE(are_those_of_every_definition)
{
  BOOST_TEST(names_of("CONFIG") == "config.h");
  BOOST_TEST(names_of("PLATFORM") == "<linux.h> <mac.h>");
}

BOOST_AUTO_TEST_CASE(are_none_where_nobody_defines_the_macro)
{
  BOOST_TEST(names_of("UNKNOWN") == "");
  BOOST_TEST(names_of("loop") == "");
}

BOOST_AUTO_TEST_CASE(are_made_into_strings_and_pasted)
{
  BOOST_TEST(names_of("STRING(a/b.h)") == "a/b.h");
  BOOST_TEST(names_of("IN(x)") == "<in/x.h>");
  BOOST_TEST(names_of("PASTE(CON, FIG)") == "config.h");
  // An argument is expanded before it is handed on, but not before it becomes a string.
  const std::string names = names_of("HEADER(url)");
  BOOST_TEST(names.find("net/url.h") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(end_where_definitions_turn_in_circles)
{
  BOOST_TEST(names_of("ping").ends_with("…"));
}

BOOST_AUTO_TEST_SUITE_END()
