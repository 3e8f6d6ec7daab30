// Tests line diffs: the reader on texts, and git on a real repository.
#include "analyzer/change/changed_lines.hpp"
#include "tests/support/git_project.hpp"

#include <boost/test/unit_test.hpp>

#include <string>

using namespace winnow;
using namespace winnow::change;
using winnow::tests::GitProject;

namespace {

/// "path 3+2 7+0": where each run of lines begins and how many there are.
std::string text_of(const LinesByFile& files)
{
  std::string text;
  for (const auto& [path, changes] : files) {
    text += (text.empty() ? "" : "; ") + path;
    for (const ChangedLines& lines : changes) {
      text += " " + std::to_string(lines.first) + "+" + std::to_string(lines.count);
    }
  }
  return text;
}

} // namespace

BOOST_AUTO_TEST_SUITE(changed_lines_of_files)

BOOST_AUTO_TEST_CASE(are_read_from_headers_of_hunks)
{
  const LinesByFile files = read_line_diff("diff --git a b\n"
                                           "--- CMakeLists.txt\n"
                                           "+++ CMakeLists.txt\n"
                                           "@@ -3 +3,2 @@ project(x)\n"
                                           "-old()\n"
                                           "+new()\n"
                                           "+more()\n"
                                           "@@ -9,1 +9,0 @@\n"
                                           "-gone()\n");
  BOOST_TEST(text_of(files) == "CMakeLists.txt 3+2 9+0");
  BOOST_TEST(files.at("CMakeLists.txt")[0].text == "old()\nnew()\nmore()\n");
  BOOST_TEST(files.at("CMakeLists.txt")[1].text == "gone()\n");
}

BOOST_AUTO_TEST_CASE(may_look_like_headers_themselves)
{
  const LinesByFile files = read_line_diff("--- a\n+++ a\n@@ -1 +1 @@\n--- b\n+++ c\n"
                                           "\\ No newline at end of file\n@@ -5 +5 @@\n-x\n+y\n");
  BOOST_TEST(text_of(files) == "a 1+1 5+1");
  BOOST_TEST(files.at("a")[0].text == "-- b\n++ c\n");
}

BOOST_AUTO_TEST_CASE(of_new_and_gone_files_are_left_out)
{
  BOOST_TEST(text_of(read_line_diff("--- /dev/null\n+++ a\n@@ -0,0 +1 @@\n+x\n"
                                    "--- b\n+++ /dev/null\n@@ -1 +0,0 @@\n-x\n")) == "");
}

BOOST_AUTO_TEST_CASE(are_not_made_of_garbage)
{
  for (const std::string_view text :
       {"", "@@ -1 +1 @@\n+x\n", "--- a\n+++ a\n@@ -x +1 @@\n", "--- a\n+++ a\n@@ -1,2\n",
        "--- a\n+++ a\n@@ -1 +99999999999999999999 @@\n"}) {
    BOOST_TEST_CONTEXT(text)
    {
      for (const auto& [path, changes] : read_line_diff(text)) {
        BOOST_TEST(changes.empty());
      }
    }
  }
  BOOST_TEST(text_of(read_line_diff("--- a\n+++ a\n@@ -1 +1,4000000000 @@\n+x\n")) ==
             "a 1+4000000000");
}

BOOST_AUTO_TEST_CASE(are_those_between_a_commit_and_the_work_tree)
{
  const GitProject project;
  project.write("source/CMakeLists.txt", "1\n2\n3\n4\n");
  project.write("source/same.cmake", "1\n");
  project.write("source/with a blank.cmake", "1\n");
  project.write("outside.cmake", "1\n");
  project.commit_all();
  project.write("source/CMakeLists.txt", "1\ntwo\n3\n");
  project.write("source/with a blank.cmake", "1\n2\n");
  project.write("source/new.cmake", "1\n");
  project.write("outside.cmake", "2\n");
  const auto work_tree = look_at_work_tree({project.path() + "/source", project.path() + "/build"});
  BOOST_REQUIRE(work_tree.has_value());
  const std::vector<std::string> paths{"CMakeLists.txt", "same.cmake", "with a blank.cmake",
                                       "new.cmake", project.path() + "/outside.cmake"};
  const auto lines = changed_lines(*work_tree, "HEAD", paths);
  BOOST_REQUIRE(lines.has_value());
  BOOST_TEST(text_of(*lines) == "CMakeLists.txt 2+1 3+0; with a blank.cmake 2+1");
  BOOST_TEST(changed_lines(*work_tree, "no-such-commit", paths).has_error());
  BOOST_TEST(text_of(*changed_lines(*work_tree, "HEAD", {})) == "");
}

BOOST_AUTO_TEST_SUITE_END()
