// The test of the outside project.
#include <answer.hpp>

int main()
{
  return answer() == 42 ? 0 : 1;
}
