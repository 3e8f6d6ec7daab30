// One check for each kind of row.
#include "analyzer/model/graph_rows.hpp"

#include "analyzer/model/graph_bytes.hpp"
#include "analyzer/model/graph_format.hpp"
#include "analyzer/model/graph_records.hpp"
#include "analyzer/model/reach.hpp"

#include <algorithm>
#include <functional>
#include <span>
#include <tuple>
#include <utility>

namespace winnow {
namespace {

namespace format = graph_format;

class RowCheck {
 public:
  explicit RowCheck(const GraphBytes& image) : image_(image) {}

  std::string find_fault() const
  {
    const std::pair<const char*, bool (RowCheck::*)() const> checks[] = {
        {"its origin", &RowCheck::origin_is_sound},
        {"a file", &RowCheck::files_are_sound},
        {"a step", &RowCheck::steps_are_sound},
        {"a target", &RowCheck::targets_are_sound},
        {"a test", &RowCheck::tests_are_sound},
        {"a search", &RowCheck::searches_are_sound},
        {"an include", &RowCheck::includes_are_sound},
        {"an edge", &RowCheck::edges_are_sound},
        {"a definition", &RowCheck::definitions_are_sound},
    };
    for (const auto& [what, is_sound] : checks) {
      if (!(this->*is_sound)()) {
        return std::string(what) + " in it is damaged";
      }
    }
    return {};
  }

 private:
  [[nodiscard]] bool holds(format::StringRef ref) const
  {
    return std::uint64_t{ref.offset} + ref.size <= image_.strings.size();
  }

  /// Whether the run lies in `refs` and each of its numbers is below `count`.
  [[nodiscard]] bool names_below(format::Run run, std::size_t count) const
  {
    if (std::uint64_t{run.offset} + run.count > image_.refs.size()) {
      return false;
    }
    return std::ranges::all_of(image_.refs.subspan(run.offset, run.count),
                               [&](std::uint32_t number) { return number < count; });
  }

  static bool is_one_of(std::uint32_t number, std::size_t count)
  {
    return number == format::none || number < count;
  }

  [[nodiscard]] bool origin_is_sound() const
  {
    return std::ranges::all_of(image_.header().origin,
                               [&](format::StringRef ref) { return holds(ref); });
  }

  [[nodiscard]] bool files_are_sound() const
  {
    return std::ranges::all_of(image_.files,
                               [&](const format::FileRow& file) {
                                 return holds(file.path) &&
                                        is_one_of(file.producer, image_.steps.size());
                               }) &&
           is_ascending(image_.files,
                        [&](const format::FileRow& file) { return image_.text(file.path); });
  }

  [[nodiscard]] bool steps_are_sound() const
  {
    return std::ranges::all_of(image_.steps, [&](const format::StepRow& step) {
      return holds(step.rule) && is_one_of(step.target, image_.targets.size()) &&
             step.kind <= static_cast<std::uint8_t>(StepKind::scan) &&
             step.headers <= static_cast<std::uint8_t>(HeaderList::scanned) &&
             step.built_by_default <= 1 && is_one_of(step.search, image_.searches.size()) &&
             is_one_of(step.definitions, image_.definition_lists.size());
    });
  }

  [[nodiscard]] bool targets_are_sound() const
  {
    return std::ranges::all_of(image_.targets, [&](const format::TargetRow& target) {
      return holds(target.name) && holds(target.type) && holds(target.directory) &&
             names_below(target.artifacts, image_.files.size());
    });
  }

  [[nodiscard]] bool tests_are_sound() const
  {
    const bool each = std::ranges::all_of(image_.tests, [&](const format::TestRow& test) {
      return holds(test.directory) && holds(test.name) && holds(test.source_directory) &&
             holds(test.defined_at) && names_below(test.targets, image_.targets.size()) &&
             test.mapping <= static_cast<std::uint8_t>(Mapping::unmapped) &&
             test.origin <= static_cast<std::uint8_t>(TestOrigin::not_built_placeholder);
    });
    return each && is_ascending(image_.tests, [&](const format::TestRow& test) {
             return std::tuple(image_.text(test.directory), image_.text(test.name));
           });
  }

  [[nodiscard]] bool searches_are_sound() const
  {
    return std::ranges::all_of(image_.directories,
                               [&](format::StringRef name) { return holds(name); }) &&
           is_ascending(image_.directories,
                        [&](format::StringRef name) { return image_.text(name); }) &&
           std::ranges::all_of(image_.searches, [&](const format::SearchRow& search) {
             return names_below(search.directories, image_.directories.size()) &&
                    search.first_angled <= search.directories.count;
           });
  }

  /// How many there are of what the row's run is of.
  [[nodiscard]] std::size_t nameable_by(const format::IncludeRow& include) const
  {
    return include.form == static_cast<std::uint32_t>(NameForm::word)
               ? image_.files.size() + image_.steps.size() + image_.tests.size()
               : image_.files.size();
  }

  [[nodiscard]] bool includes_are_sound() const
  {
    return std::ranges::all_of(image_.includes,
                               [&](const format::IncludeRow& include) {
                                 return holds(include.name) &&
                                        names_below(include.includers, nameable_by(include));
                               }) &&
           is_ascending(image_.includes, [&](const format::IncludeRow& include) {
             return std::tuple(image_.text(include.name), include.form);
           });
  }

  [[nodiscard]] bool definitions_are_sound() const
  {
    return std::ranges::all_of(image_.definitions,
                               [&](const format::DefinitionRow& row) {
                                 return holds(row.name) &&
                                        names_below(row.directories, image_.directories.size());
                               }) &&
           std::ranges::all_of(image_.definition_lists, [&](format::Run list) {
             return std::uint64_t{list.offset} + list.count <= image_.definitions.size();
           });
  }

  [[nodiscard]] bool edges_are_sound() const
  {
    return are_sound(image_.forward, image_.forward_neighbours, Direction::dependents) &&
           are_sound(image_.reverse, image_.reverse_neighbours, Direction::dependencies) &&
           image_.forward_neighbours.size() == image_.reverse_neighbours.size();
  }

  [[nodiscard]] std::size_t node_count() const
  {
    return image_.files.size() + image_.steps.size() + image_.tests.size();
  }

  [[nodiscard]] bool are_sound(std::span<const std::uint32_t> offsets,
                               std::span<const PackedNeighbour> neighbours,
                               Direction direction) const
  {
    if (offsets.size() != node_count() + 1 || offsets.front() != 0 ||
        offsets.back() != neighbours.size() || !std::ranges::is_sorted(offsets)) {
      return false;
    }
    for (std::uint32_t node = 0; node < node_count(); ++node) {
      for (const PackedNeighbour neighbour :
           neighbours.subspan(offsets[node], offsets[node + 1] - offsets[node])) {
        if (!is_sound(node, neighbour, direction)) {
          return false;
        }
      }
    }
    return true;
  }

  /// What reads an edge trusts that its kind tells what is at its ends.
  [[nodiscard]] bool is_sound(std::uint32_t node, PackedNeighbour neighbour,
                              Direction direction) const
  {
    const std::uint32_t other = node_in(neighbour);
    const auto kind = static_cast<std::size_t>(kind_in(neighbour));
    if (other >= node_count() || kind >= edge_kind_names.size()) {
      return false;
    }
    const bool forward = direction == Direction::dependents;
    const std::pair ends(kind_of(forward ? node : other), kind_of(forward ? other : node));
    switch (edge_kind_names[kind].ends) {
    case EdgeEnds::file_to_step:
      return ends == std::pair(NodeKind::file, NodeKind::step);
    case EdgeEnds::step_to_file:
      return ends == std::pair(NodeKind::step, NodeKind::file);
    case EdgeEnds::file_to_test:
      return ends == std::pair(NodeKind::file, NodeKind::test);
    case EdgeEnds::test_to_test:
      return ends == std::pair(NodeKind::test, NodeKind::test);
    }
    return false;
  }

  [[nodiscard]] NodeKind kind_of(std::uint32_t node) const
  {
    if (node < image_.files.size()) {
      return NodeKind::file;
    }
    return node < image_.files.size() + image_.steps.size() ? NodeKind::step : NodeKind::test;
  }

  template <class Row, class Key>
  static bool is_ascending(std::span<const Row> rows, Key key)
  {
    return std::ranges::adjacent_find(rows, std::ranges::greater_equal(), key) == rows.end();
  }

  const GraphBytes& image_;
};

} // namespace

std::string fault_in_rows(const GraphBytes& image)
{
  return RowCheck(image).find_fault();
}

} // namespace winnow
