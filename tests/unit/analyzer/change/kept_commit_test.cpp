// Keeps states and reads them back, whole and damaged.
#include "analyzer/change/kept_commit.hpp"

#include <boost/test/unit_test.hpp>

#include <string>

using namespace winnow;
using namespace winnow::change;

namespace {

const Roots roots{"/p/source", "/p/build", {}, {}};
const Repository repository{"/p", "source/"};
const SourceState state{"c0ffee",
                        {{"a b", hash_content("1")}, {"net/caf\xe9", {}}},
                        {{"third/sub", hash_content("2")}}};

std::optional<KnownCommit> read(const std::string& bytes, const Roots& at = roots)
{
  // A vector's bytes are aligned for anything.
  const auto owner = std::make_shared<const std::vector<char>>(bytes.begin(), bytes.end());
  return kept_commit_from({owner->data(), owner->size()}, owner, at);
}

} // namespace

BOOST_AUTO_TEST_SUITE(kept_commits)

BOOST_AUTO_TEST_CASE(are_read_back_as_they_were)
{
  const auto kept = read(kept_commit_bytes(state, roots, repository));
  BOOST_REQUIRE(kept);
  BOOST_TEST((kept->state == state));
  BOOST_TEST(kept->repository.lies_as(repository));
  const auto empty = read(kept_commit_bytes({"c0ffee", {}, {}}, roots, repository));
  BOOST_REQUIRE(empty);
  BOOST_TEST((empty->state == SourceState{"c0ffee", {}, {}}));
}

BOOST_AUTO_TEST_CASE(of_another_place_are_of_no_use)
{
  const std::string bytes = kept_commit_bytes(state, roots, repository);
  BOOST_TEST(!read(bytes, {"/q/source", "/p/build", {}, {}}));
  BOOST_TEST(!read(bytes, {"/p/source", "/p/source/build", {}, {}}));
}

BOOST_AUTO_TEST_CASE(that_are_damaged_anywhere_are_of_no_use)
{
  const std::string bytes = kept_commit_bytes(state, roots, repository);
  for (std::size_t at = 0; at < bytes.size(); ++at) {
    std::string damaged = bytes;
    damaged[at] = static_cast<char>(damaged[at] ^ 0x10);
    BOOST_TEST(!read(damaged));
    BOOST_TEST(!read(bytes.substr(0, at)));
  }
  BOOST_TEST(!read(bytes + "more"));
}

BOOST_AUTO_TEST_SUITE_END()
