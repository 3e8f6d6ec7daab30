// Decides verdicts, and says why in words.
#include "daemon/execute/verdict_rules.hpp"

#include "analyzer/model/cmake_regex.hpp"

#include <fmt/format.h>
#include <re2/re2.h>

#include <cstring>
#include <vector>

namespace winnow::execute {
namespace {

struct Regex {
  std::string source;
  std::unique_ptr<RE2> compiled;
};

RE2::Options byte_options()
{
  RE2::Options options;
  options.set_encoding(RE2::Options::EncodingLatin1);
  options.set_dot_nl(true);
  options.set_never_capture(true);
  options.set_log_errors(false);
  return options;
}

/// The regular expressions of one property; the first one that cannot be used becomes the
/// objection.
std::vector<Regex> compiled(const char* property, const std::vector<std::string>& sources,
                            std::string& objection)
{
  static const RE2::Options options = byte_options();
  std::vector<Regex> regexes;
  for (const std::string& source : sources) {
    const Result<std::string> pattern = re2_pattern(source);
    if (!pattern) {
      objection = fmt::format("{}: {}", property, pattern.error().message);
      break;
    }
    regexes.push_back({source, std::make_unique<RE2>(*pattern, options)});
    if (!regexes.back().compiled->ok()) {
      objection = fmt::format("{} \"{}\" cannot be used: {}", property, source,
                              regexes.back().compiled->error());
      break;
    }
  }
  return regexes;
}

const Regex* first_match(const std::vector<Regex>& regexes, std::string_view output)
{
  const re2::StringPiece text(output.data(), output.size());
  for (const Regex& regex : regexes) {
    if (RE2::PartialMatch(text, *regex.compiled)) {
      return &regex;
    }
  }
  return nullptr;
}

std::string signal_in_words(int signal)
{
  const char* description = ::sigdescr_np(signal);
  std::string words = description != nullptr ? description : "signal";
  words.front() = static_cast<char>(std::tolower(static_cast<unsigned char>(words.front())));
  return fmt::format("{} (signal {})", words, signal);
}

} // namespace

struct VerdictRules::Rules {
  std::optional<int> skip_return_code;
  bool will_fail = false;
  std::string objection;
  std::vector<Regex> pass;
  std::vector<Regex> fail;
  std::vector<Regex> skip;

  Decision by_output_and_exit(int exit_code, std::string_view output) const;
};

/// WILL_FAIL turns around what this decides.
Decision VerdictRules::Rules::by_output_and_exit(int exit_code, std::string_view output) const
{
  if (const Regex* match = first_match(fail, output)) {
    return {Verdict::failed,
            fmt::format("output matches FAIL_REGULAR_EXPRESSION {}", match->source)};
  }
  if (!pass.empty()) {
    return first_match(pass, output) != nullptr
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
  rules_->pass = compiled("PASS_REGULAR_EXPRESSION", properties.pass_regular_expression, objection);
  rules_->fail = compiled("FAIL_REGULAR_EXPRESSION", properties.fail_regular_expression, objection);
  rules_->skip = compiled("SKIP_REGULAR_EXPRESSION", properties.skip_regular_expression, objection);
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
    return {Verdict::timed_out,
            fmt::format("timeout after {:.2f} s", static_cast<double>(end.duration_us) / 1e6)};
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
  if (const Regex* match = first_match(rules_->skip, output)) {
    return {Verdict::skipped,
            fmt::format("output matches SKIP_REGULAR_EXPRESSION {}", match->source)};
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
