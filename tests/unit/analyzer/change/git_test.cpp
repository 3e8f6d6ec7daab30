// Tests changes against real repositories.
#include "analyzer/change/git.hpp"
#include "tests/support/git_project.hpp"

#include <boost/test/unit_test.hpp>

#include <cstdlib>
#include <string>
#include <vector>

using namespace winnow;
using namespace winnow::change;
using winnow::tests::GitProject;

namespace {

const Base head{Base::Kind::exactly, "HEAD"};

/// A repository that has another one at third_party/lib.
class ProjectWithSubmodule : public GitProject {
 public:
  ProjectWithSubmodule()
  {
    library_.write("lib.h", "1");
    library_.commit_all();
    git("submodule --quiet add '" + library_.path() + "' third_party/lib");
    commit_all();
  }

 private:
  GitProject library_;
};

Roots roots_of(const GitProject& project)
{
  return {project.path(), project.path() + "/build"};
}

/// "+added -deleted modified old>new", or "error: " and the message.
std::string text_of(const Result<Change>& change)
{
  if (!change) {
    return "error: " + change.error().message;
  }
  std::string text;
  for (const ChangedFile& file : change->files) {
    text += text.empty() ? "" : " ";
    switch (file.status) {
    case ChangeStatus::added:
      text += "+";
      break;
    case ChangeStatus::deleted:
      text += "-";
      break;
    case ChangeStatus::renamed:
      text += file.old_path + ">";
      break;
    case ChangeStatus::modified:
      break;
    }
    text += file.path;
  }
  return text;
}

Result<Change> changed_since(const Roots& roots, const Base& base)
{
  const auto work_tree = look_at_work_tree(roots);
  return work_tree ? change_since(*work_tree, roots, base) : Result<Change>(work_tree.error());
}

std::string since(const GitProject& project, const Base& base)
{
  return text_of(changed_since(roots_of(project), base));
}

bool says(const std::string& text, std::string_view part)
{
  return text.find(part) != std::string::npos;
}

} // namespace

BOOST_AUTO_TEST_SUITE(changes_of_a_work_tree)

BOOST_AUTO_TEST_CASE(committed_staged_unstaged_and_untracked_files_count)
{
  const GitProject project;
  project.write("committed.cpp", "1");
  project.write("staged.cpp", "1");
  project.write("unstaged.cpp", "1");
  project.write("gone.cpp", "gone");
  project.write("same.cpp", "1");
  project.commit_all();
  project.git("tag start");
  project.write("committed.cpp", "2");
  project.commit_all();
  project.write("staged.cpp", "2");
  project.git("add -A");
  project.write("unstaged.cpp", "2");
  project.remove("gone.cpp");
  project.write("new.cpp", "another content");
  BOOST_TEST(since(project, {Base::Kind::exactly, "start"}) ==
             "committed.cpp -gone.cpp +new.cpp staged.cpp unstaged.cpp");
}

BOOST_AUTO_TEST_CASE(a_renamed_file_keeps_its_old_name)
{
  const GitProject project;
  project.write("old.cpp", "long enough to be the same file again\n");
  project.commit_all();
  project.git("mv old.cpp new.cpp");
  BOOST_TEST(since(project, head) == "old.cpp>new.cpp");
}

BOOST_AUTO_TEST_CASE(what_was_staged_and_taken_back_is_no_change)
{
  const GitProject project;
  for (const char* name : {"edit", "new", "mode", "gone.cpp"}) {
    project.write(name, name);
  }
  project.git("rm -q --cached new 2>/dev/null || true");
  project.remove("new");
  project.commit_all();
  project.write("edit", "2");
  project.write("new", "1");
  project.git("mv gone.cpp moved.cpp && chmod +x mode && git add -A");
  BOOST_TEST(since(project, head) == "edit mode gone.cpp>moved.cpp +new");
  project.write("edit", "edit");
  project.remove("new");
  project.remove("moved.cpp");
  project.git("update-index --refresh >/dev/null || chmod -x mode");
  BOOST_TEST(since(project, head) == "-gone.cpp");
}

BOOST_AUTO_TEST_CASE(a_type_that_changes_is_a_change_whatever_the_content)
{
  const GitProject project;
  project.write("a", "b");
  project.commit_all();
  project.write("a", "2");
  project.git("add a && ln -sf b a");
  BOOST_TEST(since(project, head) == "a");
}

BOOST_AUTO_TEST_CASE(ignored_files_and_the_build_tree_are_no_change)
{
  const GitProject project;
  project.write(".gitignore", "*.log\n");
  project.commit_all();
  project.write("run.log", "1");
  project.write("build/CMakeCache.txt", "1");
  project.write("build2/x", "1");
  BOOST_TEST(since(project, head) == "+build2/x");
}

BOOST_AUTO_TEST_CASE(names_are_bytes)
{
  const GitProject project;
  project.commit_all();
  const std::string name = "sp ace\n\"quote\" \xff\xc3\xa4.h";
  project.write(name, "1");
  BOOST_TEST(since(project, head) == "+" + name);
}

BOOST_AUTO_TEST_CASE(a_file_dropped_from_the_index_but_still_there_is_modified)
{
  const GitProject project;
  project.write("a.cpp", "1");
  project.commit_all();
  project.git("rm -q --cached a.cpp");
  BOOST_TEST(since(project, head) == "a.cpp");
}

BOOST_AUTO_TEST_CASE(files_above_the_source_root_are_absolute)
{
  const GitProject project;
  project.write("cpp/a.cpp", "1");
  project.write("shared/b.txt", "1");
  project.commit_all();
  project.write("cpp/a.cpp", "2");
  project.write("shared/b.txt", "2");
  const Roots roots{project.path() + "/cpp", project.beside("build")};
  const auto change = changed_since(roots, head);
  BOOST_REQUIRE(change);
  BOOST_REQUIRE_EQUAL(change->files.size(), 2U);
  BOOST_TEST(change->files[0].path == project.path() + "/shared/b.txt");
  BOOST_TEST(change->files[1].path == "a.cpp");
}

BOOST_AUTO_TEST_CASE(a_repository_that_git_variables_name_does_not_mislead)
{
  const GitProject project;
  project.commit_all();
  project.write("a.cpp", "1");
  ::setenv("GIT_DIR", "/nonexistent", 1);
  const std::string text = since(project, head);
  ::unsetenv("GIT_DIR");
  BOOST_TEST(text == "+a.cpp");
}

BOOST_AUTO_TEST_CASE(what_git_was_told_not_to_look_at_counts)
{
  for (const std::string option : {"--assume-unchanged", "--skip-worktree"}) {
    const GitProject project;
    project.write("a.cpp", "1");
    project.write("gone.cpp", "1");
    project.commit_all();
    project.git("update-index " + option + " a.cpp gone.cpp");
    BOOST_TEST(since(project, head) == "");
    project.write("a.cpp", "2");
    BOOST_TEST(since(project, head) == "a.cpp");
  }
}

BOOST_AUTO_TEST_CASE(a_moved_submodule_is_what_differs_inside)
{
  const ProjectWithSubmodule project;
  project.write("third_party/lib/lib.h", "2");
  project.write("third_party/lib/new.h", "1");
  BOOST_TEST(since(project, head) == "third_party/lib/lib.h +third_party/lib/new.h");
  project.git("add -A", project.path() + "/third_party/lib");
  project.git("commit -q -m moved", project.path() + "/third_party/lib");
  BOOST_TEST(since(project, head) == "third_party/lib/lib.h +third_party/lib/new.h");
  project.commit_all();
  BOOST_TEST(since(project, {Base::Kind::exactly, "HEAD~1"}) ==
             "third_party/lib/lib.h +third_party/lib/new.h");
  const auto change = changed_since(roots_of(project), {Base::Kind::exactly, "HEAD~1"});
  BOOST_TEST(change->submodules == std::vector<std::string>{"third_party/lib"},
             boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_submodule_of_which_git_cannot_tell_is_one_changed_path)
{
  const ProjectWithSubmodule project;
  project.git("update-index --cacheinfo 160000,1234567890123456789012345678901234567890,"
              "third_party/lib");
  project.git("commit -q -m 'a commit that nobody has'");
  BOOST_TEST(since(project, head) == "third_party/lib");
  project.git("submodule --quiet deinit -f --all");
  BOOST_TEST(since(project, {Base::Kind::exactly, "HEAD~1"}) == "third_party/lib");
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(bases)

BOOST_AUTO_TEST_CASE(a_ref_means_its_merge_base_with_head)
{
  const GitProject project;
  project.write("a.cpp", "1");
  project.commit_all();
  project.git("checkout -q -b topic");
  project.write("topic.cpp", "1");
  project.commit_all();
  project.git("checkout -q main");
  project.write("a.cpp", "2");
  project.commit_all();
  project.git("checkout -q topic");
  BOOST_TEST(since(project, {Base::Kind::merge_base, "main"}) == "+topic.cpp");
  BOOST_TEST(since(project, {Base::Kind::exactly, "main"}) == "a.cpp +topic.cpp");
  BOOST_TEST(since(project, {}) == "+topic.cpp");
}

BOOST_AUTO_TEST_CASE(the_upstream_default_branch_comes_first)
{
  const GitProject origin("-b trunk");
  origin.write("a.cpp", "1");
  origin.commit_all();
  const GitProject project;
  project.git("clone -q '" + origin.path() + "' '" + project.beside("clone") + "'",
              project.beside(""));
  const std::string clone = project.beside("clone");
  project.git("checkout -q -b main", clone);
  project.git("commit -q --allow-empty -m two", clone);
  project.git("checkout -q -b topic", clone);
  const auto change = changed_since({clone, clone + "/build"}, {});
  const auto trunk =
      changed_since({clone, clone + "/build"}, {Base::Kind::exactly, "origin/trunk"});
  BOOST_REQUIRE(change);
  BOOST_REQUIRE(trunk);
  BOOST_TEST(change->base == trunk->base);
}

BOOST_AUTO_TEST_CASE(a_lone_branch_is_compared_with_its_last_commit)
{
  const GitProject project;
  project.write("a.cpp", "1");
  project.commit_all();
  project.write("b.cpp", "1");
  BOOST_TEST(since(project, {}) == "+b.cpp");
}

BOOST_AUTO_TEST_CASE(a_ref_that_does_not_exist_is_named)
{
  const GitProject project;
  project.commit_all();
  const auto change = changed_since(roots_of(project), {Base::Kind::merge_base, "origin/nowhere"});
  BOOST_REQUIRE(!change);
  BOOST_TEST((change.error().kind == ErrorKind::user));
  BOOST_TEST(says(change.error().message, "'origin/nowhere' names no commit"));
  BOOST_TEST(says(change.error().message, "git fetch"));
}

BOOST_AUTO_TEST_CASE(a_ref_that_looks_like_an_option_is_none)
{
  const GitProject project;
  project.commit_all();
  const std::string text = since(project, {Base::Kind::merge_base, "--output=stolen"});
  BOOST_TEST(says(text, "error: '--output=stolen' names no commit"));
  BOOST_TEST(!std::filesystem::exists(project.path() + "/stolen"));
}

BOOST_AUTO_TEST_CASE(a_shallow_clone_without_the_merge_base_says_how_to_deepen)
{
  const GitProject origin;
  origin.write("a.cpp", "1");
  origin.commit_all();
  origin.git("checkout -q -b topic");
  origin.write("b.cpp", "1");
  origin.commit_all();
  origin.git("checkout -q main");
  origin.write("a.cpp", "2");
  origin.commit_all();
  const std::string clone = origin.beside("clone");
  origin.git("clone -q --depth 1 --no-single-branch 'file://" + origin.path() + "' '" + clone + "'",
             origin.beside(""));
  origin.git("checkout -q topic", clone);
  const auto change =
      changed_since({clone, clone + "/build"}, {Base::Kind::merge_base, "origin/main"});
  BOOST_REQUIRE(!change);
  BOOST_TEST((change.error().kind == ErrorKind::environment));
  BOOST_TEST(says(change.error().message, "shallow"));
  BOOST_TEST(says(change.error().message, "git fetch --unshallow"));
}

BOOST_AUTO_TEST_CASE(histories_without_a_common_commit_are_an_error)
{
  const GitProject project;
  project.commit_all();
  project.git("checkout -q --orphan other");
  project.write("other.cpp", "1");
  project.commit_all();
  BOOST_TEST(says(since(project, {Base::Kind::merge_base, "main"}), "have no common history"));
}

BOOST_AUTO_TEST_CASE(a_directory_outside_git_is_an_error_of_the_user)
{
  const tests::ScratchDirectory directory;
  const auto change = changed_since({directory.path(), directory / "build"}, {});
  BOOST_REQUIRE(!change);
  BOOST_TEST((change.error().kind == ErrorKind::user));
  BOOST_TEST(says(change.error().message, "is not in a git repository"));
}

BOOST_AUTO_TEST_CASE(a_repository_without_a_commit_is_an_error_of_the_user)
{
  const GitProject project;
  BOOST_TEST(says(since(project, {}), "has no commit yet"));
}

BOOST_AUTO_TEST_CASE(a_machine_without_git_is_told_so)
{
  const GitProject project;
  const std::string path = std::getenv("PATH");
  ::setenv("PATH", "/nonexistent", 1);
  const auto change = changed_since(roots_of(project), {});
  ::setenv("PATH", path.c_str(), 1);
  BOOST_REQUIRE(!change);
  BOOST_TEST((change.error().kind == ErrorKind::environment));
  BOOST_TEST(says(change.error().message, "no git in PATH"));
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(stated_files)

BOOST_AUTO_TEST_CASE(they_are_relative_to_the_directory_they_are_named_in)
{
  const GitProject project;
  project.write("net/url.cpp", "1");
  const std::string files[] = {"url.cpp", "../gone.cpp", project.path() + "/net/url.cpp"};
  BOOST_TEST(text_of(change_of_files(roots_of(project), project.path() + "/net", files)) ==
             "-gone.cpp net/url.cpp");
}

BOOST_AUTO_TEST_CASE(an_empty_name_is_an_error)
{
  const GitProject project;
  const std::string files[] = {""};
  BOOST_TEST(!change_of_files(roots_of(project), project.path(), files));
}

BOOST_AUTO_TEST_SUITE_END()
