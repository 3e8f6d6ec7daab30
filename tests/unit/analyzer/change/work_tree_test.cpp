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

ContentHash hash_of(const SourceState& state, const std::string& path)
{
  const auto file = std::ranges::find(state.files, path, &FileVersion::path);
  return file == state.files.end() ? ContentHash{} : file->hash;
}

std::vector<std::string> paths_of(const SourceState& state)
{
  std::vector<std::string> paths;
  for (const FileVersion& file : state.files) {
    paths.push_back(file.path);
  }
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
  const auto work_tree = look_at_work_tree(roots_of(project));
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
  const auto work_tree = look_at_work_tree(roots_of(project));
  BOOST_REQUIRE(work_tree);
  const SourceState& state = work_tree->sources;
  BOOST_TEST(same_content(hash_of(state, "a"), hash_content("content")));
}

BOOST_AUTO_TEST_CASE(a_repository_without_a_commit_has_files_all_the_same)
{
  const GitProject project;
  project.write("a", "content");
  const auto work_tree = look_at_work_tree(roots_of(project));
  BOOST_REQUIRE(work_tree);
  const SourceState& state = work_tree->sources;
  BOOST_TEST(state.commit == "");
  BOOST_TEST(same_content(hash_of(state, "a"), hash_content("content")));
}

BOOST_AUTO_TEST_CASE(files_git_does_not_track_are_read_when_asked_for)
{
  const GitProject project;
  project.write("tracked", "tracked");
  project.commit_all();
  project.write("build/config.h", "generated");
  const Roots roots = roots_of(project);
  const std::string paths[] = {"@build/config.h", "gone", "tracked"};
  const SourceState state = with_contents_of(look_at_work_tree(roots)->sources, roots, paths);
  const std::vector<std::string> expected{"@build/config.h", "gone", "tracked"};
  BOOST_TEST(paths_of(state) == expected, boost::test_tools::per_element());
  BOOST_TEST(same_content(hash_of(state, "@build/config.h"), hash_content("generated")));
  BOOST_TEST(!hash_of(state, "gone").known());
}

BOOST_AUTO_TEST_CASE(sources_outside_git_are_looked_at_without_it)
{
  const tests::ScratchDirectory directory;
  const auto work_tree = look_at_work_tree({directory.path(), directory / "build"});
  BOOST_REQUIRE(work_tree);
  BOOST_TEST(!work_tree->repository);
  BOOST_TEST(work_tree->sources.commit == "");
  BOOST_TEST(work_tree->sources.files.empty());
}

BOOST_AUTO_TEST_SUITE_END()
