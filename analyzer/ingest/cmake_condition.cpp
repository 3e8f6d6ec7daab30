// if(): recursive descent over its arguments, one function per precedence level.
#include "analyzer/ingest/cmake_condition.hpp"

#include "analyzer/ingest/cmake_values.hpp"
#include "analyzer/model/cmake_regex.hpp"

#include <sys/stat.h>

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

class Condition {
 public:
  Condition(const std::vector<EvaluatedArgument>& arguments, const CMakeVariables& variables)
      : arguments_(arguments), variables_(variables)
  {}

  std::optional<bool> value()
  {
    const std::optional<bool> result = any_of();
    return at_ == arguments_.size() ? result : std::nullopt;
  }

 private:
  [[nodiscard]] bool next_is(std::string_view keyword, std::size_t ahead = 0) const
  {
    return at_ + ahead < arguments_.size() && !arguments_[at_ + ahead].quoted &&
           arguments_[at_ + ahead].text == keyword;
  }

  std::optional<bool> any_of()
  {
    std::optional<bool> left = all_of();
    while (left && next_is("OR")) {
      ++at_;
      const std::optional<bool> right = all_of();
      left = right ? std::optional(*left || *right) : std::nullopt;
    }
    return left;
  }

  std::optional<bool> all_of()
  {
    std::optional<bool> left = negation();
    while (left && next_is("AND")) {
      ++at_;
      const std::optional<bool> right = negation();
      left = right ? std::optional(*left && *right) : std::nullopt;
    }
    return left;
  }

  std::optional<bool> negation()
  {
    bool negated = false;
    while (next_is("NOT")) {
      ++at_;
      negated = !negated;
    }
    const std::optional<bool> operand = next_is("(") ? group() : test();
    return operand ? std::optional(*operand != negated) : std::nullopt;
  }

  std::optional<bool> group()
  {
    static constexpr int deepest = 64;
    if (++depth_ > deepest) {
      return std::nullopt;
    }
    ++at_;
    const std::optional<bool> inner = any_of();
    if (!next_is(")")) {
      return std::nullopt;
    }
    ++at_;
    --depth_;
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
    return at_ + 2 < arguments_.size() && is_comparison() ? comparison() : truth(arguments_[at_++]);
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

  /// CMake may have a value for it that is not known here.
  [[nodiscard]] bool is_known(const EvaluatedArgument& argument) const
  {
    return argument.quoted || !variables_.is_unknown(argument.text);
  }

  [[nodiscard]] const std::string& value_of(const EvaluatedArgument& argument) const
  {
    const std::string* value = argument.quoted ? nullptr : variables_.find(argument.text);
    return value ? *value : argument.text;
  }

  /// A constant, a number, or an unquoted variable that holds something else than a false constant.
  [[nodiscard]] std::optional<bool> truth(const EvaluatedArgument& argument) const
  {
    static constexpr std::string_view unsupported[] = {
        "COMMAND", "POLICY", "TARGET", "TEST", "IS_ABSOLUTE", "IS_SYMLINK", "PATH_EQUAL"};
    for (const std::string_view keyword : unsupported) {
      if (!argument.quoted && argument.text == keyword) {
        return std::nullopt;
      }
    }
    if (is_on(argument.text)) {
      return true;
    }
    if (is_off(argument.text)) {
      return false;
    }
    char* end = nullptr;
    const double number = std::strtod(argument.text.c_str(), &end);
    if (end != argument.text.c_str() && *end == '\0') {
      return number != 0;
    }
    if (!argument.quoted && variables_.is_unknown(argument.text)) {
      return std::nullopt;
    }
    const std::string* value = argument.quoted ? nullptr : variables_.find(argument.text);
    return value && !is_off(*value);
  }

  const std::vector<EvaluatedArgument>& arguments_;
  const CMakeVariables& variables_;
  std::size_t at_ = 0;
  int depth_ = 0;
};

} // namespace

std::optional<bool> evaluate_condition(const std::vector<EvaluatedArgument>& arguments,
                                       const CMakeVariables& variables)
{
  return Condition(arguments, variables).value();
}

} // namespace winnow::ingest
