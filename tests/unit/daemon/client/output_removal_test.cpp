// What is removed of a step's outputs, and what never is.
#include "daemon/client/output_removal.hpp"
#include "tests/support/graph_text.hpp"
#include "tests/support/scratch_directory.hpp"

#include <boost/test/unit_test.hpp>

#include <filesystem>
#include <fstream>
#include <string>

using namespace winnow;
using namespace winnow::client;
using namespace winnow::tests;

namespace {

namespace fs = std::filesystem;

/// The source root is "s", the build root "b".
class Tree {
 public:
  Tree() : roots_{scratch_ / "s", scratch_ / "b", {}, {}}
  {
    fs::create_directories(roots_.source);
    fs::create_directories(roots_.build);
  }

  /// Below the scratch directory.
  [[nodiscard]] std::string path(const std::string& name) const { return scratch_ / name; }

  void write(const std::string& name) const
  {
    fs::create_directories(fs::path(path(name)).parent_path());
    std::ofstream(path(name)) << "text";
  }

  /// Removes what the step makes whose output is `output`; all removed, in order.
  std::string remove(const std::string& output, const SourceState& sources = {}) const
  {
    const Graph graph = graph_from("custom " + output + " : in.txt\n");
    const NodeId file = graph.node(graph.find_file(output).value());
    const StepId step = graph.step(graph.dependencies(file)[0].node);
    std::string names;
    for (const std::string& name : remove_outputs(graph, step, roots_, sources)) {
      names += name;
    }
    return names;
  }

 private:
  ScratchDirectory scratch_;
  Roots roots_;
};

} // namespace

BOOST_AUTO_TEST_SUITE(removal_of_outputs)

BOOST_AUTO_TEST_CASE(removes_regular_files_below_the_build_root)
{
  const Tree tree;
  tree.write("b/sub/deep/out.txt");
  tree.write("b/sub/deep/other.txt");
  BOOST_TEST(tree.remove("@build/sub/deep/out.txt") == "@build/sub/deep/out.txt");
  BOOST_TEST(!fs::exists(tree.path("b/sub/deep/out.txt")));
  BOOST_TEST(fs::exists(tree.path("b/sub/deep/other.txt")));
  BOOST_TEST(tree.remove("@build/sub/deep/out.txt") == "");
  BOOST_TEST(tree.remove("@build/none/out.txt") == "");
}

BOOST_AUTO_TEST_CASE(leaves_sources_and_files_elsewhere)
{
  const Tree tree;
  tree.write("s/out.txt");
  tree.write("out.txt");
  BOOST_TEST(tree.remove("out.txt") == "");
  BOOST_TEST(tree.remove(tree.path("out.txt")) == "");
  BOOST_TEST(fs::exists(tree.path("s/out.txt")));
  BOOST_TEST(fs::exists(tree.path("out.txt")));
}

BOOST_AUTO_TEST_CASE(leaves_what_git_knows_in_a_build_tree_among_the_sources)
{
  const Tree tree;
  tree.write("b/kept.txt");
  SourceState sources;
  sources.files = {{"@build/kept.txt", {}}};
  BOOST_TEST(tree.remove("@build/kept.txt", sources) == "");
  BOOST_TEST(fs::exists(tree.path("b/kept.txt")));
}

BOOST_AUTO_TEST_CASE(follows_no_link)
{
  const Tree tree;
  tree.write("elsewhere/out.txt");
  fs::create_directory_symlink(tree.path("elsewhere"), tree.path("b/sub"));
  fs::create_symlink(tree.path("elsewhere/out.txt"), tree.path("b/link"));
  BOOST_TEST(tree.remove("@build/sub/out.txt") == "");
  BOOST_TEST(tree.remove("@build/link") == "");
  BOOST_TEST(fs::exists(tree.path("elsewhere/out.txt")));
  BOOST_TEST(fs::is_symlink(tree.path("b/link")));
}

BOOST_AUTO_TEST_CASE(leaves_directories)
{
  const Tree tree;
  fs::create_directory(tree.path("b/out"));
  BOOST_TEST(tree.remove("@build/out") == "");
  BOOST_TEST(fs::exists(tree.path("b/out")));
}

BOOST_AUTO_TEST_SUITE_END()
