// Asks the graphs for configure inputs and for what configuring reads besides.
#include "analyzer/select/configuration_files.hpp"

#include "analyzer/model/configure_read.hpp"
#include "analyzer/model/file_kind.hpp"
#include "analyzer/model/wildcard.hpp"

#include <algorithm>

namespace winnow::select {
namespace {

bool has_input_at(const Graph& graph, std::string_view path)
{
  const std::optional<FileId> file = graph.find_file(path);
  return file && is_configure_input(graph, *file);
}

bool matches_one(std::span<const ConfigureRead> reads, const TouchedPath& touched)
{
  return std::ranges::any_of(reads, [&](const ConfigureRead& read) {
    const bool seen =
        read.what == ConfigureRead::What::contents ||
        (read.what == ConfigureRead::What::names && touched.status != ChangeStatus::modified);
    return seen && matches(read.pattern, touched.path);
  });
}

/// What both graphs say of configuring, looked up once for many files.
class ConfigureInputs {
 public:
  ConfigureInputs(const Graph& head, const Graph* base)
      : head_(head), base_(base), reads_(configure_reads_from(head.origin().configure_reads))
  {
    if (base_ != nullptr) {
      const auto more = configure_reads_from(base_->origin().configure_reads);
      reads_.insert(reads_.end(), more.begin(), more.end());
    }
  }

  [[nodiscard]] bool contain(const TouchedPath& touched) const
  {
    return std::ranges::any_of(touched.files,
                               [&](FileId file) { return is_configure_input(head_, file); }) ||
           (base_ != nullptr && has_input_at(*base_, touched.path)) || matches_one(reads_, touched);
  }

  /// Whether configuring asks git what HEAD is.
  [[nodiscard]] bool contain_commit() const
  {
    return std::ranges::any_of(
        reads_, [](const ConfigureRead& read) { return read.what == ConfigureRead::What::commit; });
  }

 private:
  const Graph& head_;
  const Graph* base_;
  std::vector<ConfigureRead> reads_;
};

} // namespace

bool is_cmake_code(std::string_view path)
{
  return base_name(path) == "CMakeLists.txt" || extension_of(path) == "cmake";
}

std::vector<std::string> read_by_configuring(const Graph& head, const Graph* base,
                                             std::span<const TouchedPath> touched)
{
  const ConfigureInputs inputs(head, base);
  std::vector<std::string> paths;
  for (const TouchedPath& one : touched) {
    if (inputs.contain(one)) {
      paths.emplace_back(one.path);
    }
  }
  return paths;
}

bool asks_for_commit(const Graph& graph)
{
  return ConfigureInputs(graph, nullptr).contain_commit();
}

bool needs_base_graph(const Graph& head, const Change& change)
{
  const ConfigureInputs inputs(head, nullptr);
  if (inputs.contain_commit() && change.base != head.origin().commit) {
    return true;
  }
  return std::ranges::any_of(touched_paths(head, change), [&](const TouchedPath& touched) {
    const bool unknown = !touched.read;
    return inputs.contain(touched) || (unknown && is_cmake_code(touched.path)) ||
           (unknown && touched.status != ChangeStatus::modified &&
            file_kind(touched.path) == FileKind::source);
  });
}

bool shows_in_comparison(const Graph* base, const TouchedPath& touched,
                         std::span<const std::string> configured_by)
{
  if (base == nullptr) {
    return false;
  }
  const bool configures =
      std::ranges::find(configured_by, touched.path) != configured_by.end() &&
      (touched.status == ChangeStatus::modified || file_kind(touched.path) != FileKind::header);
  const auto file = base->find_file(touched.path);
  return configures || (file && is_read(*base, *file));
}

} // namespace winnow::select
