// Tests comparisons of recorded with present contents.
#include "analyzer/select/leaf_inputs.hpp"
#include "tests/support/graph_text.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <initializer_list>
#include <string>
#include <utility>

using namespace winnow;
using namespace winnow::select;
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
  const SourceState now = state_of(contents);
  std::string text;
  for (const ChangedFile& file : LeafInputs(graph_from(graph), now.files).changed(now)) {
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
  const SourceState now = state_of({{"CMakeLists.txt", "any"}, {"a.cpp", "s"}});
  const auto paths = LeafInputs(graph_from(recorded), now.files).beside_git(now);
  BOOST_REQUIRE_EQUAL(paths.size(), 2U);
  BOOST_TEST(paths[0] == "@build/config.h");
  BOOST_TEST(paths[1] == "a.h");
}

BOOST_AUTO_TEST_CASE(what_was_known_before_does_not_matter)
{
  const Graph graph = graph_from(recorded);
  const Contents all{{"CMakeLists.txt", "any"}, {"a.cpp", "source"}, {"a.h", "header"}};
  const Contents some{{"a.cpp", "other"}, {"other", "file"}};
  // Based on each other, and not.
  for (const SourceState& known : {state_of(all), state_of(some), SourceState{}}) {
    const LeafInputs inputs(graph, known.files);
    for (const Contents& contents : {all, some}) {
      SourceState based = known;
      based.files.replace({{"CMakeLists.txt", std::nullopt},
                           {"a.h", std::nullopt},
                           {"other", std::nullopt},
                           {"a.cpp", std::nullopt}});
      for (const auto& [path, content] : contents) {
        based.files.replace({{path, hash_content(content)}});
      }
      for (const SourceState& now : {based, state_of(contents)}) {
        const LeafInputs afresh(graph, now.files);
        BOOST_TEST((inputs.changed(now) == afresh.changed(now)));
        BOOST_TEST((inputs.edited(now) == afresh.edited(now)));
        BOOST_TEST((inputs.beside_git(now) == afresh.beside_git(now)));
      }
    }
  }
}

BOOST_AUTO_TEST_SUITE_END()
