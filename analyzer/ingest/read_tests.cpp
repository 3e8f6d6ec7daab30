// Joins the CTest files and the export.
#include "analyzer/ingest/read_tests.hpp"

#include "analyzer/ingest/test_names.hpp"

namespace winnow::ingest {

Result<TestListing> read_tests(const BuildTree& tree, const Export& exported)
{
  Result<TestListing> listing = read_ctest_files(tree.roots, tree.test_configuration);
  if (!listing) {
    return listing;
  }
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
