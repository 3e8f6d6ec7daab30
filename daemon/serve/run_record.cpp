// Writes results, and finds tests, from records.
#include "daemon/serve/run_record.hpp"

#include "analyzer/report/run_json.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <fstream>
#include <map>

namespace winnow::serve {
namespace {

/// Of one output in the results: who wants all of it asks for the log.
constexpr std::uint64_t results_output_limit = std::uint64_t{64} * 1024;

std::string end_of_output(const RunRecord& record, const store::StoredResult& stored)
{
  const std::uint64_t length = std::min(stored.output_length, results_output_limit);
  const std::uint64_t left_out = stored.output_length - length;
  const std::string text =
      output_bytes(record.output_path, stored.output_offset + left_out, length);
  return left_out == 0 ? text : fmt::format("[{} bytes before this]\n{}", left_out, text);
}

} // namespace

std::string results_document(const RunRecord& record)
{
  std::vector<TestResult> results;
  for (const store::StoredResult& stored : record.results) {
    results.push_back(stored.result);
  }
  return report::run_results_to_json(
      record.run, results, record.remembered ? &record.remembered->end : nullptr,
      [&](std::size_t attempt) { return end_of_output(record, record.results[attempt]); });
}

std::vector<TestInRun> tests_called(const RunRecord& record, const std::string& name)
{
  std::map<std::uint32_t, TestInRun> found;
  for (const store::StoredResult& stored : record.results) {
    const TestKey& key = stored.result.key;
    if (key.name == name || key.display() == name) {
      found.try_emplace(stored.result.index,
                        TestInRun{key, stored.result.index, TestState::finished});
    }
  }
  std::vector<TestInRun> tests;
  for (const auto& [index, test] : found) {
    tests.push_back(test);
  }
  return tests;
}

std::string output_bytes(const std::string& output_path, std::uint64_t offset, std::uint64_t length)
{
  std::ifstream file(output_path, std::ios::binary);
  file.seekg(static_cast<std::streamoff>(offset));
  std::string bytes(length, '\0');
  file.read(bytes.data(), static_cast<std::streamsize>(length));
  bytes.resize(static_cast<std::size_t>(std::max<std::streamsize>(file.gcount(), 0)));
  return bytes;
}

} // namespace winnow::serve
