// Tests the reader of raw diffs on texts.
#include "analyzer/change/raw_diff.hpp"

#include <boost/test/unit_test.hpp>

#include <string>

using namespace std::string_literals;
using namespace winnow;
using winnow::change::read_raw_diff;

BOOST_AUTO_TEST_SUITE(raw_diffs)

BOOST_AUTO_TEST_CASE(an_empty_diff_has_no_files)
{
  BOOST_TEST(read_raw_diff("")->empty());
}

BOOST_AUTO_TEST_CASE(a_rename_has_two_paths)
{
  const auto files = read_raw_diff(":100644 100644 aa bb R090\0old\0new\0:1 1 a b M\0m\0"s);
  BOOST_REQUIRE(files);
  BOOST_REQUIRE_EQUAL(files->size(), 2U);
  BOOST_TEST(((*files)[0].file == ChangedFile{"new", ChangeStatus::renamed, "old"}));
  BOOST_TEST(((*files)[1].file == ChangedFile{"m", ChangeStatus::modified, ""}));
}

BOOST_AUTO_TEST_CASE(a_copy_is_an_addition_and_a_type_change_a_modification)
{
  const auto files = read_raw_diff(":1 1 a b C100\0from\0to\0:1 1 a b T\0link\0"s);
  BOOST_REQUIRE(files);
  BOOST_TEST(((*files)[0].file == ChangedFile{"to", ChangeStatus::added, ""}));
  BOOST_TEST(((*files)[1].file == ChangedFile{"link", ChangeStatus::modified, ""}));
}

BOOST_AUTO_TEST_CASE(damaged_output_is_an_error)
{
  for (const std::string& text : {":1 1 a b R100\0old\0"s, "garbage\0x\0"s, ":1 1 a b \0x\0"s,
                                  ":\0x\0"s, ":1 1 a b M"s, "\0\0"s}) {
    BOOST_TEST_CONTEXT(text)
    {
      BOOST_TEST(!read_raw_diff(text));
    }
  }
}

BOOST_AUTO_TEST_SUITE_END()
