// Generated include trees: what the scan finds against what the compiler says it read.
#include "analyzer/ingest/depfile.hpp"
#include "analyzer/ingest/text_file.hpp"
#include "tests/unit/analyzer/ingest/scan_project.hpp"

#include <boost/test/unit_test.hpp>

#include <cstdlib>
#include <random>

using namespace winnow;
using namespace winnow::ingest;
using namespace winnow::tests;

namespace {

enum class Conditions { none, some };

constexpr const char* directories[] = {"", "inc", "inc/sub", "more", "more/sub", "third"};
constexpr const char* options[] = {"-I", "-I", "-isystem ", "-iquote ", "-idirafter "};

/// Headers h0.h … h7.h, each in some of the directories, each including a few others.
class GeneratedTree {
 public:
  GeneratedTree(unsigned seed, Conditions conditions) : random_(seed), conditions_(conditions)
  {
    for (const char* directory : directories) {
      for (int header = 0; header < 8; ++header) {
        if (pick(3) == 0) {
          // Not #pragma once: by that gcc takes files of equal content for one.
          const std::string guard = "GUARD_" + std::to_string(guards_++) + "\n";
          project_.write(path(directory, "h" + std::to_string(header) + ".h"),
                         "#ifndef " + guard + "#define " + guard + includes(3) + "#endif\n");
        }
      }
    }
    project_.write("s/x.cpp", includes(6));
    for (const char* directory : directories) {
      if (pick(3) != 0) {
        options_ +=
            std::string(options[pick(std::size(options))]) + "../" + path(directory, ".") + " ";
      }
    }
  }

  [[nodiscard]] ScanProject::Result scanned() const { return project_.scan(options_); }

  /// What g++ names as read; missing headers are left out.
  [[nodiscard]] Paths compiled() const
  {
    const std::string command = "cd '" + project_.roots().build + "' && g++ -M -MG -MF d " +
                                options_ + " ../s/x.cpp >/dev/null 2>&1";
    BOOST_REQUIRE_EQUAL(std::system(command.c_str()), 0);
    Paths paths;
    const std::string depfile = project_.roots().build + "/d";
    const Depfile read = *parse_depfile(*read_text_file(depfile), depfile);
    for (const std::string& input : read.inputs) {
      const std::string name = project_.roots().graph_path(input);
      const bool exists = std::filesystem::exists(project_.roots().absolute(name));
      if (exists && origin_of(name) != Origin::external && name != "x.cpp") {
        paths.insert(name);
      }
    }
    return paths;
  }

  [[nodiscard]] const std::string& options_used() const { return options_; }

 private:
  unsigned pick(unsigned count) { return static_cast<unsigned>(random_() % count); }

  static std::string path(const std::string& directory, const std::string& name)
  {
    return "s/" + directory + (directory.empty() ? "" : "/") + name;
  }

  std::string includes(unsigned most)
  {
    static constexpr const char* prefixes[] = {"", "", "", "sub/", "inc/", "../", "./"};
    std::string text;
    for (unsigned i = pick(most + 1); i > 0; --i) {
      const std::string name =
          std::string(prefixes[pick(std::size(prefixes))]) + "h" + std::to_string(pick(8)) + ".h";
      const bool quoted = pick(2) == 0;
      const std::string line =
          (quoted ? "#include \"" : "#include <") + name + (quoted ? "\"" : ">");
      const bool condition = conditions_ == Conditions::some && pick(3) == 0;
      text += condition ? "#if __has_include(<h" + std::to_string(pick(8)) + ".h>)\n" + line +
                              "\n#else\n#include \"h" + std::to_string(pick(8)) + ".h\"\n#endif\n"
                        : line + "\n";
    }
    return text;
  }

  std::mt19937 random_;
  Conditions conditions_;
  int guards_ = 0;
  ScanProject project_;
  std::string options_;
};

} // namespace

BOOST_AUTO_TEST_SUITE(generated_include_trees)

BOOST_AUTO_TEST_CASE(are_scanned_exactly_where_nothing_is_conditional)
{
  std::size_t files = 0;
  for (unsigned seed = 0; seed < 60; ++seed) {
    const GeneratedTree tree(seed, Conditions::none);
    BOOST_TEST_CONTEXT("seed " << seed << ", " << tree.options_used())
    {
      const Paths compiled = tree.compiled();
      BOOST_TEST(tree.scanned().files == compiled, boost::test_tools::per_element());
      files += compiled.size();
    }
  }
  BOOST_TEST(files > 100U); // the trees are no empty ones
}

BOOST_AUTO_TEST_CASE(are_scanned_without_a_miss_where_conditions_are)
{
  for (unsigned seed = 1000; seed < 1060; ++seed) {
    const GeneratedTree tree(seed, Conditions::some);
    const ScanProject::Result scanned = tree.scanned();
    for (const std::string& file : tree.compiled()) {
      BOOST_TEST_CONTEXT("seed " << seed << ", " << tree.options_used() << ", " << file)
      {
        BOOST_TEST(scanned.files.contains(file));
      }
    }
  }
}

BOOST_AUTO_TEST_SUITE_END()
