// Tests to which chunk of a plan the cases belong that a program lists later.
#include "analyzer/model/graph_builder.hpp"
#include "daemon/client/planned_tests.hpp"

#include <boost/test/unit_test.hpp>

#include <string>
#include <vector>

using namespace winnow;
using namespace winnow::client;

namespace {

/// The placeholder of `cases` comes from it; `a_script` is given it as an argument.
Graph graph_of_cases()
{
  GraphBuilder builder;
  const FileId program = builder.file("@build/cases");
  const TargetId target = builder.add_target({"cases", "EXECUTABLE", ".", {program}});
  const auto add = [&](const std::string& name, EdgeKind kind) {
    TestRecord record;
    record.key = {"", name};
    record.targets = {target};
    builder.add_test_input(program, builder.add_test(record), kind);
  };
  add("a_script", EdgeKind::argument);
  add("cases_NOT_BUILT", EdgeKind::discovered_from);
  return Graph::from_image(builder.finish()).value();
}

Plan plan_of(const std::vector<std::string>& names)
{
  Plan plan;
  for (const std::string& name : names) {
    Chunk chunk;
    chunk.index = static_cast<std::uint32_t>(plan.chunks.size());
    chunk.tests = {{"", name}};
    plan.chunks.push_back(chunk);
  }
  return plan;
}

} // namespace

BOOST_AUTO_TEST_SUITE(planned_cases)

BOOST_AUTO_TEST_CASE(belong_to_the_chunk_of_what_the_program_listed_before)
{
  Plan plan = plan_of({"a_script", "cases_NOT_BUILT"});
  note_discovering_targets(plan, graph_of_cases());
  BOOST_TEST(plan.chunks[0].discovers.empty());
  BOOST_TEST(plan.chunks[1].discovers == std::vector<std::string>{"cases"},
             boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(do_not_run_where_a_known_test_of_the_program_is_left_out)
{
  Plan plan = plan_of({"a_script"});
  note_discovering_targets(plan, graph_of_cases());
  BOOST_TEST(plan.chunks[0].discovers.empty());
}

BOOST_AUTO_TEST_SUITE_END()
