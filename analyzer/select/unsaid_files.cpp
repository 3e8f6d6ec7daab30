// Asks the graph for each name under which the file may be known.
#include "analyzer/select/unsaid_files.hpp"

#include "analyzer/model/configure_read.hpp"
#include "analyzer/model/reach.hpp"
#include "analyzer/model/said_key.hpp"
#include "analyzer/select/configuration_files.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace winnow::select {
namespace {

/// The directories of a path from its own up to `end`, without that.
std::vector<std::string_view> directories_of(std::string_view path, std::string_view end)
{
  std::vector<std::string_view> directories;
  for (std::string_view at = directory_of(path); at.size() > end.size(); at = directory_of(at)) {
    directories.push_back(at);
  }
  return directories;
}

/// What says the file of that path; `end` is the directory above that says nothing of it.
std::vector<std::string> keys_of(std::string_view path, std::string_view end)
{
  std::vector<std::string> keys;
  if (const std::string_view tool = foreign_tool_of(path); !tool.empty()) {
    keys.emplace_back(tool);
  } else {
    keys.emplace_back(base_name(path));
    if (base_name(path) != "CMakeLists.txt") {
      keys.emplace_back(extension_key(path));
    }
  }
  for (const std::string_view directory : directories_of(path, end)) {
    keys.push_back(directory_key(directory));
  }
  keys.emplace_back(any_file);
  return keys;
}

std::string words_of(const Graph& graph, NodeId by, std::string_view key)
{
  const std::string what = key == any_file ? "may read any file" : fmt::format("says \"{}\"", key);
  switch (graph.kind(by)) {
  case NodeKind::file:
    return fmt::format("{} {}", graph.path(graph.file(by)), what);
  case NodeKind::step: {
    const Neighbours outputs = graph.dependents(by);
    return fmt::format("the command that makes {} {}",
                       outputs.empty() ? "nothing" : graph.path(graph.file(outputs[0].node)), what);
  }
  case NodeKind::test:
    return fmt::format("the test {} {}", graph.key(graph.test(by)).display(), what);
  }
  return what;
}

/// A script of configuring that starts what may read anything; "" if there is none.
std::string script_with_programs(const Graph& graph)
{
  for (const ConfigureRead& read : configure_reads_from(graph.origin().configure_reads)) {
    if (read.what == ConfigureRead::What::program) {
      return read.pattern;
    }
  }
  return {};
}

} // namespace

void UnsaidFiles::judge(const TouchedPath& touched, Configurations configurations,
                        UnknownFileRuling& ruling)
{
  const bool is_source = file_kind(touched.path) == FileKind::source;
  if (!was_there(touched, configurations) ||
      rules_.ruling(touched.path).kind != ProjectRuling::Kind::none) {
    return;
  }
  if (ruling.is_undecided() && (is_source || !foreign_tool_of(touched.path).empty())) {
    judge_outside(touched, ruling);
    return;
  }
  const std::optional<std::string_view> part = parts_.part_around(touched.path);
  if (ruling.kind == UnknownFileRuling::Kind::opaque_part && part &&
      (is_cmake_code(touched.path) || (is_source && is_of_unread_project(touched.path, *part)))) {
    judge_inside(*part, touched, ruling);
  }
}

/// Of a directory that is new since the recording nobody can have been asked.
bool UnsaidFiles::was_there(const TouchedPath& touched, Configurations configurations) const
{
  const std::string_view directory = directory_of(touched.path);
  if (!directory.empty() && files_below(graph_, directory).empty()) {
    return false;
  }
  if (file_kind(touched.path) != FileKind::source) {
    return true;
  }
  return graph_.knows_includes() &&
         (touched.status == ChangeStatus::modified ? graph_.find_file(touched.path).has_value()
                                                   : configurations == Configurations::compared);
}

/// Whether the next CMakeLists.txt around it is one that configuring does not read.
bool UnsaidFiles::is_of_unread_project(std::string_view path, std::string_view part) const
{
  for (const std::string_view directory : directories_of(path, part)) {
    if (const auto file = graph_.find_file(std::string(directory) + "/CMakeLists.txt")) {
      return !is_configure_input(graph_, *file);
    }
  }
  return false;
}

/// The steps with a definition that names a directory around the file.
std::vector<NodeId> UnsaidFiles::told_of(std::string_view path) const
{
  std::vector<NodeId> nodes;
  for (const std::string_view directory : directories_of(path, {})) {
    for (const StepId step : graph_.steps_told_of(directory)) {
      nodes.push_back(graph_.node(step));
    }
  }
  return nodes;
}

void UnsaidFiles::judge_outside(const TouchedPath& touched, UnknownFileRuling& ruling) const
{
  const auto doubt = [&](std::string because) { ruling.because = std::move(because); };
  if (rules_.effect(ShippedRule::unnamed_files) != ShippedEffect::nothing) {
    ruling.rule = name_of(ShippedRule::unnamed_files);
    return;
  }
  if (const std::string script = script_with_programs(graph_); !script.empty()) {
    doubt(script + " starts a program while configuring, which may read any file");
    return;
  }
  std::vector<std::string> keys = keys_of(touched.path, {});
  for (const std::string& key : keys) {
    if (const std::vector<NodeId> nodes = graph_.said_by(key); !nodes.empty()) {
      doubt(words_of(graph_, nodes.front(), key));
      return;
    }
  }
  if (const std::vector<NodeId> nodes = told_of(touched.path); !nodes.empty()) {
    doubt(words_of(graph_, nodes.front(), directory_of(touched.path)));
    return;
  }
  ruling = {UnknownFileRuling::Kind::nothing, {}, std::string(name_of(ShippedRule::unnamed_files))};
  ruling.unnamed = std::move(keys);
}

void UnsaidFiles::judge_inside(std::string_view part, const TouchedPath& touched,
                               UnknownFileRuling& ruling) const
{
  std::vector<std::string> keys = keys_of(touched.path, part);
  keys.emplace_back(cmake_tool);
  std::vector<NodeId> seeds = told_of(touched.path);
  for (const std::string& key : keys) {
    const std::vector<NodeId> nodes = graph_.said_by(key);
    seeds.insert(seeds.end(), nodes.begin(), nodes.end());
  }
  const Reach reached = reach(graph_, seeds, Direction::dependents);
  std::erase_if(ruling.tests, [&](TestId test) { return !reached.contains(graph_.node(test)); });
  ruling.unnamed = std::move(keys);
}

} // namespace winnow::select
