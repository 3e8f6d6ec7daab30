// Turns the misuse of a failed Result into an exception, since it is a defect.
#include "analyzer/model/error.hpp"

#include <stdexcept>

namespace winnow {

void throw_exception_from_error(const Error& error, const boost::source_location& at)
{
  throw std::logic_error("unchecked error at " + at.to_string() + ": " + error.message);
}

} // namespace winnow
