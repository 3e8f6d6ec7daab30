// Where a command line says that headers are.
#include "analyzer/ingest/command_words.hpp"
#include "analyzer/ingest/include_arguments.hpp"

#include <boost/test/unit_test.hpp>

#include <map>
#include <string>

using namespace winnow::ingest;

namespace {

IncludeArguments parse(const std::string& command,
                       const std::map<std::string, std::string>& responses = {})
{
  const auto read = [&](const std::string& path) {
    const auto found = responses.find(path);
    return found == responses.end() ? std::nullopt : std::optional(found->second);
  };
  return include_arguments(command_words(shell_words(command), "/b").front().words, "/b", read);
}

/// "quote; angle; system; after; forced", each a list of words.
std::string lists_of(const IncludeArguments& arguments)
{
  std::string text;
  for (const auto* list :
       {&arguments.quote, &arguments.angle, &arguments.system, &arguments.after}) {
    for (const std::string& item : *list) {
      text += item + " ";
    }
    text += "; ";
  }
  for (const std::string& item : arguments.forced) {
    text += item + " ";
  }
  return text;
}

} // namespace

BOOST_AUTO_TEST_SUITE(include_arguments_of_a_command)

BOOST_AUTO_TEST_CASE(are_read_joined_and_as_words_of_their_own)
{
  BOOST_TEST(lists_of(parse("c++ -I/s -I inc -iquote q -iquoter -isystem /y -isystem/z -idirafter "
                            "/a -include pch.h -imacros m.h -c x.cpp")) ==
             "/b/q /b/r ; /s /b/inc ; /y /z ; /a ; pch.h m.h ");
  BOOST_TEST(lists_of(parse("c++ --include-directory=/s --include x.h '-I/with blank'")) ==
             "; /s /with blank ; ; ; x.h ");
  BOOST_TEST(lists_of(parse("c++ -I../s/./inc/")) == "; /s/inc ; ; ; ");
}

BOOST_AUTO_TEST_CASE(are_read_from_what_is_passed_on)
{
  BOOST_TEST(lists_of(parse("clang++ -Wp,-I,/s,-DX -Xclang -include -Xclang pch.hxx -Xclang "
                            "-include-pch -Xclang x.pch")) == "; /s ; ; ; pch.hxx ");
}

BOOST_AUTO_TEST_CASE(are_read_from_response_files)
{
  BOOST_TEST(lists_of(parse("c++ @CMakeFiles/i.rsp -I/c",
                            {{"/b/CMakeFiles/i.rsp", "-I/a \"-I/b b\"\n@more.rsp"},
                             {"/b/more.rsp", "-isystem /y"}})) == "; /a /b b /c ; /y ; ; ");
  BOOST_TEST(lists_of(parse("c++ @missing.rsp -I/c")) == "; /c ; ; ; ");
  BOOST_TEST(lists_of(parse("c++ @loop.rsp", {{"/b/loop.rsp", "-I/a @loop.rsp"}})).find("/a ") !=
             std::string::npos);
}

BOOST_AUTO_TEST_CASE(start_at_the_sysroot_where_they_say_so)
{
  BOOST_TEST(lists_of(parse("c++ -I=/usr/inc -isystem '$SYSROOT/y' --sysroot=/sdk")) ==
             "; /sdk/usr/inc ; /sdk/y ; ; ");
}

BOOST_AUTO_TEST_CASE(may_leave_out_the_compilers_own)
{
  BOOST_TEST(parse("c++ -c x.cpp").standard);
  BOOST_TEST(!parse("c++ -nostdinc -c x.cpp").standard);
}

BOOST_AUTO_TEST_CASE(define_macros_that_could_name_a_header)
{
  const IncludeArguments arguments =
      parse("c++ -DN=3 -DX -DA='\"a.h\"' -D B='<b.h>' -DC=net/c.h '-DD(x)=#x'");
  std::string macros;
  for (const NamingMacro& macro : arguments.macros) {
    macros += macro.name + macro.parameters + "=" + macro.value + " ";
  }
  BOOST_TEST(macros == "A=\"a.h\" B=<b.h> C=net/c.h D(x)=#x ");
}

BOOST_AUTO_TEST_SUITE_END()
