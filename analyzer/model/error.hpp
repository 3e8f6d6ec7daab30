// What input or surroundings can cause to go wrong, as a value.
#pragma once

#include <boost/system/result.hpp>

#include <string>
#include <utility>

namespace winnow {

/// Who can do something about an error; decides the exit code and the HTTP status.
enum class ErrorKind {
  user, ///< what the user asked for cannot be: a wrong option, no build tree, an unknown base
  environment, ///< a needed service, tool or resource is absent or refuses
  data,        ///< a file we were given is damaged or of another version
  step ///< a program of the project's own making failed, as configuring it does; it said why
};

/// A failure that is nobody's defect in Winnow.
/// `message` is a lower-case fragment that reads after "winnow: ": what, where, and what to do.
struct Error {
  ErrorKind kind = ErrorKind::user;
  std::string message;
};

inline Error user_error(std::string message)
{
  return {ErrorKind::user, std::move(message)};
}

inline Error environment_error(std::string message)
{
  return {ErrorKind::environment, std::move(message)};
}

inline Error data_error(std::string message)
{
  return {ErrorKind::data, std::move(message)};
}

inline Error step_error(std::string message)
{
  return {ErrorKind::step, std::move(message)};
}

/// A value or the reason there is none. Defects and exhausted resources throw instead.
template <class T>
using Result = boost::system::result<T, Error>;

/// Makes `value()` on a failed Result a defect with a readable message.
[[noreturn]] void throw_exception_from_error(const Error& error, const boost::source_location& at);

} // namespace winnow
