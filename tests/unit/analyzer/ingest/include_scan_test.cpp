// The files that one compile step may include.
#include "tests/unit/analyzer/ingest/scan_project.hpp"

#include <boost/test/unit_test.hpp>

using namespace winnow;
using namespace winnow::ingest;
using namespace winnow::tests;

namespace fs = std::filesystem;

BOOST_AUTO_TEST_SUITE(scanned_includes)

BOOST_AUTO_TEST_CASE(follow_headers_into_headers)
{
  const ScanProject project;
  project.write("s/x.cpp", "#include \"net/a.h\"\n#if 0\n#include <net/c.h>\n#endif\n");
  project.write("s/net/a.h", "#include \"b.h\"\n");
  project.write("s/net/b.h", "#include \"a.h\"\n");
  project.write("s/net/c.h", "");
  project.write("s/net/d.h", "");
  const ScanProject::Result found = project.scan();
  CHECK_PATHS(found.files, {"net/a.h", "net/b.h", "net/c.h"});
  BOOST_TEST(found.complete);
  BOOST_TEST(!found.waits);
}

BOOST_AUTO_TEST_CASE(search_in_the_order_compilers_do)
{
  const ScanProject project;
  project.write("s/x.cpp", "#include <h.h>\n#include \"q.h\"\n");
  for (const char* directory : {"quote", "first", "second", "system", "after"}) {
    project.write("s/" + std::string(directory) + "/h.h", "");
    project.write("s/" + std::string(directory) + "/q.h", "");
  }
  CHECK_PATHS(project
                  .scan("-idirafter ../s/after -isystem ../s/system -iquote ../s/quote "
                        "-I../s/first -I../s/second")
                  .files,
              {"first/h.h", "quote/q.h"});
  CHECK_PATHS(project.scan("-idirafter ../s/after -isystem ../s/system").files,
              {"system/h.h", "system/q.h"});
  CHECK_PATHS(project.scan("-idirafter ../s/after").files, {"after/h.h", "after/q.h"});
  // A directory of -I that is a system directory as well counts only as that.
  CHECK_PATHS(project.scan("-I../s/first -I../s/second -isystem ../s/first").files,
              {"second/h.h", "second/q.h"});
  project.write("s/q.h", "");
  CHECK_PATHS(project.scan("-iquote ../s/quote -I../s/first").files, {"first/h.h", "q.h"});
}

BOOST_AUTO_TEST_CASE(take_every_header_that_include_next_may_mean)
{
  const ScanProject project;
  project.write("s/x.cpp", "#include <h.h>\n");
  project.write("s/first/h.h", "#include_next <h.h>\n");
  project.write("s/second/h.h", "");
  project.write("s/third/h.h", "");
  CHECK_PATHS(project.scan("-I../s/first -I../s/second -I../s/third").files,
              {"first/h.h", "second/h.h", "third/h.h"});
}

BOOST_AUTO_TEST_CASE(begin_with_what_the_command_includes)
{
  const ScanProject project;
  project.write("b/pch.hxx", "#include \"inside.h\"\n");
  project.write("b/inside.h", "");
  project.write("s/forced.h", "");
  project.write("s/macros.h", "");
  CHECK_PATHS(
      project.scan("-include pch.hxx -include forced.h -imacros ../s/macros.h -I../s").files,
      {"@build/pch.hxx", "@build/inside.h", "forced.h", "macros.h"});
}

BOOST_AUTO_TEST_CASE(go_on_searching_behind_files_that_a_clean_build_may_lack)
{
  ScanProject project;
  project.write("s/x.cpp", "#include \"h.h\"\n");
  project.write("b/left/h.h", "");
  project.write("s/inc/h.h", "");
  project.write("s/later/h.h", "");
  project.will_make("made/h.h", {"gen.txt"});
  CHECK_PATHS(project.scan("-Imade -Ileft -I../s/inc -I../s/later").files,
              {"@build/made/h.h", "@build/left/h.h", "inc/h.h"});
}

BOOST_AUTO_TEST_CASE(wait_for_what_is_not_made_yet)
{
  ScanProject project;
  project.write("s/x.cpp", "#include \"schema.h\"\n");
  project.write("s/gen.py", "print('#include \"net/base.h\"')\n");
  project.write("s/net/base.h", "#include \"more.h\"\n");
  project.write("s/net/more.h", "");
  project.write("s/net/other.h", "");
  project.will_make("gen/schema.h", {"gen.py", "net/idl.hpp"});
  project.write("s/net/idl.hpp", "");
  const ScanProject::Result found = project.scan("-Igen -I../s");
  BOOST_TEST(found.waits);
  BOOST_TEST(found.complete);
  CHECK_PATHS(found.files, {"@build/gen/schema.h", "net/base.h", "net/more.h", "net/idl.hpp"});
}

BOOST_AUTO_TEST_CASE(read_what_is_made_when_it_is_up_to_date)
{
  ScanProject project;
  project.write("s/x.cpp", "#include \"schema.h\"\n");
  project.write("s/gen.py", "print('#include \"net/base.h\"')\n");
  project.write("s/net/base.h", "");
  project.write("s/net/other.h", "");
  project.will_make("gen/schema.h", {"gen.py"});
  project.write("b/gen/schema.h", "#include \"net/other.h\"\n");
  CHECK_PATHS(project.scan("-Igen -I../s").files, {"@build/gen/schema.h", "net/other.h"});
  BOOST_TEST(!project.scan("-Igen -I../s").waits);

  fs::last_write_time(project.place() + "/s/gen.py",
                      fs::last_write_time(project.place() + "/b/gen/schema.h") +
                          std::chrono::seconds(1));
  CHECK_PATHS(project.scan("-Igen -I../s").files,
              {"@build/gen/schema.h", "net/other.h", "net/base.h"});
  BOOST_TEST(project.scan("-Igen -I../s").waits);
}

BOOST_AUTO_TEST_CASE(wait_where_a_name_leads_nowhere)
{
  const ScanProject project;
  project.write("s/x.cpp", "#include \"nobody/made/this.h\"\n");
  const ScanProject::Result found = project.scan();
  BOOST_TEST(found.waits);
  BOOST_TEST(found.complete);
  CHECK_PATHS(found.files, {});
}

BOOST_AUTO_TEST_CASE(try_all_names_that_a_macro_can_have)
{
  const ScanProject project;
  project.write("s/x.cpp", "#include \"config.h\"\n#include PLATFORM\n#include FROM_COMMAND\n");
  project.write("s/config.h",
                "#if 1\n#define PLATFORM \"linux.h\"\n#else\n#define PLATFORM <mac.h>\n"
                "#endif\n");
  project.write("s/elsewhere.h", "#define PLATFORM \"other.h\"\n");
  for (const char* name : {"linux.h", "mac.h", "other.h", "dir/given.h"}) {
    project.write("s/" + std::string(name), "");
  }
  const ScanProject::Result found = project.scan("-I../s '-DFROM_COMMAND=\"dir/given.h\"'");
  CHECK_PATHS(found.files, {"config.h", "linux.h", "mac.h", "dir/given.h"});
  BOOST_TEST(found.complete);
}

BOOST_AUTO_TEST_CASE(say_when_a_name_cannot_be_told)
{
  const ScanProject project;
  project.write("s/x.cpp", "asm(\".incbin \\\"\" FILE \"\\\"\");\n");
  BOOST_TEST(!project.scan().complete);
  project.write("s/x.cpp", "#define A B\n#define B A\n#include A\n");
  BOOST_TEST(!project.scan().complete);
}

BOOST_AUTO_TEST_CASE(take_data_in_without_reading_it)
{
  const ScanProject project;
  project.write("s/x.cpp", "#embed \"a.bin\"\nasm(\".incbin \\\"b.bin\\\"\");\n");
  project.write("s/a.bin", "\n#include \"h.h\"\n");
  project.write("b/b.bin", "\n#include \"h.h\"\n");
  project.write("s/h.h", "");
  CHECK_PATHS(project.scan().files, {"a.bin", "@build/b.bin"});
}

BOOST_AUTO_TEST_CASE(know_files_by_their_own_names_and_the_links_to_them)
{
  const ScanProject project;
  project.write("s/x.cpp", "#include \"net/url.h\"\n#include \"alias.h\"\n");
  project.write("s/src/url.h", "#include \"part.h\"\n");
  project.write("s/src/part.h", "");
  project.write("s/real/alias.h", "#include \"beside.h\"\n");
  project.write("s/real/beside.h", "");
  project.write("s/beside.h", "");
  fs::create_directories(project.place() + "/s/include");
  fs::create_directory_symlink("../src", project.place() + "/s/include/net");
  fs::create_symlink("real/alias.h", project.place() + "/s/alias.h");
  // What a linked file includes is sought beside the link, as compilers do.
  CHECK_PATHS(project.scan("-I../s/include").files,
              {"src/url.h", "src/part.h", "include/net", "alias.h", "real/alias.h", "beside.h"});

  fs::create_directory_symlink("s/include", project.place() + "/b/../linked");
  fs::create_directory_symlink("../s/include", project.place() + "/b/linked");
  CHECK_PATHS(project.scan("-Ilinked").files, {"src/url.h", "src/part.h", "include/net", "alias.h",
                                               "real/alias.h", "beside.h", "@build/linked"});
}

BOOST_AUTO_TEST_CASE(find_their_way_back_from_outside)
{
  const ScanProject project;
  project.write("s/x.cpp", "#include <lib.h>\n");
  project.write("lib/lib.h", "#include \"detail.h\"\n");
  project.write("lib/detail.h", "#include <user_config.h>\n#include USER_HEADER\n");
  project.write("s/user_config.h", "#define USER_HEADER \"user.h\"\n");
  project.write("s/user.h", "");
  const ScanProject::Result found = project.scan("-I../s -isystem ../lib");
  CHECK_PATHS(found.files, {"user_config.h", "user.h"});
  CHECK_PATHS(found.outside, {project.place() + "/lib/lib.h"});
}

BOOST_AUTO_TEST_CASE(read_a_file_again_only_when_it_changed)
{
  const ScanProject project;
  project.write("s/x.cpp", "#include \"a.h\"\n");
  project.write("s/a.h", "");
  const auto an_hour_ago = fs::file_time_type::clock::now() - std::chrono::hours(1);
  fs::last_write_time(project.place() + "/s/x.cpp", an_hour_ago);
  fs::last_write_time(project.place() + "/s/a.h", an_hour_ago);
  IncludeIndex first;
  CHECK_PATHS(project.scan("-I../s", first).files, {"a.h"});
  BOOST_TEST(first.changed());

  IncludeIndex second = IncludeIndex::from_bytes(first.bytes());
  CHECK_PATHS(project.scan("-I../s", second).files, {"a.h"});
  BOOST_TEST(!second.changed());

  project.write("s/a.h", "#include \"b.h\"\n");
  project.write("s/b.h", "");
  IncludeIndex third = IncludeIndex::from_bytes(first.bytes());
  CHECK_PATHS(project.scan("-I../s", third).files, {"a.h", "b.h"});
  BOOST_TEST(third.changed());
}

BOOST_AUTO_TEST_CASE(begin_anew_with_a_damaged_index)
{
  const ScanProject project;
  project.write("s/x.cpp", "#include \"a.h\"\n");
  project.write("s/a.h", "");
  IncludeIndex index;
  CHECK_PATHS(project.scan("-I../s", index).files, {"a.h"});
  const std::string bytes = index.bytes();
  for (std::size_t size = 0; size < bytes.size(); size += 1 + bytes.size() / 100) {
    IncludeIndex damaged = IncludeIndex::from_bytes(bytes.substr(0, size));
    BOOST_TEST(damaged.changed());
    CHECK_PATHS(project.scan("-I../s", damaged).files, {"a.h"});
  }
}

BOOST_AUTO_TEST_SUITE_END()
