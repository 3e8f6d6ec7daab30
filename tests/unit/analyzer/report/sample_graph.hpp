// A small project as a graph: a library with a generated header, two programs, a fixture.
#pragma once

#include "analyzer/model/graph.hpp"
#include "analyzer/model/graph_builder.hpp"
#include "analyzer/model/reach.hpp"
#include "analyzer/model/selection.hpp"

#include <optional>
#include <string>
#include <vector>

namespace winnow::report::sample {

inline StepId add_step(GraphBuilder& builder, StepKind kind, std::string_view rule,
                       std::optional<TargetId> target, FileId output)
{
  const HeaderList headers =
      kind == StepKind::compile ? HeaderList::recorded : HeaderList::not_applicable;
  const StepId step = builder.add_step({kind, headers, target, std::string(rule), 1});
  builder.add_output(step, output);
  return step;
}

/// schema.json → (gen) → url.pb.h, url.h → client.cpp → libnet.a → http_test → tests "net/http" and
/// "url/http"; "net/setup" runs setup.sh for "net/http".
inline Graph graph()
{
  GraphBuilder builder;
  builder.origin = {"demo", "abc123", "Ninja", "Debug", "GNU 12", "stamp", "0.1"};
  const FileId library = builder.file("@build/net/libnet.a");
  const FileId program = builder.file("@build/net/http_test");
  const FileId tool = builder.file("@build/tools/gen");
  const FileId generated = builder.file("@build/net/url.pb.h");
  const FileId object = builder.file("@build/net/client.o");
  const FileId main_object = builder.file("@build/net/http_test.o");
  const TargetId net = builder.add_target({"net", "STATIC_LIBRARY", "net", {library}});
  const TargetId http = builder.add_target({"http_test", "EXECUTABLE", "net", {program}});

  const StepId link_tool = add_step(builder, StepKind::link, "LINK_gen", std::nullopt, tool);
  builder.add_input(builder.file("@build/tools/gen.o"), link_tool, EdgeKind::source);
  const StepId compile_tool = add_step(builder, StepKind::compile, "CXX_gen", std::nullopt,
                                       builder.file("@build/tools/gen.o"));
  builder.add_input(builder.file("tools/gen.cpp"), compile_tool, EdgeKind::source);

  const StepId generate = add_step(builder, StepKind::custom, "CUSTOM", std::nullopt, generated);
  builder.add_input(builder.file("net/schema.json"), generate, EdgeKind::source);
  builder.add_input(tool, generate, EdgeKind::implicit_input);

  const StepId compile = add_step(builder, StepKind::compile, "CXX_net", net, object);
  builder.add_input(builder.file("net/client.cpp"), compile, EdgeKind::source);
  builder.add_input(builder.file("net/url.h"), compile, EdgeKind::header);
  builder.add_input(generated, compile, EdgeKind::header);
  const StepId archive = add_step(builder, StepKind::archive, "AR_net", net, library);
  builder.add_input(object, archive, EdgeKind::source);

  const StepId compile_main = add_step(builder, StepKind::compile, "CXX_http", http, main_object);
  builder.add_input(builder.file("net/http_test.cpp"), compile_main, EdgeKind::source);
  const StepId link = add_step(builder, StepKind::link, "LINK_http", http, program);
  builder.add_input(main_object, link, EdgeKind::source);
  builder.add_input(library, link, EdgeKind::implicit_input);

  const auto add_test = [&](std::string directory, std::string name,
                            std::vector<TargetId> targets) {
    return builder.add_test({{std::move(directory), std::move(name)},
                             Mapping::mapped,
                             TestOrigin::declared,
                             1,
                             "net",
                             "net/CMakeLists.txt:3",
                             std::move(targets)});
  };
  const TestId net_http = add_test("net", "http", {http});
  const TestId setup = add_test("net", "setup", {});
  const TestId url_http = add_test("url", "http", {http});
  const TestId alone = add_test("", "alone", {});
  builder.add_test_input(program, net_http, EdgeKind::executable);
  builder.add_test_input(program, url_http, EdgeKind::executable);
  builder.add_test_input(builder.file("net/setup.sh"), setup, EdgeKind::argument);
  builder.add_test_input(builder.file("data/alone.txt"), alone, EdgeKind::declared_input);
  builder.add_test_order(setup, net_http, EdgeKind::fixture_setup);
  return Graph::from_image(builder.finish()).value();
}

inline TestId test(const Graph& graph, const std::string& directory, const std::string& name)
{
  return graph.find_test({directory, name}).value();
}

/// The shortest chain from a file to a test.
inline std::vector<ChainLink> chain(const Graph& graph, std::string_view file, TestId test)
{
  const std::vector<NodeId> seeds{graph.node(graph.find_file(file).value())};
  return reach(graph, seeds, Direction::dependents).chain_to(graph.node(test));
}

/// What a change of net/url.h selects, with the setup as a companion.
inline Selection selection(const Graph& graph)
{
  Selection selected;
  selected.change = {"main", "work tree", {{"net/url.h", ChangeStatus::modified, ""}}};
  const TestId http = test(graph, "net", "http");
  const TestId setup = test(graph, "net", "setup");
  const TestId url = test(graph, "url", "http");
  const std::vector<ChainLink> needed{{graph.node(setup), std::nullopt},
                                      {graph.node(http), EdgeKind::fixture_setup}};
  selected.tests = {
      {http, {{ReasonKind::changed_file, "net/url.h", chain(graph, "net/url.h", http)}}},
      {setup, {{ReasonKind::companion, "", needed}}},
      {url, {{ReasonKind::changed_file, "net/url.h", chain(graph, "net/url.h", url)}}}};
  selected.targets = {graph.find_target("http_test").value()};
  return selected;
}

} // namespace winnow::report::sample
