// The few lines a test without a framework needs: CHECK and the count of what failed.
#pragma once

#include <cmath>
#include <cstdio>

namespace isobar::checks {

inline int failed = 0;

inline void report(bool passed, const char* expression, const char* file, int line)
{
  if (!passed) {
    ++failed;
    std::fprintf(stderr, "%s:%d: CHECK(%s) failed\n", file, line, expression);
  }
}

inline bool near(double left, double right, double tolerance)
{
  return std::fabs(left - right) <= tolerance;
}

/// The exit code of the test: how many checks failed, at most 99.
inline int result()
{
  return failed < 99 ? failed : 99;
}

} // namespace isobar::checks

#define CHECK(expression)                                                                          \
  ::isobar::checks::report(static_cast<bool>(expression), #expression, __FILE__, __LINE__)
