// Which libraries a program asks for: of this very test, and of files that are not what they seem.
#include "analyzer/ingest/loaded_libraries.hpp"
#include "tests/support/scratch_directory.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

using winnow::ErrorKind;
using winnow::ingest::LoadedLibraries;
using winnow::ingest::read_needed_libraries;
using winnow::ingest::system_library_directories;

namespace {

constexpr const char* this_test = "/proc/self/exe";

std::string bytes_of(const std::string& path)
{
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

std::string write(const std::string& path, const std::string& bytes)
{
  std::ofstream(path, std::ios::binary) << bytes;
  return path;
}

bool has_libc(const std::vector<std::string>& names)
{
  return std::ranges::any_of(names, [](const std::string& name) {
    return name.substr(name.rfind('/') + 1).starts_with("libc.so");
  });
}

} // namespace

BOOST_AUTO_TEST_SUITE(needed_libraries)

BOOST_AUTO_TEST_CASE(a_program_needs_the_c_library)
{
  const auto needed = read_needed_libraries(this_test);
  BOOST_REQUIRE(needed.has_value());
  BOOST_TEST(has_libc(needed->names));
  LoadedLibraries libraries(system_library_directories());
  const auto& files = libraries.of(std::filesystem::canonical(this_test).string(), {});
  BOOST_TEST(files.doubt == "");
  BOOST_TEST(has_libc(files.paths));
}

BOOST_AUTO_TEST_CASE(a_library_that_is_nowhere_is_a_doubt)
{
  LoadedLibraries libraries({});
  BOOST_TEST(libraries.of(this_test, {}).doubt.ends_with("is not found"));
}

BOOST_AUTO_TEST_CASE(a_library_path_comes_before_the_system)
{
  const winnow::tests::ScratchDirectory scratch;
  const auto needed = read_needed_libraries(this_test);
  BOOST_REQUIRE(needed.has_value());
  const std::string mine = write(scratch / needed->names.front(), "no library, but of that name");
  LoadedLibraries libraries(system_library_directories());
  const auto& paths = libraries.of(this_test, {scratch.path()}).paths;
  BOOST_TEST((std::ranges::find(paths, mine) != paths.end()));
}

BOOST_AUTO_TEST_CASE(what_is_no_elf_file_needs_nothing)
{
  const winnow::tests::ScratchDirectory scratch;
  for (const char* bytes : {"", "#!/bin/sh\n", "\177EL"}) {
    const auto needed = read_needed_libraries(write(scratch / "file", bytes));
    BOOST_REQUIRE(needed.has_value());
    BOOST_TEST(needed->names.empty());
  }
  BOOST_TEST((read_needed_libraries(scratch / "absent").error().kind == ErrorKind::environment));
}

BOOST_AUTO_TEST_CASE(damage_is_told)
{
  const winnow::tests::ScratchDirectory scratch;
  const std::string sound = bytes_of(this_test);
  for (const std::size_t length : {5UL, 60UL, 100UL, 500UL}) {
    BOOST_TEST_CONTEXT(length)
    {
      const auto needed = read_needed_libraries(write(scratch / "file", sound.substr(0, length)));
      BOOST_REQUIRE(needed.has_error());
      BOOST_TEST((needed.error().kind == ErrorKind::data));
    }
  }
  std::string of_32_bits = sound.substr(0, 4096);
  of_32_bits[4] = 1;
  BOOST_TEST(read_needed_libraries(write(scratch / "file", of_32_bits)).has_error());
  std::string many_segments = sound.substr(0, 4096);
  many_segments[56] = many_segments[57] = '\xff';
  BOOST_TEST(read_needed_libraries(write(scratch / "file", many_segments)).has_error());
}

BOOST_AUTO_TEST_SUITE_END()
