// Decides verdicts, and says why in words.
#include "daemon/execute/verdict_rules.hpp"

#include "daemon/execute/output_patterns.hpp"

#include <fmt/format.h>

#include <cstring>

namespace winnow::execute {
namespace {

std::string signal_in_words(int signal)
{
  const char* description = ::sigdescr_np(signal);
  std::string words = description != nullptr ? description : "signal";
  words.front() = static_cast<char>(std::tolower(static_cast<unsigned char>(words.front())));
  return fmt::format("{} (signal {})", words, signal);
}

std::string timeout_in_words(const ProcessEnd& end)
{
  return fmt::format("timeout after {:.2f} s{}", static_cast<double>(end.clock_us) / 1e6,
                     end.heeded_timeout_signal ? ", ended by its TIMEOUT_SIGNAL_NAME" : "");
}

} // namespace

struct VerdictRules::Rules {
  std::optional<int> skip_return_code;
  bool will_fail = false;
  std::string objection;
  OutputPatterns pass;
  OutputPatterns fail;
  OutputPatterns skip;

  Decision by_output_and_exit(int exit_code, std::string_view output) const;
};

/// WILL_FAIL turns around what this decides.
Decision VerdictRules::Rules::by_output_and_exit(int exit_code, std::string_view output) const
{
  if (const std::string* match = fail.first_match(output)) {
    return {Verdict::failed, fmt::format("output matches FAIL_REGULAR_EXPRESSION {}", *match)};
  }
  if (!pass.empty()) {
    return pass.first_match(output) != nullptr
               ? Decision{Verdict::passed, ""}
               : Decision{Verdict::failed, "output does not match PASS_REGULAR_EXPRESSION"};
  }
  return exit_code == 0 ? Decision{Verdict::passed, ""}
                        : Decision{Verdict::failed, fmt::format("exit code {}", exit_code)};
}

VerdictRules::VerdictRules(const TestProperties& properties) : rules_(std::make_unique<Rules>())
{
  // ctest ignores a code that no program can return.
  if (properties.skip_return_code && *properties.skip_return_code >= 0 &&
      *properties.skip_return_code <= 255) {
    rules_->skip_return_code = properties.skip_return_code;
  }
  rules_->will_fail = properties.will_fail;
  std::string& objection = rules_->objection;
  rules_->pass =
      OutputPatterns("PASS_REGULAR_EXPRESSION", properties.pass_regular_expression, objection);
  rules_->fail =
      OutputPatterns("FAIL_REGULAR_EXPRESSION", properties.fail_regular_expression, objection);
  rules_->skip =
      OutputPatterns("SKIP_REGULAR_EXPRESSION", properties.skip_regular_expression, objection);
}

VerdictRules::~VerdictRules() = default;
VerdictRules::VerdictRules(VerdictRules&&) noexcept = default;
VerdictRules& VerdictRules::operator=(VerdictRules&&) noexcept = default;

const std::string& VerdictRules::objection() const
{
  return rules_->objection;
}

bool VerdictRules::needs_output(const ProcessEnd& end) const
{
  const bool decided = end.ended_by != EndedBy::itself || !end.unknown_because.empty() ||
                       end.signal != 0 || rules_->skip_return_code == end.exit_code;
  return !decided && (!rules_->pass.empty() || !rules_->fail.empty() || !rules_->skip.empty());
}

Decision VerdictRules::decide(const ProcessEnd& end, std::string_view output) const
{
  switch (end.ended_by) {
  case EndedBy::timeout:
    return {Verdict::timed_out, timeout_in_words(end)};
  case EndedBy::request:
    return {Verdict::cancelled, "its run was cancelled"};
  case EndedBy::itself:
    break;
  }
  if (!end.unknown_because.empty()) {
    return {Verdict::not_run, "how it ended is not known: " + end.unknown_because};
  }
  if (end.signal != 0) {
    return {Verdict::crashed, signal_in_words(end.signal)};
  }
  if (!rules_->objection.empty()) {
    return {Verdict::not_run, rules_->objection};
  }
  if (rules_->skip_return_code == end.exit_code) {
    return {Verdict::skipped, fmt::format("exit code {} is its SKIP_RETURN_CODE", end.exit_code)};
  }
  if (const std::string* match = rules_->skip.first_match(output)) {
    return {Verdict::skipped, fmt::format("output matches SKIP_REGULAR_EXPRESSION {}", *match)};
  }
  const Decision decision = rules_->by_output_and_exit(end.exit_code, output);
  if (!rules_->will_fail) {
    return decision;
  }
  return decision.verdict == Verdict::passed
             ? Decision{Verdict::failed, "succeeded, though WILL_FAIL expects a failure"}
             : Decision{Verdict::passed, ""};
}

} // namespace winnow::execute
