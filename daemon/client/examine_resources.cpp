// Looks at what is stated of tests' resources, and at what there is of them.
#include "analyzer/report/path_text.hpp"
#include "analyzer/report/quantity_text.hpp"
#include "daemon/client/declared_resources.hpp"
#include "daemon/client/examination.hpp"
#include "daemon/client/run_rules.hpp"
#include "daemon/client/user_daemon.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace winnow::client {
namespace {

constexpr const char* check_name = "resource_statements";

/// The tests with the statements of winnow.json as well.
std::vector<TestDescription> stated_tests(const BuildContext& context,
                                          const ingest::TestListing& listing,
                                          const Settings& settings)
{
  std::vector<TestDescription> tests = listing.tests;
  const std::vector<Ruled> ruled =
      ruled_tests(settings.run_rules, named_tests(listing, context.tree.roots));
  for (std::size_t test = 0; test < tests.size(); ++test) {
    tests[test].stated = joined(std::move(tests[test].stated), ruled[test].stated);
  }
  return tests;
}

/// What of a statement no run can meet, "" if all can be.
std::string fault_of(const TestDescription& test, std::span<const CountedResource> declared,
                     std::uint64_t memory_bytes)
{
  if (const auto fits = check_statement(test.key, test.stated, declared); !fits) {
    const std::string& message = fits.error().message;
    return message.substr(0, message.find("; ")); // what to do is told once
  }
  const std::uint64_t stated = test.stated.memory_bytes.value_or(0);
  if (memory_bytes != 0 && stated > memory_bytes) {
    return fmt::format("{} states {} of memory, and tests may use {}",
                       test_at(test.key, test.stated), report::bytes_text(stated),
                       report::bytes_text(memory_bytes));
  }
  return "";
}

void examine_statements(std::span<const TestDescription> tests,
                        std::span<const CountedResource> declared, const RunCapacity& capacity,
                        Diagnosis& diagnosis)
{
  const schedule::Capacity here = machine_of_daemon();
  const std::uint64_t memory_bytes =
      capacity.memory ? std::min(capacity.memory->of(here.memory_bytes), here.memory_bytes)
                      : here.memory_bytes;
  std::vector<std::string> faults;
  std::vector<std::string> wide;
  for (const TestDescription& test : tests) {
    if (std::string fault = fault_of(test, declared, memory_bytes); !fault.empty()) {
      faults.push_back(std::move(fault));
    }
    if (const std::uint32_t cpu_milli = test.stated.cpu_milli.value_or(0);
        cpu_milli > here.cpu_milli) {
      wide.push_back(fmt::format("{} states {:g} cpus, and there are {}",
                                 test_at(test.key, test.stated), cpu_milli / 1000.0,
                                 here.cpu_milli / 1000));
    }
  }
  if (!faults.empty()) {
    diagnosis.findings.push_back(
        {check_name, Severity::problem,
         fmt::format("{} what no run here can give them",
                     faults.size() == 1 ? "a test asks for"
                                        : fmt::format("{} tests ask for", faults.size())),
         "it is not declared, not allowed, or more than there is: such runs are refused",
         "correct the statements, or declare and give more: run.resources and run.capacity of "
         "winnow.json, CAPACITY of winnow_test_resources()",
         std::move(faults)});
  }
  diagnosis.checked.emplace_back("wide_statements");
  if (!wide.empty()) {
    diagnosis.findings.push_back(
        {"wide_statements", Severity::advice, "tests state more cpus than this machine has",
         "they run all the same, with all of its cpus, and beside nothing that computes",
         "correct the statements if that is not meant", std::move(wide)});
  }
}

void examine_kinds(std::span<const TestDescription> tests,
                   std::span<const CountedResource> declared, Diagnosis& diagnosis)
{
  diagnosis.checked.emplace_back("idle_resources");
  std::set<std::string> asked_for;
  for (const TestDescription& test : tests) {
    for (const ResourceCount& wanted : test.stated.pools) {
      asked_for.insert(wanted.name);
    }
  }
  std::vector<std::string> idle;
  for (const CountedResource& resource : declared) {
    if (!asked_for.contains(resource.name)) {
      idle.push_back(
          fmt::format("{} ({})", resource.name, report::name_text(resource.declared_at)));
    }
  }
  if (!idle.empty()) {
    diagnosis.findings.push_back(
        {"idle_resources", Severity::advice, "resources are declared that no test asks for",
         "no rule of winnow.json and no winnow_test_resources() names them for a test of this "
         "build tree",
         "state which tests take them, or remove them", std::move(idle)});
  }
}

} // namespace

void examine_resources(const BuildContext& context, const Settings& settings, Diagnosis& diagnosis)
{
  diagnosis.checked.emplace_back(check_name);
  const Result<ingest::TestListing> listing = test_listing(context);
  if (listing.has_error()) {
    diagnosis.findings.push_back(
        finding_of(check_name, "the tests cannot be listed", listing.error()));
    return;
  }
  const Result<std::vector<CountedResource>> declared =
      declared_resources(settings.resources, listing->resources);
  if (declared.has_error()) {
    diagnosis.findings.push_back(
        finding_of(check_name, "two places differ in how many there are", declared.error()));
    return;
  }
  const std::vector<TestDescription> tests = stated_tests(context, *listing, settings);
  examine_statements(tests, *declared, settings.capacity, diagnosis);
  examine_kinds(tests, *declared, diagnosis);
}

} // namespace winnow::client
