// Tells outputs by the kind of their edges.
#include "analyzer/model/step_outputs.hpp"

namespace winnow {

std::vector<FileId> stated_outputs(const Graph& graph, StepId step)
{
  std::vector<FileId> outputs;
  for (const Neighbour output : graph.dependents(graph.node(step))) {
    if (output.kind == EdgeKind::output) {
      outputs.push_back(graph.file(output.node));
    }
  }
  return outputs;
}

} // namespace winnow
