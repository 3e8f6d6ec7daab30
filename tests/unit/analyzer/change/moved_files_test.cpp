// Renames that git is not told of, in a real repository.
#include "analyzer/change/git.hpp"
#include "analyzer/change/moved_files.hpp"
#include "tests/support/git_project.hpp"

#include <boost/test/unit_test.hpp>

#include <string>

using namespace winnow;
using namespace winnow::change;
using winnow::tests::GitProject;

namespace {

/// "old>new path path …" of what differs from HEAD.
std::string change_of(const GitProject& project)
{
  const Roots roots{project.path(), project.path() + "/build"};
  const auto work_tree = look_at_work_tree(roots);
  BOOST_REQUIRE(work_tree.has_value());
  const auto change = change_since(*work_tree, roots, {Base::Kind::exactly, "HEAD"});
  BOOST_REQUIRE(change.has_value());
  std::string text;
  for (const ChangedFile& file : change->files) {
    text += (text.empty() ? "" : " ") + file.old_path;
    text += (file.status == ChangeStatus::renamed ? ">" : "") + file.path;
  }
  return text;
}

} // namespace

BOOST_AUTO_TEST_SUITE(moved_files)

BOOST_AUTO_TEST_CASE(are_renamed_where_no_other_has_their_content)
{
  const GitProject project;
  project.write("a/one.txt", "the one");
  project.write("two.txt", "both");
  project.write("three.txt", "both");
  project.write("edited.txt", "before");
  project.commit_all();
  for (const char* gone : {"a/one.txt", "two.txt", "three.txt", "edited.txt"}) {
    project.remove(gone);
  }
  project.write("b/one.txt", "the one");
  project.write("other.txt", "both");
  project.write("new.txt", "after");
  BOOST_TEST(change_of(project) ==
             "a/one.txt>b/one.txt edited.txt new.txt other.txt three.txt two.txt");
}

BOOST_AUTO_TEST_CASE(are_not_those_that_git_was_told_to_forget)
{
  const GitProject project;
  project.write("one.txt", "the one");
  project.commit_all();
  project.git("rm --quiet --cached one.txt");
  BOOST_TEST(change_of(project) == "one.txt");
}

BOOST_AUTO_TEST_SUITE_END()
