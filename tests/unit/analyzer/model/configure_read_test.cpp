// Tests what a read of the configuration sees in a state of the sources.
#include "analyzer/model/configure_read.hpp"

#include <boost/test/unit_test.hpp>

using namespace winnow;

namespace {

const ConfigureRead contents{ConfigureRead::What::contents, "net/*.h", {}};
const ConfigureRead names{ConfigureRead::What::names, "net/*.h", {}};

SourceState state(const char* content)
{
  return {"", {{"base/a.h", hash_content(content)}, {"net/a.h", hash_content(content)}}};
}

} // namespace

BOOST_AUTO_TEST_SUITE(configure_reads)

BOOST_AUTO_TEST_CASE(of_contents_see_an_edit_and_those_of_names_do_not)
{
  BOOST_TEST(state_of(contents, state("1")) != state_of(contents, state("2")));
  BOOST_TEST(state_of(names, state("1")) == state_of(names, state("2")));
}

BOOST_AUTO_TEST_CASE(see_a_file_come_but_not_one_elsewhere)
{
  SourceState more = state("1");
  more.files.replace({{"net/b.h", hash_content("")}});
  BOOST_TEST(state_of(names, state("1")) != state_of(names, more));
  more.files.replace({{"net/b.h", {}}, {"other/b.h", hash_content("")}});
  BOOST_TEST(state_of(names, state("1")) == state_of(names, more));
}

BOOST_AUTO_TEST_CASE(survive_being_written_as_lines)
{
  const std::vector<ConfigureRead> reads{{ConfigureRead::What::contents, "with space.h", "abc"},
                                         {ConfigureRead::What::names, "*", ""}};
  BOOST_TEST((configure_reads_from("configured 12\n" + to_lines(reads)) == reads));
}

BOOST_AUTO_TEST_SUITE_END()
