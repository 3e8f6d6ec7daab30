// Tests the shipped rules, and what names say of files.
#include "analyzer/model/file_kind.hpp"
#include "analyzer/model/wildcard.hpp"
#include "analyzer/select/shipped_rules.hpp"

#include <boost/test/unit_test.hpp>

#include <string>

using namespace winnow;
using namespace winnow::select;
using winnow::matches;

BOOST_AUTO_TEST_SUITE(shipped_rules)

BOOST_AUTO_TEST_CASE(prose_and_settings_cannot_matter)
{
  for (const char* path : {"README.md", "docs/guide.rst", "LICENSE_1_0.txt", "a/b/.clang-format",
                           ".github/workflows/ci.yml", "third_party/x/.vscode/settings.json",
                           "ci/build.bat", "net/BUILD", "code/winnow-code-quality.json",
                           "winnow.env", "MODULE.bazel.lock", "defs.bzl"}) {
    BOOST_TEST(harmless_pattern(path).has_value(), path);
  }
}

BOOST_AUTO_TEST_CASE(what_tools_leave_at_the_top_cannot_matter)
{
  for (const char* path :
       {"compile_commands.json", "tags", ".cache/clangd/index/a.cpp.idx", "cscope.out", ".ccls"}) {
    BOOST_TEST(harmless_pattern(path).has_value(), path);
  }
  for (const char* path : {"tests/compile_commands.json", "lib/tags", "tests/.cache/entry",
                           "cscope.out/data", "tags/list"}) {
    BOOST_TEST(!harmless_pattern(path).has_value(), path);
  }
}

BOOST_AUTO_TEST_CASE(everything_else_can)
{
  for (const char* path : {"data/table.txt", "a.md.cpp", "github/x.cpp", "x.github/y.cpp",
                           "tests/expected.json", "README.cpp", "ci/tool.cpp", "BUILD.txt"}) {
    BOOST_TEST(!harmless_pattern(path).has_value(), path);
  }
}

BOOST_AUTO_TEST_CASE(stars_stand_for_any_characters)
{
  BOOST_TEST(matches("*.md", ".md"));
  BOOST_TEST(matches("a*b*c", "abbbc"));
  BOOST_TEST(matches("*", ""));
  BOOST_TEST(!matches("a*b", "abc"));
  BOOST_TEST(!matches("", "a"));
}

BOOST_AUTO_TEST_CASE(stars_do_not_take_exponential_time)
{
  const std::string name(10'000, 'a');
  BOOST_TEST(!matches("*a*a*a*a*a*a*a*a*b", name));
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(file_kinds)

BOOST_AUTO_TEST_CASE(names_tell_what_a_compiler_may_do_with_a_file)
{
  BOOST_TEST((file_kind("a/b.cpp") == FileKind::source));
  BOOST_TEST((file_kind("a/b.C") == FileKind::source));
  BOOST_TEST((file_kind("a/b.hpp") == FileKind::header));
  BOOST_TEST((file_kind("include/algorithm") == FileKind::header));
  BOOST_TEST((file_kind("dir.d/plain") == FileKind::header));
  BOOST_TEST((file_kind("cmake/x.cmake") == FileKind::configuration));
  BOOST_TEST((file_kind("CMakePresets.json") == FileKind::configuration));
  BOOST_TEST((file_kind("tests/run.py") == FileKind::script));
  BOOST_TEST((file_kind("data/day.csv") == FileKind::other));
  BOOST_TEST((file_kind(".hidden") == FileKind::other));
}

BOOST_AUTO_TEST_SUITE_END()
