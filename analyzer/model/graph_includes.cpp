// What a graph knows of include directives, and of where their names are sought.
#include "analyzer/model/graph.hpp"
#include "analyzer/model/graph_bytes.hpp"
#include "analyzer/model/graph_format.hpp"

#include <algorithm>
#include <tuple>

namespace winnow {

namespace format = graph_format;

std::span<const std::uint32_t> GraphBytes::run_of_include(std::string_view name,
                                                          NameForm form) const
{
  const std::tuple wanted(name, static_cast<std::uint32_t>(form));
  const auto position = [&](const format::IncludeRow& row) {
    return std::tuple(text(row.name), row.form);
  };
  const auto found = std::ranges::lower_bound(includes, wanted, {}, position);
  return found != includes.end() && position(*found) == wanted
             ? refs.subspan(found->includers.offset, found->includers.count)
             : std::span<const std::uint32_t>();
}

std::optional<SearchId> Graph::search(StepId step) const
{
  const std::uint32_t search = image_->steps[step.value].search;
  return search == format::none ? std::nullopt : std::optional(SearchId{search});
}

std::size_t Graph::search_count() const
{
  return image_->searches.size();
}

bool Graph::knows_includes() const
{
  return search_count() > 0;
}

std::optional<std::uint32_t> Graph::place_in(SearchId search, std::string_view directory) const
{
  const std::optional<std::uint32_t> number = image_->number_of_directory(directory);
  if (!number) {
    return std::nullopt;
  }
  const format::Run run = image_->searches[search.value].directories;
  const auto order = image_->refs.subspan(run.offset, run.count);
  const auto at = std::ranges::find(order, *number);
  return at == order.end() ? std::nullopt
                           : std::optional(static_cast<std::uint32_t>(at - order.begin()));
}

std::vector<std::string_view> Graph::directories(SearchId search) const
{
  const format::Run run = image_->searches[search.value].directories;
  std::vector<std::string_view> directories;
  for (const std::uint32_t directory : image_->refs.subspan(run.offset, run.count)) {
    directories.push_back(image_->text(image_->directories[directory]));
  }
  return directories;
}

std::uint32_t Graph::first_angled(SearchId search) const
{
  return image_->searches[search.value].first_angled;
}

std::vector<FileId> Graph::includers(std::string_view name, NameForm form) const
{
  std::vector<FileId> files;
  for (const std::uint32_t file : image_->run_of_include(name, form)) {
    files.push_back(FileId{file});
  }
  return files;
}

std::vector<NodeId> Graph::said_by(std::string_view key) const
{
  std::vector<NodeId> nodes;
  for (const std::uint32_t node : image_->run_of_include(key, NameForm::word)) {
    nodes.push_back(NodeId{node});
  }
  return nodes;
}

void Graph::for_each_include(
    const std::function<void(FileId, NameForm, std::string_view)>& visit) const
{
  for (const format::IncludeRow& row : image_->includes) {
    const auto form = static_cast<NameForm>(row.form);
    if (form == NameForm::literal || form == NameForm::word) {
      continue;
    }
    const std::string_view name = image_->text(row.name);
    for (const std::uint32_t file :
         image_->refs.subspan(row.includers.offset, row.includers.count)) {
      visit(FileId{file}, form, name);
    }
  }
}

std::vector<std::string_view> Graph::included_names(std::string_view prefix) const
{
  std::vector<std::string_view> names;
  for (auto row = std::ranges::lower_bound(
           image_->includes, prefix, {},
           [&](const format::IncludeRow& include) { return image_->text(include.name); });
       row != image_->includes.end() && image_->text(row->name).starts_with(prefix); ++row) {
    if (static_cast<NameForm>(row->form) != NameForm::word &&
        (names.empty() || names.back() != image_->text(row->name))) {
      names.push_back(image_->text(row->name));
    }
  }
  return names;
}

} // namespace winnow
