// The names that ways of changing have in documents and texts.
#pragma once

#include "analyzer/model/change.hpp"

#include <string_view>

namespace winnow::report {

constexpr std::string_view name_of(ChangeStatus status)
{
  switch (status) {
  case ChangeStatus::added:
    return "added";
  case ChangeStatus::modified:
    return "modified";
  case ChangeStatus::deleted:
    return "deleted";
  case ChangeStatus::renamed:
    return "renamed";
  }
  return "modified";
}

} // namespace winnow::report
