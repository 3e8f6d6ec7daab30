// Tests of whom a socket's directory lets in, and of what a dead daemon left there.
#include "daemon/serve/socket_dir.hpp"
#include "tests/support/scratch_directory.hpp"

#include <boost/test/unit_test.hpp>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>

#include <unistd.h>

#include <cstring>
#include <filesystem>
#include <fstream>
#include <optional>

using namespace winnow;
using namespace winnow::serve;

namespace {

struct SocketDirFixture {
  tests::ScratchDirectory scratch;
  std::string path = scratch / "winnow";

  std::string refusal() const
  {
    const Result<SocketDir> taken = SocketDir::take(path);
    BOOST_REQUIRE(!taken);
    BOOST_CHECK(taken.error().kind == ErrorKind::environment);
    return taken.error().message;
  }

  mode_t mode_of(const std::string& file) const
  {
    struct stat info {};

    BOOST_TEST(::lstat(file.c_str(), &info) == 0);
    return info.st_mode & 07777;
  }

  bool somebody_listens() const
  {
    const int socket = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    const std::string name = path + "/socket";
    std::memcpy(address.sun_path, name.c_str(), name.size() + 1);
    const bool good =
        ::connect(socket, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
    ::close(socket);
    return good;
  }
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(socket_directories, SocketDirFixture)

BOOST_AUTO_TEST_CASE(a_missing_one_is_made_for_its_user_only)
{
  path = scratch / "a/winnow";
  const Result<SocketDir> taken = SocketDir::take(path);
  BOOST_REQUIRE(taken);
  BOOST_TEST(!taken->is_taken());
  BOOST_TEST(mode_of(path) == 0700U);
}

BOOST_AUTO_TEST_CASE(a_link_is_refused)
{
  std::filesystem::create_directory(scratch / "elsewhere");
  std::filesystem::create_directory_symlink(scratch / "elsewhere", path);
  BOOST_TEST(refusal().find("cannot use " + path) == 0U);
  BOOST_TEST(std::filesystem::is_empty(scratch / "elsewhere"));
}

BOOST_AUTO_TEST_CASE(one_that_others_may_enter_is_refused)
{
  for (const mode_t mode : {0710U, 0701U, 0755U, 0777U}) {
    std::filesystem::create_directory(path);
    ::chmod(path.c_str(), mode);
    BOOST_TEST(refusal().find("others may enter it") != std::string::npos);
    std::filesystem::remove_all(path);
  }
}

BOOST_AUTO_TEST_CASE(a_file_in_its_place_is_refused)
{
  std::ofstream{path};
  BOOST_TEST(refusal().find("Not a directory") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(only_one_daemon_holds_it_until_that_ends)
{
  {
    const Result<SocketDir> first = SocketDir::take(path);
    BOOST_REQUIRE(first);
    const Result<SocketDir> second = SocketDir::take(path);
    BOOST_REQUIRE(second);
    BOOST_TEST(second->is_taken());
  }
  BOOST_TEST(!SocketDir::take(path)->is_taken());
}

BOOST_AUTO_TEST_CASE(a_stale_socket_is_replaced_and_the_own_one_removed)
{
  {
    const int dead = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    std::filesystem::create_directory(path);
    ::chmod(path.c_str(), 0700);
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    const std::string name = path + "/socket";
    std::memcpy(address.sun_path, name.c_str(), name.size() + 1);
    BOOST_TEST(::bind(dead, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0);
    ::close(dead);
  }
  BOOST_TEST(!somebody_listens());
  {
    Result<SocketDir> taken = SocketDir::take(path);
    BOOST_REQUIRE(taken);
    const Result<int> listener = taken->listen();
    BOOST_REQUIRE(listener);
    BOOST_TEST(somebody_listens());
    BOOST_TEST(mode_of(path + "/socket") == 0600U);
    ::close(*listener);
  }
  BOOST_TEST(!std::filesystem::exists(path + "/socket"));
}

BOOST_AUTO_TEST_SUITE_END()
