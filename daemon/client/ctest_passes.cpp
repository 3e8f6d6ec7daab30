// One digest for each test: over its definition, and names and contents of what it depends on.
#include "daemon/client/ctest_passes.hpp"

#include "analyzer/ingest/export_file.hpp"
#include "analyzer/ingest/fingerprint.hpp"
#include "daemon/client/build_programs.hpp"
#include "daemon/client/ctest_failed_log.hpp"

#include <fmt/format.h>

#include <chrono>
#include <filesystem>
#include <utility>

namespace winnow::client {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t most_before = 256;

std::int64_t now_us()
{
  return std::chrono::duration_cast<std::chrono::microseconds>(
             std::chrono::system_clock::now().time_since_epoch())
      .count();
}

/// Of the configuration, or of the only one.
std::string export_path(const std::string& build_dir, const std::string& configuration)
{
  std::string path = fmt::format("{}/.winnow/export-{}.json", build_dir, configuration);
  std::error_code error;
  return !configuration.empty() && fs::exists(path, error) ? path
                                                           : build_dir + "/.winnow/export.json";
}

} // namespace

CTestPasses::CTestPasses(std::span<const TestDescription> tests, std::string configuration,
                         Roots roots, CTestPrograms& programs)
    : tests_(tests),
      configuration_(std::move(configuration)),
      roots_(std::move(roots)),
      programs_(programs)
{
  Result<PassedTests> before = read_passed_tests(roots_.build);
  if (!before) {
    trouble_ = before.error().message;
  }
  PassedTests known = before ? std::move(*before) : PassedTests();
  passes_ = std::move(known.passes);
  contents_.emplace(std::move(known.contents), roots_.build);
  auto exported = ingest::read_export(export_path(roots_.build, configuration_));
  if (exported) {
    search_ = std::make_unique<DependencySearch>(roots_, programs_,
                                                 std::move(*exported).value_or(ingest::Export()));
  } else {
    trouble_ = exported.error().message;
  }
  for (std::size_t test = 0; test < tests_.size(); ++test) {
    ++times_named_[tests_[test].key];
    named_[tests_[test].key.name].push_back(test);
    for (const std::string& fixture : tests_[test].properties->fixtures_setup) {
      setups_[fixture].push_back(test);
    }
  }
  read_failures(roots_.build);
}

void CTestPasses::read_failures(const std::string& build_dir)
{
  for (const FailedBefore& test :
       read_failed_log(build_dir).value_or(std::vector<FailedBefore>())) {
    failed_.insert(test.name);
  }
  failed_us_ = failed_log_written_us(build_dir);
}

ConfiguredTest CTestPasses::name_of(std::size_t test) const
{
  return {configuration_, tests_[test].key};
}

const CTestPasses::Own& CTestPasses::own(std::size_t test)
{
  const auto [at, added] = own_.try_emplace(test);
  if (!added) {
    return at->second;
  }
  Own& own = at->second;
  TestDescription whole = tests_[test]; // its program may be a word still, or the path already
  if (!whole.command.empty()) {
    whole.command.front() = programs_.program_of(whole).value_or(whole.command.front());
  }
  own.definition = fmt::format("{}\x1f{}\x1f{:x}", whole.key.directory, whole.key.name,
                               ingest::fingerprint_of(whole, {roots_.build, roots_.build}));
  own.repeats = times_named_[whole.key] > 1;
  own.dependencies = search_->of(whole);
  return own;
}

std::vector<std::size_t> CTestPasses::needed_before(std::size_t test) const
{
  std::vector<std::size_t> before;
  const TestProperties& properties = tests_[test].properties;
  const auto add = [&](const auto& tests_by_name, const std::string& name) {
    if (const auto found = tests_by_name.find(name); found != tests_by_name.end()) {
      before.insert(before.end(), found->second.begin(), found->second.end());
    }
  };
  for (const std::string& fixture : properties.fixtures_required) {
    add(setups_, fixture);
  }
  for (const std::string& name : properties.depends) {
    add(named_, name);
  }
  return before;
}

std::optional<std::set<std::size_t>> CTestPasses::with_those_before(std::size_t test) const
{
  std::set<std::size_t> all{test};
  std::vector<std::size_t> open{test};
  while (!open.empty()) {
    const std::size_t last = open.back();
    open.pop_back();
    for (const std::size_t before : needed_before(last)) {
      if (all.insert(before).second) {
        open.push_back(before);
      }
    }
    if (all.size() > most_before) {
      return std::nullopt;
    }
  }
  return all;
}

Digest CTestPasses::content(const std::string& path, Moment moment)
{
  return moment == Moment::now ? contents_->content(path) : contents_->content_when_looked_at(path);
}

const std::optional<std::vector<std::string>>& CTestPasses::every_program()
{
  if (!every_program_) {
    every_program_ = build_programs(roots_.build);
  }
  return *every_program_;
}

Digest CTestPasses::programs_state(Moment moment)
{
  const auto [at, added] = programs_state_.try_emplace(moment);
  if (!added || !every_program()) {
    return at->second;
  }
  std::string text = "programs\n";
  for (const std::string& path : *every_program()) {
    const Digest digest = content(path, moment);
    if (!digest.known()) {
      return {};
    }
    text += fmt::format("{}\x1f{}\n", path, digest.hex());
  }
  return at->second = digest_of(text);
}

Digest CTestPasses::state_of(std::size_t test, Moment moment)
{
  const auto all = with_those_before(test);
  if (!all || search_ == nullptr) {
    return {};
  }
  std::string text;
  for (const std::size_t member : *all) {
    const Own& facts = own(member);
    if (facts.repeats || !facts.dependencies.doubt.empty()) {
      return {};
    }
    text += facts.definition + '\n';
    for (const std::string& path : facts.dependencies.paths) {
      const Digest digest = content(path, moment);
      if (!digest.known()) {
        return {};
      }
      text += fmt::format("{}\x1f{}\n", path, digest.hex());
    }
    if (facts.dependencies.on_any_program) {
      const Digest programs = programs_state(moment);
      if (!programs.known()) {
        return {};
      }
      text += programs.hex();
    }
  }
  return digest_of(text);
}

bool CTestPasses::is_out_of_date(std::size_t test)
{
  const auto pass = passes_.find(name_of(test));
  if (pass == passes_.end() ||
      (failed_us_ > pass->second.passed_us && failed_.contains(tests_[test].key.name))) {
    return true;
  }
  const Digest state = state_of(test, Moment::now);
  return !state.known() || state != pass->second.state;
}

Result<void> CTestPasses::begin(const CTestSelection& selection)
{
  bool any_passed = false;
  bool looks_at_programs = false;
  for (const NumberedTest& numbered : selection.tests) {
    running_.push_back(numbered.test);
    any_passed = any_passed || passes_.contains(name_of(numbered.test));
    const auto all = with_those_before(numbered.test);
    if (!all || search_ == nullptr) {
      continue;
    }
    for (const std::size_t member : *all) {
      const TestDependencies& dependencies = own(member).dependencies;
      for (const std::string& path : dependencies.paths) {
        contents_->look_at(path);
      }
      if (dependencies.on_any_program && !looks_at_programs && every_program()) {
        looks_at_programs = true;
        for (const std::string& path : *every_program()) {
          contents_->look_at(path);
        }
      }
    }
  }
  if (!any_passed) {
    return {};
  }
  return change_passed_tests(roots_.build, [this](PassedTests& tests) {
    for (const std::size_t test : running_) {
      tests.passes.erase(name_of(test));
    }
  });
}

void CTestPasses::finished(const TestResult& result)
{
  if (result.again) {
    return;
  }
  const std::size_t test = running_[result.index];
  if (result.verdict == Verdict::passed) {
    passed_.insert(test);
  } else {
    passed_.erase(test);
  }
}

Result<void> CTestPasses::close()
{
  std::map<ConfiguredTest, TestPass> passes;
  const std::int64_t time_us = now_us();
  for (const std::size_t test : passed_) {
    const Digest state = state_of(test, Moment::when_begun);
    if (state.known()) {
      passes.emplace(name_of(test), TestPass{state, time_us});
    }
  }
  return change_passed_tests(roots_.build, [&](PassedTests& tests) {
    for (const std::size_t test : running_) {
      tests.passes.erase(name_of(test));
    }
    tests.passes.merge(passes);
    for (const auto& [path, known] : contents_->known()) {
      tests.contents.insert_or_assign(path, known);
    }
  });
}

} // namespace winnow::client
