// What texts of scripts and commands say of files.
#include "analyzer/ingest/said_keys.hpp"

#include <boost/test/unit_test.hpp>

#include <set>
#include <string>
#include <string_view>

using namespace winnow;
using namespace winnow::ingest;

namespace {

const Roots roots{"/p", "/p/build"};

/// Without directories, of which any word may be one, but for those with `directories`.
std::string keys_in(std::string_view text, TextForm form = TextForm::shell,
                    bool directories = false)
{
  std::set<std::string> keys;
  find_keys_in_text(text, form, roots, [&](std::string_view key) {
    if (directories == key.ends_with('/')) {
      keys.emplace(key);
    }
  });
  std::string joined;
  for (const std::string& key : keys) {
    joined += (joined.empty() ? "" : " ") + key;
  }
  return joined;
}

struct Row {
  std::string_view text;
  std::string_view keys;
};

constexpr Row rows[] = {
    {"exec ./program --quick", ""},
    {"cc $TOP/src/main.c", ".c main.c"},
    {"cc $TOP/src/$NAME.c", ".c NAME.c"},
    {"cc ${NAME}.c", ".c"},
    {"cc src/*.c", ".c"},
    {"open(name + '.cpp')", ".cpp"},
    {"/usr/bin/python3.11 x", "python"},
    {"run tools/x.py", "python x.py"},
    {". lib.sh", "lib.sh"},
    {"sh $NAME.sh", ".sh NAME.sh"},
    {"run requirements-dev.txt", "python"},
    {"PYTHONPATH=a ./x", "python"},
    {"cargo test", "cargo"},
    {"cat Cargo.toml", "cargo"},
    {"${CMAKE_COMMAND} -S x", "cmake"},
    {"$CMAKE_CTEST_COMMAND --build-and-test x", "cmake"},
    {"cat nested/CMakeLists.txt", "CMakeLists.txt"},
    {"cat $1/*", "*"},
    {"for name in *; do", "*"},
    {"sh tests/*.sh", ".sh"},
    {"cat **/x", "*"},
    {"find . -type f", "*"},
    {"for p in os.walk(top):", "*"},
    {"Path(x).rglob('y')", "*"},
    {"Path(__file__).parent.parent", "*"},
    {"git grep x", "*"},
    {"diff -r a b", "*"},
    {"rm -rf a", ""},
    {"./lint ../..", "*"},
    {"./lint /p", "*"},
    {"./lint --top=/p/", "*"},
    {"./lint /p/src/a.c", "a.c"},
    {"./lint /p/build/src/b.c", "b.c"},
    {"# python3 find *", ""},
    {"#!/usr/bin/env python3", "python"},
};

} // namespace

BOOST_AUTO_TEST_SUITE(keys_in_texts)

BOOST_AUTO_TEST_CASE(are_names_extensions_tools_and_any_file)
{
  for (const Row& row : rows) {
    BOOST_TEST_CONTEXT(row.text)
    {
      BOOST_TEST(keys_in(row.text) == row.keys);
    }
  }
}

BOOST_AUTO_TEST_CASE(are_the_components_of_paths)
{
  BOOST_TEST(keys_in("cat /p/a/b/c.txt ../d", TextForm::shell, true) == "a/ b/ c.txt/ cat/ d/");
  BOOST_TEST(keys_in("/p/build/a/b", TextForm::shell, true) == "b/");
}

BOOST_AUTO_TEST_CASE(a_star_multiplies_outside_of_shells)
{
  BOOST_TEST(keys_in("n = a * b", TextForm::other) == "");
  BOOST_TEST(keys_in("n = glob('x/*')", TextForm::other) == "*");
}

BOOST_AUTO_TEST_SUITE_END()
