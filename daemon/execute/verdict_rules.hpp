// Decides what became of a test, in ctest's order: timeout or signal, skip, regexes and exit code,
// WILL_FAIL.
#pragma once

#include "analyzer/model/error.hpp"
#include "analyzer/model/test_description.hpp"
#include "analyzer/model/verdict.hpp"
#include "daemon/execute/process.hpp"

#include <memory>
#include <string>
#include <string_view>

namespace winnow::execute {

struct Decision {
  Verdict verdict = Verdict::failed;
  std::string
      reason; ///< "exit code 3", "segmentation fault", "output matches FAIL_REGULAR_EXPRESSION x"
};

/// The rules of one test, its regular expressions translated from CMake's dialect to RE2 once.
class VerdictRules {
 public:
  explicit VerdictRules(const TestProperties& properties);
  ~VerdictRules();
  VerdictRules(VerdictRules&&) noexcept;
  VerdictRules& operator=(VerdictRules&&) noexcept;

  /// Why the test must not even be started ("" if it may): a regular expression that CMake would
  /// not compile. ctest lets such a FAIL_REGULAR_EXPRESSION pass everything; here it is an error.
  [[nodiscard]] const std::string& objection() const;
  /// Whether decide() looks at the output of a test that ended so; if not, it need not be read.
  [[nodiscard]] bool needs_output(const ProcessEnd& end) const;
  /// `output` is all of it, as ctest sees it: see text_to_match().
  [[nodiscard]] Decision decide(const ProcessEnd& end, std::string_view output) const;

 private:
  struct Rules;
  std::unique_ptr<Rules> rules_;
};

} // namespace winnow::execute
