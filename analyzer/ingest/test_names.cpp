// Looks tests up by name and directory.
#include "analyzer/ingest/test_names.hpp"

namespace winnow::ingest {

TestNames::TestNames(const TestListing& listing) : listing_(listing)
{
  for (std::size_t i = 0; i < listing.tests.size(); ++i) {
    by_name_[listing.tests[i].key.name].push_back(i);
  }
}

std::vector<std::size_t> TestNames::meant(const std::string& name,
                                          std::string_view source_directory) const
{
  std::vector<std::size_t> there;
  for (const std::size_t index : all(name)) {
    const auto defined = listing_.source_directories.find(listing_.tests[index].key.directory);
    if (defined != listing_.source_directories.end() && defined->second == source_directory) {
      there.push_back(index);
    }
  }
  return there.empty() ? all(name) : there;
}

const std::vector<std::size_t>& TestNames::all(const std::string& name) const
{
  static const std::vector<std::size_t> none;
  const auto found = by_name_.find(name);
  return found == by_name_.end() ? none : found->second;
}

} // namespace winnow::ingest
