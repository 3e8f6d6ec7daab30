// Puts lists into a directory, in place of older ones.
#include "daemon/client/chunk_lists.hpp"

#include "analyzer/report/chunk_lists.hpp"
#include "daemon/client/whole_file.hpp"

#include <fmt/format.h>
#include <system_error>

#include <filesystem>
#include <set>
#include <vector>

namespace winnow::client {
namespace {

namespace fs = std::filesystem;

Error trouble(const std::string& path, const std::string& cause)
{
  return environment_error(fmt::format("cannot write the lists in {}: {}", path, cause));
}

/// A chunk that is no more would be run by who goes through the directory.
Result<void> remove_older(const std::string& directory)
{
  std::error_code failure;
  fs::create_directories(directory, failure);
  std::vector<fs::path> older;
  for (fs::directory_iterator at(directory, failure), end; !failure && at != end;
       at.increment(failure)) {
    if (report::is_chunk_list(at->path().filename().string())) {
      older.push_back(at->path());
    }
  }
  for (const fs::path& path : older) {
    if (!failure) {
      fs::remove(path, failure);
    }
  }
  return failure ? Result<void>(trouble(directory, failure.message())) : Result<void>();
}

/// A test that came after the recording counts, too.
report::TestNames names_of(const Plan& plan, const Graph& graph)
{
  report::TestNames names(graph);
  std::set<TestKey> seen;
  for (const Chunk& chunk : plan.chunks) {
    for (const TestKey& key : chunk.tests) {
      if (!graph.find_test(key) && seen.insert(key).second) {
        names.add(key);
      }
    }
  }
  return names;
}

} // namespace

Result<void> write_chunk_lists(const Plan& plan, const Graph& graph, const std::string& directory)
{
  const Result<std::vector<report::NamedText>> lists =
      report::chunk_lists(plan, names_of(plan, graph));
  if (!lists) {
    return lists.error();
  }
  if (const Result<void> removed = remove_older(directory); !removed) {
    return removed.error();
  }
  for (const report::NamedText& list : *lists) {
    const std::string path = (fs::path(directory) / list.name).string();
    if (const std::string cause = write_whole_file(path, list.text); !cause.empty()) {
      return trouble(path, cause);
    }
    if (list.name.ends_with(".paths")) {
      fmt::print(stderr,
                 "winnow: tests of this chunk share a name with others, and ctest takes all tests "
                 "of a name: see {}\n",
                 path);
    }
  }
  return {};
}

} // namespace winnow::client
