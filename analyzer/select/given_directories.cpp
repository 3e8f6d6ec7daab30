// Counts, below a directory, the data files and the edges from them.
#include "analyzer/select/given_directories.hpp"

#include "analyzer/model/file_kind.hpp"
#include "analyzer/model/roots.hpp"
#include "analyzer/select/changed_nodes.hpp"
#include "analyzer/select/possible_use.hpp"
#include "analyzer/select/shipped_rules.hpp"

#include <algorithm>

namespace winnow::select {
namespace {

bool leaves_directory_edge(Neighbour user)
{
  return user.kind == EdgeKind::below_argument || user.kind == EdgeKind::declared_input;
}

/// Read by tests at most: steps are not given directories.
bool is_data(const Graph& graph, FileId file)
{
  return !graph.is_output(file) &&
         std::ranges::all_of(graph.dependents(graph.node(file)), [&](Neighbour user) {
           return graph.kind(user.node) == NodeKind::test || is_mention(user.kind);
         });
}

/// Code and prose are no data where no data is named like them.
bool may_be_data_like_others(std::string_view path)
{
  return may_be_data(path) && !harmless_pattern(path);
}

} // namespace

void GivenDirectories::count(Directory& directory, std::string_view path, FileId file, bool own)
{
  if (!is_data(graph_, file)) {
    return;
  }
  Count& with = directory.with[extension_of(path)];
  ++directory.all.files;
  ++with.files;
  std::set<TestId> tests;
  for (const Neighbour user : graph_.dependents(graph_.node(file))) {
    if (leaves_directory_edge(user)) {
      tests.insert(graph_.test(user.node));
      directory.given |= own && user.kind == EdgeKind::below_argument;
    }
  }
  for (const TestId test : tests) {
    ++directory.all.given[test];
    ++with.given[test];
    if (own) {
      directory.own.insert(test);
    }
  }
}

const GivenDirectories::Directory& GivenDirectories::look_at(std::string_view directory)
{
  if (const auto known = directories_.find(directory); known != directories_.end()) {
    return known->second;
  }
  Directory& looked_at = directories_[std::string(directory)];
  for (const FileId file : files_below(graph_, directory)) {
    const std::string_view path = graph_.path(file);
    if (origin_of(path) == Origin::source) {
      count(looked_at, path, file, directory_of(path) == directory);
    }
  }
  return looked_at;
}

std::vector<TestId> GivenDirectories::tests_around(std::string_view path)
{
  if (origin_of(path) != Origin::source) {
    return {};
  }
  const std::string_view extension = extension_of(path);
  std::string_view directory = directory_of(path);
  std::set<TestId> tests = look_at(directory).own;
  while (look_at(directory).all.given.empty() && !directory.empty()) {
    directory = directory_of(directory);
  }
  const Directory& nearest = look_at(directory);
  const auto with = nearest.with.find(extension);
  if (with == nearest.with.end() && !may_be_data_like_others(path)) {
    return {tests.begin(), tests.end()};
  }
  const Count& alike = with == nearest.with.end() ? nearest.all : with->second;
  for (const auto& [test, files] : alike.given) {
    if (files == alike.files) {
      tests.insert(test);
    }
  }
  return {tests.begin(), tests.end()};
}

bool GivenDirectories::surely_given(std::string_view path)
{
  return origin_of(path) == Origin::source && look_at(directory_of(path)).given;
}

} // namespace winnow::select
