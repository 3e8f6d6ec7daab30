// Which files the text of others names.
#include "analyzer/ingest/mentioned_files.hpp"
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

/// The source root is "s", the build root "b"; asked is what stands behind "s/lists/start.list".
class Texts {
 public:
  Texts()
  {
    const std::string place = std::filesystem::canonical(scratch_.path()).string();
    roots_ = {place + "/s", place + "/b"};
  }

  void write(const std::string& name, const std::string& text) const
  {
    write_file(roots_.source + "/" + name, text);
  }

  /// `given` are directories below the source root; `start` is below it, too.
  [[nodiscard]] std::string behind(const std::string& start_name,
                                   const std::vector<std::string>& given,
                                   MentionedFiles::Follow follow) const
  {
    GraphBuilder builder;
    RecordedFiles files(builder, roots_, nullptr);
    const StepId step = builder.add_step({});
    builder.add_output(step, files.output(roots_.source + "/lists/made.list"));
    const FileId start = files.input(roots_.source + "/" + start_name).file;
    std::vector<std::string> directories;
    for (const std::string& directory : given) {
      directories.push_back(roots_.source + "/" + directory);
    }
    std::set<std::string> names;
    for (const FileId file :
         MentionedFiles(builder, files).behind({&start, 1}, directories, follow)) {
      names.emplace(builder.path(file));
    }
    std::string text;
    for (const std::string& name : names) {
      text += text.empty() ? name : " " + name;
    }
    return text;
  }

  [[nodiscard]] std::string behind_start() const
  {
    return behind("lists/start.list", {}, MentionedFiles::Follow::all);
  }

 private:
  ScratchDirectory scratch_;
  Roots roots_;
};

} // namespace

BOOST_AUTO_TEST_SUITE(mentioned_files)

BOOST_AUTO_TEST_CASE(lie_beside_the_text_or_below_the_source_root)
{
  const Texts texts;
  for (const char* file : {"lists/beside.list", "root.list", "lists/deep/inner.list",
                           "deep/inner.list", "other/far"}) {
    texts.write(file, "");
  }
  texts.write("lists/start.list",
              "import \"beside.list\"; <root.list>,(deep/inner.list) far ../root.list absent.list");
  BOOST_TEST(texts.behind_start() == "lists/beside.list lists/deep/inner.list root.list");
}

BOOST_AUTO_TEST_CASE(may_stand_at_the_end_of_a_sentence)
{
  const Texts texts;
  texts.write("lists/one.list", "");
  texts.write("lists/start.list", "It reads one.list.");
  BOOST_TEST(texts.behind_start() == "lists/one.list");
}

BOOST_AUTO_TEST_CASE(mention_others)
{
  const Texts texts;
  texts.write("lists/start.list", "one.list");
  texts.write("lists/one.list", "two.list start.list");
  texts.write("lists/two.list", "one.list");
  BOOST_TEST(texts.behind_start() == "lists/one.list lists/two.list");
}

BOOST_AUTO_TEST_CASE(may_be_named_without_the_extension_of_the_text)
{
  const Texts texts;
  texts.write("lists/one.list", "");
  texts.write("lists/deep/two.list", "");
  texts.write("lists/three.other", "");
  texts.write("lists/start.list", "one deep.two three");
  BOOST_TEST(texts.behind_start() == "lists/deep/two.list lists/one.list");
}

BOOST_AUTO_TEST_CASE(may_lie_in_a_directory_that_the_command_names)
{
  const Texts texts;
  texts.write("more/one.list", "");
  texts.write("lists/start.list", "one");
  BOOST_TEST(texts.behind_start() == "");
  BOOST_TEST(texts.behind("lists/start.list", {"more"}, MentionedFiles::Follow::all) ==
             "more/one.list");
}

BOOST_AUTO_TEST_CASE(are_modules_and_packages_of_a_script)
{
  const Texts texts;
  for (const char* file : {"tools/beside.py", "tools/pkg/__init__.py", "tools/pkg/inner.py",
                           "tools/pkg/unused.py", "lib/far.py", "tools/dotted/name.py"}) {
    texts.write(file, "");
  }
  texts.write("tools/gen.py",
              "import beside, dotted.name\nfrom pkg import inner\n"
              "sys.path.append(join(HERE, '..', 'lib'))\nimport far\nx = {'unused': 1}\n");
  BOOST_TEST(texts.behind("tools/gen.py", {}, MentionedFiles::Follow::scripts) ==
             "lib/far.py tools/beside.py tools/dotted/name.py tools/pkg/__init__.py "
             "tools/pkg/inner.py");
}

BOOST_AUTO_TEST_CASE(are_found_behind_a_variable)
{
  const Texts texts;
  texts.write("t/common.sh", ". \"${HERE}/deep.sh\"");
  texts.write("t/deep.sh", "cat data.list");
  texts.write("t/data.list", "other.list");
  texts.write("t/other.list", "");
  texts.write("t/run.sh", ". $(dirname $0)/common.sh # CMakeLists.txt");
  texts.write("t/CMakeLists.txt", "");
  BOOST_TEST(texts.behind("t/run.sh", {}, MentionedFiles::Follow::scripts) ==
             "t/common.sh t/data.list t/deep.sh");
}

BOOST_AUTO_TEST_CASE(are_no_outputs_and_no_directories)
{
  const Texts texts;
  texts.write("lists/inner/file", "");
  texts.write("lists/made.list", "");
  texts.write("lists/start.list", "made.list inner . .. / ./ inner/");
  BOOST_TEST(texts.behind_start() == "");
}

BOOST_AUTO_TEST_CASE(are_not_looked_for_in_what_is_no_text_of_a_person)
{
  const Texts texts;
  texts.write("lists/one.list", "");
  texts.write("lists/start.list", "one.list" + std::string((1 << 20), ' '));
  BOOST_TEST(texts.behind_start() == "");
}

BOOST_AUTO_TEST_SUITE_END()
