// Reads graph text with one handler per keyword.
#include "tests/support/graph_text.hpp"

#include "analyzer/model/graph_builder.hpp"

#include <algorithm>
#include <functional>
#include <map>
#include <sstream>
#include <stdexcept>

namespace winnow::tests {
namespace {

using Words = std::vector<std::string>;

class GraphText {
 public:
  void read_line(const Words& words)
  {
    const std::string& keyword = words[0];
    if (keyword == "target") {
      add_target(words);
    } else if (keyword == "test") {
      add_test(words);
    } else if (keyword == "needs") {
      builder_.add_test_order(tests_.at(words[3]), tests_.at(words[1]), edge_kind(words[2]));
    } else if (keyword == "input") {
      add_inputs(words);
    } else if (keyword == "module") {
      builder_.add_output(step_of(words.at(1)), builder_.file(words.at(2)),
                          EdgeKind::module_output);
    } else if (keyword == "output") {
      builder_.add_output(step_of(words.at(1)), builder_.file(words.at(2)));
    } else if (keyword == "search") {
      add_search(words);
    } else if (keyword == "include") {
      builder_.add_include(builder_.file(words.at(1)), name_form(words.at(2)),
                           words.size() > 3 ? words[3] : "");
    } else if (keyword == "says") {
      add_said(words);
    } else if (keyword == "file") {
      builder_.file(words.at(1));
    } else if (keyword == "content") {
      builder_.set_recorded_hash(builder_.file(words[1]), hash_content(words.at(2)));
    } else if (keyword == "command") {
      builder_.step(step_of(words[1])).fingerprint = fingerprint_of(words.at(2));
    } else if (keyword == "definitions") {
      add_definitions(words);
    } else if (keyword == "told") {
      builder_.step(step_of(words.at(1))).definitions =
          builder_.definitions({{"DATA", 0, {words.begin() + 2, words.end()}}});
    } else if (keyword == "default") {
      for (std::size_t i = 1; i < words.size(); ++i) {
        builder_.step(step_of(words[i])).built_by_default = true;
      }
    } else if (keyword == "properties") {
      builder_.test(tests_.at(words[1])).fingerprint = fingerprint_of(words.at(2));
    } else if (keyword == "defined") {
      builder_.test(tests_.at(words[1])).defined_at = words.at(2);
    } else if (keyword == "placeholder") {
      builder_.test(tests_.at(words[1])).origin = TestOrigin::not_built_placeholder;
    } else if (keyword == "reads") {
      builder_.origin.configure_reads += words.at(1) + " " + words.at(2) + " " + words.at(3) + "\n";
    } else if (keyword == "compiler") {
      builder_.origin.compiler = words.at(1);
    } else if (keyword == "configure") {
      add_step({StepKind::custom, {}, {}, "RERUN_CMAKE", 0}, "@build/build.ninja",
               {words.begin() + 1, words.end()}, EdgeKind::implicit_input);
    } else {
      add_step(step_record(keyword), words.at(1), {words.begin() + 3, words.end()},
               EdgeKind::header);
    }
  }

  Graph finish()
  {
    Result<Graph> graph = Graph::from_image(builder_.finish());
    return std::move(graph.value());
  }

 private:
  static std::uint64_t fingerprint_of(const std::string& text)
  {
    return std::hash<std::string>()(text);
  }

  static StepRecord step_record(const std::string& keyword)
  {
    static const std::map<std::string, StepRecord> records{
        {"compile", {StepKind::compile, HeaderList::recorded, {}, "CXX_COMPILER", 0}},
        {"compile?", {StepKind::compile, HeaderList::unknown, {}, "CXX_COMPILER", 0}},
        {"archive", {StepKind::archive, HeaderList::not_applicable, {}, "ARCHIVE", 0}},
        {"link", {StepKind::link, HeaderList::not_applicable, {}, "LINKER", 0}},
        {"custom", {StepKind::custom, HeaderList::not_applicable, {}, "CUSTOM_COMMAND", 0}},
        {"phony", {StepKind::phony, HeaderList::not_applicable, {}, "phony", 0}},
        {"scan", {StepKind::scan, HeaderList::not_applicable, {}, "SCAN", 0}},
    };
    const auto known = records.find(keyword);
    if (known == records.end()) {
      throw std::invalid_argument("graph text knows no '" + keyword + "'");
    }
    return known->second;
  }

  static EdgeKind edge_kind(const std::string& name)
  {
    const auto* named = std::ranges::find(edge_kind_names, name, &EdgeKindName::name);
    if (named == edge_kind_names.end()) {
      throw std::invalid_argument("there is no edge kind '" + name + "'");
    }
    return named->kind;
  }

  static NameForm name_form(const std::string& name)
  {
    static const std::map<std::string, NameForm> forms{
        {"quoted", NameForm::quoted},     {"angled", NameForm::angled},
        {"anywhere", NameForm::anywhere}, {"whole", NameForm::whole},
        {"computed", NameForm::computed}, {"literal", NameForm::literal}};
    return forms.at(name);
  }

  void add_search(const Words& words)
  {
    SearchRecord record{{}, static_cast<std::uint32_t>(std::stoul(words.at(2)))};
    for (std::size_t i = 3; i < words.size(); ++i) {
      record.directories.push_back(words[i] == "." ? "" : words[i]);
    }
    builder_.step(step_of(words.at(1))).search = builder_.search(record);
  }

  void add_inputs(const Words& words)
  {
    const StepId step = step_of(words.at(1));
    for (std::size_t i = 3; i < words.size(); ++i) {
      builder_.add_input(builder_.file(words[i]), step, edge_kind(words[2]));
    }
  }

  void add_said(const Words& words)
  {
    if (words.at(1) == "test") {
      builder_.add_said(tests_.at(words.at(2)), words.at(3));
    } else if (words.at(1) == "step") {
      builder_.add_said(step_of(words.at(2)), words.at(3));
    } else {
      builder_.add_said(builder_.file(words.at(2)), words.at(3));
    }
  }

  void add_definitions(const Words& words)
  {
    std::vector<DefinitionRecord> list;
    for (std::size_t i = 2; i < words.size(); ++i) {
      const std::size_t name_size = std::min(words[i].find('='), words[i].size());
      list.push_back(
          {words[i].substr(0, name_size), fingerprint_of(words[i].substr(name_size)), {}});
    }
    StepRecord& step = builder_.step(step_of(words.at(1)));
    step.frame_fingerprint = step.fingerprint;
    for (const DefinitionRecord& definition : list) {
      step.frame_fingerprint += fingerprint_of(definition.name);
      step.fingerprint = step.fingerprint * 31 + definition.value + fingerprint_of(definition.name);
    }
    step.definitions = builder_.definitions(list);
  }

  StepId step_of(const std::string& output)
  {
    return builder_.producer(builder_.file(output)).value();
  }

  void add_step(const StepRecord& record, const std::string& output, const Words& inputs,
                EdgeKind later_inputs)
  {
    const StepId step = builder_.add_step(record);
    builder_.add_output(step, builder_.file(output));
    EdgeKind kind = EdgeKind::source;
    for (const std::string& input : inputs) {
      builder_.add_input(builder_.file(input), step, kind);
      if (record.kind == StepKind::compile) {
        kind = later_inputs;
      }
    }
  }

  void add_target(const Words& words)
  {
    const FileId artifact = builder_.file(words.at(4));
    const TargetId target =
        builder_.add_target({words.at(1), words.at(2), words.at(3), {artifact}});
    for (std::size_t i = 4; i < words.size(); ++i) {
      if (const auto step = builder_.producer(builder_.file(words[i]))) {
        builder_.step(*step).target = target;
      }
    }
  }

  void add_test(const Words& words)
  {
    TestRecord record;
    record.key = key_from(words.at(1));
    record.source_directory = words.at(3) == "." ? "" : words[3];
    record.mapping = words.size() > 4 ? Mapping::mapped : Mapping::unmapped;
    const TestId test = builder_.add_test(record);
    tests_.emplace(words[1], test);
    for (std::size_t i = 4; i + 1 < words.size(); i += 2) {
      builder_.add_test_input(builder_.file(words[i + 1]), test, edge_kind(words[i]));
    }
  }

  GraphBuilder builder_;
  std::map<std::string, TestId> tests_;
};

} // namespace

TestKey key_from(std::string_view display)
{
  const std::size_t slash = display.rfind('/');
  if (slash == std::string_view::npos) {
    return {"", std::string(display)};
  }
  return {std::string(display.substr(0, slash)), std::string(display.substr(slash + 1))};
}

Graph graph_from(std::string_view text)
{
  GraphText reader;
  std::istringstream lines{std::string(text)};
  for (std::string line; std::getline(lines, line);) {
    std::istringstream stream(line);
    Words words;
    for (std::string word; stream >> word;) {
      words.push_back(word);
    }
    if (!words.empty()) {
      reader.read_line(words);
    }
  }
  return reader.finish();
}

Change change_of(std::initializer_list<std::string_view> files)
{
  Change change{"base", "work tree", {}};
  for (const std::string_view file : files) {
    const std::size_t arrow = file.find('>');
    if (arrow != std::string_view::npos) {
      const bool same = file.substr(0, arrow).ends_with('=');
      change.files.push_back({std::string(file.substr(arrow + 1)), ChangeStatus::renamed,
                              std::string(file.substr(0, same ? arrow - 1 : arrow)),
                              same ? RenamedContent::same : RenamedContent::may_differ});
    } else if (file.starts_with('+')) {
      change.files.push_back({std::string(file.substr(1)), ChangeStatus::added, {}});
    } else if (file.starts_with('-')) {
      change.files.push_back({std::string(file.substr(1)), ChangeStatus::deleted, {}});
    } else {
      change.files.push_back({std::string(file), ChangeStatus::modified, {}});
    }
  }
  return change;
}

} // namespace winnow::tests
