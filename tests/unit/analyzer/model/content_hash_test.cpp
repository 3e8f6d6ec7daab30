// Content hashes are the ids git gives.
#include "analyzer/model/content_hash.hpp"

#include <boost/test/unit_test.hpp>

using namespace winnow;

BOOST_AUTO_TEST_SUITE(content_hashes)

BOOST_AUTO_TEST_CASE(equal_gits_blob_ids)
{
  BOOST_TEST(hash_content("").hex() == "e69de29bb2d1d6434b8b29ae775ad8c2e48c5391");
  BOOST_TEST(hash_content("hello\n").hex() == "ce013625030ba8dba906f756967f9e9ca394464a");
}

BOOST_AUTO_TEST_CASE(that_are_unknown_equal_nothing)
{
  const ContentHash unknown = hash_file("/no/such/file");
  BOOST_TEST(!unknown.known());
  BOOST_TEST(!same_content(unknown, unknown));
  BOOST_TEST(!ContentHash::from_hex("xyz").has_value());
  BOOST_TEST((ContentHash::from_hex(hash_content("a").hex()) == hash_content("a")));
}

BOOST_AUTO_TEST_SUITE_END()
