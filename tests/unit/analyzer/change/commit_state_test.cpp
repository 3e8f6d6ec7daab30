// Tests the contents of commits, also where the work tree has others.
#include "analyzer/change/commit_state.hpp"
#include "analyzer/change/work_tree.hpp"
#include "tests/support/git_project.hpp"

#include <boost/test/unit_test.hpp>

#include <string>

using namespace winnow;
using namespace winnow::change;
using winnow::tests::GitProject;

BOOST_AUTO_TEST_SUITE(commit_states)

BOOST_AUTO_TEST_CASE(have_the_contents_of_the_commit)
{
  const GitProject project;
  project.write("net/url.h", "before");
  project.write("gone", "gone");
  project.commit_all();
  project.write("net/url.h", "after");
  project.write("new", "new");
  project.remove("gone");
  const Roots roots{project.path(), project.path() + "/build", {}, {}};
  const auto repository = find_repository(project.path());
  BOOST_REQUIRE(repository.has_value());
  const auto state = state_of_commit(*repository, roots, *commit_of(*repository, "HEAD"));
  BOOST_REQUIRE(state.has_value());
  BOOST_TEST(state->files.size() == 2U);
  BOOST_TEST(state->files.contains("gone"));
  BOOST_TEST((state->files.find("net/url.h") == hash_content("before")));
}

BOOST_AUTO_TEST_CASE(have_submodules_by_their_commits_as_work_trees_do)
{
  const GitProject other;
  other.write("sub.h", "sub");
  other.commit_all();
  const GitProject project;
  project.git("submodule add -q '" + other.path() + "' third/sub");
  project.commit_all();
  const Roots roots{project.path(), project.path() + "/build", {}, {}};
  const auto work_tree = look_at_work_tree(roots);
  BOOST_REQUIRE(work_tree.has_value());
  const auto state = state_of_commit(*work_tree->repository, roots, "HEAD");
  BOOST_REQUIRE(state.has_value());
  BOOST_TEST(state->submodules.size() == 1U);
  BOOST_TEST(state->submodules.find("third/sub").value_or(ContentHash{}).known());
  BOOST_TEST((state->submodules == work_tree->sources.submodules));

  project.write("third/sub/sub.h", "edited");
  const auto edited = look_at_work_tree(roots);
  BOOST_REQUIRE(edited.has_value());
  BOOST_TEST((edited->sources.submodules == FileListing{{"third/sub", {}}}));
}

BOOST_AUTO_TEST_CASE(of_no_commit_are_an_error)
{
  const GitProject project;
  project.commit_all();
  const auto repository = find_repository(project.path());
  BOOST_REQUIRE(repository.has_value());
  BOOST_TEST(
      state_of_commit(*repository, {project.path(), "/b", {}, {}}, "no-such-commit").has_error());
}

BOOST_AUTO_TEST_SUITE_END()
