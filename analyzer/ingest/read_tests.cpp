// Joins the CTest files and the export.
#include "analyzer/ingest/read_tests.hpp"

#include "analyzer/ingest/ctest_custom.hpp"
#include "analyzer/ingest/test_names.hpp"

#include <fmt/format.h>

#include <xxhash.h>

namespace winnow::ingest {
namespace {

void apply_custom(const CTestCustom& custom, TestListing& listing)
{
  if (custom.unevaluated) {
    listing.unevaluated.push_back({custom.files.front(), custom.problem});
  }
  if (custom.by_cmake) {
    ++listing.evaluated; // also one that ignores nothing yet
    for (const std::string& name : custom.ignored_tests) {
      listing.evaluated = XXH3_64bits_withSeed(name.data(), name.size(), listing.evaluated + 1);
    }
  }
  ignore_tests(custom, listing);
  listing.files_read.insert(listing.files_read.end(), custom.files.begin(), custom.files.end());
}

/// `file:line` as a graph path.
std::string place_in(const Roots& roots, const std::string& defined_at)
{
  const std::size_t end = defined_at.find_last_of(':');
  const bool has_line = end != std::string::npos && end > defined_at.find_last_of('/') + 1;
  const std::string file = has_line ? defined_at.substr(0, end) : defined_at;
  return file.empty() ? "" : roots.graph_path(file) + (has_line ? defined_at.substr(end) : "");
}

/// Of what is stated twice the last counts.
void add_statement(const StatedResources& more, const Shared<std::string>& place,
                   StatedResources& stated)
{
  stated.cpu_milli = more.cpu_milli ? more.cpu_milli : stated.cpu_milli;
  stated.memory_bytes = more.memory_bytes ? more.memory_bytes : stated.memory_bytes;
  set_counts(stated.pools, more.pools);
  stated.stated_at = stated.stated_at->empty()
                         ? place
                         : Shared<std::string>(fmt::format("{}, {}", *stated.stated_at, *place));
}

} // namespace

void state_resources(const Export& exported, const Roots& roots, TestListing& listing)
{
  if (exported.resources.empty()) {
    return;
  }
  const TestNames names(listing);
  for (const DeclaredResources& declared : exported.resources) {
    const Shared<std::string> place = place_in(roots, declared.stated.stated_at);
    for (const std::string& name : declared.tests) {
      for (const std::size_t index : names.meant(name, declared.directory)) {
        add_statement(declared.stated, place, listing.tests[index].stated);
      }
    }
    for (const ResourceCount& kind : declared.capacity) {
      listing.resources.push_back({kind.name, kind.count, {}, {}, *place});
    }
  }
}

Result<TestListing> read_tests(const BuildTree& tree, const Export& exported,
                               const CMakeEvaluator& evaluator)
{
  Result<TestListing> listing = read_ctest_files(tree.roots, tree.test_configuration, evaluator);
  if (!listing) {
    return listing;
  }
  apply_custom(read_ctest_custom(tree.roots.build, evaluator), *listing);
  state_resources(exported, tree.roots, *listing);
  return listing;
}

Result<Export> read_export_of(const BuildTree& tree)
{
  Result<std::optional<Export>> exported = read_export(tree.roots.build + "/.winnow/export.json");
  if (!exported) {
    return exported.error();
  }
  return std::move(*exported).value_or(Export{});
}

} // namespace winnow::ingest
