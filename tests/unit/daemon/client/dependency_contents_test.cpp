// Contents of files and directories, and when they count as unknown.
#include "daemon/client/dependency_contents.hpp"
#include "tests/support/scratch_directory.hpp"

#include <boost/test/unit_test.hpp>

#include <filesystem>
#include <fstream>
#include <string>

using winnow::client::DependencyContents;
using winnow::client::Digest;
using winnow::client::digest_of;
using winnow::client::KnownContents;

namespace fs = std::filesystem;

namespace {

struct Files : winnow::tests::ScratchDirectory {
  std::string write(const std::string& name, const std::string& text) const
  {
    const fs::path path = *this / name;
    fs::create_directories(path.parent_path());
    std::ofstream(path, std::ios::binary) << text;
    return path.string();
  }

  [[nodiscard]] Digest now(const std::string& name, const std::string& left_out = "") const
  {
    return DependencyContents({}, left_out).content(*this / name);
  }
};

} // namespace

BOOST_AUTO_TEST_SUITE(dependency_contents)

BOOST_AUTO_TEST_CASE(are_told_apart_by_bytes_not_by_times)
{
  const Files files;
  files.write("a", "one");
  const Digest before = files.now("a");
  BOOST_TEST(before.known());
  files.write("a", "one");
  BOOST_TEST((files.now("a") == before));
  files.write("a", "two");
  BOOST_TEST((files.now("a") != before));
  fs::remove(files / "a");
  BOOST_TEST(!files.now("a").known());
}

BOOST_AUTO_TEST_CASE(a_directory_is_what_is_below_it)
{
  const Files files;
  files.write("d/a", "one");
  const std::string build = fs::path(files.write("d/build/b", "built")).parent_path();
  const Digest before = files.now("d", build);
  BOOST_TEST(before.known());
  files.write("d/build/b", "built anew");
  files.write("d/__pycache__/x.pyc", "cached");
  files.write("d/.git/index", "git's");
  BOOST_TEST((files.now("d", build) == before));
  files.write("d/sub/c", "");
  BOOST_TEST((files.now("d", build) != before));
  fs::remove_all(files / "d/sub");
  BOOST_TEST((files.now("d", build) == before));
  fs::create_symlink("nowhere", files / "d/link");
  BOOST_TEST((files.now("d", build) != before));
  fs::remove(files / "d/link");
  fs::create_directory_symlink(".", files / "d/link");
  BOOST_TEST(!files.now("d", build).known());
}

BOOST_AUTO_TEST_CASE(a_directory_with_too_much_in_it_is_not_known)
{
  const Files files;
  for (int i = 0; i <= 4096; ++i) {
    files.write("d/" + std::to_string(i), "");
  }
  BOOST_TEST(!files.now("d").known());
  fs::remove(files / "d/0");
  BOOST_TEST(files.now("d").known());
}

BOOST_AUTO_TEST_CASE(what_changed_since_it_was_looked_at_is_unknown)
{
  const Files files;
  const std::string same = files.write("same", "one");
  const std::string changed = files.write("changed", "one");
  const std::string gone = files.write("gone", "one");
  const std::string touched = files.write("touched", "one");
  const std::string late = files / "late";
  DependencyContents contents({}, "");
  for (const std::string& path : {same, changed, gone, touched, late}) {
    contents.look_at(path);
  }
  files.write("changed", "two");
  files.write("touched", "one");
  files.write("late", "one");
  fs::remove(gone);
  BOOST_TEST((contents.content_when_looked_at(same) == files.now("same")));
  BOOST_TEST((contents.content_when_looked_at(touched) == files.now("same") ||
              contents.content_when_looked_at(touched) == files.now("touched")));
  for (const std::string& path : {changed, gone, late}) {
    BOOST_TEST(!contents.content_when_looked_at(path).known());
  }
}

BOOST_AUTO_TEST_CASE(a_file_is_not_read_again_before_its_status_changes)
{
  const Files files;
  const std::string path = files.write("a", "one");
  // As if it had been settled for long: known under the status that it will be found to have.
  DependencyContents first({}, "");
  const Digest real = first.content(path);
  BOOST_TEST(first.known().empty()); // changed too lately to be known by its times
  DependencyContents second(KnownContents{{path, {digest_of("another status"), digest_of("x")}}},
                            "");
  BOOST_TEST((second.content(path) == real));
}

BOOST_AUTO_TEST_SUITE_END()
