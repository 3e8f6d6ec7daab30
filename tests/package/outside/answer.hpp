// A header-only library of one function.
#pragma once

inline int answer()
{
  return 42;
}
