// Tests comparisons of recorded with present contents.
#include "analyzer/select/recording.hpp"
#include "tests/support/graph_text.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <initializer_list>
#include <string>
#include <utility>

using namespace winnow;
using namespace winnow::select;
using winnow::tests::change_of;
using winnow::tests::graph_from;

namespace {

constexpr std::string_view recorded = R"(
  compile @build/a.o : a.cpp a.h @build/config.h /usr/include/stdio.h
  content a.cpp source
  content a.h header
  content @build/config.h configured
  content /usr/include/stdio.h system
  phony CMakeLists.txt :
  configure CMakeLists.txt
)";

using Contents = std::initializer_list<std::pair<const char*, const char*>>;

/// A null content is a file that cannot be read.
SourceState state_of(Contents contents)
{
  std::vector<FileVersion> files;
  for (const auto& [path, content] : contents) {
    files.push_back({path, content == nullptr ? ContentHash{} : hash_content(content)});
  }
  return {"", FileListing(std::move(files)), {}};
}

/// "-deleted modified".
std::string changed(std::string_view graph, Contents contents)
{
  std::string text;
  for (const ChangedFile& file : change_since_recording(graph_from(graph), state_of(contents))) {
    text += text.empty() ? "" : " ";
    text += (file.status == ChangeStatus::deleted ? "-" : "") + file.path;
  }
  return text;
}

} // namespace

BOOST_AUTO_TEST_SUITE(changes_since_a_recording)

BOOST_AUTO_TEST_CASE(equal_contents_are_no_change)
{
  BOOST_TEST(
      changed(recorded, {{"CMakeLists.txt", "any"}, {"a.cpp", "source"}, {"a.h", "header"}}) == "");
}

BOOST_AUTO_TEST_CASE(another_content_is_a_change)
{
  BOOST_TEST(changed(recorded,
                     {{"CMakeLists.txt", "any"}, {"a.cpp", "source"}, {"a.h", "other"}}) == "a.h");
}

BOOST_AUTO_TEST_CASE(a_source_that_is_not_listed_was_deleted)
{
  BOOST_TEST(changed(recorded, {{"CMakeLists.txt", "any"}, {"a.cpp", "source"}}) == "-a.h");
}

BOOST_AUTO_TEST_CASE(a_file_of_the_build_tree_counts_where_it_is_listed)
{
  const Contents sources{{"CMakeLists.txt", "any"},
                         {"a.cpp", "source"},
                         {"a.h", "header"},
                         {"@build/config.h", "reconfigured"}};
  BOOST_TEST(changed(recorded, sources) == "@build/config.h");
}

BOOST_AUTO_TEST_CASE(a_leaf_whose_content_was_not_known_counts_as_changed)
{
  BOOST_TEST(changed("compile @build/a.o : a.cpp", {{"a.cpp", "source"}}) == "a.cpp");
}

BOOST_AUTO_TEST_CASE(an_output_is_no_leaf)
{
  BOOST_TEST(changed("custom gen.h : gen.in\n compile @build/a.o : a.cpp gen.h\n content a.cpp s\n"
                     "content gen.in i",
                     {{"a.cpp", "s"}, {"gen.in", "i"}, {"gen.h", "h"}}) == "");
}

BOOST_AUTO_TEST_CASE(the_name_of_a_phony_step_is_no_leaf)
{
  BOOST_TEST(
      changed("phony @build/order_depends :\n compile @build/a.o : a.cpp @build/order_depends\n"
              "content a.cpp s",
              {{"a.cpp", "s"}, {"@build/order_depends", nullptr}}) == "");
}

BOOST_AUTO_TEST_CASE(a_cmake_input_is_compared_though_a_phony_step_makes_it)
{
  BOOST_TEST(changed("phony x.cmake :\n configure x.cmake\n content x.cmake one",
                     {{"x.cmake", "two"}}) == "x.cmake");
}

BOOST_AUTO_TEST_CASE(inputs_that_git_does_not_list_are_named)
{
  const auto paths = inputs_beside_git(graph_from(recorded),
                                       state_of({{"CMakeLists.txt", "any"}, {"a.cpp", "s"}}));
  BOOST_REQUIRE_EQUAL(paths.size(), 2U);
  BOOST_TEST(paths[0] == "@build/config.h");
  BOOST_TEST(paths[1] == "a.h");
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(joined_changes)

BOOST_AUTO_TEST_CASE(a_path_appears_once_as_git_has_it)
{
  const Change change = joined(change_of({"+b", "old>new"}), {{"a", ChangeStatus::modified, {}},
                                                              {"b", ChangeStatus::modified, {}},
                                                              {"old", ChangeStatus::deleted, {}}});
  BOOST_REQUIRE_EQUAL(change.files.size(), 3U);
  BOOST_TEST(change.files[0].path == "a");
  BOOST_TEST((change.files[1].status == ChangeStatus::added));
  BOOST_TEST((change.files[2].status == ChangeStatus::renamed));
}

BOOST_AUTO_TEST_CASE(what_came_since_either_state_has_come)
{
  const Change change = joined(change_of({"a", "-b"}),
                               {{"a", ChangeStatus::added, {}}, {"b", ChangeStatus::modified, {}}});
  BOOST_REQUIRE_EQUAL(change.files.size(), 2U);
  BOOST_TEST((change.files[0].status == ChangeStatus::added));
  BOOST_TEST((change.files[1].status == ChangeStatus::deleted));
}

BOOST_AUTO_TEST_SUITE_END()
