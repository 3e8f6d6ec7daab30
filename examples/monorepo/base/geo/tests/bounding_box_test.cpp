#include "checks/checks.hpp"
#include "geo/bounding_box.hpp"

using namespace isobar;

int main()
{
  const BoundingBox alps{{44.0, 5.0}, {48.0, 16.0}};
  CHECK(contains(alps, {46.5, 8.0}));
  CHECK(contains(alps, {44.0, 5.0}));
  CHECK(!contains(alps, {50.0, 8.0}));
  CHECK(contains(extended(alps, {50.0, 8.0}), {50.0, 8.0}));
  return checks::result();
}
