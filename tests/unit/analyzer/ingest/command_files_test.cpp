// Which files commands name, and which lie below directories that they name.
#include "analyzer/ingest/command_files.hpp"
#include "tests/support/scratch_directory.hpp"
#include "tests/unit/analyzer/ingest/written_files.hpp"

#include <boost/test/unit_test.hpp>

#include <filesystem>
#include <set>
#include <string>
#include <vector>

using namespace winnow;
using namespace winnow::ingest;
using namespace winnow::tests;

namespace {

/// The source root is "s", the build root "b"; `@S` and `@B` stand for them.
class Commands {
 public:
  Commands()
  {
    const std::string place = std::filesystem::canonical(scratch_.path()).string();
    roots_ = {place + "/s", place + "/b"};
    write_file(roots_.build + "/made.txt", "");
  }

  void write(const std::string& name, const std::string& text = {}) const
  {
    write_file(roots_.source + "/" + name, spelled(text));
  }

  [[nodiscard]] std::string named_by(const std::string& command) const
  {
    GraphBuilder builder;
    RecordedFiles files(builder, roots_, nullptr);
    std::set<std::string> names;
    const CommandNames command_names{words_of(command), {}};
    CommandFiles commands(files);
    for (const NamedFile* named : commands.named_by(command_names)) {
      names.emplace(builder.path(named->file));
    }
    return joined(names);
  }

  [[nodiscard]] std::string below_directories_of(const std::string& command) const
  {
    GraphBuilder builder;
    RecordedFiles files(builder, roots_, nullptr);
    std::set<std::string> names;
    for (const FileId file : CommandFiles(files).below(sources_given(words_of(command), roots_))) {
      names.emplace(builder.path(file));
    }
    return joined(names);
  }

 private:
  [[nodiscard]] std::vector<DirectoryWords> words_of(const std::string& command) const
  {
    return command_words(shell_words(spelled(command)), roots_.build);
  }

  [[nodiscard]] std::string spelled(std::string text) const
  {
    for (std::size_t at = 0; (at = text.find('@', at)) != std::string::npos; ++at) {
      if (text.compare(at, 2, "@S") == 0 || text.compare(at, 2, "@B") == 0) {
        text.replace(at, 2, text[at + 1] == 'S' ? roots_.source : roots_.build);
      }
    }
    return text;
  }

  static std::string joined(const std::set<std::string>& names)
  {
    std::string text;
    for (const std::string& name : names) {
      text += (text.empty() ? "" : " ") + name;
    }
    return text;
  }

  ScratchDirectory scratch_;
  Roots roots_;
};

} // namespace

BOOST_AUTO_TEST_SUITE(files_of_commands)

BOOST_AUTO_TEST_CASE(are_named_as_words_in_quotes_and_behind_options)
{
  Commands commands;
  for (const char* name : {"app.ld", "x.map", "in.txt", "gen.py", "unnamed.txt"}) {
    commands.write(name);
  }
  BOOST_TEST(
      commands.named_by("ld -T@S/app.ld -Wl,--version-script=@S/x.map -o made.txt && cd @S && "
                        "sh -c \"python gen.py < in.txt > @B/none\"") ==
      "@build/made.txt app.ld gen.py in.txt x.map");
}

BOOST_AUTO_TEST_CASE(are_named_in_response_files_too)
{
  Commands commands;
  commands.write("app.ld");
  commands.write("more.rsp", "-T@S/app.ld @@S/link.rsp");
  commands.write("link.rsp", "-O2\n@@S/more.rsp made.txt");
  BOOST_TEST(commands.named_by("c++ @@S/link.rsp") == "@build/made.txt app.ld link.rsp more.rsp");
  BOOST_TEST(commands.named_by("c++ @@S/none.rsp") == "");
}

BOOST_AUTO_TEST_CASE(lie_below_directories_that_a_users_command_is_given)
{
  Commands commands;
  commands.write("data/one.txt");
  commands.write("data/deep/two.txt");
  commands.write("include/a.h");
  const std::string copies = "cmake -E copy_directory @S/data staged";
  BOOST_TEST(commands.below_directories_of(": && c++ a.o -o app && cd @B && " + copies) ==
             "data/deep/two.txt data/one.txt");
  BOOST_TEST(commands.below_directories_of("cd @S && cp -r data/deep @B") == "data/deep/two.txt");
  BOOST_TEST(commands.below_directories_of(copies) == ""); // where CMake writes its own
}

BOOST_AUTO_TEST_CASE(do_not_lie_where_a_command_only_searches_or_writes)
{
  Commands commands;
  commands.write("include/a.h");
  BOOST_TEST(commands.below_directories_of("cd @B && moc -I @S/include -I@S/include a.h") == "");
  BOOST_TEST(commands.below_directories_of("cd @S && git -C @S describe . @B") == "");
  BOOST_TEST(
      commands.below_directories_of("cd @B && sh make.sh && cmake -E cmake_transform_depfile "
                                    "Ninja gccdepfile @S @S/include @B @B/include a.d b.d") == "");
}

BOOST_AUTO_TEST_SUITE_END()
