// Tests what differs from an uncommitted state: git's change and contents in, "+path -path path"
// out.
#include "analyzer/select/change_since_state.hpp"
#include "tests/support/graph_text.hpp"

#include <boost/test/unit_test.hpp>

#include <initializer_list>
#include <string>
#include <vector>

using namespace winnow;
using namespace winnow::select;
using winnow::tests::change_of;

namespace {

/// "path=text", or "path" for a file that is not there.
std::vector<FileVersion> contents(std::initializer_list<std::string> files)
{
  std::vector<FileVersion> versions;
  for (const std::string& file : files) {
    const std::size_t equals = file.find('=');
    versions.push_back({file.substr(0, equals), equals == std::string::npos
                                                    ? ContentHash{}
                                                    : hash_content(file.substr(equals + 1))});
  }
  return versions;
}

std::string since(std::initializer_list<std::string_view> since_commit,
                  std::initializer_list<std::string> recorded,
                  std::initializer_list<std::string> now,
                  const std::vector<std::string>& beside_git = {})
{
  std::string text;
  const SourceState state{"c1", FileListing(contents(now)), {}};
  const std::vector<FileVersion> uncommitted = contents(recorded);
  for (const ChangedFile& file :
       change_since_state(change_of(since_commit).files, {uncommitted, {}}, state, beside_git)) {
    const char* sign = file.status == ChangeStatus::added     ? "+"
                       : file.status == ChangeStatus::deleted ? "-"
                                                              : "";
    text += (text.empty() ? "" : " ") + (sign + file.path);
    BOOST_TEST(file.old_path == "");
  }
  return text;
}

} // namespace

BOOST_AUTO_TEST_SUITE(change_since_a_state)

BOOST_AUTO_TEST_CASE(is_gits_where_everything_was_committed)
{
  BOOST_TEST(since({"a", "+b", "-c"}, {}, {"a=2", "b=1"}) == "a +b -c");
}

BOOST_AUTO_TEST_CASE(leaves_out_what_is_still_as_it_was_then)
{
  BOOST_TEST(since({"a", "b"}, {"a=2"}, {"a=2", "b=2"}) == "b");
  BOOST_TEST(since({"+a"}, {"a=1"}, {"a=1"}) == "");
  BOOST_TEST(since({"-a"}, {"a"}, {}) == "");
}

BOOST_AUTO_TEST_CASE(has_what_was_taken_back_since)
{
  BOOST_TEST(since({}, {"a=2"}, {"a=1"}) == "a");
  BOOST_TEST(since({}, {"new=1"}, {}) == "-new");
  BOOST_TEST(since({}, {"gone"}, {"gone=1"}) == "+gone");
}

BOOST_AUTO_TEST_CASE(has_inputs_beside_git_that_the_state_did_not_have)
{
  BOOST_TEST(since({}, {}, {"came=1"}, {"came"}) == "+came");
  BOOST_TEST(since({}, {"known=1"}, {"known=1"}, {"known"}) == "");
  BOOST_TEST(since({"-untracked"}, {}, {"untracked=1"}, {"untracked"}) == "untracked");
  BOOST_TEST(since({}, {}, {}, {"gone"}) == "");
}

BOOST_AUTO_TEST_CASE(takes_a_rename_for_a_file_gone_and_another_one_added)
{
  BOOST_TEST(since({"a>b"}, {}, {"b=1"}) == "-a +b");
  BOOST_TEST(since({"a>b"}, {"b=1"}, {"b=1"}) == "-a");
}

BOOST_AUTO_TEST_SUITE_END()
