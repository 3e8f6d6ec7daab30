// From the keys of a path to the sources that have them, to the tests.
#include "analyzer/select/other_readers.hpp"

#include "analyzer/model/file_kind.hpp"
#include "analyzer/model/literal_key.hpp"
#include "analyzer/model/roots.hpp"
#include "analyzer/model/script_extension.hpp"
#include "analyzer/select/possible_use.hpp"

#include <algorithm>

namespace winnow::select {
namespace {

/// The names under which a program may open the file, the most telling first: its own, what a name
/// is put together of, and the directories up to that of its part, which may be gone through.
std::vector<std::string> keys_of(std::string_view path, std::optional<std::string_view> part)
{
  std::vector<std::string> keys{std::string(file_key(path))};
  if (part) {
    keys.emplace_back(extension_key(path));
    std::string_view directory = directory_of(path);
    do {
      if (!directory.empty()) {
        keys.push_back(directory_key(directory));
      }
      directory = directory_of(directory);
    } while (directory.size() > part->size());
  }
  keys.emplace_back(unreadable_literals);
  return keys;
}

} // namespace

bool may_have_other_readers(const TouchedPath& touched)
{
  return touched.read && origin_of(touched.path) == Origin::source &&
         (may_be_data(touched.path) || has_script_extension(touched.path));
}

std::vector<TestReason> OtherReaders::of(const TouchedPath& touched)
{
  std::vector<TestReason> readers;
  std::vector<TestId> left = candidates(touched);
  const auto take = [&](TestId test, ReasonKind kind, std::vector<ChainLink> chain) {
    readers.emplace_back(test, Reason{kind, std::string(touched.path), std::move(chain)});
  };
  const std::optional<std::string_view> part = parts_.part_around(touched.path);
  if (extension_key(touched.path).empty()) {
    for (const TestId test : part&& is_for_tests_only(touched) ? left : std::vector<TestId>()) {
      take(test, ReasonKind::same_part, {});
    }
    return readers;
  }
  for (const std::string& key : keys_of(touched.path, part)) {
    const Reach* reached = left.empty() ? nullptr : reached_from(key);
    if (reached == nullptr) {
      continue;
    }
    std::erase_if(left, [&](TestId test) {
      const bool reads = reached->contains(graph_.node(test));
      if (reads) {
        take(test, ReasonKind::named_in_source, reached->chain_to(graph_.node(test)));
      }
      return reads;
    });
  }
  return readers;
}

/// Those that no edge leads to from the file, and that do not read another one instead.
std::vector<TestId> OtherReaders::candidates(const TouchedPath& touched) const
{
  std::set<TestId> known;
  std::set<Shape> shapes;
  for (const FileId file : touched.files) {
    for (const Neighbour user : graph_.dependents(graph_.node(file))) {
      if (graph_.kind(user.node) == NodeKind::test) {
        known.insert(graph_.test(user.node));
        if (!is_mention(user.kind) && !has_script_extension(touched.path)) {
          shapes.insert(shape_of(graph_.test(user.node)));
        }
      }
    }
  }
  std::vector<TestId> candidates;
  for (const TestId test :
       parts_.opaque_tests_around(touched.path).value_or(parts_.opaque_tests())) {
    if (!known.contains(test) && runs_what_is_built(test) &&
        (shapes.empty() || !shapes.contains(shape_of(test)))) {
      candidates.push_back(test);
    }
  }
  return candidates;
}

bool OtherReaders::is_for_tests_only(const TouchedPath& touched) const
{
  return std::ranges::all_of(touched.files, [&](FileId file) {
    const Neighbours users = graph_.dependents(graph_.node(file));
    return std::all_of(users.begin(), users.end(),
                       [&](Neighbour user) { return graph_.kind(user.node) == NodeKind::test; });
  });
}

bool OtherReaders::runs_what_is_built(TestId test) const
{
  const Neighbours inputs = graph_.dependencies(graph_.node(test));
  return std::any_of(inputs.begin(), inputs.end(), [&](Neighbour input) {
    return graph_.kind(input.node) == NodeKind::file && graph_.is_output(graph_.file(input.node));
  });
}

/// Tests it needs, and what its scripts mention, do not count.
OtherReaders::Shape OtherReaders::shape_of(TestId test) const
{
  Shape shape;
  for (const Neighbour input : graph_.dependencies(graph_.node(test))) {
    if (graph_.kind(input.node) != NodeKind::file || is_mention(input.kind)) {
      continue;
    }
    const std::string_view path = graph_.path(graph_.file(input.node));
    const bool is_program = graph_.is_output(graph_.file(input.node)) || has_script_extension(path);
    shape.push_back({input.kind, is_program ? path : directory_of(path),
                     is_program ? std::string_view() : extension_of(path)});
  }
  std::ranges::sort(shape);
  return shape;
}

const Reach* OtherReaders::reached_from(const std::string& key)
{
  const auto [at, added] = reached_.try_emplace(key);
  if (added) {
    std::vector<NodeId> seeds;
    for (const FileId file : graph_.includers(key, NameForm::literal)) {
      seeds.push_back(graph_.node(file));
    }
    if (!seeds.empty()) {
      at->second = reach(graph_, seeds, Direction::dependents);
    }
  }
  return at->second ? &*at->second : nullptr;
}

} // namespace winnow::select
