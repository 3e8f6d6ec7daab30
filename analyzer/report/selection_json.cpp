// The documents `winnow.selection` and `winnow.explanation`.
#include "analyzer/report/selection_json.hpp"

#include "analyzer/report/change_status.hpp"
#include "analyzer/report/selection_value.hpp"
#include "analyzer/report/test_key_json.hpp"

#include <array>
#include <span>
#include <utility>

namespace winnow::report {
namespace {

namespace json = boost::json;

/// One allocation strategy for all parts: containers take it from where they are put.
class Writer {
 public:
  Writer(const Graph& graph, json::storage_ptr storage)
      : graph_(graph), storage_(std::move(storage))
  {}

  /// `skipped` may be null.
  [[nodiscard]] json::object whole(const Selection& selection,
                                   const std::span<const SkippedTest>* skipped) const
  {
    const std::size_t total = graph_.test_count() + selection.new_tests.size();
    json::object document(storage_);
    document.reserve(12);
    document.emplace("kind", "winnow.selection");
    document.emplace("version", 1);
    document.emplace("base", text(selection.change.base));
    document.emplace("head", text(selection.change.head));
    document.emplace("changes", list(selection.change.files,
                                     [&](const ChangedFile& file) { return changed_file(file); }));
    document.emplace("fallback", fallback(selection.fallback));
    document.emplace(
        "ignored", list(selection.ignored, [&](const IgnoredFile& file) { return ignored(file); }));
    if (selection.dependents) {
      document.emplace("depends_on", dependents(*selection.dependents));
    }
    document.emplace("tests", tests(selection));
    document.emplace("skipped_count", graph_.test_count() - selection.tests.size());
    if (skipped != nullptr) {
      document.emplace("skipped", skipped_tests(selection, *skipped));
    }
    document.emplace("targets", targets(selection.targets));
    document.emplace("total", total);
    return document;
  }

  [[nodiscard]] json::object of_tests(const Selection& selection, std::span<const TestId> asked,
                                      std::span<const SkippedTest> skipped) const
  {
    json::object document = explanation();
    document.emplace("base", text(selection.change.base));
    document.emplace("head", text(selection.change.head));
    document.emplace("fallback", fallback(selection.fallback));
    json::array selected(storage_);
    for (const TestId id : asked) {
      if (const SelectedTest* found = find_selected(selection, id)) {
        selected.emplace_back(test(selection, *found));
      }
    }
    document.emplace("tests", std::move(selected));
    document.emplace("skipped", skipped_tests(selection, skipped));
    return document;
  }

  [[nodiscard]] json::object of_file(const FileExplanation& file) const
  {
    static constexpr std::string_view standings[] = {"known", "ignored", "unknown"};
    json::object document = explanation();
    document.emplace("file", text(file.path));
    document.emplace("standing", standings[static_cast<std::size_t>(file.standing)]);
    if (!file.ignore_rule.empty()) {
      document.emplace("rule", text(file.ignore_rule));
    }
    document.emplace("fallback", fallback(file.selection.fallback));
    document.emplace("tests", tests(file.selection));
    return document;
  }

 private:
  [[nodiscard]] json::object explanation() const
  {
    json::object document(storage_);
    document.emplace("kind", "winnow.explanation");
    document.emplace("version", 1);
    return document;
  }

  template <class Elements, class Write>
  json::array list(const Elements& elements, Write write) const
  {
    json::array array(storage_);
    array.reserve(elements.size());
    for (const auto& element : elements) {
      array.emplace_back(write(element));
    }
    return array;
  }

  [[nodiscard]] json::string text(std::string_view bytes) const
  {
    return json_text(bytes, storage_);
  }

  [[nodiscard]] json::object changed_file(const ChangedFile& file) const
  {
    json::object object(storage_);
    object.emplace("path", text(file.path));
    object.emplace("status", report::name_of(file.status));
    if (file.status == ChangeStatus::renamed) {
      object.emplace("old_path", text(file.old_path));
    }
    return object;
  }

  [[nodiscard]] json::object ignored(const IgnoredFile& file) const
  {
    json::object object(storage_);
    object.emplace("path", text(file.path));
    object.emplace("rule", text(file.rule));
    if (!file.unnamed.empty()) {
      object.emplace("unnamed",
                     list(file.unnamed, [&](const std::string& name) { return text(name); }));
    }
    return object;
  }

  [[nodiscard]] json::value fallback(const std::optional<Fallback>& cause) const
  {
    if (!cause) {
      return json::value(storage_);
    }
    json::object object(storage_);
    object.emplace("cause", winnow::name_of(cause->cause).name);
    object.emplace("paths",
                   list(cause->paths, [&](const std::string& path) { return text(path); }));
    if (!cause->rule.empty()) {
      object.emplace("rule", text(cause->rule));
    }
    if (!cause->because.empty()) {
      object.emplace("because", text(cause->because));
    }
    return object;
  }

  [[nodiscard]] json::object dependents(const AskedDependents& asked) const
  {
    json::object object(storage_);
    object.emplace("targets",
                   list(asked.targets, [&](const std::string& target) { return text(target); }));
    object.emplace("among_affected", asked.among_affected);
    object.emplace("own_left_out", list(asked.own_left_out, [&](TestId test) {
                     json::object own(storage_);
                     write_key(own, graph_.key(test));
                     return own;
                   }));
    return object;
  }

  [[nodiscard]] json::array tests(const Selection& selection) const
  {
    json::array array =
        list(selection.tests, [&](const SelectedTest& one) { return test(selection, one); });
    for (const TestKey& key : selection.new_tests) {
      json::object object(storage_);
      write_key(object, key);
      object.emplace("targets", json::array(storage_));
      object.emplace("reasons", list(std::array{Reason{ReasonKind::new_test, {}, {}}},
                                     [&](const Reason& cause) { return reason(cause); }));
      array.emplace_back(std::move(object));
    }
    return array;
  }

  [[nodiscard]] json::object test(const Selection& selection, const SelectedTest& selected) const
  {
    json::object object(storage_);
    object.reserve(4);
    write_key(object, graph_.key(selected.test));
    object.emplace("targets", targets(graph_.targets(selected.test)));
    object.emplace("reasons",
                   list(selected.reasons, [&](const Reason& cause) { return reason(cause); }));
    add_last_green(object, selection, selected.test);
    return object;
  }

  void add_last_green(json::object& object, const Selection& selection, TestId test) const
  {
    if (const LastGreen* green = last_green_of(selection, test)) {
      json::object& state =
          object.emplace("last_green", json::object(storage_)).first->value().get_object();
      state.emplace("commit", text(green->commit));
      if (!green->is_clean) {
        state.emplace("uncommitted", true);
      }
    }
  }

  [[nodiscard]] json::array skipped_tests(const Selection& selection,
                                          std::span<const SkippedTest> skipped) const
  {
    return list(skipped, [&](const SkippedTest& one) { return skipped_test(selection, one); });
  }

  [[nodiscard]] json::object skipped_test(const Selection& selection,
                                          const SkippedTest& skipped) const
  {
    json::object object(storage_);
    write_key(object, graph_.key(skipped.test));
    json::object inputs(storage_);
    inputs.emplace("sources", skipped.inputs.sources);
    inputs.emplace("built", skipped.inputs.built);
    inputs.emplace("outside", skipped.inputs.outside);
    inputs.emplace("tests", skipped.inputs.tests);
    object.emplace("inputs", std::move(inputs));
    object.emplace("reasons", list(skipped.reasons,
                                   [&](const SkipReason& reason) { return skip_reason(reason); }));
    if (skipped.more_reasons != 0) {
      object.emplace("more_reasons", skipped.more_reasons);
    }
    add_last_green(object, selection, skipped.test);
    return object;
  }

  [[nodiscard]] json::object skip_reason(const SkipReason& reason) const
  {
    json::object object(storage_);
    object.emplace("kind", winnow::name_of(reason.kind));
    if (!reason.file.empty()) {
      object.emplace("file", text(reason.file));
    }
    if (!reason.rule.empty()) {
      object.emplace("rule", text(reason.rule));
    }
    return object;
  }

  [[nodiscard]] json::array targets(std::span<const TargetId> ids) const
  {
    return list(ids, [&](TargetId target) { return text(graph_.target_name(target)); });
  }

  [[nodiscard]] json::object reason(const Reason& cause) const
  {
    json::object object(storage_);
    object.reserve(4);
    object.emplace("kind", winnow::name_of(cause.kind));
    if (!cause.file.empty()) {
      object.emplace("file", text(cause.file));
    }
    if (!cause.defined_at.empty()) {
      object.emplace("defined_at", text(cause.defined_at));
    }
    if (!cause.rule.empty()) {
      object.emplace("rule", text(cause.rule));
    }
    if (!cause.because.empty()) {
      object.emplace("because", text(cause.because));
    }
    if (!cause.target.empty()) {
      object.emplace("target", text(cause.target));
    }
    if (!cause.user.empty()) {
      object.emplace("linked_by", text(cause.user));
    }
    object.emplace("chain", list(cause.chain, [&](const ChainLink& step) { return link(step); }));
    return object;
  }

  [[nodiscard]] json::object link(const ChainLink& link) const
  {
    json::object object(storage_);
    object.reserve(2);
    switch (graph_.kind(link.node)) {
    case NodeKind::file:
      object.emplace("file", text(graph_.path(graph_.file(link.node))));
      break;
    case NodeKind::step:
      object.emplace("step", text(graph_.rule(graph_.step(link.node))));
      break;
    case NodeKind::test:
      object.emplace("test", text(graph_.key(graph_.test(link.node)).display()));
      break;
    }
    if (link.via) {
      object.emplace("via", winnow::name_of(*link.via).name);
    }
    return object;
  }

  const Graph& graph_;
  json::storage_ptr storage_;
};

} // namespace

json::object selection_value(const Graph& graph, const Selection& selection,
                             json::storage_ptr storage)
{
  return Writer(graph, std::move(storage)).whole(selection, nullptr);
}

std::string selection_to_json(const Graph& graph, const Selection& selection)
{
  json::monotonic_resource memory;
  return json::serialize(selection_value(graph, selection, &memory));
}

std::string selection_to_json(const Graph& graph, const Selection& selection,
                              std::span<const SkippedTest> skipped)
{
  json::monotonic_resource memory;
  return json::serialize(Writer(graph, &memory).whole(selection, &skipped));
}

std::string explained_tests_to_json(const Graph& graph, const Selection& selection,
                                    std::span<const TestId> asked,
                                    std::span<const SkippedTest> skipped)
{
  json::monotonic_resource memory;
  return json::serialize(Writer(graph, &memory).of_tests(selection, asked, skipped));
}

std::string explained_file_to_json(const Graph& graph, const FileExplanation& explanation)
{
  json::monotonic_resource memory;
  return json::serialize(Writer(graph, &memory).of_file(explanation));
}

} // namespace winnow::report
