// Which names of files a string literal has in it.
#include "analyzer/ingest/include_directives.hpp"
#include "analyzer/ingest/literal_names.hpp"
#include "tests/unit/analyzer/ingest/sample_project.hpp"

#include <boost/test/unit_test.hpp>

#include <set>
#include <string>
#include <string_view>

using namespace winnow;
using namespace winnow::ingest;
using namespace winnow::tests;

namespace {

std::string keys_in(std::string_view content, LiteralPlace place = LiteralPlace::anywhere)
{
  std::set<std::string> keys;
  find_names_in_literal(content, place, [&](std::string key) { keys.insert(std::move(key)); });
  std::string text;
  for (const std::string& key : keys) {
    text += (text.empty() ? "" : " ") + key;
  }
  return text;
}

struct Row {
  std::string_view literal;
  std::string_view keys;
};

constexpr Row rows[] = {
    {"t.txt", "t.txt"},
    {"tests/data/t.txt", "t.txt"},
    {"../data/t.txt", "t.txt"},
    {"cat data/t.txt > out.log", "out.log t.txt"},
    {"tests/data", "data/"},
    {"tests/data/", "data/"},
    {"/table", "table/"},
    {".txt", ".txt"},
    {"{}.txt", ".txt"},
    {"%s.txt", ".txt"},
    {"%s/cases/part%03d.txt", ".txt cases/"},
    {"cases/%s/part%03d.txt", ".txt"},
    {"data/%d.txt", ".txt data/"},
    {"${name}.txt $other.csv", ".csv .txt"},
    {"data/*.txt", ".txt data/"},
    {R"(\nt.txt)", "t.txt"},
    {R"(data\\t.txt)", "t.txt"},
    {"data", ""},
    {"python3 -m x", "python"},
    {"/usr/bin/cmake --build x", "cmake cmake/"},
    {"x.py", "x.py"},
    {"Hello, world. 1.5 of 100%", ""},
    {"..", ""},
    {"", ""},
};

} // namespace

BOOST_AUTO_TEST_SUITE(names_in_literals)

BOOST_AUTO_TEST_CASE(are_last_components_of_paths)
{
  for (const Row& row : rows) {
    BOOST_TEST_CONTEXT(row.literal)
    {
      BOOST_TEST(keys_in(row.literal) == row.keys);
    }
  }
}

BOOST_AUTO_TEST_CASE(may_be_joined_to_a_path_by_an_operator)
{
  BOOST_TEST(keys_in("data", LiteralPlace::behind_slash) == "data/");
}

BOOST_AUTO_TEST_CASE(are_found_in_sources_and_macros_each_once)
{
  const auto found = directives_in("#define LIST \"lists/a.list\"\n"
                                   "// \"no.txt\"\n"
                                   "auto f() { return root / \"data\" / R\"(b.dat)\"; }\n"
                                   "auto g = open(\"b.dat\", 'x');\n");
  const std::vector<std::string> expected{"a.list", "data/", "b.dat"};
  BOOST_CHECK_EQUAL_COLLECTIONS(found.literals.begin(), found.literals.end(), expected.begin(),
                                expected.end());
}

BOOST_AUTO_TEST_CASE(are_in_the_graph_where_somebody_reads_a_file_of_that_name)
{
  const Project project;
  project.write_source("net/url.cpp",
                       "auto a = open(\"data/in.txt\"), b = open(\"other.txt\");\n"
                       "auto c = name + \".txt\", d = list(\"app/data\", \"else/\");\n");
  const auto sources = [&](const Graph& graph, std::string_view key) {
    std::string paths;
    for (const FileId file : graph.includers(key, NameForm::literal)) {
      paths += graph.path(file);
    }
    return paths;
  };
  for (int recording = 0; recording < 2; ++recording) { // the second time from the index
    const Graph graph = project.record();
    for (const std::string_view key : {"in.txt", ".txt", "data/"}) {
      BOOST_TEST(sources(graph, key) == "net/url.cpp");
    }
    for (const std::string_view key : {"other.txt", "else/", ""}) {
      BOOST_TEST(sources(graph, key) == "");
    }
    project.write_build(std::string(include_index_path),
                        project.recorded().include_index.value_or(""));
  }
}

BOOST_AUTO_TEST_SUITE_END()
