// What is missing for good selections and runs, and how to get it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace winnow {

enum class Severity {
  problem, ///< selections are larger than they need be or cannot be made, or runs are refused
  advice   ///< they would be better or sooner made
};

constexpr std::string_view name_of(Severity severity)
{
  return severity == Severity::problem ? "problem" : "advice";
}

/// One thing that is missing.
struct Finding {
  std::string name; ///< of the check, stable: "header_lists"
  Severity severity = Severity::problem;
  std::string what;               ///< a fragment: "3 of 8 objects have no recorded headers"
  std::string cause;              ///< continues "because"
  std::string remedy;             ///< what to do: a command, or a sentence in the imperative
  std::vector<std::string> items; ///< what it is about, one by one: tests, files, rules
};

struct Diagnosis {
  std::string build_dir; ///< absolute; "" if there is no build tree
  std::vector<Finding> findings;
  std::vector<std::string> checked; ///< the names of all checks that could be made, in their order
};

} // namespace winnow
