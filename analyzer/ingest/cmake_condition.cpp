// if(): recursive descent over its arguments.
#include "analyzer/ingest/cmake_condition.hpp"

#include "analyzer/ingest/cmake_values.hpp"
#include "analyzer/model/cmake_regex.hpp"

#include <sys/stat.h>

#include <algorithm>
#include <cstdlib>
#include <string_view>

namespace winnow::ingest {
namespace {

std::optional<struct stat> status_of(const std::string& path)
{
  struct stat status {};

  return ::stat(path.c_str(), &status) == 0 ? std::optional(status) : std::nullopt;
}

/// To a directory that is not known here.
bool is_relative(const std::string& path)
{
  return !path.empty() && path.front() != '/';
}

/// As in CMake: also true if one of the two is missing, or if they are equally old.
bool is_newer_than(const std::string& a, const std::string& b)
{
  const std::optional<struct stat> of_a = status_of(a);
  const std::optional<struct stat> of_b = status_of(b);
  if (!of_a || !of_b) {
    return true;
  }
  const struct timespec& time_a = of_a->st_mtim;
  const struct timespec& time_b = of_b->st_mtim;
  return time_a.tv_sec != time_b.tv_sec ? time_a.tv_sec > time_b.tv_sec
                                        : time_a.tv_nsec >= time_b.tv_nsec;
}

/// Nothing for a pattern that CMake refuses.
std::optional<bool> matches(const std::string& text, const std::string& pattern)
{
  const Result<CMakeRegex> regex = CMakeRegex::compile(pattern);
  return regex ? std::optional(regex->matches(text)) : std::nullopt;
}

/// Words that mean something in a condition, of all versions of CMake.
constexpr std::string_view keywords =
    " ( ) NOT AND OR EXISTS IS_DIRECTORY IS_SYMLINK IS_ABSOLUTE IS_READABLE IS_WRITABLE "
    "IS_EXECUTABLE DEFINED COMMAND POLICY TARGET TEST IS_NEWER_THAN MATCHES IN_LIST PATH_EQUAL "
    "LESS LESS_EQUAL EQUAL GREATER_EQUAL GREATER STRLESS STRLESS_EQUAL STREQUAL STRGREATER_EQUAL "
    "STRGREATER VERSION_LESS VERSION_LESS_EQUAL VERSION_EQUAL VERSION_GREATER_EQUAL "
    "VERSION_GREATER ";

bool is_keyword(const std::string& text)
{
  return text.find(' ') == std::string::npos &&
         keywords.find(" " + text + " ") != std::string_view::npos;
}

/// CTest files set no policies. Without them CMake before 4.0 takes quoted words for keywords and
/// variables (CMP0054), and constants for variables (CMP0012): what the two do not agree on is not
/// known here.
class Condition {
 public:
  Condition(const std::vector<EvaluatedArgument>& arguments, const CMakeVariables& variables)
      : arguments_(arguments), variables_(variables)
  {}

  std::optional<bool> value()
  {
    if (std::ranges::any_of(arguments_, [](const EvaluatedArgument& argument) {
          return argument.quoted && is_keyword(argument.text);
        })) {
      return std::nullopt;
    }
    const std::optional<bool> result = operands();
    return at_ == arguments_.size() ? result : std::nullopt;
  }

 private:
  [[nodiscard]] bool next_is(std::string_view keyword, std::size_t ahead = 0) const
  {
    return at_ + ahead < arguments_.size() && !arguments_[at_ + ahead].quoted &&
           arguments_[at_ + ahead].text == keyword;
  }

  /// Operands between ANDs, or between ORs. In which order CMake takes a mixture of the two depends
  /// on its version.
  std::optional<bool> operands()
  {
    std::optional<bool> left = negation();
    const bool all = next_is("AND");
    while (left && next_is(all ? "AND" : "OR")) {
      ++at_;
      const std::optional<bool> right = negation();
      left = !right ? std::nullopt : std::optional(all ? *left && *right : *left || *right);
    }
    return left;
  }

  /// One NOT at most: a second one is an error.
  std::optional<bool> negation()
  {
    const bool negated = next_is("NOT");
    at_ += negated ? 1 : 0;
    const std::optional<bool> operand = next_is("(") ? group() : test();
    return operand ? std::optional(*operand != negated) : std::nullopt;
  }

  std::optional<bool> group()
  {
    static constexpr int deepest = 64;
    if (++depth_ > deepest) {
      return std::nullopt;
    }
    const std::size_t outer = begin_;
    begin_ = ++at_;
    const std::optional<bool> inner = operands();
    if (!next_is(")")) {
      return std::nullopt;
    }
    ++at_;
    --depth_;
    begin_ = outer;
    return inner;
  }

  std::optional<bool> test()
  {
    if (at_ >= arguments_.size()) {
      return std::nullopt;
    }
    if (at_ + 1 < arguments_.size()) {
      const std::string& operand = arguments_[at_ + 1].text;
      if (next_is("EXISTS") || next_is("IS_DIRECTORY")) {
        const bool directory = next_is("IS_DIRECTORY");
        at_ += 2;
        if (is_relative(operand)) {
          return std::nullopt;
        }
        const std::optional<struct stat> status = status_of(operand);
        return status && (!directory || S_ISDIR(status->st_mode));
      }
      if (next_is("DEFINED")) {
        at_ += 2;
        const bool elsewhere = operand.find('{') != std::string::npos; // ENV{…}, CACHE{…}
        return elsewhere || variables_.is_unknown(operand)
                   ? std::nullopt
                   : std::optional(variables_.find(operand) != nullptr);
      }
    }
    if (at_ + 2 < arguments_.size() && is_comparison()) {
      return comparison();
    }
    const bool alone = at_ == begin_ && (at_ + 1 == arguments_.size() || next_is(")", 1));
    return truth(arguments_[at_++], alone);
  }

  [[nodiscard]] bool is_comparison() const
  {
    return next_is("MATCHES", 1) || next_is("STREQUAL", 1) || next_is("IS_NEWER_THAN", 1);
  }

  std::optional<bool> comparison()
  {
    const EvaluatedArgument& left = arguments_[at_];
    const EvaluatedArgument& right = arguments_[at_ + 2];
    const std::size_t comparing = at_ + 1;
    at_ += 3;
    const bool is_told = arguments_[comparing].text != "MATCHES" ? is_known(left) && is_known(right)
                                                                 : is_known(left);
    if (!is_told) {
      return std::nullopt;
    }
    if (arguments_[comparing].text == "MATCHES") {
      return matches(value_of(left), right.text);
    }
    if (arguments_[comparing].text == "STREQUAL") {
      return value_of(left) == value_of(right);
    }
    return is_relative(left.text) || is_relative(right.text)
               ? std::nullopt
               : std::optional(is_newer_than(left.text, right.text));
  }

  /// Otherwise CMake may have a value for it that is not known here, or not take it for a text.
  [[nodiscard]] bool is_known(const EvaluatedArgument& argument) const
  {
    return !variables_.is_unknown(argument.text) &&
           !(argument.quoted && variables_.find(argument.text) != nullptr);
  }

  [[nodiscard]] const std::string& value_of(const EvaluatedArgument& argument) const
  {
    const std::string* value = argument.quoted ? nullptr : variables_.find(argument.text);
    return value ? *value : argument.text;
  }

  /// `alone`: nothing else stands in the condition, or between its parentheses.
  [[nodiscard]] std::optional<bool> truth(const EvaluatedArgument& argument, bool alone) const
  {
    if (is_keyword(argument.text) || variables_.is_unknown(argument.text)) {
      return std::nullopt;
    }
    const bool now = truth_with_policies(argument);
    return now == truth_without_policies(argument.text, alone) ? std::optional(now) : std::nullopt;
  }

  /// A constant, a number, or an unquoted variable that holds something else than a false constant.
  [[nodiscard]] bool truth_with_policies(const EvaluatedArgument& argument) const
  {
    if (is_on(argument.text) || is_off(argument.text)) {
      return is_on(argument.text);
    }
    char* end = nullptr;
    const double number = std::strtod(argument.text.c_str(), &end);
    if (end != argument.text.c_str() && *end == '\0') {
      return number != 0;
    }
    const std::string* value = argument.quoted ? nullptr : variables_.find(argument.text);
    return value && !is_off(*value);
  }

  /// A variable that holds something else than a false constant, 1, or what begins with a number
  /// where it is not alone.
  [[nodiscard]] bool truth_without_policies(const std::string& text, bool alone) const
  {
    if (alone && (text == "0" || text == "1")) {
      return text == "1";
    }
    if (const std::string* value = variables_.find(text)) {
      return !is_off(*value);
    }
    return !alone && std::strtol(text.c_str(), nullptr, 10) != 0 && !is_off(text);
  }

  const std::vector<EvaluatedArgument>& arguments_;
  const CMakeVariables& variables_;
  std::size_t at_ = 0;
  std::size_t begin_ = 0; ///< of the innermost parentheses that are open
  int depth_ = 0;
};

} // namespace

std::optional<bool> evaluate_condition(const std::vector<EvaluatedArgument>& arguments,
                                       const CMakeVariables& variables)
{
  return Condition(arguments, variables).value();
}

} // namespace winnow::ingest
