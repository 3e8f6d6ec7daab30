// ctest's log, its lists of tests that did not pass, and its mean times.
#include "daemon/client/ctest_files.hpp"

#include "daemon/client/ctest_wording.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <cstring>
#include <ctime>
#include <filesystem>
#include <map>
#include <set>
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

std::string command_text(const TestDescription& test, const TestResult& result)
{
  if (!had_process(result)) {
    return "\"\"";
  }
  std::string text;
  for (const std::string& word : test.command) {
    text += fmt::format("{}\"{}\"", text.empty() ? "" : " ", word);
  }
  return text;
}

std::string conclusion(const TestResult& result, const std::string& reason)
{
  const std::string_view passed = is_failure(result.verdict) ? "Fail" : "Pass";
  return reason.empty() ? fmt::format("Test {}ed.\n", passed)
                        : fmt::format("Test {} Reason:\n{}\n", passed, reason);
}

/// One line of the cost data: ctest's mean time of a test's passing runs.
struct Cost {
  std::string name;
  std::uint32_t runs = 0;
  double mean_s = 0;
};

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

CTestFiles::CTestFiles(std::string directory, std::span<const TestDescription> tests,
                       CTestSelection selection)
    : directory_(std::move(directory)),
      tests_(tests),
      selection_(std::move(selection)),
      log_(directory_ + "/LastTest.log", std::ios::binary)
{}

Result<CTestFiles> CTestFiles::open(const std::string& build_dir,
                                    std::span<const TestDescription> tests,
                                    CTestSelection selection)
{
  const std::string directory = build_dir + "/Testing/Temporary";
  std::error_code failure;
  std::filesystem::create_directories(directory, failure);
  if (failure) {
    return environment_error(fmt::format("cannot create {}: {}", directory, failure.message()));
  }
  CTestFiles files(directory, tests, std::move(selection));
  if (!files.log_) {
    return environment_error(
        fmt::format("cannot write {}/LastTest.log: {}", directory, std::strerror(errno)));
  }
  files.log_ << fmt::format("Start testing: {}\n{}", now_text(), rule);
  return files;
}

const TestDescription& CTestFiles::test_of(const TestResult& result) const
{
  return tests_[selection_.tests[result.index].test];
}

void CTestFiles::finished(const TestResult& result, std::string_view output)
{
  if (result.verdict == Verdict::cancelled) {
    return;
  }
  results_.push_back(result);
  const TestDescription& test = test_of(result);
  const std::string& name = test.key.name;
  const std::uint32_t number = selection_.tests[result.index].number;
  if (result.verdict == Verdict::not_run) {
    log_ << ctest_complaint(test, result) << '\n';
  }
  log_ << fmt::format("{0}/{1} Testing: {2}\n{0}/{1} Test: {2}\n", number, selection_.numbered,
                      name)
       << fmt::format("Command: {}\nDirectory: {}\n", command_text(test, result),
                      test.properties.working_directory)
       << fmt::format("\"{}\" start time: {}\nOutput:\n{}", name,
                      had_process(result) ? clock_text(result.started_us) : "", rule)
       << ctest_lines(output);
  const std::int64_t elapsed_s = result.duration_us / 1'000'000;
  log_ << fmt::format("<end of output>\nTest time = {:6.2f} sec\n{}", seconds_of(result), rule)
       << conclusion(result, had_process(result) ? ctest_reason(test.properties, output) : "")
       << fmt::format("\"{0}\" end time: {1}\n\"{0}\" time elapsed: {2:02}:{3:02}:{4:02}\n{5}\n",
                      name, now_text(), elapsed_s / 3600, elapsed_s / 60 % 60, elapsed_s % 60,
                      rule);
}

std::string CTestFiles::list_of(bool failures) const
{
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
  std::map<std::string, double> times;
  for (const TestResult& result : results_) {
    const TestProperties& properties = test_of(result).properties;
    for (const std::string& label :
         std::set<std::string>(properties.labels.begin(), properties.labels.end())) {
      times[label] += seconds_of(result) * properties.processors;
    }
  }
  std::string text;
  for (const auto& [label, time_s] : times) {
    text += fmt::format("\n{} = {:6.2f} sec*proc\n", label, time_s);
  }
  return text;
}

std::string CTestFiles::costs() const
{
  std::vector<Cost> costs = read_costs(directory_ + "/CTestCostData.txt");
  std::map<std::string, std::size_t> place;
  for (std::size_t at = 0; at < costs.size(); ++at) {
    place.emplace(costs[at].name, at);
  }
  for (const NumberedTest& selected : selection_.tests) {
    const std::string& name = tests_[selected.test].key.name;
    if (place.emplace(name, costs.size()).second) {
      costs.push_back({name});
    }
  }
  std::string failed;
  for (const TestResult& result : results_) {
    Cost& cost = costs[place.at(result.key.name)];
    if (result.verdict == Verdict::passed) {
      // ctest lets a COST property stand in for the mean so far.
      const double declared = test_of(result).properties.cost;
      const double mean_s = declared != 0 ? declared : cost.mean_s;
      cost.mean_s = (mean_s * cost.runs + seconds_of(result)) / (cost.runs + 1);
      ++cost.runs;
    } else if (is_failure(result.verdict)) {
      failed += result.key.name + '\n';
    }
  }
  std::string text;
  for (const Cost& cost : costs) {
    text += fmt::format("{} {} {:g}\n", cost.name, cost.runs, cost.mean_s);
  }
  return text + "---\n" + failed;
}

Result<void> CTestFiles::close()
{
  const std::string labels = label_times();
  log_ << fmt::format("End testing: {}\n", now_text()) << labels << (labels.empty() ? "" : "\n");
  log_.close();
  if (!log_) {
    return environment_error(fmt::format("cannot write {}/LastTest.log", directory_));
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
