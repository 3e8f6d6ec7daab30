// Tests whether a graph can stand for the configuration of a state of the sources.
#include "analyzer/model/configure_read.hpp"
#include "analyzer/select/configuration_state.hpp"
#include "tests/support/graph_text.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <string>

using namespace winnow;
using namespace winnow::select;
using winnow::tests::graph_from;

namespace {

SourceState state(const std::string& lists, const std::string& version)
{
  return {"",
          {{"CMakeLists.txt", hash_content(lists)},
           {"a.cpp", hash_content("any")},
           {"version.h", hash_content(version)}}};
}

/// Recorded where CMakeLists.txt was "lists" and version.h "1".
Graph recorded(const std::string& more = {})
{
  const ConfigureRead read{ConfigureRead::What::contents, "version.h", {}};
  return graph_from("configure CMakeLists.txt @build/CMakeCache.txt\ncontent CMakeLists.txt lists\n"
                    "compile @build/a.o : a.cpp\nreads contents " +
                    state_of(read, state("lists", "1")) + " version.h\n" + more);
}

bool stands_for(const Graph& graph, const SourceState& base)
{
  return configured_from(graph, base, base);
}

} // namespace

BOOST_AUTO_TEST_SUITE(configuration_states)

BOOST_AUTO_TEST_CASE(are_those_of_what_configuring_reads)
{
  BOOST_TEST(stands_for(recorded(), state("lists", "1")));
  BOOST_TEST(!stands_for(recorded(), state("other", "1")));
  BOOST_TEST(!stands_for(recorded(), state("lists", "2")));
  SourceState sources_edited = state("lists", "1");
  sources_edited.files.replace({{"a.cpp", hash_content("edited")}});
  BOOST_TEST(stands_for(recorded(), sources_edited));
}

BOOST_AUTO_TEST_CASE(leave_out_inputs_that_git_ignores)
{
  const Graph graph = recorded("configure local.cmake\ncontent local.cmake mine\n");
  const SourceState base = state("lists", "1");
  BOOST_TEST(stands_for(graph, base));
  SourceState now = base;
  now.files.replace({{"local.cmake", hash_content("mine")}});
  BOOST_TEST(!configured_from(graph, base, now));
}

BOOST_AUTO_TEST_CASE(have_a_name_unless_something_is_not_known)
{
  BOOST_TEST(configuration_state(recorded()).has_value());
  BOOST_TEST((configuration_state(recorded()) ==
              configuration_state(recorded("test a in . argument a.cpp\n"))));
  BOOST_TEST(!configuration_state(recorded("configure Unknown.cmake\n")).has_value());
  BOOST_TEST(!configuration_state(recorded("reads names - *.cpp\n")).has_value());
}

BOOST_AUTO_TEST_CASE(tell_what_must_be_configured_for_again)
{
  BOOST_TEST(!stale_read(recorded(), state("lists", "1")).has_value());
  BOOST_TEST(stale_read(recorded(), state("lists", "2")).value().pattern == "version.h");
}

BOOST_AUTO_TEST_SUITE_END()
