// A chain of the graph in words that a reviewer understands.
#include "analyzer/report/chain_text.hpp"

#include "analyzer/model/step_source.hpp"
#include "analyzer/report/path_text.hpp"

#include <optional>
#include <string_view>

namespace winnow::report {
namespace {

std::optional<StepId> producer_of(const Graph& graph, NodeId file)
{
  for (const Neighbour& before : graph.dependencies(file)) {
    if (graph.kind(before.node) == NodeKind::step && before.kind == EdgeKind::output) {
      return graph.step(before.node);
    }
  }
  return std::nullopt;
}

std::optional<NodeId> output_of(const Graph& graph, StepId step)
{
  for (const Neighbour& output : graph.dependents(graph.node(step))) {
    if (output.kind == EdgeKind::output) {
      return output.node;
    }
  }
  return std::nullopt;
}

bool is_binary_maker(StepKind kind)
{
  return kind == StepKind::archive || kind == StepKind::link;
}

/// Programs and libraries go by their base names, everything else by its path.
std::string file_text(const Graph& graph, NodeId file)
{
  const std::string_view path = graph.path(graph.file(file));
  const std::optional<StepId> producer = producer_of(graph, file);
  return producer && is_binary_maker(graph.step_kind(*producer)) ? short_path_text(path)
                                                                 : path_text(path);
}

std::string step_text(const Graph& graph, StepId step)
{
  if (const std::optional<FileId> source = source_of(graph, step)) {
    return path_text(graph.path(*source));
  }
  const std::optional<NodeId> output = output_of(graph, step);
  return output ? file_text(graph, *output) : name_text(graph.rule(step));
}

/// "is read by" as it continues a sentence; what is no passive becomes a relative clause.
std::string continued(std::string_view verb)
{
  constexpr std::string_view passive = "is ";
  return verb.starts_with(passive) ? std::string(verb.substr(passive.size()))
                                   : "which " + std::string(verb);
}

std::string_view custom_verb(const Graph& graph, EdgeKind via, NodeId input)
{
  switch (via) {
  case EdgeKind::depfile_input:
    return "is read to make";
  case EdgeKind::named_in_command:
    return "is named in the command that makes";
  case EdgeKind::ordered_before:
  case EdgeKind::mentioned:
    return name_of(via).phrase;
  default: {
    const std::optional<StepId> producer = producer_of(graph, input);
    const bool is_tool = producer && graph.step_kind(*producer) == StepKind::link;
    return is_tool ? "is used to make" : "is processed into";
  }
  }
}

/// Walks a chain once; its state is what was said last.
class Telling {
 public:
  explicit Telling(const Graph& graph) : graph_(graph) {}

  ChainWords tell(std::span<const ChainLink> chain)
  {
    if (!chain.empty()) {
      begin(chain.front().node);
      for (const ChainLink& link : chain.subspan(1)) {
        follow(link);
      }
      mention_object();
    }
    return std::move(words_);
  }

 private:
  void begin(NodeId node)
  {
    words_.subject = node_text(graph_, node);
    at_ = node;
    if (graph_.kind(node) == NodeKind::step) {
      compiled_ = graph_.step_kind(graph_.step(node)) == StepKind::compile;
    }
  }

  void follow(const ChainLink& link)
  {
    const EdgeKind via = link.via.value_or(EdgeKind::source);
    switch (graph_.kind(link.node)) {
    case NodeKind::file:
      if (compiled_) {
        object_ = link.node;
      }
      break;
    case NodeKind::step:
      enter_step(graph_.step(link.node), via);
      break;
    case NodeKind::test:
      mention_object();
      say(name_of(via).phrase, node_text(graph_, link.node));
      break;
    }
    at_ = link.node;
  }

  void enter_step(StepId step, EdgeKind via)
  {
    const StepKind kind = graph_.step_kind(step);
    if (kind == StepKind::scan) {
      enter_scan(step, via);
      return;
    }
    if (kind == StepKind::phony) {
      return;
    }
    if (via == EdgeKind::module || via == EdgeKind::possible_module) {
      object_.reset(); // the phrase says what was made
    }
    if (!is_binary_maker(kind)) {
      mention_object();
    }
    const bool is_input = via == EdgeKind::source || via == EdgeKind::implicit_input;
    if (kind == StepKind::compile) {
      if (via != EdgeKind::source) {
        say(name_of(via).phrase, step_text(graph_, step));
      }
      compiled_ = true;
      return;
    }
    if (is_binary_maker(kind)) {
      const std::string_view verb = compiled_                   ? "is compiled into"
                                    : !is_input                 ? name_of(via).phrase
                                    : kind == StepKind::archive ? "is archived into"
                                                                : "is linked into";
      say(verb, step_text(graph_, step));
    } else {
      say(custom_verb(graph_, via, at_), step_text(graph_, step));
    }
    compiled_ = false;
    object_.reset();
  }

  /// What a scan makes is mentioned nowhere; that it preprocesses its source, where a header is
  /// read.
  void enter_scan(StepId step, EdgeKind via)
  {
    if (via == EdgeKind::depfile_input) {
      say(name_of(EdgeKind::header).phrase, step_text(graph_, step));
    } else if (via == EdgeKind::scanned_header) {
      say(name_of(via).phrase, step_text(graph_, step));
    }
  }

  /// A compile step's output is worth a word only where no library or program takes it up.
  void mention_object()
  {
    if (object_) {
      say("is compiled into", path_text(graph_.path(graph_.file(*object_))));
    }
    compiled_ = false;
    object_.reset();
  }

  void say(std::string_view verb, std::string object)
  {
    words_.phrases.push_back({std::string(verb), std::move(object)});
  }

  const Graph& graph_;
  ChainWords words_;
  NodeId at_;
  bool compiled_ = false;        ///< the last step was a compile step
  std::optional<NodeId> object_; ///< what it made, not mentioned yet
};

} // namespace

std::string node_text(const Graph& graph, NodeId node)
{
  switch (graph.kind(node)) {
  case NodeKind::file:
    return file_text(graph, node);
  case NodeKind::step:
    return step_text(graph, graph.step(node));
  case NodeKind::test:
    break;
  }
  return "test " + name_text(graph.key(graph.test(node)).display());
}

ChainWords chain_words(const Graph& graph, std::span<const ChainLink> chain)
{
  return Telling(graph).tell(chain);
}

std::string phrases_text(std::span<const ChainPhrase> phrases)
{
  std::string text;
  for (const ChainPhrase& phrase : phrases) {
    text += (text.empty() ? "" : ", ") + continued(phrase.verb) + " " + phrase.object;
  }
  return text;
}

std::string chain_text(const Graph& graph, std::span<const ChainLink> chain)
{
  const ChainWords words = chain_words(graph, chain);
  if (words.phrases.empty()) {
    return words.subject;
  }
  const ChainPhrase& first = words.phrases.front();
  const std::string rest = phrases_text(std::span(words.phrases).subspan(1));
  return words.subject + " " + first.verb + " " + first.object + (rest.empty() ? "" : ", " + rest);
}

} // namespace winnow::report
