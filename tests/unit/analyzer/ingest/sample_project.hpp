// A small project with every kind of build step, written as CMake would, and its recorded graph.
#pragma once

#include "analyzer/ingest/record.hpp"
#include "tests/support/scratch_directory.hpp"
#include "tests/unit/analyzer/ingest/written_files.hpp"

#include <boost/test/unit_test.hpp>

#include <filesystem>
#include <optional>
#include <set>
#include <string>
#include <string_view>

namespace winnow::tests {

inline constexpr std::string_view rules = R"(
rule CXX_COMPILER__app_Debug
  deps = gcc
  depfile = $out.d
  command = c++ $FLAGS -o $out -c $in
rule CXX_STATIC_LIBRARY_LINKER__net_Debug
  command = ar qc $out $in
rule CXX_EXECUTABLE_LINKER__app_Debug
  command = c++ $in -o $out $LINK_FLAGS && $POST_BUILD
rule CUSTOM_COMMAND
  command = $COMMAND
rule RERUN_CMAKE
  command = cmake -S x
  generator = 1
)";

/// A project with a library, a program that links it, a generated header, and one test.
class Project {
 public:
  /// `of_generator` is what the custom command that makes the header has beside its depfile.
  explicit Project(std::string of_generator = {}) : of_generator_(std::move(of_generator))
  {
    roots_ = {std::filesystem::canonical(scratch_.path()).string() + "/s",
              std::filesystem::canonical(scratch_.path()).string() + "/b"};
    for (const char* file :
         {"CMakeLists.txt", "net/url.cpp", "net/url.h", "app/main.cpp", "gen/schema.idl",
          "gen/extra.idl", "app/link.ld", "app/post.txt", "app/data/in.txt", "app/notes.md"}) {
      write_source(file, file);
    }
    write_build("CMakeFiles/rules.ninja", rules);
    write_build("net/cmake_install.cmake", "");
    write_build("CTestTestfile.cmake",
                "# Source directory: " + roots_.source + "\nadd_test(app.run \"" + roots_.build +
                    "/app/main\" \"--in=" + roots_.source + "/app/data/in.txt\")\n");
  }

  [[nodiscard]] const Roots& roots() const { return roots_; }

  void write_source(const std::string& name, std::string_view text) const
  {
    write_file(roots_.source + "/" + name, text);
  }

  void write_build(const std::string& name, std::string_view text) const
  {
    write_file(roots_.build + "/" + name, text);
  }

  [[nodiscard]] std::string manifest() const
  {
    const std::string s = roots_.source + "/";
    return "include CMakeFiles/rules.ninja\n"
           "build cmake_object_order_depends_target_net: phony || net/CMakeFiles/net.dir\n"
           "build net/CMakeFiles/net.dir/url.cpp.o: CXX_COMPILER__app_Debug " +
           s +
           "net/url.cpp || cmake_object_order_depends_target_net\n  OBJECT_DIR = "
           "net/CMakeFiles/net.dir\n"
           "build net/libnet.a: CXX_STATIC_LIBRARY_LINKER__net_Debug "
           "net/CMakeFiles/net.dir/url.cpp.o\n"
           "  OBJECT_DIR = net/CMakeFiles/net.dir\n"
           "build gen/schema.h | ${workdir}gen/schema.h: CUSTOM_COMMAND " +
           s +
           "gen/schema.idl\n"
           "  COMMAND = cd " +
           s + "gen && cat schema.idl extra.idl > " + roots_.build +
           "/gen/schema.h\n"
           "  depfile = gen/schema.d\n" +
           of_generator_ +
           "build cmake_object_order_depends_target_app: phony || "
           "cmake_object_order_depends_target_net "
           "gen/schema.h net/libnet.a\n"
           "build app/CMakeFiles/app.dir/main.cpp.o: CXX_COMPILER__app_Debug " +
           s +
           "app/main.cpp || cmake_object_order_depends_target_app\n"
           "  OBJECT_DIR = app/CMakeFiles/app.dir\n"
           "build app/main | app/data.bin: CXX_EXECUTABLE_LINKER__app_Debug "
           "app/CMakeFiles/app.dir/main.cpp.o | "
           "net/libnet.a || "
           "plugin\n"
           "  OBJECT_DIR = app/CMakeFiles/app.dir\n  LINK_FLAGS = -T" +
           s +
           "app/link.ld net/libnet.a\n"
           "  POST_BUILD = cmake -E copy " +
           s +
           "app/post.txt app/post.txt\n"
           "build on_request: CUSTOM_COMMAND\n  COMMAND = touch on_request\n"
           "build plugin: phony plugin.so\nbuild plugin.so: CUSTOM_COMMAND\n  COMMAND = touch "
           "plugin.so\n"
           "build all: phony app/main app/all\nbuild app/all: phony plugin\nbuild test: phony "
           "CMakeFiles/test.util\n"
           "build CMakeFiles/test.util: CUSTOM_COMMAND\n  COMMAND = ctest\n"
           "build build.ninja: RERUN_CMAKE | " +
           s + "CMakeLists.txt\nbuild " + s + "CMakeLists.txt: phony\n";
  }

  /// Records with the given log of headers.
  [[nodiscard]] Graph record(const std::string& deps = {},
                             const SourceState* tracked = nullptr) const
  {
    write_build("build.ninja", manifest());
    if (!deps.empty()) {
      write_build(".ninja_deps", deps);
    }
    recorded_ = ingest::record_graph(tree(), *ingest::describe_tree(tree()), tracked);
    return *Graph::from_image(recorded_.image);
  }

  [[nodiscard]] ingest::BuildTree tree() const
  {
    ingest::BuildTree tree;
    tree.roots = roots_;
    tree.project = "P";
    return tree;
  }

  [[nodiscard]] const ingest::RecordedGraph& recorded() const { return recorded_; }

 private:
  ScratchDirectory scratch_;
  Roots roots_;
  std::string of_generator_;
  mutable ingest::RecordedGraph recorded_;
};

using Inputs = std::set<std::string>;

/// "kind path" of everything the node depends on.
inline Inputs inputs_of(const Graph& graph, NodeId node)
{
  Inputs inputs;
  for (const Neighbour input : graph.dependencies(node)) {
    const std::string name = graph.kind(input.node) == NodeKind::file
                                 ? std::string(graph.path(graph.file(input.node)))
                                 : graph.key(graph.test(input.node)).display();
    inputs.insert(std::string(name_of(input.kind).name) + " " + name);
  }
  return inputs;
}

inline StepId producer_of(const Graph& graph, std::string_view path)
{
  const std::optional<FileId> file = graph.find_file(path);
  BOOST_REQUIRE(file.has_value());
  const Neighbours producers = graph.dependencies(graph.node(*file));
  BOOST_REQUIRE_EQUAL(producers.size(), 1U);
  return graph.step(producers[0].node);
}

inline Inputs inputs_of(const Graph& graph, std::string_view output)
{
  return inputs_of(graph, graph.node(producer_of(graph, output)));
}

inline Inputs test_inputs(const Graph& graph, const std::string& name)
{
  const std::optional<TestId> test = graph.find_test({"", name});
  BOOST_REQUIRE(test.has_value());
  return inputs_of(graph, graph.node(*test));
}

/// Compares two sets of inputs element by element.
#define CHECK_INPUTS(actual, ...)                                                                  \
  BOOST_TEST((actual) == (winnow::tests::Inputs __VA_ARGS__), boost::test_tools::per_element())

} // namespace winnow::tests
