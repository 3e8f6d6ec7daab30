// What is left of commands once they are taken apart, and what of them is kept once.
#include "analyzer/ingest/step_commands.hpp"
#include "tests/support/scratch_directory.hpp"
#include "tests/unit/analyzer/ingest/written_files.hpp"

#include <boost/test/unit_test.hpp>

#include <optional>
#include <string>
#include <vector>

using namespace winnow;
using namespace winnow::ingest;
using namespace winnow::tests;

namespace {

/// Two objects that differ in their names only, a program, and what a custom command makes.
constexpr const char* build_file = R"(
rule CXX_COMPILER__lib
  depfile = $DEP_FILE
  command = c++ $DEFINES -Iinclude -MF $DEP_FILE -o $out -c $in
rule CXX_EXECUTABLE_LINKER__app
  command = c++ @app.rsp -o $out
  rspfile = app.rsp
  rspfile_content = $in -T/s/app.ld
rule CUSTOM_COMMAND
  command = $COMMAND
build a.o: CXX_COMPILER__lib /s/a.cpp
  DEFINES = -DA=1 -DB
  DEP_FILE = a.o.d
build b.o: CXX_COMPILER__lib /s/b.cpp
  DEFINES = -DA=1 -DB
  DEP_FILE = b.o.d
build app: CXX_EXECUTABLE_LINKER__app a.o b.o
build made.txt: CUSTOM_COMMAND
  COMMAND = cd /b/sub && python /s/gen.py ../made.txt /s/data
build all: phony app made.txt
)";

class Commands {
 public:
  explicit Commands(const std::string& text = build_file)
  {
    const std::string path = scratch_.path() + "/build.ninja";
    write_file(path, text);
    manifest_ = NinjaManifest::load(path).value();
    commands_.emplace(manifest_, Roots{"/s", "/b"});
  }

  [[nodiscard]] const StepCommand& at(std::size_t edge) const { return commands_->all()[edge]; }

  [[nodiscard]] std::string words(std::size_t edge) const
  {
    std::string text;
    for (const DirectoryWords& group : at(edge).names->words) {
      text += "[" + group.directory + "]";
      for (const std::string& word : group.words) {
        text += " " + word;
      }
    }
    return text;
  }

 private:
  ScratchDirectory scratch_;
  NinjaManifest manifest_;
  std::optional<StepCommands> commands_;
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(commands_of_steps, Commands)

BOOST_AUTO_TEST_CASE(name_more_than_the_inputs_and_outputs_of_their_step)
{
  BOOST_TEST(words(0) == "[/b] c++ -DA=1 -DB -Iinclude -MF -o -c");
  BOOST_TEST(words(2) == "[/b] c++ @app.rsp -o -T/s/app.ld");
  BOOST_TEST(words(3) == "[/b] cd[/b/sub] python /s/gen.py ../made.txt /s/data");
}

BOOST_AUTO_TEST_CASE(give_paths_of_the_sources_to_what_runs_after_a_cd)
{
  BOOST_TEST(at(0).names->sources_given.empty());
  BOOST_TEST(at(3).names->sources_given == (std::vector<std::string>{"/s/gen.py", "/s/data"}),
             boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(share_what_is_equal)
{
  BOOST_TEST(at(0).fingerprint != at(1).fingerprint);
  BOOST_TEST(at(0).names == at(1).names);
  BOOST_TEST(at(0).call == at(1).call);
  BOOST_TEST(at(0).definitions == at(1).definitions);
  BOOST_TEST(at(0).names != at(2).names);
}

BOOST_AUTO_TEST_CASE(keep_apart_whatever_makes_a_compiler_find_other_files)
{
  const std::vector<std::string> flags{"-Ia",
                                       "-isystem a",
                                       "-iquote a",
                                       "-idirafter a",
                                       "-Ib",
                                       "-Ia -Ib",
                                       "-Ib -Ia",
                                       "-include a",
                                       "-include a -Ia",
                                       "-DHEADER=\"a.h\"",
                                       "-DHEADER=\"b.h\"",
                                       "-nostdinc",
                                       "-Iab",
                                       ""};
  std::string text = "rule CXX_COMPILER__x\n  command = c++ $FLAGS -c $in -o $out\n"
                     "rule C_COMPILER__x\n  command = c++ $FLAGS -c $in -o $out\n"
                     "rule CXX_COMPILER__y\n  command = cd sub && c++ $FLAGS -c $in -o $out\n";
  std::size_t count = 0;
  for (const char* const rule : {"CXX_COMPILER__x", "C_COMPILER__x", "CXX_COMPILER__y"}) {
    for (const std::string& each : flags) {
      text +=
          "build " + std::to_string(count) + ".o: " + rule + " /s/a.cpp\n  FLAGS = " + each + "\n";
      ++count;
    }
  }
  const Commands all(text);
  for (std::size_t one = 0; one < count; ++one) {
    for (std::size_t other = 0; other < one; ++other) {
      BOOST_TEST(all.at(one).call != all.at(other).call, one << " and " << other << ", "
                                                             << flags[one % flags.size()] << " and "
                                                             << flags[other % flags.size()]);
    }
  }
}

BOOST_AUTO_TEST_CASE(tell_how_a_compiler_is_called_and_what_is_defined)
{
  BOOST_TEST(at(0).call->language == "CXX");
  BOOST_TEST(at(0).call->arguments.angle.front() == "/b/include");
  BOOST_TEST(at(0).definitions->size() == 2U);
  BOOST_TEST(at(0).frame_fingerprint != 0U);
  BOOST_TEST(at(2).call == nullptr);
  BOOST_TEST(at(2).definitions == nullptr);
}

BOOST_AUTO_TEST_CASE(are_none_of_phony_steps)
{
  BOOST_TEST(at(4).fingerprint == 0U);
  BOOST_TEST(at(4).names == nullptr);
}

BOOST_AUTO_TEST_SUITE_END()
