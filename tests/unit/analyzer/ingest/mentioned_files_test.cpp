// Which files the text of others names.
#include "analyzer/ingest/mentioned_files.hpp"
#include "tests/support/scratch_directory.hpp"
#include "tests/unit/analyzer/ingest/written_files.hpp"

#include <boost/test/unit_test.hpp>

#include <filesystem>
#include <set>
#include <string>

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

  [[nodiscard]] std::string behind_start() const
  {
    GraphBuilder builder;
    RecordedFiles files(builder, roots_, nullptr);
    const StepId step = builder.add_step({});
    builder.add_output(step, files.output(roots_.source + "/lists/made.list"));
    const FileId start = files.input(roots_.source + "/lists/start.list").file;
    std::set<std::string> names;
    for (const FileId file : MentionedFiles(builder, files).behind({&start, 1})) {
      names.emplace(builder.path(file));
    }
    std::string text;
    for (const std::string& name : names) {
      text += text.empty() ? name : " " + name;
    }
    return text;
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
