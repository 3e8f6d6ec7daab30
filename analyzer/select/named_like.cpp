// From a path to the names it can be found by, to the files that have them, to the steps.
#include "analyzer/select/named_like.hpp"

#include "analyzer/model/file_kind.hpp"
#include "analyzer/model/roots.hpp"
#include "analyzer/select/direct_edge.hpp"

#include <algorithm>
#include <optional>
#include <string>
#include <unordered_set>

namespace winnow::select {
namespace {

/// `#include "../../../…"` goes up at most so far.
constexpr int most_parents = 8;

constexpr NameForm sought_forms[] = {NameForm::quoted, NameForm::angled, NameForm::anywhere};

/// The directory `levels` above; nothing above the root it lies below.
std::optional<std::string_view> ancestor(std::string_view directory, int levels)
{
  for (; levels > 0; --levels) {
    if (directory.empty() || directory == "@build") {
      return std::nullopt;
    }
    directory = directory_of(directory);
  }
  return directory;
}

bool is_read(EdgeKind kind)
{
  return kind != EdgeKind::ordered_before && kind != EdgeKind::output &&
         kind != EdgeKind::possible_module;
}

/// A directive by which a path may be found, from the directory in which its name starts.
struct Lookup {
  std::string name;
  NameForm form;
  std::string_view directory; ///< `parents` below where the name starts
  int parents = 0;
};

class NameReaders {
 public:
  NameReaders(const Graph& graph, std::span<const std::string_view> paths)
      : graph_(graph), paths_(paths), come_or_gone_(paths.begin(), paths.end())
  {}

  std::unordered_map<StepId, std::vector<std::string_view>> find() &&
  {
    for (const std::string_view path : paths_) {
      find_readers(path);
    }
    find_by_base_name();
    return std::move(readers_);
  }

 private:
  void find_readers(std::string_view path)
  {
    path_ = path;
    for (const FileId includer : graph_.includers(path, NameForm::whole)) {
      for_each_reader(includer, [&](StepId step) { add(step); });
    }
    // Every way to cut the path into a directory and a name.
    for (std::size_t slash = path.size(); slash != std::string_view::npos;) {
      slash = slash == 0 ? std::string_view::npos : path.rfind('/', slash - 1);
      const bool cut = slash != std::string_view::npos;
      const std::string_view directory = cut ? path.substr(0, slash) : std::string_view();
      find_name(std::string(path.substr(cut ? slash + 1 : 0)), directory);
    }
  }

  void find_name(const std::string& name, std::string_view directory)
  {
    std::string upward = name;
    for (int parents = 0; parents <= most_parents; ++parents) {
      for (const NameForm form : sought_forms) {
        look_up({upward, form, directory, parents});
      }
      upward.insert(0, "../");
    }
    // What is no header by its name may be a link to a directory of them.
    if (extension_of(name).empty()) {
      for (const std::string_view below : graph_.included_names(name + "/")) {
        for (const NameForm form : sought_forms) {
          look_up({std::string(below), form, directory, 0});
        }
      }
    }
  }

  void look_up(const Lookup& lookup)
  {
    places_.clear();
    for (const FileId includer : graph_.includers(lookup.name, lookup.form)) {
      const std::string_view here = directory_of(graph_.path(includer));
      const bool beside =
          lookup.form != NameForm::angled && ancestor(here, lookup.parents) == lookup.directory;
      if (origin_of(graph_.path(includer)) == Origin::external) {
        add_steps_that_search(lookup);
      }
      for_each_reader(includer, [&](StepId step) {
        if (beside || is_found(step, lookup, here)) {
          add(step);
        }
      });
    }
  }

  /// Whether the step comes by the path in its search, before a file that was there all the time.
  bool is_found(StepId step, const Lookup& lookup, std::string_view includer_directory)
  {
    const std::optional<SearchId> search = graph_.search(step);
    if (!search) {
      return false; // found by its base name
    }
    const std::optional<std::uint32_t> place = place_of(*search, lookup);
    if (!place) {
      return false;
    }
    if (lookup.parents > 0 || lookup.form == NameForm::anywhere) {
      return true;
    }
    if (lookup.form == NameForm::quoted && stays(includer_directory, lookup.name, step)) {
      return false;
    }
    const std::vector<std::string_view> directories = graph_.directories(*search);
    const std::uint32_t first = lookup.form == NameForm::angled ? graph_.first_angled(*search) : 0;
    return std::none_of(
        directories.begin() + std::min(first, *place), directories.begin() + *place,
        [&](std::string_view directory) { return stays(directory, lookup.name, step); });
  }

  /// Remembered for one look-up: most steps share their searches.
  std::optional<std::uint32_t> place_of(SearchId search, const Lookup& lookup)
  {
    const auto [at, added] = places_.try_emplace(search);
    if (!added) {
      return at->second;
    }
    const std::vector<std::string_view> directories = graph_.directories(search);
    const std::uint32_t first = lookup.form == NameForm::angled ? graph_.first_angled(search) : 0;
    for (std::uint32_t i = first; i < directories.size(); ++i) {
      if (ancestor(directories[i], lookup.parents) == lookup.directory) {
        at->second = i;
        break;
      }
    }
    return at->second;
  }

  /// Whether the step reads a file of the sources, or outside, by that name in both states.
  bool stays(std::string_view directory, const std::string& name, StepId step) const
  {
    const std::string path = directory.empty() ? name : std::string(directory) + "/" + name;
    if (come_or_gone_.contains(path) || origin_of(path) == Origin::build) {
      return false;
    }
    const std::optional<FileId> file = graph_.find_file(path);
    if (!file || graph_.is_output(*file)) {
      return false;
    }
    return direct_edge(graph_, graph_.node(*file), graph_.node(step)).has_value();
  }

  /// Scans do not list what files outside include: any step may read them.
  void add_steps_that_search(const Lookup& lookup)
  {
    for (std::uint32_t i = 0; i < graph_.step_count(); ++i) {
      const StepId step{i};
      const std::optional<SearchId> search = graph_.search(step);
      if (search && graph_.header_list(step) != HeaderList::recorded && place_of(*search, lookup)) {
        add(step);
      }
    }
  }

  /// Steps without a search, and those that read a file with a computed directive.
  void find_by_base_name()
  {
    std::unordered_set<StepId> computes;
    for (const FileId includer : graph_.includers("", NameForm::computed)) {
      for_each_reader(includer, [&](StepId step) { computes.insert(step); });
    }
    std::unordered_map<std::string_view, std::string_view> path_of_name;
    for (const std::string_view path : paths_) {
      path_of_name.emplace(base_name(path), path);
    }
    for (std::uint32_t i = 0; i < graph_.file_count() && !path_of_name.empty(); ++i) {
      const auto named = path_of_name.find(base_name(graph_.path(FileId{i})));
      if (named == path_of_name.end()) {
        continue;
      }
      path_ = named->second;
      for (const Neighbour reader : graph_.dependents(graph_.node(FileId{i}))) {
        const bool header = reader.kind == EdgeKind::header ||
                            reader.kind == EdgeKind::scanned_header ||
                            reader.kind == EdgeKind::depfile_input;
        if (header && (!graph_.search(graph_.step(reader.node)) ||
                       computes.contains(graph_.step(reader.node)))) {
          add(graph_.step(reader.node));
        }
      }
    }
  }

  template <class Visit>
  void for_each_reader(FileId file, Visit&& visit)
  {
    for (const Neighbour reader : graph_.dependents(graph_.node(file))) {
      if (graph_.kind(reader.node) == NodeKind::step && is_read(reader.kind)) {
        visit(graph_.step(reader.node));
      }
    }
  }

  void add(StepId step)
  {
    std::vector<std::string_view>& found = readers_[step];
    if (found.empty() || found.back() != path_) {
      found.push_back(path_);
    }
  }

  const Graph& graph_;
  std::span<const std::string_view> paths_;
  std::unordered_set<std::string_view> come_or_gone_;
  std::string_view path_;
  std::unordered_map<SearchId, std::optional<std::uint32_t>> places_;
  std::unordered_map<StepId, std::vector<std::string_view>> readers_;
};

} // namespace

std::unordered_map<StepId, std::vector<std::string_view>>
readers_of_names(const Graph& graph, std::span<const std::string_view> paths)
{
  return NameReaders(graph, paths).find();
}

} // namespace winnow::select
