// Reads each output when the document comes to its case.
#include "daemon/serve/junit_stream.hpp"

#include "analyzer/report/run_junit.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

namespace winnow::serve {
namespace {

/// Of one output in a JUnit document; CI systems choke on more.
constexpr std::uint64_t junit_output_limit = 256 * 1024;

/// Each test with its last attempt.
std::vector<report::JunitCase> cases_of(RunRecord& record)
{
  std::erase_if(record.results,
                [](const store::StoredResult& stored) { return stored.result.again; });
  std::vector<report::JunitCase> cases;
  cases.reserve(record.results.size());
  for (store::StoredResult& stored : record.results) {
    cases.push_back({std::move(stored.result), ""});
  }
  return cases;
}

class JunitStream : public BodyStream {
 public:
  explicit JunitStream(RunRecord record)
      : record_(std::move(record)),
        cases_(cases_of(record_)),
        pieces_({record_.run.project, record_.run.started_us}, cases_, report::JunitDialect::winnow,
                [this](std::size_t i) { return output_of(record_.results[i]); })
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
