// When tests last passed, as a daemon tells it to a client of the same protocol.
#pragma once

#include "analyzer/model/error.hpp"
#include "analyzer/model/greens.hpp"

#include <string>
#include <string_view>

namespace winnow::report {

/// {"file_lists":[…],"states":[…],"tests":[…]}; states name their lists, and standings their
/// states, by the place in the list.
std::string greens_to_json(const Greens& greens);

/// A data error names the member at fault; every index in what is read leads somewhere.
Result<Greens> greens_from_json(std::string_view text);

} // namespace winnow::report
