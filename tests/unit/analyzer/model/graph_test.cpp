// What a graph answers after it was built, laid out and read back.
#include "analyzer/model/graph.hpp"
#include "analyzer/model/graph_builder.hpp"
#include "analyzer/model/graph_format.hpp"
#include "analyzer/model/reach.hpp"
#include "tests/support/scratch_directory.hpp"

#include <boost/test/unit_test.hpp>

#include <chrono>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

using namespace winnow;

namespace {

/// url.h -> compile(client.cpp) -> client.o -> link -> http_test -> test "http" -> test "report"
GraphImage small_image()
{
  GraphBuilder builder;
  builder.origin = {"demo", "abc", "Ninja", "Debug", "GNU 12", "stamp", "0.1"};
  const FileId source = builder.file("net/client.cpp");
  const FileId header = builder.file("net/url.h");
  const FileId object = builder.file("@build/client.o");
  const FileId program = builder.file("@build/http_test");
  builder.set_recorded_hash(header, hash_content("one"));
  const TargetId target = builder.add_target({"http_test", "EXECUTABLE", "net", {program}});
  const StepId compile =
      builder.add_step({StepKind::compile, HeaderList::recorded, target, "CXX_COMPILER", 7});
  const StepId link =
      builder.add_step({StepKind::link, HeaderList::not_applicable, target, "LINK", 8});
  builder.step(compile).frame_fingerprint = 9;
  builder.step(compile).definitions = builder.definitions({{"B", 2, {}}, {"A", 1, {}}});
  builder.add_input(source, compile, EdgeKind::source);
  builder.add_input(header, compile, EdgeKind::header);
  builder.add_input(header, compile, EdgeKind::header);
  builder.add_output(compile, object);
  builder.add_input(object, link, EdgeKind::source);
  builder.add_output(link, program);
  const TestId http = builder.add_test({{"net", "http"},
                                        Mapping::mapped,
                                        TestOrigin::declared,
                                        1,
                                        "net",
                                        "net/CMakeLists.txt:3",
                                        {target}});
  const TestId report = builder.add_test({{"", "report"}});
  builder.add_test_input(program, http, EdgeKind::executable);
  builder.add_test_order(http, report, EdgeKind::depends);
  builder.add_said(http, "data/");
  builder.add_said(compile, "data/");
  builder.add_said(header, "data/");
  builder.add_said(header, "data/");
  builder.add_include(header, NameForm::literal, "data/");
  return builder.finish();
}

Graph small_graph()
{
  return Graph::from_image(small_image()).value();
}

std::vector<std::string> names(const Graph& graph, const std::vector<ChainLink>& chain)
{
  std::vector<std::string> result;
  for (const ChainLink& link : chain) {
    switch (graph.kind(link.node)) {
    case NodeKind::file:
      result.emplace_back(graph.path(graph.file(link.node)));
      break;
    case NodeKind::step:
      result.emplace_back(graph.rule(graph.step(link.node)));
      break;
    case NodeKind::test:
      result.push_back(graph.key(graph.test(link.node)).display());
      break;
    }
  }
  return result;
}

} // namespace

BOOST_AUTO_TEST_SUITE(a_graph)

BOOST_AUTO_TEST_CASE(answers_what_was_added)
{
  const Graph graph = small_graph();
  BOOST_TEST(graph.origin().project == "demo");
  BOOST_TEST(graph.origin().winnow_version == "0.1");
  BOOST_TEST(graph.file_count() == 4U);
  BOOST_TEST(graph.edge_count() == 7U);
  const FileId header = graph.find_file("net/url.h").value();
  BOOST_TEST(same_content(graph.recorded_hash(header), hash_content("one")));
  BOOST_TEST(!graph.is_output(header));
  BOOST_TEST(graph.is_output(graph.find_file("@build/http_test").value()));
  BOOST_TEST(!graph.find_file("net/none.h").has_value());
  const StepId compile{0};
  BOOST_TEST(graph.fingerprint(compile) == 7U);
  BOOST_TEST(graph.frame_fingerprint(compile) == 9U);
  BOOST_REQUIRE_EQUAL(graph.definitions(compile).size(), 2U);
  BOOST_TEST(graph.definitions(compile)[0].name == "B");
  BOOST_TEST(graph.definitions(compile)[1].value == 1U);
  BOOST_TEST(graph.definitions(StepId{1}).empty());
  const TestId http = graph.find_test({"net", "http"}).value();
  BOOST_TEST(graph.defined_at(http) == "net/CMakeLists.txt:3");
  BOOST_REQUIRE(graph.targets(http).size() == 1U);
  const TargetId target = graph.targets(http).front();
  BOOST_TEST(graph.target_name(target) == "http_test");
  BOOST_TEST(graph.path(graph.artifacts(target).front()) == "@build/http_test");
  BOOST_TEST((graph.find_target("http_test") == target));
  BOOST_TEST(!graph.find_test({"", "http"}).has_value());
}

BOOST_AUTO_TEST_CASE(chains_lead_from_the_change_to_the_test)
{
  const Graph graph = small_graph();
  const NodeId header = graph.node(graph.find_file("net/url.h").value());
  const NodeId report = graph.node(graph.find_test({"", "report"}).value());
  const Reach reached = reach(graph, std::vector{header}, Direction::dependents);
  BOOST_REQUIRE(reached.contains(report));
  const std::vector<std::string> expected{"net/url.h", "CXX_COMPILER",     "@build/client.o",
                                          "LINK",      "@build/http_test", "net/http",
                                          "report"};
  BOOST_TEST(names(graph, reached.chain_to(report)) == expected, boost::test_tools::per_element());
  BOOST_TEST(!reached.contains(graph.node(graph.find_file("net/client.cpp").value())));
  const Reach back = reach(graph, std::vector{report}, Direction::dependencies);
  BOOST_TEST(back.contains(header));
  BOOST_TEST(back.nodes().size() == graph.node_count());
  const Reach from_nothing = reach(graph, {}, Direction::dependents);
  BOOST_TEST(from_nothing.nodes().empty());
  BOOST_TEST(!from_nothing.contains(report));
}

BOOST_AUTO_TEST_CASE(does_not_depend_on_the_order_of_collection)
{
  const auto image_of = [](bool reversed) {
    GraphBuilder builder;
    for (const char* name : {reversed ? "b.h" : "a.h", reversed ? "a.h" : "b.h"}) {
      builder.file(name);
    }
    const StepId step = builder.add_step({});
    builder.add_input(builder.file("a.h"), step, EdgeKind::header);
    builder.add_input(builder.file("b.h"), step, EdgeKind::header);
    return builder.finish();
  };
  BOOST_TEST((*image_of(false) == *image_of(true)));
}

BOOST_AUTO_TEST_CASE(refuses_damaged_images)
{
  const std::vector<std::byte> good = *small_image();
  const auto opens = [](std::vector<std::byte> bytes) {
    return Graph::from_image(std::make_shared<const std::vector<std::byte>>(std::move(bytes)))
        .has_value();
  };
  BOOST_TEST(opens(good));
  for (std::size_t size = 0; size < good.size(); size += 7) {
    BOOST_TEST(!opens({good.begin(), good.begin() + static_cast<std::ptrdiff_t>(size)}));
  }
  for (std::size_t at = 0; at < good.size(); at += 3) {
    std::vector<std::byte> damaged = good;
    damaged[at] ^= std::byte{1};
    BOOST_TEST(!opens(damaged), "a changed byte at " << at << " went unnoticed");
  }
}

GraphImage with_checksum(std::vector<std::byte> bytes)
{
  graph_format::Header header{};
  std::memcpy(&header, bytes.data(), sizeof header);
  header.checksum = 0;
  std::memcpy(bytes.data(), &header, sizeof header);
  header.checksum = graph_format::checksum_of(bytes);
  std::memcpy(bytes.data(), &header, sizeof header);
  return std::make_shared<const std::vector<std::byte>>(std::move(bytes));
}

/// A section's first four bytes made to name nothing, the checksum made right again.
GraphImage forged_image(graph_format::Section section)
{
  std::vector<std::byte> bytes = *small_image();
  graph_format::Header header{};
  std::memcpy(&header, bytes.data(), sizeof header);
  std::memset(bytes.data() + header.sections[section].offset, 0xff, 4);
  return with_checksum(std::move(bytes));
}

BOOST_AUTO_TEST_CASE(refuses_forged_rows_of_images_from_elsewhere)
{
  BOOST_TEST(Graph::from_image(small_image(), GraphSource::elsewhere).has_value());
  namespace format = graph_format;
  for (const format::Section section :
       {format::files, format::targets, format::refs, format::forward, format::forward_neighbours,
        format::reverse, format::reverse_neighbours, format::definitions,
        format::definition_lists}) {
    BOOST_TEST_CONTEXT("section " << section)
    {
      const auto graph = Graph::from_image(forged_image(section), GraphSource::elsewhere);
      BOOST_REQUIRE(graph.has_error());
      BOOST_TEST(graph.error().message.ends_with("in it is damaged"));
    }
  }
}

BOOST_AUTO_TEST_CASE(refuses_edges_from_elsewhere_of_a_kind_that_does_not_fit_their_ends)
{
  for (const auto section : {graph_format::forward_neighbours, graph_format::reverse_neighbours}) {
    std::vector<std::byte> bytes = *small_image();
    graph_format::Header header{};
    std::memcpy(&header, bytes.data(), sizeof header);
    std::byte* const first = bytes.data() + header.sections[section].offset;
    PackedNeighbour neighbour = 0;
    std::memcpy(&neighbour, first, sizeof neighbour);
    BOOST_REQUIRE((kind_in(neighbour) != EdgeKind::depends));
    neighbour = packed(node_in(neighbour), EdgeKind::depends);
    std::memcpy(first, &neighbour, sizeof neighbour);
    const auto graph = Graph::from_image(with_checksum(bytes), GraphSource::elsewhere);
    BOOST_REQUIRE(graph.has_error());
    BOOST_TEST(graph.error().message.ends_with("an edge in it is damaged"));
  }
}

BOOST_AUTO_TEST_CASE(is_checked_again_once_its_file_changed)
{
  const tests::ScratchDirectory directory;
  const std::string path = directory / "g";
  const GraphImage image = small_image();
  std::ofstream(path, std::ios::binary)
      .write(reinterpret_cast<const char*>(image->data()),
             static_cast<std::streamsize>(image->size()));
  std::filesystem::last_write_time(path,
                                   std::filesystem::last_write_time(path) - std::chrono::hours(1));
  BOOST_REQUIRE(Graph::open(path).has_value());
  BOOST_REQUIRE(Graph::open(path).has_value());

  std::fstream file(path, std::ios::binary | std::ios::in | std::ios::out);
  file.seekp(static_cast<std::streamoff>(image->size() - 1));
  file.put('?');
  file.close();

  const Result<Graph> damaged = Graph::open(path);
  BOOST_REQUIRE(damaged.has_error());
  BOOST_TEST(damaged.error().message.find("checksum") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(is_read_from_a_file_and_says_what_is_wrong_with_it)
{
  const std::string directory = std::filesystem::temp_directory_path() / "winnow-graph-test-XXXXXX";
  std::string name = directory;
  BOOST_REQUIRE(::mkdtemp(name.data()) != nullptr);
  const std::string path = name + "/g";
  const GraphImage image = small_image();
  std::ofstream(path, std::ios::binary)
      .write(reinterpret_cast<const char*>(image->data()),
             static_cast<std::streamsize>(image->size()));
  BOOST_TEST(Graph::open(path).value().test_count() == 2U);
  std::filesystem::resize_file(path, image->size() - 1);
  const Result<Graph> truncated = Graph::open(path);
  BOOST_REQUIRE(truncated.has_error());
  BOOST_TEST((truncated.error().kind == ErrorKind::data));
  BOOST_TEST(truncated.error().message.find("truncated") != std::string::npos);
  BOOST_TEST((Graph::open(name + "/none").error().kind == ErrorKind::user));
  std::filesystem::remove_all(name);
}

BOOST_AUTO_TEST_CASE(tells_who_says_a_key)
{
  const Graph graph = small_graph();
  std::string kinds;
  for (const NodeId node : graph.said_by("data/")) {
    kinds += graph.kind(node) == NodeKind::file   ? std::string(graph.path(graph.file(node)))
             : graph.kind(node) == NodeKind::step ? " " + std::string(graph.rule(graph.step(node)))
                                                  : " " + graph.key(graph.test(node)).name;
  }
  BOOST_TEST(kinds == "net/url.h CXX_COMPILER http");
  BOOST_TEST(graph.said_by("data").empty());
  BOOST_TEST(graph.includers("data/", NameForm::literal).size() == 1);
  BOOST_TEST(Graph::from_image(small_image(), GraphSource::elsewhere).has_value());
}

BOOST_AUTO_TEST_SUITE_END()
