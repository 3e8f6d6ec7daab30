// Reads each output when the document comes to its case.
#include "daemon/serve/junit_stream.hpp"

#include "analyzer/report/run_junit.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <map>
#include <utility>
#include <vector>

namespace winnow::serve {
namespace {

/// Of one output in a JUnit document; CI systems choke on more.
constexpr std::uint64_t junit_output_limit = 256 * 1024;

/// Each test with its last attempt, and those before it.
std::vector<report::JunitCase> cases_of(RunRecord& record)
{
  std::map<std::uint32_t, std::vector<report::JunitCase>> earlier; // by test
  std::vector<report::JunitCase> cases;
  for (std::size_t i = 0; i < record.results.size(); ++i) {
    const std::uint32_t test = record.results[i].result.index;
    const bool again = record.results[i].result.again;
    std::vector<report::JunitCase>& place = again ? earlier[test] : cases;
    place.push_back(
        {.result = std::move(record.results[i].result), .output = "", .output_number = i});
    if (const auto before = earlier.find(test); !again && before != earlier.end()) {
      place.back().earlier = std::move(before->second);
    }
  }
  return cases;
}

class JunitStream : public BodyStream {
 public:
  explicit JunitStream(RunRecord record)
      : record_(std::move(record)),
        cases_(cases_of(record_)),
        pieces_({record_.run.project, record_.run.started_us}, cases_, report::JunitDialect::winnow,
                [this](const report::JunitCase& test) {
                  return output_of(record_.results[test.output_number]);
                })
  {}

  std::string next() override { return pieces_.next(); }

  [[nodiscard]] bool ended() const override { return true; }

  void when_more(std::function<void()>) override {}

 private:
  [[nodiscard]] std::string output_of(const store::StoredResult& stored) const
  {
    return output_bytes(record_.output_path, stored.output_offset,
                        std::min(stored.output_length, junit_output_limit));
  }

  RunRecord record_; ///< whose results have moved to the cases
  std::vector<report::JunitCase> cases_;
  report::JunitPieces pieces_;
};

} // namespace

std::shared_ptr<BodyStream> junit_stream(RunRecord record)
{
  return std::make_shared<JunitStream>(std::move(record));
}

} // namespace winnow::serve
