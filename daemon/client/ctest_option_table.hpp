// ctest's options, one by one: what each takes, and what it sets.
#pragma once

#include "daemon/client/ctest_option_values.hpp"
#include "daemon/client/ctest_options.hpp"

#include <span>
#include <string_view>

namespace winnow::client {

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

} // namespace winnow::client
