// Tests patterns of paths: by example, and generated ones against git itself.
#include "analyzer/model/path_pattern.hpp"
#include "tests/support/git_project.hpp"

#include <boost/test/unit_test.hpp>

#include <fstream>
#include <iterator>
#include <random>
#include <set>
#include <string>
#include <vector>

using namespace winnow;

namespace {

bool matches(std::string_view pattern, std::string_view path, PathKind kind = PathKind::file)
{
  return PathPattern::compile(pattern, "/checkout/repo/cpp").value().matches(path, kind);
}

std::string fault_of(std::string_view pattern, std::string_view source_root = "/src")
{
  const Result<PathPattern> compiled = PathPattern::compile(pattern, source_root);
  return compiled.has_error() ? compiled.error().message : "";
}

/// One of `words`, each as likely.
template <std::size_t N>
std::string any_of(std::mt19937& random, const char* const (&words)[N])
{
  return words[std::uniform_int_distribution<std::size_t>(0, N - 1)(random)];
}

std::string generated_pattern(std::mt19937& random)
{
  static constexpr const char* pieces[] = {"a",   "b",    "ab",          ".",      "*",     "?",
                                           "/",   "/",    "**/",         "/**",    "/**/",  "***",
                                           "[a]", "[!a]", "[a-b]",       "[^b-]",  "[]a]",  "\\a",
                                           "\\*", "*.b",  "[[:alpha:]]", "[\\]a]", "[a/b]", "**"};
  std::string pattern;
  const int count = std::uniform_int_distribution<int>(1, 5)(random);
  for (int i = 0; i < count; ++i) {
    pattern += any_of(random, pieces);
  }
  return pattern;
}

/// Whether a first component is a literal followed by two stars: gitignore(5) takes them for one,
/// git itself for directories, because it has cut the literal off before it looks.
bool git_deviates_from_its_manual(std::string_view pattern)
{
  const std::size_t special = pattern.find_first_of("*?[\\");
  return special != std::string_view::npos && special != 0 && pattern[special - 1] != '/' &&
         pattern.substr(special).starts_with("**");
}

std::string generated_path(std::mt19937& random)
{
  static constexpr const char* names[] = {"a", "b", "ab", "a.b", "ba", "*", ".", "aab", "b-", "]a"};
  std::string path;
  const int depth = std::uniform_int_distribution<int>(1, 4)(random);
  for (int i = 0; i < depth; ++i) {
    std::string name = any_of(random, names);
    name += name == "." ? "a" : "";
    path += (i == 0 ? "" : "/") + name;
  }
  return path;
}

/// Those of `paths` that git ignores in the repository.
std::set<std::string> ignored_by_git(const winnow::tests::GitProject& project,
                                     const std::vector<std::string>& paths)
{
  std::ofstream list(project.beside("paths"), std::ios::binary);
  for (const std::string& path : paths) {
    list << path << '\0';
  }
  list.close();
  project.git("check-ignore --no-index --stdin -z < ../paths > ../ignored 2>&1; test $? -le 1; :");
  std::ifstream answer(project.beside("ignored"), std::ios::binary);
  std::set<std::string> ignored;
  for (std::string path; std::getline(answer, path, '\0');) {
    ignored.insert(path);
  }
  return ignored;
}

} // namespace

BOOST_AUTO_TEST_SUITE(path_patterns)

BOOST_AUTO_TEST_CASE(a_bare_name_matches_at_any_depth)
{
  BOOST_TEST(matches("*.md", "README.md"));
  BOOST_TEST(matches("*.md", "docs/deep/guide.md"));
  BOOST_TEST(!matches("*.md", "docs/guide.md.in"));
}

BOOST_AUTO_TEST_CASE(a_slash_ties_a_pattern_to_the_root)
{
  BOOST_TEST(matches("docs/*.md", "docs/guide.md"));
  BOOST_TEST(!matches("docs/*.md", "net/docs/guide.md"));
  BOOST_TEST(!matches("docs/*.md", "docs/deep/guide.md"));
  BOOST_TEST(matches("/VERSION", "VERSION"));
  BOOST_TEST(!matches("/VERSION", "net/VERSION"));
}

BOOST_AUTO_TEST_CASE(two_stars_stand_for_directories)
{
  BOOST_TEST(matches("**/data", "data"));
  BOOST_TEST(matches("net/**/x.json", "net/x.json"));
  BOOST_TEST(matches("net/**/x.json", "net/a/b/x.json"));
  BOOST_TEST(matches("net/**", "net/a/b"));
  BOOST_TEST(!matches("net/**", "net"));
}

BOOST_AUTO_TEST_CASE(a_matching_directory_has_everything_below_it)
{
  BOOST_TEST(matches("assets/", "net/assets/a/b.png"));
  BOOST_TEST(matches("assets", "assets/a"));
  BOOST_TEST(!matches("assets/", "assets"));
  BOOST_TEST(matches("assets/", "assets", PathKind::directory));
}

BOOST_AUTO_TEST_CASE(a_pattern_may_lead_out_of_the_source_root)
{
  BOOST_TEST(matches("../web/**", "/checkout/repo/web/index.html"));
  BOOST_TEST(matches("../../*.txt", "/checkout/a.txt"));
  BOOST_TEST(!matches("../web/**", "web/index.html"));
  BOOST_TEST(!matches("web/**", "/checkout/repo/web/index.html"));
  BOOST_TEST(fault_of("../../../x", "/a").find("leads out") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(what_can_never_match_is_refused_with_the_reason)
{
  BOOST_TEST(fault_of("").find("empty") != std::string::npos);
  BOOST_TEST(fault_of("!a").find("\"ignore\": false") != std::string::npos);
  BOOST_TEST(fault_of("a[b").find("without its ]") != std::string::npos);
  BOOST_TEST(fault_of("a\\").find("backslash") != std::string::npos);
  BOOST_TEST(fault_of("[[:letter:]]").find("[:letter:]") != std::string::npos);
  BOOST_TEST(fault_of(std::string(5000, 'a')).find("too long") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(many_stars_take_no_exponential_time)
{
  const std::string path(4000, 'a');
  BOOST_TEST(!matches("*a*a*a*a*a*a*a*a*a*a*b", path));
  BOOST_TEST(!matches("**/**/**/**/**/**/b", path + "/" + path));
}

/// Each pattern stands in the .gitignore of a directory of its own, so that git is asked once.
BOOST_AUTO_TEST_CASE(generated_patterns_match_what_git_ignores)
{
  const winnow::tests::GitProject project;
  std::mt19937 random(20240607);
  std::vector<PathPattern> patterns;
  std::vector<std::string> paths;
  while (patterns.size() < 1000) {
    const std::string text = generated_pattern(random);
    Result<PathPattern> pattern = PathPattern::compile(text);
    if (pattern.has_error() || git_deviates_from_its_manual(text)) {
      continue;
    }
    const std::string directory = "p" + std::to_string(patterns.size());
    project.write(directory + "/.gitignore", text + "\n");
    for (int i = 0; i < 30; ++i) {
      paths.push_back(directory + "/" + generated_path(random));
    }
    patterns.push_back(*pattern);
  }
  const std::set<std::string> ignored = ignored_by_git(project, paths);
  BOOST_TEST(ignored.size() > paths.size() / 10);
  BOOST_TEST(ignored.size() < paths.size());
  for (std::size_t i = 0; i < paths.size(); ++i) {
    const PathPattern& pattern = patterns[i / 30];
    const std::string inside = paths[i].substr(paths[i].find('/') + 1);
    BOOST_TEST(pattern.matches(inside) == ignored.contains(paths[i]),
               pattern.text() << " and " << inside << ": git says "
                              << (ignored.contains(paths[i]) ? "ignored" : "not ignored"));
  }
}

BOOST_AUTO_TEST_SUITE_END()
