// Tests the contents of work trees against hashes of their files.
#include "analyzer/change/work_tree.hpp"
#include "tests/support/git_project.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <string>
#include <vector>

using namespace winnow;
using namespace winnow::change;
using winnow::tests::GitProject;

namespace {

Roots roots_of(const GitProject& project)
{
  return {project.path(), project.path() + "/build"};
}

Result<WorkTree> look_at(const Roots& roots)
{
  return look_at_work_tree(roots);
}

Result<WorkTree> look_at(const Roots& roots, const SourceState& known)
{
  const KnownCommit commit{known, likely_repository(roots.source)};
  return look_at_work_tree(roots, &commit);
}

ContentHash hash_of(const SourceState& state, const std::string& path)
{
  return state.files.find(path).value_or(ContentHash{});
}

std::vector<std::string> paths_of(const SourceState& state)
{
  std::vector<std::string> paths;
  state.files.for_each(
      [&](std::string_view path, const ContentHash&) { paths.emplace_back(path); });
  return paths;
}

} // namespace

BOOST_AUTO_TEST_SUITE(work_trees)

BOOST_AUTO_TEST_CASE(every_file_has_the_hash_of_its_content_now)
{
  const GitProject project;
  project.write(".gitignore", "ignored\n");
  project.write("clean", "clean");
  project.write("modified", "before");
  project.write("deleted", "deleted");
  project.commit_all();
  project.write("modified", "after");
  project.remove("deleted");
  project.write("untracked", "untracked");
  project.write("ignored", "ignored");
  const auto work_tree = look_at(roots_of(project));
  BOOST_REQUIRE(work_tree);
  const SourceState& state = work_tree->sources;
  BOOST_TEST(state.commit.size() == 40U);
  const std::vector<std::string> expected{".gitignore", "clean", "modified", "untracked"};
  BOOST_TEST(paths_of(state) == expected, boost::test_tools::per_element());
  BOOST_TEST(same_content(hash_of(state, "clean"), hash_content("clean")));
  BOOST_TEST(same_content(hash_of(state, "modified"), hash_content("after")));
  BOOST_TEST(same_content(hash_of(state, "untracked"), hash_content("untracked")));
}

BOOST_AUTO_TEST_CASE(a_repository_with_sha256_ids_has_the_same_hashes)
{
  const GitProject project("-b main --object-format=sha256");
  project.write("a", "content");
  project.commit_all();
  const auto work_tree = look_at(roots_of(project));
  BOOST_REQUIRE(work_tree);
  const SourceState& state = work_tree->sources;
  BOOST_TEST(same_content(hash_of(state, "a"), hash_content("content")));
}

BOOST_AUTO_TEST_CASE(a_repository_without_a_commit_has_files_all_the_same)
{
  const GitProject project;
  project.write("a", "content");
  const auto work_tree = look_at(roots_of(project));
  BOOST_REQUIRE(work_tree);
  const SourceState& state = work_tree->sources;
  BOOST_TEST(state.commit == "");
  BOOST_TEST(same_content(hash_of(state, "a"), hash_content("content")));
}

BOOST_AUTO_TEST_CASE(a_known_commit_of_any_age_leads_to_the_same_state)
{
  const GitProject project;
  const Roots roots = roots_of(project);
  for (const char* name :
       {"clean", "modified", "staged", "deleted", "moved", "link", "forgotten"}) {
    project.write(name, name);
  }
  project.commit_all();
  const std::optional<SourceState> first = look_at(roots)->listed;
  BOOST_REQUIRE(first);
  project.git("mv moved away && git rm -q deleted");
  project.write("between", "between");
  project.commit_all();
  project.write("modified", "2");
  project.write("staged", "3");
  project.git("add staged && ln -sf clean link && git rm -q --cached forgotten");
  project.remove("between");
  project.write("untracked", "4");
  const auto anew = look_at(roots);
  const auto since_first = look_at(roots, *first);
  BOOST_REQUIRE(anew);
  BOOST_REQUIRE(since_first);
  BOOST_TEST((since_first->sources == anew->sources));
  BOOST_TEST(anew->listed.has_value());
  BOOST_TEST(!since_first->listed);
  const std::vector<std::string> expected{"away",     "clean",  "forgotten", "link",
                                          "modified", "staged", "untracked"};
  BOOST_TEST(paths_of(since_first->sources) == expected, boost::test_tools::per_element());
  BOOST_TEST(same_content(hash_of(since_first->sources, "link"), hash_content("clean")));
}

BOOST_AUTO_TEST_CASE(a_known_commit_that_has_left_the_repository_is_not_missed)
{
  const GitProject project;
  project.write("a", "1");
  project.commit_all();
  const SourceState gone{"0123456789012345678901234567890123456789", {}, {}};
  const auto work_tree = look_at(roots_of(project), gone);
  BOOST_REQUIRE(work_tree);
  BOOST_TEST(same_content(hash_of(work_tree->sources, "a"), hash_content("1")));
  BOOST_TEST(work_tree->listed.has_value());
}

BOOST_AUTO_TEST_CASE(a_known_commit_of_another_repository_is_not_believed)
{
  const GitProject project;
  project.write("sources/a", "1");
  project.commit_all();
  const Roots roots{project.path() + "/sources", project.path() + "/build"};
  const GitProject other;
  other.write("b", "2");
  other.commit_all();
  const KnownCommit elsewhere{*look_at(roots_of(other))->listed, {other.path(), ""}};
  const auto work_tree = look_at_work_tree(roots, &elsewhere);
  BOOST_REQUIRE(work_tree);
  BOOST_REQUIRE(work_tree->repository);
  BOOST_TEST(work_tree->repository->lies_as({project.path(), "sources/"}));
  BOOST_TEST(paths_of(work_tree->sources) == std::vector<std::string>{"a"},
             boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_directory_that_only_looks_like_a_repository_is_none)
{
  const GitProject project;
  project.write("sources/a", "1");
  project.commit_all();
  project.write("sources/.git/none", "");
  const Roots roots{project.path() + "/sources", project.path() + "/build"};
  BOOST_TEST(!likely_repository(roots.source).lies_as({project.path(), "sources/"}));
  const auto work_tree = look_at(roots);
  BOOST_REQUIRE(work_tree);
  BOOST_REQUIRE(work_tree->repository);
  BOOST_TEST(work_tree->repository->lies_as({project.path(), "sources/"}));
  BOOST_TEST(same_content(hash_of(work_tree->sources, "a"), hash_content("1")));
}

BOOST_AUTO_TEST_CASE(a_file_in_conflict_is_what_lies_there)
{
  const GitProject project;
  project.write("a", "1");
  project.commit_all();
  project.git("checkout -q -b other");
  project.write("a", "2");
  project.commit_all();
  project.git("checkout -q main");
  project.write("a", "3");
  project.commit_all();
  project.git("merge -q other >/dev/null 2>&1 || true");
  project.write("a", "half resolved");
  const auto work_tree = look_at(roots_of(project));
  BOOST_REQUIRE(work_tree);
  BOOST_TEST(same_content(hash_of(work_tree->sources, "a"), hash_content("half resolved")));
}

BOOST_AUTO_TEST_CASE(files_git_does_not_track_are_read_when_asked_for)
{
  const GitProject project;
  project.write("tracked", "tracked");
  project.commit_all();
  project.write("build/config.h", "generated");
  const Roots roots = roots_of(project);
  const std::string paths[] = {"gone", "@build/config.h", "gone"};
  const std::vector<FileVersion> expected{{"@build/config.h", hash_content("generated")},
                                          {"gone", {}}};
  BOOST_TEST((contents_at(roots, paths) == expected));
}

BOOST_AUTO_TEST_CASE(sources_outside_git_are_looked_at_without_it)
{
  const tests::ScratchDirectory directory;
  const auto work_tree = look_at({directory.path(), directory / "build"});
  BOOST_REQUIRE(work_tree);
  BOOST_TEST(!work_tree->repository);
  BOOST_TEST(work_tree->sources.commit == "");
  BOOST_TEST(work_tree->sources.files.empty());
}

BOOST_AUTO_TEST_SUITE_END()
