// ctest's log, its lists of tests that did not pass, and its mean times.
#include "daemon/client/ctest_files.hpp"

#include "daemon/client/ctest_wording.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <cstring>
#include <ctime>
#include <deque>
#include <filesystem>
#include <map>
#include <utility>

namespace winnow::client {

namespace {

constexpr std::string_view rule = "----------------------------------------------------------\n";

double seconds_of(const TestResult& result)
{
  return static_cast<double>(result.duration_us) / 1e6;
}

std::string clock_text(std::int64_t time_us)
{
  const auto time = static_cast<std::time_t>(time_us / 1'000'000);
  std::tm local{};
  ::localtime_r(&time, &local);
  char text[64] = "";
  std::strftime(text, sizeof text, "%b %d %H:%M %Z", &local);
  return text;
}

std::string now_text()
{
  return clock_text(static_cast<std::int64_t>(std::time(nullptr)) * 1'000'000);
}

bool had_process(const TestResult& result)
{
  return result.verdict != Verdict::not_run && result.verdict != Verdict::disabled;
}

std::string command_text(const std::vector<std::string>& command)
{
  std::string text;
  for (const std::string& word : command) {
    text += fmt::format("{}\"{}\"", text.empty() ? "" : " ", word);
  }
  return text.empty() ? "\"\"" : text;
}

/// One line of the cost data: ctest's mean time of a test's passing runs.
struct Cost {
  std::string name;
  std::uint32_t runs = 0;
  double mean_s = 0;
};

/// ctest lets a COST property stand in for the mean so far.
void add_pass(Cost& cost, double declared, double seconds)
{
  const double mean_s = declared != 0 ? declared : cost.mean_s;
  cost.mean_s = (mean_s * cost.runs + seconds) / (cost.runs + 1);
  ++cost.runs;
}

/// Lines that are none, and everything after them, are dropped, as ctest drops them.
std::vector<Cost> read_costs(const std::string& path)
{
  std::vector<Cost> costs;
  std::ifstream file(path);
  for (std::string line; std::getline(file, line) && line != "---";) {
    const std::size_t mean_at = line.rfind(' ');
    const std::size_t runs_at = mean_at == 0 || mean_at == std::string::npos
                                    ? std::string::npos
                                    : line.rfind(' ', mean_at - 1);
    if (runs_at == std::string::npos) {
      break;
    }
    Cost cost{line.substr(0, runs_at)};
    const char* const begin = line.data();
    const bool sound =
        std::from_chars(begin + runs_at + 1, begin + mean_at, cost.runs).ptr == begin + mean_at &&
        std::from_chars(begin + mean_at + 1, begin + line.size(), cost.mean_s).ec == std::errc{};
    if (!sound) {
      break;
    }
    costs.push_back(std::move(cost));
  }
  return costs;
}

} // namespace

CTestFiles::CTestFiles(const CTestTree& tree, std::span<const TestDescription> tests,
                       CTestSelection selection, const CTestOptions& options)
    : directory_(tree.build_dir + "/Testing/Temporary"),
      tests_(tests),
      selection_(std::move(selection)),
      subprojects_(tree.subprojects),
      options_(options),
      log_(directory_ + "/LastTest.log", std::ios::binary),
      checkpoint_(tree.build_dir, options.failover || only_tells(options.mode)
                                      ? CTestResume::go_on
                                      : CTestResume::begin_anew)
{}

Result<CTestFiles> CTestFiles::open(const CTestTree& tree, std::span<const TestDescription> tests,
                                    CTestSelection selection, const CTestOptions& options)
{
  const std::string directory = tree.build_dir + "/Testing/Temporary";
  std::error_code failure;
  std::filesystem::create_directories(directory, failure);
  if (failure) {
    return environment_error(fmt::format("cannot create {}: {}", directory, failure.message()));
  }
  // Even where nothing was done: then it is empty.
  const bool resumes =
      options.failover && !only_tells(options.mode) &&
      std::filesystem::is_regular_file(directory + "/CTestCheckpoint.txt", failure);
  CTestFiles files(tree, tests, std::move(selection), options);
  if (!files.log_) {
    return environment_error(
        fmt::format("cannot write {}/LastTest.log: {}", directory, std::strerror(errno)));
  }
  files.log_ << fmt::format("Start testing: {}\n{}", now_text(), rule);
  if (resumes) {
    files.log_ << "Resuming previously interrupted test set\n" << rule;
  }
  return files;
}

const TestDescription& CTestFiles::test_of(const TestResult& result) const
{
  return tests_[selection_.tests[result.index].test];
}

std::string CTestFiles::conclusion(const TestResult& result, std::string_view output,
                                   const CTestRefusal& refusal) const
{
  const bool lies =
      result.verdict == Verdict::not_run && options_.agreement == CTestAgreement::strict;
  const std::string_view passed = is_failure(result.verdict) && !lies ? "Fail" : "Pass";
  const std::string reason =
      refusal.setup_failed ? "" : ctest_reason(test_of(result).properties, result, output);
  return reason.empty() ? fmt::format("Test {}ed.\n", passed)
                        : fmt::format("Test {} Reason:\n{}\n", passed, reason);
}

void CTestFiles::finished(const TestResult& result, std::string_view output,
                          const CTestRefusal& refusal)
{
  if (result.verdict == Verdict::cancelled) {
    return;
  }
  (result.again ? earlier_ : results_).push_back(result);
  const TestDescription& test = test_of(result);
  const std::string& name = test.key.name;
  const std::uint32_t number = selection_.tests[result.index].number;
  if (!refusal.complaint.empty()) {
    log_ << refusal.complaint << '\n';
  }
  log_ << fmt::format("{0}/{1} Testing: {2}\n{0}/{1} Test: {2}\n", number,
                      selection_.numbered.size(), name)
       << fmt::format("Command: {}\nDirectory: {}\n",
                      command_text(had_process(result) ? test.command : refusal.command),
                      test.properties->working_directory)
       << fmt::format("\"{}\" start time: {}\nOutput:\n{}", name,
                      had_process(result) ? clock_text(result.started_us) : "", rule)
       << ctest_lines(output);
  const std::int64_t elapsed_s = result.duration_us / 1'000'000;
  log_ << fmt::format("<end of output>\nTest time = {:6.2f} sec\n{}", seconds_of(result), rule)
       << conclusion(result, output, refusal)
       << fmt::format("\"{0}\" end time: {1}\n\"{0}\" time elapsed: {2:02}:{3:02}:{4:02}\n{5}\n",
                      name, now_text(), elapsed_s / 3600, elapsed_s / 60 % 60, elapsed_s % 60,
                      rule);
  const bool is_done = !is_failure(result.verdict) || options_.agreement == CTestAgreement::strict;
  if (!result.again && is_done) { // what failed is run again
    checkpoint_.done(number);
  }
}

void CTestFiles::add_labels(std::uint32_t test, const std::vector<std::string>& labels)
{
  if (!labels.empty()) {
    told_labels_[test].insert(labels.begin(), labels.end());
  }
}

std::string CTestFiles::list_of(bool failures) const
{
  // A disabled test is listed (even among the failures, if its directory is missing), but is no
  // reason to make a list.
  if (std::ranges::none_of(results_, [&](const TestResult& result) {
        return !test_of(result).properties->disabled && (!failures || is_failure(result.verdict));
      })) {
    return {};
  }
  std::map<std::uint32_t, std::string> names;
  for (const TestResult& result : results_) {
    const bool did_not_run =
        result.verdict == Verdict::disabled || result.verdict == Verdict::skipped;
    if (failures ? is_failure(result.verdict) : did_not_run) {
      names.emplace(selection_.tests[result.index].number, result.key.name);
    }
  }
  std::string text;
  for (const auto& [number, name] : names) {
    text += fmt::format("{}:{}\n", number, name);
  }
  return text;
}

std::string CTestFiles::label_times() const
{
  if (results_.empty()) {
    return {};
  }
  std::string text;
  for (const CTestTimeSummary& summary : ctest_time_summaries(
           ctest_label_times(tests_, selection_, results_, told_labels_), subprojects_, options_)) {
    for (const auto& [label, time] : summary.times) {
      text += fmt::format("\n{} = {:6.2f} sec*proc\n", label, time.seconds);
    }
    text += '\n';
  }
  return text;
}

std::string CTestFiles::costs() const
{
  std::vector<Cost> costs = read_costs(directory_ + "/CTestCostData.txt");
  // Names can repeat: the tests of a name take its lines in turn.
  std::map<std::string, std::deque<std::size_t>> lines;
  for (std::size_t at = 0; at < costs.size(); ++at) {
    lines[costs[at].name].push_back(at);
  }
  std::vector<std::size_t> line_of(selection_.tests.size());
  for (std::size_t index = 0; index < line_of.size(); ++index) {
    const std::string& name = tests_[selection_.tests[index].test].key.name;
    std::deque<std::size_t>& left = lines[name];
    if (left.empty()) {
      left.push_back(costs.size());
      costs.push_back({name});
    }
    line_of[index] = left.front();
    left.pop_front();
  }
  std::string failed;
  for (const auto* const results : {&earlier_, &results_}) {
    for (const TestResult& result : *results) {
      if (result.verdict == Verdict::passed) {
        add_pass(costs[line_of[result.index]], test_of(result).properties->cost,
                 seconds_of(result));
      } else if (!result.again && is_failure(result.verdict) &&
                 !test_of(result).properties->disabled) {
        failed += result.key.name + '\n';
      }
    }
  }
  std::string text;
  for (const Cost& cost : costs) {
    text += fmt::format("{} {} {:g}\n", cost.name, cost.runs, cost.mean_s);
  }
  return text + "---\n" + failed;
}

Result<void> CTestFiles::close_log()
{
  log_ << fmt::format("End testing: {}\n", now_text()) << label_times();
  log_.close();
  if (!log_) {
    return environment_error(fmt::format("cannot write {}/LastTest.log", directory_));
  }
  return {};
}

Result<void> CTestFiles::close()
{
  if (Result<void> closed = close_log(); !closed) {
    return closed;
  }
  for (const auto& [name, text] : {std::pair{"LastTestsFailed.log", list_of(true)},
                                   std::pair{"LastTestsDisabled.log", list_of(false)},
                                   std::pair{"CTestCostData.txt", costs()}}) {
    if (text.empty()) {
      continue;
    }
    std::ofstream file(directory_ + "/" + name, std::ios::binary);
    file << text;
    file.close();
    if (!file) {
      return environment_error(fmt::format("cannot write {}/{}", directory_, name));
    }
  }
  return {};
}

} // namespace winnow::client
