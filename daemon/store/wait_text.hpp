// What a test waited for as a value of the database.
#pragma once

#include "analyzer/model/test_result.hpp"

#include <string>
#include <string_view>

namespace winnow::store {

/// "" of a test that did not wait, a cause alone, or parts: fields end in the control character of
/// their kind (unit, record separator), so that names can have any other.
std::string wait_text(const TestResult& result);
/// What cannot be read is left out.
void read_wait_text(std::string_view text, TestResult& result);

} // namespace winnow::store
