// Joins the CTest files and the export.
#include "analyzer/ingest/read_tests.hpp"

#include "analyzer/ingest/ctest_custom.hpp"
#include "analyzer/ingest/test_names.hpp"

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

} // namespace

Result<TestListing> read_tests(const BuildTree& tree, const Export& exported,
                               const CMakeEvaluator& evaluator)
{
  Result<TestListing> listing = read_ctest_files(tree.roots, tree.test_configuration, evaluator);
  if (!listing) {
    return listing;
  }
  apply_custom(read_ctest_custom(tree.roots.build, evaluator), *listing);
  const TestNames names(*listing);
  for (const DeclaredResources& declared : exported.resources) {
    for (const std::string& name : declared.tests) {
      for (const std::size_t index : names.meant(name, declared.directory)) {
        listing->tests[index].stated = declared.stated;
      }
    }
  }
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
