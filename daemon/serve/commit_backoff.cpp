// Doubles the pause at each failure.
#include "daemon/serve/commit_backoff.hpp"

#include <algorithm>
#include <utility>

namespace winnow::serve {

CommitBackoff::News CommitBackoff::failed(const Error& error)
{
  pause_ = in_trouble() ? std::min(pause_ * 2, limits_.longest_pause) : limits_.first_pause;
  pausing_ = true;
  lasting_ = error.kind == ErrorKind::data;
  return std::exchange(message_, error.message) == error.message ? News::none : News::trouble;
}

CommitBackoff::News CommitBackoff::succeeded()
{
  pausing_ = false;
  lasting_ = false;
  return std::exchange(message_, "").empty() ? News::none : News::over;
}

} // namespace winnow::serve
