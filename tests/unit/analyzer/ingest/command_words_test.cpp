// Where paths hide in command lines.
#include "analyzer/ingest/command_words.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <string_view>

using namespace winnow::ingest;

namespace {

bool names(std::string_view command, std::string_view path, std::string_view directory)
{
  for (const DirectoryWords& group : command_words(shell_words(command), "/b")) {
    for (const std::string& word : group.words) {
      const std::vector<std::string> pieces = path_pieces(word);
      if (group.directory == directory &&
          std::find(pieces.begin(), pieces.end(), path) != pieces.end()) {
        return true;
      }
    }
  }
  return false;
}

} // namespace

BOOST_AUTO_TEST_SUITE(words_of_commands)

BOOST_AUTO_TEST_CASE(give_every_path_of_a_command)
{
  const struct {
    std::string_view command;
    std::string_view text;
    std::string_view directory;
  } rows[] = {
      {"cat in.txt > out.txt", "in.txt", "/b"},
      {"cd /b/sub && ./gen x.idl", "x.idl", "/b/sub"},
      {"cd sub && cat a && cd .. && cat c", "c", "/b"},
      {"cc -Wl,--dynamic-list=/s/list.txt x.o", "/s/list.txt", "/b"},
      {"ld -T/s/link.ld", "/s/link.ld", "/b"},
      {"ld -T link.ld", "link.ld", "/b"},
      {"tool @args.rsp", "args.rsp", "/b"},
      {"cc -DDATA=\\\"/s/data.txt\\\" -c a.c", "/s/data.txt", "/b"},
      {"sh -c \"cat '/s/in.txt' | tr a b\"", "/s/in.txt", "/b"},
      {"cmake -DIN=/s/a.in -P /s/x.cmake", "/s/a.in", "/b"},
      {"cp '/s/with blank.txt' .", "/s/with blank.txt", "/b"},
      {"cp /s/with\\ blank.txt .", "/s/with blank.txt", "/b"},
      {"a;b /s/x", "/s/x", "/b"},
      {"gen \"\" '' /s/x", "/s/x", "/b"},
  };

  for (const auto& row : rows) {
    BOOST_TEST_CONTEXT(row.command)
    {
      BOOST_TEST(names(row.command, row.text, row.directory));
    }
  }
}

BOOST_AUTO_TEST_CASE(give_every_path_of_an_argument)
{
  const struct {
    std::string_view word;
    std::string_view piece;
  } rows[] = {
      {"/b/t", "/b/t"},
      {"-DEXE=/b/t_core", "/b/t_core"},
      {"--build_dir=/b/gtest", "/b/gtest"},
      {"PATH=/b/bin:/usr/bin", "/b/bin"},
      {"LIBS=/b/a.so;/b/b.so", "/b/b.so"},
      {"--file=/s/a=b.txt", "/s/a=b.txt"},
      {"X=path_list_prepend:/b/lib", "/b/lib"},
      {"run(/b/t, 1)", "/b/t"},
      {"/s/with blank.txt", "/s/with blank.txt"},
  };

  for (const auto& row : rows) {
    BOOST_TEST_CONTEXT(row.word)
    {
      const auto pieces = path_pieces(row.word);
      BOOST_TEST((std::find(pieces.begin(), pieces.end(), row.piece) != pieces.end()));
    }
  }
}

BOOST_AUTO_TEST_CASE(end_where_quotes_do_not)
{
  const std::string_view whole = "cd '/a b' && x \"\\\"y\" `z` \\";
  for (std::size_t size = 0; size <= whole.size(); ++size) {
    BOOST_TEST(command_words(shell_words(whole.substr(0, size)), "/b").size() <= 2U);
  }
}

BOOST_AUTO_TEST_SUITE_END()
