// drop_edges IN.graph OUT.graph KIND: a graph without one kind of edges, to see that a proof
// notices.
#include "analyzer/model/graph.hpp"
#include "analyzer/model/graph_builder.hpp"

#include <cstdint>
#include <cstdio>
#include <fstream>
#include <string>
#include <string_view>
#include <vector>

namespace winnow {
namespace {

/// Copies everything but the edges of one kind.
class EdgeDropper {
 public:
  EdgeDropper(const Graph& graph, std::string_view dropped) : graph_(graph), dropped_(dropped) {}

  GraphImage without_them()
  {
    builder_.origin = graph_.origin();
    copy_files();
    copy_targets();
    copy_steps();
    copy_tests();
    return builder_.finish();
  }

  [[nodiscard]] std::size_t dropped_count() const { return dropped_count_; }

 private:
  void copy_files()
  {
    for (FileId file{0}; file.value < graph_.file_count(); ++file.value) {
      files_.push_back(builder_.file(graph_.path(file)));
      builder_.set_recorded_hash(files_.back(), graph_.recorded_hash(file));
    }
  }

  void copy_targets()
  {
    for (TargetId target{0}; target.value < graph_.target_count(); ++target.value) {
      TargetRecord record{std::string(graph_.target_name(target)),
                          std::string(graph_.target_type(target)),
                          std::string(graph_.target_directory(target)),
                          {}};
      for (const FileId artifact : graph_.artifacts(target)) {
        record.artifacts.push_back(files_[artifact.value]);
      }
      targets_.push_back(builder_.add_target(std::move(record)));
    }
  }

  void copy_steps()
  {
    for (StepId step{0}; step.value < graph_.step_count(); ++step.value) {
      const auto target = graph_.target_of(step);
      const StepId copy =
          builder_.add_step({graph_.step_kind(step), graph_.header_list(step),
                             target ? std::optional(targets_[target->value]) : std::nullopt,
                             std::string(graph_.rule(step)), graph_.fingerprint(step)});
      for (const Neighbour output : graph_.dependents(graph_.node(step))) {
        if (kept(output)) {
          builder_.add_output(copy, files_[graph_.file(output.node).value], output.kind);
        }
      }
      for (const Neighbour input : graph_.dependencies(graph_.node(step))) {
        if (kept(input)) {
          builder_.add_input(files_[graph_.file(input.node).value], copy, input.kind);
        }
      }
    }
  }

  void copy_tests()
  {
    std::vector<TestId> copies;
    for (TestId test{0}; test.value < graph_.test_count(); ++test.value) {
      std::vector<TargetId> targets;
      for (const TargetId target : graph_.targets(test)) {
        targets.push_back(targets_[target.value]);
      }
      copies.push_back(
          builder_.add_test({graph_.key(test), graph_.mapping(test), graph_.test_origin(test),
                             graph_.fingerprint(test), std::string(graph_.source_directory(test)),
                             std::string(graph_.defined_at(test)), targets}));
    }
    for (TestId test{0}; test.value < graph_.test_count(); ++test.value) {
      for (const Neighbour input : graph_.dependencies(graph_.node(test))) {
        if (!kept(input)) {
          continue;
        }
        if (graph_.kind(input.node) == NodeKind::test) {
          builder_.add_test_order(copies[graph_.test(input.node).value], copies[test.value],
                                  input.kind);
        } else {
          builder_.add_test_input(files_[graph_.file(input.node).value], copies[test.value],
                                  input.kind);
        }
      }
    }
  }

  bool kept(Neighbour neighbour)
  {
    const bool keep = name_of(neighbour.kind).name != dropped_;
    dropped_count_ += keep ? 0 : 1;
    return keep;
  }

  const Graph& graph_;
  std::string_view dropped_;
  GraphBuilder builder_;
  std::vector<FileId> files_;
  std::vector<TargetId> targets_;
  std::size_t dropped_count_ = 0;
};

int run(const std::string& in, const std::string& out, std::string_view kind)
{
  const Result<Graph> graph = Graph::open(in);
  if (graph.has_error()) {
    std::fprintf(stderr, "drop_edges: %s\n", graph.error().message.c_str());
    return 1;
  }
  EdgeDropper dropper(*graph, kind);
  const GraphImage image = dropper.without_them();
  std::ofstream file(out, std::ios::binary);
  file.write(reinterpret_cast<const char*>(image->data()),
             static_cast<std::streamsize>(image->size()));
  file.flush();
  std::printf("%zu\n", dropper.dropped_count());
  return file ? 0 : 1;
}

} // namespace
} // namespace winnow

int main(int argc, char** argv)
{
  if (argc != 4) {
    std::fprintf(stderr, "usage: drop_edges IN.graph OUT.graph KIND\n");
    return 2;
  }
  return winnow::run(argv[1], argv[2], argv[3]);
}
