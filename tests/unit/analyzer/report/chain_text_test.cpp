// Chains as people read them.
#include "analyzer/report/chain_text.hpp"
#include "analyzer/report/reason_text.hpp"
#include "tests/support/graph_text.hpp"
#include "tests/unit/analyzer/report/sample_graph.hpp"

#include <boost/test/unit_test.hpp>

#include <string>
#include <vector>

using namespace winnow;
using namespace winnow::report;

namespace {

const Graph& graph()
{
  static const Graph built = sample::graph();
  return built;
}

std::string told(std::string_view file, const std::string& directory, const std::string& name)
{
  return chain_text(graph(), sample::chain(graph(), file, sample::test(graph(), directory, name)));
}

} // namespace

BOOST_AUTO_TEST_SUITE(a_chain_in_words)

BOOST_AUTO_TEST_CASE(names_sources_and_programs_but_no_objects)
{
  BOOST_TEST(told("net/url.h", "net", "http") ==
             "net/url.h is included by net/client.cpp, compiled into libnet.a, linked into "
             "http_test, run by test net/http");
  BOOST_TEST(told("net/client.cpp", "net", "http") ==
             "net/client.cpp is compiled into libnet.a, linked into http_test, run by test "
             "net/http");
  BOOST_TEST(told("net/http_test.cpp", "url", "http") ==
             "net/http_test.cpp is compiled into http_test, run by test url/http");
}

BOOST_AUTO_TEST_CASE(tells_tools_from_what_they_process)
{
  BOOST_TEST(told("net/schema.json", "url", "http") ==
             "net/schema.json is processed into build/net/url.pb.h, included by net/client.cpp, "
             "compiled into libnet.a, linked into http_test, run by test url/http");
  BOOST_TEST(told("tools/gen.cpp", "url", "http") ==
             "tools/gen.cpp is compiled into gen, used to make build/net/url.pb.h, included by "
             "net/client.cpp, compiled into libnet.a, linked into http_test, run by test url/http");
}

BOOST_AUTO_TEST_CASE(goes_on_from_test_to_test)
{
  BOOST_TEST(told("net/setup.sh", "net", "http") ==
             "net/setup.sh is an argument of test net/setup, which sets up a fixture of test "
             "net/http");
  BOOST_TEST(told("data/alone.txt", "", "alone") ==
             "data/alone.txt is a declared input of test alone");
}

BOOST_AUTO_TEST_CASE(mentions_an_object_that_no_link_takes_up)
{
  GraphBuilder builder;
  const FileId object = builder.file("@build/a.o");
  const StepId compile = sample::add_step(builder, StepKind::compile, "CXX", std::nullopt, object);
  builder.add_input(builder.file("a.cpp"), compile, EdgeKind::source);
  const TestId checked = builder.add_test({{"", "symbols"}});
  builder.add_test_input(object, checked, EdgeKind::argument);
  const Graph small = Graph::from_image(builder.finish()).value();
  BOOST_TEST(chain_text(small, sample::chain(small, "a.cpp", checked)) ==
             "a.cpp is compiled into build/a.o, an argument of test symbols");
}

BOOST_AUTO_TEST_CASE(passes_over_phony_steps)
{
  GraphBuilder builder;
  const FileId alias = builder.file("@build/data_files");
  const FileId stamp = builder.file("@build/checked.stamp");
  const StepId phony = sample::add_step(builder, StepKind::phony, "phony", std::nullopt, alias);
  builder.add_input(builder.file("data.txt"), phony, EdgeKind::source);
  const StepId check = sample::add_step(builder, StepKind::custom, "CUSTOM", std::nullopt, stamp);
  builder.add_input(alias, check, EdgeKind::ordered_before);
  const TestId checked = builder.add_test({{"", "checked"}});
  builder.add_test_input(stamp, checked, EdgeKind::required_file);
  const Graph small = Graph::from_image(builder.finish()).value();
  BOOST_TEST(chain_text(small, sample::chain(small, "data.txt", checked)) ==
             "data.txt must be up to date before build/checked.stamp, required by test checked");
}

BOOST_AUTO_TEST_CASE(is_empty_for_no_chain)
{
  BOOST_TEST(chain_text(graph(), {}).empty());
}

BOOST_AUTO_TEST_CASE(says_when_headers_are_not_recorded)
{
  const std::vector<ChainLink> whole =
      sample::chain(graph(), "net/client.cpp", sample::test(graph(), "net", "http"));
  Reason reason{ReasonKind::unknown_headers, "net/new.h", {whole.begin() + 1, whole.end()}};
  reason.chain.front().via.reset();
  BOOST_TEST(reason_text(graph(), reason) ==
             "net/new.h may be included by net/client.cpp, whose headers are not recorded yet, "
             "compiled into libnet.a, linked into http_test, run by test net/http");
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(a_chain_of_modules_in_words)

BOOST_AUTO_TEST_CASE(names_who_provides_and_who_uses_one)
{
  const Graph modules = tests::graph_from(R"(
    scan @build/units-pp.f90 : units.f90
    input @build/units-pp.f90 depfile_input unit.inc
    scan @build/paint-pp.f90 : paint.f90
    compile @build/units.o : @build/units-pp.f90
    module @build/units.o @build/units.mod
    compile @build/paint.o : @build/paint-pp.f90
    input @build/paint.o module @build/units.mod
    link @build/paint_test : @build/paint.o
    scan @build/other.ddi : other.cpp
    compile @build/other.o : other.cpp other.h
    input @build/other.ddi ordered_before @build/other.o
    scan @build/main.dd : @build/other.ddi
    compile @build/main.o : main.cpp
    input @build/main.o possible_module @build/main.dd
    link @build/main_test : @build/main.o
    test paint in . executable @build/paint_test
    test main in . executable @build/main_test
  )");
  const auto told_of = [&](std::string_view file, const char* test) {
    return chain_text(modules, sample::chain(modules, file, sample::test(modules, "", test)));
  };
  BOOST_TEST(told_of("units.f90", "paint") ==
             "units.f90 provides a module to paint.f90, compiled into paint_test, run by test "
             "paint");
  BOOST_TEST(told_of("unit.inc", "paint") ==
             "unit.inc is included by units.f90, which provides a module to paint.f90, compiled "
             "into paint_test, run by test paint");
  BOOST_TEST(told_of("paint.f90", "paint") ==
             "paint.f90 is compiled into paint_test, run by test paint");
  BOOST_TEST(told_of("other.h", "main") ==
             "other.h is included by other.cpp, which may provide a module to main.cpp, compiled "
             "into main_test, run by test main");
}

BOOST_AUTO_TEST_SUITE_END()
