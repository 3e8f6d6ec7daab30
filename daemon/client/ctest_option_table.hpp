// ctest's options, one by one: what each takes, and what it sets.
#pragma once

#include "daemon/client/ctest_options.hpp"

#include <span>
#include <string>
#include <string_view>

namespace winnow::client {

/// Why a value is refused, "" if it is not.
using CTestObjection = std::string;

struct CTestOption {
  enum class Takes { nothing, value, value_after_equals, number_if_there };

  std::string_view short_name; ///< "" if it has none
  std::string_view long_name;  ///< "" if it has none
  Takes takes;
  CTestObjection (*apply)(CTestOptions& options, std::string_view value);
  std::string_view meaning; ///< a line of the help
};

/// In the order of the help.
std::span<const CTestOption> ctest_option_table();
/// What is handed to ctest itself.
std::span<const std::string_view> delegated_ctest_options();
/// What ctest has and `winnow ctest` does not yet.
std::span<const std::string_view> unsupported_ctest_options();

/// -j; "" is the number of cpus.
CTestObjection set_ctest_jobs(CTestOptions& options, std::string_view value);
/// --no-tests.
CTestObjection set_ctest_no_tests(CTestOptions& options, std::string_view value);

} // namespace winnow::client
