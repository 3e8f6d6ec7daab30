// Which files on disk the names in directives may mean.
#include "analyzer/ingest/findable_headers.hpp"
#include "tests/unit/analyzer/ingest/written_files.hpp"

#include <boost/test/unit_test.hpp>

#include <unistd.h>

using namespace winnow;
using namespace winnow::ingest;
using namespace winnow::tests;

namespace fs = std::filesystem;

namespace {

struct Trees {
  Trees() { fs::create_directories(roots.build); }

  ~Trees() { fs::remove_all(root); }

  void write(const std::string& path) const { write_file(root + "/" + path, ""); }

  [[nodiscard]] std::vector<std::string> find(std::initializer_list<std::string_view> names,
                                              std::initializer_list<std::string_view> in) const
  {
    FindableHeaders headers(roots);
    for (const std::string_view name : names) {
      headers.add_name(name);
    }
    for (const std::string_view directory : in) {
      headers.add_directory(directory);
    }
    return headers.find();
  }

  std::string root =
      fs::canonical(fs::temp_directory_path()).string() + "/findable-" + std::to_string(::getpid());
  Roots roots{root + "/s", root + "/s/b", "", ""};
};

using Paths = std::vector<std::string>;

} // namespace

#define CHECK_FOUND(found, ...) BOOST_TEST((found) == (Paths __VA_ARGS__), bt::per_element())

namespace bt = boost::test_tools;

BOOST_FIXTURE_TEST_SUITE(findable_headers, Trees)

BOOST_AUTO_TEST_CASE(lie_where_names_are_sought)
{
  write("s/a/x.h");
  write("s/a/y.h");
  write("s/c/x.h");
  write("s/x.h");
  write("s/b/made/x.h");
  CHECK_FOUND(find({"x.h"}, {"a"}), {"a/x.h"});
  CHECK_FOUND(find({"x.h"}, {"", "a", "@build/made"}), {"@build/made/x.h", "a/x.h", "x.h"});
  CHECK_FOUND(find({"made/x.h"}, {"@build"}), {"@build/made/x.h"});
  CHECK_FOUND(find({"b/made/x.h"}, {""}), {"@build/made/x.h"});
  CHECK_FOUND(find({"x.h"}, {"nowhere", "/usr/include"}), {});
}

BOOST_AUTO_TEST_CASE(lie_below_what_names_lead_into)
{
  write("s/a/net/url.h");
  write("s/a/net/deep/url.h");
  write("s/a/gui/url.h");
  CHECK_FOUND(find({"net/url.h"}, {"a"}), {"a/net/url.h"});
  CHECK_FOUND(find({"net/url.h", "net/deep/url.h"}, {"a"}), {"a/net/deep/url.h", "a/net/url.h"});
  CHECK_FOUND(find({"url.h"}, {"a"}), {});
}

BOOST_AUTO_TEST_CASE(lie_above_where_names_go_up)
{
  write("s/x.h");
  write("s/a/x.h");
  write("s/a/d/x.h");
  CHECK_FOUND(find({"../x.h"}, {"a/d/e"}), {"a/d/x.h"});
  CHECK_FOUND(find({"../../x.h"}, {"a/d/e"}), {"a/d/x.h", "a/x.h"});
  CHECK_FOUND(find({"../x.h"}, {"", "@build"}), {"x.h"});
}

BOOST_AUTO_TEST_CASE(are_no_directories_of_a_header_s_name)
{
  fs::create_directories(roots.source + "/a/x.h");
  CHECK_FOUND(find({"x.h"}, {"a"}), {});
}

BOOST_AUTO_TEST_CASE(are_links_and_what_lies_behind_them_in_the_trees)
{
  write("s/src/x.h");
  write("outside/x.h");
  fs::create_directories(roots.source + "/a");
  fs::create_symlink("../src", roots.source + "/a/net");
  fs::create_symlink("../../outside", roots.source + "/a/out");
  fs::create_symlink("gone", roots.source + "/a/broken.h");
  fs::create_symlink("../src/x.h", roots.source + "/a/one.h");
  CHECK_FOUND(find({"net/x.h", "out/x.h", "broken.h", "one.h"}, {"a"}),
              {"a/net", "a/one.h", "a/out", "src/x.h"});
}

BOOST_AUTO_TEST_CASE(are_files_named_as_a_whole)
{
  write("s/a/x.h");
  FindableHeaders headers(roots);
  headers.add_file("a/x.h");
  headers.add_file("a/y.h");
  headers.add_file("/etc/passwd");
  CHECK_FOUND(headers.find(), {"a/x.h"});
}

BOOST_AUTO_TEST_SUITE_END()
