// What is found in the text of one file.
#include "analyzer/ingest/include_directives.hpp"

#include <boost/test/unit_test.hpp>

#include <chrono>
#include <random>
#include <string>
#include <string_view>

using namespace winnow::ingest;

namespace {

/// "a.h <b.h> next:<c.h> data:x probe:<y> MACRO() …", in file order.
std::string found_in(std::string_view text)
{
  static constexpr std::string_view uses[] = {"", "next:", "data:", "probe:"};
  std::string found;
  for (const IncludeDirective& include : directives_in(text).includes) {
    found += found.empty() ? "" : " ";
    found += uses[static_cast<std::size_t>(include.use)];
    found += include.form == IncludeForm::quoted   ? include.name
             : include.form == IncludeForm::angled ? "<" + include.name + ">"
                                                   : "(" + include.name + ")";
  }
  return found;
}

std::string macros_in(std::string_view text)
{
  std::string found;
  for (const NamingMacro& macro : directives_in(text).macros) {
    found += (found.empty() ? "" : "; ") + macro.name + macro.parameters + " = " + macro.value;
  }
  return found;
}

} // namespace

BOOST_AUTO_TEST_SUITE(include_directives)

BOOST_AUTO_TEST_CASE(are_found_in_every_spelling)
{
  BOOST_TEST(found_in("#include \"a.h\"\n#include <b.h>\n") == "a.h <b.h>");
  BOOST_TEST(found_in("  # \t include\"a.h\"") == "a.h");
  BOOST_TEST(found_in("%: include <a.h>\r\n#import \"b.h\"\r\n") == "<a.h> b.h");
  BOOST_TEST(found_in("#include_next <a.h>\n") == "next:<a.h>");
  BOOST_TEST(found_in("\xEF\xBB\xBF#include \"a.h\"\n") == "a.h");
  BOOST_TEST(found_in("#include <sys//x.h> // why\n#include \"a\\b.h\"") == "<sys//x.h> a\\b.h");
}

BOOST_AUTO_TEST_CASE(are_found_on_both_sides_of_every_condition)
{
  BOOST_TEST(
      found_in("#if 0\n#include \"a.h\"\n#elif X\n#include \"b.h\"\n#else\n#include \"c.h\"\n"
               "#endif\n") == "a.h b.h c.h");
  BOOST_TEST(found_in("#if 0\nit's no literal\n#include \"a.h\"\n#endif") == "a.h");
}

BOOST_AUTO_TEST_CASE(are_found_across_spliced_lines)
{
  BOOST_TEST(found_in("#inc\\\nlude \"a\\\n.h\"\n") == "a.h");
  BOOST_TEST(found_in("#\\\r\ninclude <a.h>\n") == "<a.h>");
  BOOST_TEST(found_in("// a comment \\\n#include \"a.h\"\n#include \"b.h\"\n") == "b.h");
  BOOST_TEST(found_in("// a comment \\ \n#include \"a.h\"\n#include \"b.h\"\n") == "b.h");
  BOOST_TEST(found_in("/\\\n* #include \"a.h\"\n*\\\n/\n#include \"b.h\"\n") == "b.h");
}

BOOST_AUTO_TEST_CASE(are_not_found_in_comments_and_literals)
{
  BOOST_TEST(found_in("/*\n#include \"a.h\"\n*/ #include \"b.h\"\n") == "b.h");
  BOOST_TEST(found_in("int x; /*\n*/ #include \"a.h\"\n") == "");
  BOOST_TEST(found_in("auto s = R\"(\n#include \"a.h\"\n)\";\n#include \"b.h\"\n") == "b.h");
  BOOST_TEST(found_in("auto s = u8R\"x(\n)\"\n#include \"a.h\"\n)x\";\n#include \"b.h\"\n") ==
             "b.h");
  BOOST_TEST(found_in("auto s = \"\\\n#include <a.h>\";\n#include \"b.h\"\n") == "b.h");
  BOOST_TEST(found_in("#include /* \"a.h\" */ \"b.h\"\n") == "b.h");
}

BOOST_AUTO_TEST_CASE(survive_quotes_that_are_none)
{
  BOOST_TEST(found_in("int x = 1'000'000;\n#include \"a.h\"\n") == "a.h");
  BOOST_TEST(found_in("int x = 0xA'b; auto c = u8'\"';\n#include \"a.h\"\n") == "a.h");
  BOOST_TEST(found_in("char c = '\"'; char d = '\\'';\n#include \"a.h\"\n") == "a.h");
  BOOST_TEST(found_in("auto R = \"/*\"; f(FOOR\"(\");\n#include \"a.h\"\n") == "a.h");
  BOOST_TEST(found_in("R\"no raw string\n#include \"a.h\"\n") == "a.h");
  BOOST_TEST(found_in("R\"(never closed\n#include \"a.h\"\n") == "a.h");
}

BOOST_AUTO_TEST_CASE(name_what_is_probed)
{
  BOOST_TEST(found_in("#if defined(X) && __has_include(<a.h>) || __has_include ( \"b.h\" )\n") ==
             "probe:<a.h> probe:b.h");
  BOOST_TEST(found_in("#if HAVE(<a.h>)\n#elif HAVE(\"b.h\")\n") == "probe:<a.h> probe:b.h");
  BOOST_TEST(found_in("#define HAVE_A __has_include(<a.h>)\n") == "probe:<a.h>");
  BOOST_TEST(found_in("#if __has_include(CONFIG)\n") == "probe:(CONFIG)");
  BOOST_TEST(found_in("#if (a < b) && (c > d)\n") == "");
}

BOOST_AUTO_TEST_CASE(name_data_taken_in)
{
  BOOST_TEST(found_in("#embed \"logo.png\" limit(3)\n") == "data:logo.png");
  BOOST_TEST(found_in("asm(\".incbin \\\"data.bin\\\"\\n\");\n") == "data:data.bin");
  BOOST_TEST(found_in("asm(R\"(.incbin \"data.bin\"\n.include \"macros.s\")\");\n") ==
             "data:data.bin next:macros.s");
  BOOST_TEST(found_in("\t.incbin \"data.bin\"\n\t.include \"macros.s\"\n") ==
             "data:data.bin next:macros.s");
  BOOST_TEST(found_in("asm(\".incbin \\\"\" FILE \"\\\"\\n\");\n") == "data:()");
  BOOST_TEST(found_in("asm(\".incbin \\\"dir/\" FILE \"\\\"\\n\");\n") == "data:()");
  BOOST_TEST(found_in("#define INCBIN(f) asm(\".incbin \\\"\" f \"\\\"\\n\")\n") == "data:()");
  BOOST_TEST(found_in("// an .incbin would do\nobject.include (\"x\");\n") == "");
}

BOOST_AUTO_TEST_CASE(keep_the_tokens_of_computed_ones)
{
  BOOST_TEST(found_in("#include CONFIG_HEADER // where?\n#include HEADER(net, /* x */ url)\n") ==
             "(CONFIG_HEADER) (HEADER(net,   url))");
}

BOOST_AUTO_TEST_CASE(keep_macros_that_could_name_a_header)
{
  BOOST_TEST(macros_in("#define A \"a.h\"\n#define B <b.h>\n#define C A\n#define D(x, y) #x\n"
                       "#define E net/url.h\n#define F A(1)\n") ==
             "A = \"a.h\"; B = <b.h>; C = A; D(x, y) = #x; E = net/url.h; F = A(1)");
  BOOST_TEST(macros_in("#define A 1\n#define B\n#define C (x + 1)\n#define D do { } while (0)\n") ==
             "");
  BOOST_TEST(macros_in("#define A \\\n \"a\\\n.h\" /* or */\n") == "A = \"a.h\"");
}

BOOST_AUTO_TEST_CASE(are_read_from_module_lines)
{
  BOOST_TEST(found_in("import <vector>;\nexport import \"a.h\";\n") == "<vector> a.h");
  const FileDirectives found =
      directives_in("module;\nexport module net.url;\nimport base;\nimport = 3;\nimportant();\n");
  const std::vector<std::string> expected{"module", "export module net.url", "import base"};
  BOOST_TEST(found.modules == expected, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(are_counted_once)
{
  BOOST_TEST(found_in("#include \"a.h\"\n#include \"a.h\"\n#include <a.h>\n") == "a.h <a.h>");
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(bytes_that_are_no_source)

namespace {

constexpr std::string_view pieces[] = {
    "#",       "include", "define ", "\"",  "'",    "<",   ">",    "/*",  "*/", "//",
    "\n",      "\\\n",    "\\",      "R\"", "R\"(", ")\"", "x",    "1'0", "(",  ")",
    ".incbin", "__has_",  "import ", ";",   "%:",   " ",   "\r\n", "\0",  "##", "if "};

std::string random_text(std::mt19937& random, std::size_t count)
{
  std::string text;
  for (std::size_t i = 0; i < count; ++i) {
    if (random() % 8 == 0) {
      text += static_cast<char>(random() % 256);
    } else {
      text += pieces[random() % std::size(pieces)];
    }
  }
  return text;
}

} // namespace

BOOST_AUTO_TEST_CASE(do_no_harm)
{
  for (unsigned seed = 0; seed < 3000; ++seed) {
    std::mt19937 random(seed);
    const std::string text = random_text(random, 1 + random() % 200);
    const FileDirectives found = directives_in(text);
    BOOST_TEST_CONTEXT("seed " << seed)
    {
      for (const IncludeDirective& include : found.includes) {
        BOOST_TEST(include.name.size() <= text.size());
      }
    }
  }
}

BOOST_AUTO_TEST_CASE(take_time_in_proportion_to_their_number)
{
  for (const std::string_view piece : pieces) {
    for (const std::string_view other : {std::string_view(), std::string_view("\""),
                                         std::string_view("a"), std::string_view("\n")}) {
      std::string text;
      while (text.size() < 400'000) {
        text += piece;
        text += other;
        text += piece.empty() && other.empty() ? " " : "";
      }
      const auto begin = std::chrono::steady_clock::now();
      directives_in(text);
      BOOST_TEST_CONTEXT("'" << piece << "' and '" << other << "'")
      {
        // Quadratic time would be minutes.
        BOOST_TEST((std::chrono::steady_clock::now() - begin < std::chrono::seconds(5)));
      }
    }
  }
}

BOOST_AUTO_TEST_SUITE_END()
