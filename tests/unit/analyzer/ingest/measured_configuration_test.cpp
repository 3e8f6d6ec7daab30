// Which build trees share a history.
#include "analyzer/ingest/measured_configuration.hpp"

#include <boost/test/unit_test.hpp>

#include <string>

using namespace winnow;
using namespace winnow::ingest;

BOOST_AUTO_TEST_SUITE(a_measured_configuration)

BOOST_AUTO_TEST_CASE(is_the_build_type_and_what_makes_programs_slow)
{
  struct Row {
    const char* cache;
    const char* expected;
  };

  const Row rows[] = {
      {"", ""},
      {"CMAKE_BUILD_TYPE:STRING=Debug\n", "Debug"},
      {"CMAKE_BUILD_TYPE:STRING=Debug\nCMAKE_CXX_FLAGS:STRING=-Wall -fsanitize=address -O1\n",
       "Debug -fsanitize=address"},
      {"CMAKE_BUILD_TYPE:STRING=Debug\nCMAKE_CXX_FLAGS_DEBUG:STRING=-g --coverage\n"
       "CMAKE_CXX_FLAGS_RELEASE:STRING=-fsanitize=thread\n",
       "Debug --coverage"},
      {"SHOP_SANITIZERS:STRING=address;undefined\n", "SHOP_SANITIZERS=address;undefined"},
      {"ENABLE_ASAN:BOOL=ON\nENABLE_TSAN:BOOL=OFF\nUSE_MSAN:STRING=\n", "ENABLE_ASAN=ON"},
      {"HAVE_ASAN:INTERNAL=1\nCASANOVA:BOOL=ON\nCOVERAGE_COMMAND:FILEPATH=/usr/bin/gcov\n", ""},
  };
  for (const Row& row : rows) {
    BOOST_TEST(measured_configuration(parse_cmake_cache(row.cache)) == row.expected);
  }
}

BOOST_AUTO_TEST_SUITE_END()
