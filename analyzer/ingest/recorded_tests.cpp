// Test records and the edges between tests.
#include "analyzer/ingest/recorded_tests.hpp"

#include "analyzer/ingest/fingerprint.hpp"

#include <algorithm>

namespace winnow::ingest {
namespace {

/// Indices of the tests.
std::vector<std::size_t> meant(const DeclaredInputs& declared, const TestNames& names)
{
  std::vector<std::size_t> indices;
  for (const std::string& name : declared.tests) {
    const auto named = names.meant(name, declared.directory);
    indices.insert(indices.end(), named.begin(), named.end());
  }
  return indices;
}

} // namespace

void RecordedTests::record(const TestListing& listing, const Export& exported)
{
  const TestNames names(listing);
  std::vector<DirectoryUse> directories(listing.tests.size(), DirectoryUse::whole);
  for (const DeclaredInputs& declared : exported.inputs) {
    if (inputs_.knows_targets(declared)) {
      for (const std::string& name : declared.tests) {
        // Of several tests the others may run something else.
        if (const auto one = names.meant(name, declared.directory); one.size() == 1) {
          directories[one.front()] = DirectoryUse::data;
        }
      }
    }
  }
  std::vector<ScriptUse> scripts(listing.tests.size(), ScriptUse::mentions);
  for (const DeclaredInputs& declared : exported.inputs) {
    if (!declared.files.empty() || !declared.directories.empty() || !declared.globs.empty()) {
      for (const std::size_t index : meant(declared, names)) {
        scripts[index] = ScriptUse::declared;
      }
    }
  }
  for (std::size_t i = 0; i < listing.tests.size(); ++i) {
    add_test(listing.tests[i], listing, directories[i], scripts[i]);
  }
  for (const DeclaredInputs& declared : exported.inputs) {
    const std::vector<TestInput> found = inputs_.declared(declared);
    for (const std::size_t index : meant(declared, names)) {
      add_inputs(ids_[index], found);
    }
  }
  add_order(listing, names);
}

void RecordedTests::add_test(const TestDescription& test, const TestListing& listing,
                             DirectoryUse directories, ScriptUse scripts)
{
  TestRecord record;
  record.key = test.key;
  record.origin = test.origin;
  record.fingerprint = fingerprint_of(test, roots_);
  record.defined_at = test.defined_at;
  if (const auto found = listing.source_directories.find(test.key.directory);
      found != listing.source_directories.end() && found->second != roots_.source) {
    record.source_directory = roots_.graph_path(found->second);
  }
  ids_.push_back(builder_.add_test(std::move(record)));
  const std::vector<TestInput> found = inputs_.inputs_of(test, directories, scripts);
  add_inputs(ids_.back(), found);
  sayings_.add_test(ids_.back(), test, found);
}

void RecordedTests::add_inputs(TestId test, const std::vector<TestInput>& found)
{
  std::vector<TargetId>& targets = builder_.test(test).targets;
  for (const TestInput& input : found) {
    builder_.add_test_input(input.file, test, input.kind);
    if (!is_mention(input.kind) && !builder_.producer(input.file)) {
      data_names_.add(builder_.path(input.file));
    }
    const std::optional<StepId> producer = builder_.producer(input.file);
    const std::optional<TargetId> target =
        producer ? builder_.step(*producer).target : std::nullopt;
    if (target && std::find(targets.begin(), targets.end(), *target) == targets.end()) {
      targets.push_back(*target);
    }
  }
  if (!found.empty()) {
    builder_.test(test).mapping = Mapping::mapped;
  }
}

void RecordedTests::add_order(const TestListing& listing, const TestNames& names)
{
  std::unordered_map<std::string, std::vector<TestId>> setups;
  std::unordered_map<std::string, std::vector<TestId>> cleanups;
  for (std::size_t i = 0; i < listing.tests.size(); ++i) {
    for (const std::string& fixture : listing.tests[i].properties->fixtures_setup) {
      setups[fixture].push_back(ids_[i]);
    }
    for (const std::string& fixture : listing.tests[i].properties->fixtures_cleanup) {
      cleanups[fixture].push_back(ids_[i]);
    }
  }
  for (std::size_t i = 0; i < listing.tests.size(); ++i) {
    const TestProperties& properties = listing.tests[i].properties;
    for (const std::string& fixture : properties.fixtures_required) {
      for (const TestId setup : setups[fixture]) {
        builder_.add_test_order(setup, ids_[i], EdgeKind::fixture_setup);
      }
      for (const TestId cleanup : cleanups[fixture]) {
        builder_.add_test_order(cleanup, ids_[i], EdgeKind::fixture_cleanup);
      }
    }
    for (const std::string& name : properties.depends) {
      for (const std::size_t index : names.all(name)) {
        builder_.add_test_order(ids_[index], ids_[i], EdgeKind::depends);
      }
    }
  }
}

} // namespace winnow::ingest
