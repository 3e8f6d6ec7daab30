// Ninja files: what an edge is made of, and what is wrong with a file.
#include "analyzer/ingest/ninja_manifest.hpp"
#include "tests/support/scratch_directory.hpp"
#include "tests/unit/analyzer/ingest/written_files.hpp"

#include <boost/test/unit_test.hpp>

#include <vector>

using namespace winnow;
using namespace winnow::ingest;

namespace {

Result<NinjaManifest> load(const tests::ScratchDirectory& scratch, std::string_view text)
{
  tests::write_file(scratch / "build.ninja", text);
  return NinjaManifest::load(scratch / "build.ninja");
}

std::vector<std::string> list(std::span<const std::string_view> paths)
{
  return {paths.begin(), paths.end()};
}

using Paths = std::vector<std::string>;

} // namespace

BOOST_AUTO_TEST_SUITE(ninja_manifests)

BOOST_AUTO_TEST_CASE(tell_every_kind_of_input_and_output)
{
  const tests::ScratchDirectory scratch;
  const auto manifest = load(scratch, "rule r\n  command = x\n"
                                      "build a b | c: r d $\n    e | f || g h |@ v\n"
                                      "build w: r\nbuild x$ y: phony a$:b $$z\n");
  BOOST_REQUIRE(manifest.has_value());
  BOOST_REQUIRE_EQUAL(manifest->edges().size(), 3U);
  const NinjaEdge& edge = manifest->edges()[0];
  BOOST_TEST(list(manifest->outputs(edge)) == (Paths{"a", "b", "c"}),
             boost::test_tools::per_element());
  BOOST_TEST(list(manifest->explicit_inputs(edge)) == (Paths{"d", "e"}),
             boost::test_tools::per_element());
  BOOST_TEST(list(manifest->implicit_inputs(edge)) == Paths{"f"}, boost::test_tools::per_element());
  BOOST_TEST(list(manifest->order_only_inputs(edge)) == (Paths{"g", "h"}),
             boost::test_tools::per_element());
  const NinjaEdge& escaped = manifest->edges()[2];
  BOOST_TEST(list(manifest->outputs(escaped)) == Paths{"x y"}, boost::test_tools::per_element());
  BOOST_TEST(list(manifest->explicit_inputs(escaped)) == (Paths{"a:b", "$z"}),
             boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(expand_commands_in_the_scope_of_the_edge)
{
  const struct {
    std::string_view text;
    std::string_view command;
  } rows[] = {
      {"rule r\n  command = cc $FLAGS -o $out $in\nbuild a: r b c\n  FLAGS = -O2\n",
       "cc -O2 -o a b c"},
      {"F = 1\nrule r\n  command = $F ${F}x $F-y\nF = 2\nbuild a: r\n", "2 2x "},
      {"F = 1\nrule r\n  command = $G\nbuild a: r\n  G = $F\nF = 2\n", "1"},
      {"rule r\n  command = a $\n      b $$c $:\nbuild a: r\n", "a b $c :"},
      {"rule r\n  command = $in\nbuild a: r b$ c it's\n", "'b c' 'it'\\''s'"},
      {"rule r\n  command = $out $missing.\nbuild a | b: r\n", "a ."},
      {"rule r\n  command = $x\n  x = $command\nbuild a: r\n", ""},
      {"rule r\n  command = x\n# comment\n\nbuild a: r\n  # inside\n  command = y\n", "y"},
      {"rule r\r\n  command = x\r\nbuild a: r\r\n", "x"},
  };

  for (const auto& row : rows) {
    BOOST_TEST_CONTEXT(row.text)
    {
      const tests::ScratchDirectory scratch;
      const auto manifest = load(scratch, row.text);
      BOOST_REQUIRE(manifest.has_value());
      BOOST_REQUIRE_EQUAL(manifest->edges().size(), 1U);
      BOOST_TEST(manifest->command(manifest->edges()[0]) == row.command);
    }
  }
}

BOOST_AUTO_TEST_CASE(include_files_in_their_scope_and_give_subninjas_their_own)
{
  const tests::ScratchDirectory scratch;
  tests::write_file(scratch / "sub/rules.ninja", "V = included\nrule r\n  command = $V\n");
  tests::write_file(scratch / "sub/own.ninja", "V = own\nbuild b: r\n");
  const auto manifest =
      load(scratch, "V = top\ninclude sub/rules.ninja\nsubninja sub/own.ninja\nbuild a: r\n");
  BOOST_REQUIRE(manifest.has_value());
  BOOST_REQUIRE_EQUAL(manifest->edges().size(), 2U);
  BOOST_TEST(manifest->command(manifest->edges()[0]) == "own");
  BOOST_TEST(manifest->command(manifest->edges()[1]) == "included");
  BOOST_TEST(manifest->files().size() == 3U);
}

BOOST_AUTO_TEST_CASE(give_errors_with_file_and_line)
{
  const struct {
    std::string_view text;
    std::string_view message;
  } rows[] = {
      {"x = 1\nbuild a: nowhere b\n", ":2: unknown rule 'nowhere'"},
      {"build\n", ":1: expected outputs and ':'"},
      {"build a b\n", ":1: expected outputs and ':'"},
      {"build a: phony b : c\n", ":1: expected inputs or the end of the line"},
      {"rule r\n  command\n", ":2: expected 'name = value'"},
      {"frobnicate x\n", ":1: unknown statement 'frobnicate'"},
      {"  indented = 1\n", ":1: expected a statement"},
      {"\n%\n", ":2: expected a statement"},
  };

  for (const auto& row : rows) {
    BOOST_TEST_CONTEXT(row.text)
    {
      const tests::ScratchDirectory scratch;
      const auto manifest = load(scratch, row.text);
      BOOST_REQUIRE(manifest.has_error());
      BOOST_TEST(manifest.error().message == (scratch / "build.ninja") + std::string(row.message));
    }
  }
}

BOOST_AUTO_TEST_CASE(that_include_themselves_are_an_error)
{
  const tests::ScratchDirectory scratch;
  BOOST_TEST(load(scratch, "include build.ninja\n").has_error());
  BOOST_TEST(load(scratch, "include missing.ninja\n").has_error());
}

BOOST_AUTO_TEST_CASE(with_variables_of_themselves_end)
{
  const tests::ScratchDirectory scratch;
  const auto manifest = load(scratch, "rule r\n  command = x$command$command\nbuild a: r\n");
  BOOST_REQUIRE(manifest.has_value());
  BOOST_TEST(manifest->command(manifest->edges()[0]).size() < 10000U);
}

BOOST_AUTO_TEST_CASE(with_variables_that_double_are_an_error)
{
  const tests::ScratchDirectory scratch;
  std::string text = "a = 0123456789\n";
  for (int i = 0; i < 40; ++i) {
    text += "a = $a$a\n";
  }
  const auto manifest = load(scratch, text);
  BOOST_REQUIRE(manifest.has_error());
  BOOST_TEST(manifest.error().message.ends_with("its variables expand to more than 256 MiB"));
}

BOOST_AUTO_TEST_CASE(any_prefix_of_one_ends)
{
  const std::string whole = "v = $\n  a\nrule r\n  command = ${v} $in $$ $\n   x\n"
                            "build a$ b | c: r d | e || f |@ g\n  v = ${v}$\r\n";
  const tests::ScratchDirectory scratch;
  std::size_t whole_ones = 0;
  for (std::size_t size = 0; size <= whole.size(); ++size) {
    const auto manifest = load(scratch, whole.substr(0, size));
    whole_ones += manifest.has_value() ? 1 : 0;
    if (manifest) {
      for (const NinjaEdge& edge : manifest->edges()) {
        BOOST_TEST(manifest->command(edge).size() < 200U);
      }
    }
  }
  BOOST_TEST(whole_ones > 0U);
  BOOST_TEST(whole_ones < whole.size());
}

BOOST_AUTO_TEST_SUITE_END()
