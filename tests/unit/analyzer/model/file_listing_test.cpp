// Compares listings with maps that went through the same.
#include "analyzer/model/file_listing.hpp"

#include <boost/test/unit_test.hpp>

#include <map>
#include <random>
#include <string>
#include <vector>

using namespace winnow;

namespace {

using Files = std::map<std::string, ContentHash, std::less<>>;

Files files_of(const FileListing& listing, std::string_view prefix = "")
{
  Files files;
  std::string last;
  listing.for_each_below(prefix, [&](std::string_view path, const ContentHash& hash) {
    BOOST_TEST((files.empty() || last < path)); // in order, each once
    last = path;
    files.emplace(path, hash);
  });
  return files;
}

} // namespace

BOOST_AUTO_TEST_SUITE(file_listings)

BOOST_AUTO_TEST_CASE(list_what_was_put_and_not_what_was_taken_away)
{
  std::mt19937 random(7);
  const auto path = [&] {
    static const char* const directories[] = {"", "net/", "net/x/", "net-", "zoo/"};
    return directories[random() % 5] + std::to_string(random() % 12);
  };
  for (int round = 0; round < 200; ++round) {
    std::vector<FileVersion> first(random() % 20);
    Files expected;
    for (FileVersion& file : first) {
      file = {path(), hash_content(std::to_string(random()))};
      expected.emplace(file.path, file.hash);
    }
    FileListing listing{first};
    for (std::size_t times = random() % 3; times > 0; --times) {
      std::vector<FileListing::Replacement> replaced(random() % 10);
      for (FileListing::Replacement& file : replaced) {
        file.path = path();
        expected.erase(file.path);
        if (random() % 2 == 0) {
          file.hash = hash_content(std::to_string(random()));
          expected.emplace(file.path, *file.hash);
        }
      }
      listing.replace(replaced);
    }
    BOOST_TEST((files_of(listing) == expected));
    BOOST_TEST(listing.size() == expected.size());
    for (const auto& [name, hash] : expected) {
      BOOST_TEST((listing.find(name) == hash));
    }
    for (const std::string prefix : {"net/", "net", "net/x/", "zz"}) {
      std::erase_if(expected, [&](const auto& file) { return !file.first.starts_with(prefix); });
      BOOST_TEST((files_of(listing, prefix) == expected));
      expected = files_of(listing);
    }
    BOOST_TEST(!listing.contains("nowhere"));
    FileListing::InOrder in_order(listing);
    for (int times = 0; times < 20; ++times) { // in any order, all the same
      const std::string asked = path();
      BOOST_TEST((in_order.find(asked) == listing.find(asked)));
    }
  }
}

BOOST_AUTO_TEST_CASE(are_equal_however_they_came_about)
{
  FileListing one{{"a", hash_content("1")}, {"b", hash_content("2")}};
  FileListing other{{"b", hash_content("2")}};
  BOOST_TEST((one != other));
  other.put(std::vector<FileVersion>{{"a", hash_content("1")}});
  BOOST_TEST((one == other));
  one.replace({{"a", {}}});
  other.replace({{"a", {}}});
  BOOST_TEST((one == other));
  BOOST_TEST((FileListing() == FileListing{}));
}

BOOST_AUTO_TEST_SUITE_END()
