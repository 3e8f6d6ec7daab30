// How a test's key is shown.
#include "analyzer/model/test_description.hpp"

namespace winnow {

std::string TestKey::display() const
{
  return directory.empty() ? name : directory + "/" + name;
}

} // namespace winnow
