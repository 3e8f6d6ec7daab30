// Modules of a small written build tree: two targets of Fortran, one of C++.
#include "tests/unit/analyzer/ingest/sample_project.hpp"

#include <boost/test/unit_test.hpp>

#include <chrono>
#include <filesystem>

using namespace winnow;
using namespace winnow::ingest;
using namespace winnow::tests;

namespace {

namespace fs = std::filesystem;

constexpr std::string_view module_rules = R"(
rule Fortran_PREPROCESS_SCAN__x_
  depfile = $DEP_FILE
  command = f95 -cpp $INCLUDES -E $in -o $out
rule Fortran_COMPILER__x_
  command = f95 $INCLUDES -c $in -o $out
rule Fortran_DYNDEP__x_
  command = cmake -E cmake_ninja_dyndep --dd=$out
rule CXX_SCAN__x_
  depfile = $DEP_FILE
  command = clang-scan-deps $in -o $OBJ_FILE
rule CXX_COMPILER__x_scanned_
  deps = gcc
  depfile = $out.d
  command = c++ @$DYNDEP_MODULE_MAP_FILE -o $out -c $in
rule CXX_DYNDEP__x_
  command = cmake -E cmake_ninja_dyndep --dd=$out
)";

/// `base` has units.f90; `user` has paint.f90 and waits for the objects of `base`; `cxx` has a.cppm
/// and b.cpp. Everything is scanned and compiled, in this order, once.
class ModuleProject {
 public:
  ModuleProject()
  {
    project_.write_build("CMakeFiles/rules.ninja", module_rules);
    for (const char* source : {"units.f90", "paint.f90", "more.inc", "a.cppm", "b.cpp"}) {
      source_at(source, 0, "");
    }
    for (const auto& [name, uses] : {std::pair{"base/units.f90", ""},
                                     {"user/paint.f90", "units.mod"},
                                     {"cxx/a.cppm", ""},
                                     {"cxx/b.cpp", "a"}}) {
      scan(name, 10, uses);
      build_at(std::string(name) + ".o", 30, "");
    }
    build_at("base/units.f90-pp.f90", 10, "");
    build_at("user/paint.f90-pp.f90", 10, "");
    build_at("base/Fortran.dd", 20, dyndep("build base/units.f90.o | units.mod: dyndep"));
    build_at("user/Fortran.dd", 20, dyndep("build user/paint.f90.o: dyndep | units.mod"));
    build_at("cxx/CXX.dd", 20,
             dyndep("build cxx/a.cppm.o | cxx/a.pcm: dyndep\n  restat = 1\n"
                    "build cxx/b.cpp.o: dyndep | cxx/a.pcm"));
    build_at("cxx/b.cpp.o.modmap", 20, "");
  }

  static std::string dyndep(const std::string& edges)
  {
    return "ninja_dyndep_version = 1.0\n" + edges + "\n";
  }

  void source_at(const std::string& name, int second, std::string_view text) const
  {
    project_.write_source(name, text);
    set_time(project_.roots().source + "/" + name, second);
  }

  void build_at(const std::string& name, int second, std::string_view text) const
  {
    project_.write_build(name, text);
    set_time(project_.roots().build + "/" + name, second);
  }

  /// What the scan of a source found.
  void scan(const std::string& name, int second, const std::string& uses) const
  {
    build_at(name + ".o.ddi", second,
             R"({"version":1,"rules":[{"requires":[)" +
                 (uses.empty() ? uses : R"({"logical-name":")" + uses + R"("})") + "]}]}");
  }

  void remove(const std::string& name) const { fs::remove(project_.roots().build + "/" + name); }

  [[nodiscard]] Graph record() const
  {
    const std::string s = project_.roots().source + "/";
    project_.write_build("build.ninja", "include CMakeFiles/rules.ninja\n" +
                                            fortran("base", s, "units.f90", "") +
                                            fortran("user", s, "paint.f90", " || base") +
                                            "build base: phony base/units.f90.o\n" +
                                            cxx(s, "a.cppm") + cxx(s, "b.cpp") +
                                            "build cxx/CXX.dd | cxx/a.cppm.o.modmap "
                                            "cxx/b.cpp.o.modmap: CXX_DYNDEP__x_ cxx/a.cppm.o.ddi "
                                            "cxx/b.cpp.o.ddi\n");
    DepsLog log;
    for (const char* name : {"a.cppm", "b.cpp"}) {
      const std::uint32_t object = log.path(std::string("cxx/") + name + ".o");
      log.record(object, ns(30), {log.path(s + name)});
    }
    project_.write_build(".ninja_deps", log.bytes());
    recorded_ = record_graph(project_.tree(), *describe_tree(project_.tree()), nullptr);
    return *Graph::from_image(recorded_.image);
  }

  [[nodiscard]] const std::vector<std::string>& warnings() const { return recorded_.warnings; }

 private:
  static constexpr int long_ago = 1'600'000'000;

  static std::int64_t ns(int second) { return (long_ago + second) * 1'000'000'000LL; }

  static void set_time(const std::string& path, int second)
  {
    const auto since = std::chrono::seconds(long_ago + second);
    fs::last_write_time(path, fs::file_time_type::clock::from_sys(std::chrono::sys_seconds(since)));
  }

  static std::string fortran(const std::string& target, const std::string& s,
                             const std::string& source, const std::string& before)
  {
    const std::string name = target + "/" + source;
    return "build " + name + "-pp.f90 | " + name + ".o.ddi: Fortran_PREPROCESS_SCAN__x_ " + s +
           source + "\n  DEP_FILE = " + name + "-pp.f90.d\n  OBJ_FILE = " + name +
           ".o\n  DYNDEP_INTERMEDIATE_FILE = " + name + ".o.ddi\nbuild " + name +
           ".o: Fortran_COMPILER__x_ " + name + "-pp.f90 || " + target +
           "/Fortran.dd\n  INCLUDES = -I" + s + "\n  dyndep = " + target + "/Fortran.dd\nbuild " +
           target + "/Fortran.dd: Fortran_DYNDEP__x_ " + name + ".o.ddi" + before + "\n";
  }

  static std::string cxx(const std::string& s, const std::string& source)
  {
    const std::string name = "cxx/" + source;
    return "build " + name + ".o.ddi: CXX_SCAN__x_ " + s + source + "\n  OBJ_FILE = " + name +
           ".o\n  DYNDEP_INTERMEDIATE_FILE = " + name + ".o.ddi\nbuild " + name +
           ".o: CXX_COMPILER__x_scanned_ " + s + source + " | " + name +
           ".o.modmap || cxx/CXX.dd\n  DYNDEP_MODULE_MAP_FILE = " + name +
           ".o.modmap\n  dyndep = cxx/CXX.dd\n";
  }

  Project project_;
  mutable RecordedGraph recorded_;
};

} // namespace

BOOST_AUTO_TEST_SUITE(recorded_modules)

BOOST_AUTO_TEST_CASE(lead_from_who_provides_them_to_who_uses_them)
{
  const ModuleProject project;
  const Graph graph = project.record();
  CHECK_INPUTS(inputs_of(graph, "@build/user/paint.f90.o"),
               {"source @build/user/paint.f90-pp.f90", "module @build/units.mod"});
  CHECK_INPUTS(inputs_of(graph, "@build/cxx/b.cpp.o"), {"source b.cpp", "module @build/cxx/a.pcm"});
  CHECK_INPUTS(inputs_of(graph, "@build/cxx/a.cppm.o"), {"source a.cppm"});
  const StepId provider = producer_of(graph, "@build/cxx/a.pcm");
  BOOST_TEST((provider == producer_of(graph, "@build/cxx/a.cppm.o")));
  BOOST_TEST((graph.step_kind(producer_of(graph, "@build/cxx/CXX.dd")) == StepKind::scan));
  BOOST_TEST(project.warnings().empty());
}

BOOST_AUTO_TEST_CASE(may_be_any_before_the_source_is_scanned)
{
  const ModuleProject project;
  project.remove("user/Fortran.dd");
  project.remove("cxx/CXX.dd");
  const Graph graph = project.record();
  CHECK_INPUTS(inputs_of(graph, "@build/user/paint.f90.o"),
               {"source @build/user/paint.f90-pp.f90", "possible_module @build/user/Fortran.dd"});
  CHECK_INPUTS(inputs_of(graph, "@build/cxx/b.cpp.o"),
               {"source b.cpp", "possible_module @build/cxx/CXX.dd"});
  // What the dyndep file will be made from leads to all sources that a module may come from.
  CHECK_INPUTS(inputs_of(graph, "@build/user/Fortran.dd"),
               {"source @build/user/paint.f90.o.ddi", "ordered_before @build/base"});
  CHECK_INPUTS(inputs_of(graph, "@build/cxx/a.cppm.o.ddi"),
               {"source a.cppm", "ordered_before @build/cxx/a.cppm.o"});
}

BOOST_AUTO_TEST_CASE(may_be_any_where_the_source_is_younger_than_its_scan)
{
  const ModuleProject project;
  project.source_at("paint.f90", 40, "");
  project.source_at("b.cpp", 40, "");
  const Graph graph = project.record();
  BOOST_TEST(inputs_of(graph, "@build/user/paint.f90.o")
                 .contains("possible_module @build/user/Fortran.dd"));
  BOOST_TEST(inputs_of(graph, "@build/cxx/b.cpp.o").contains("possible_module @build/cxx/CXX.dd"));
  BOOST_TEST(
      !inputs_of(graph, "@build/cxx/a.cppm.o").contains("possible_module @build/cxx/CXX.dd"));
}

BOOST_AUTO_TEST_CASE(may_be_any_where_who_provided_one_is_edited)
{
  const ModuleProject project;
  project.source_at("units.f90", 40, "");
  project.source_at("a.cppm", 40, "");
  const Graph graph = project.record();
  BOOST_TEST(inputs_of(graph, "@build/user/paint.f90.o")
                 .contains("possible_module @build/user/Fortran.dd"));
  BOOST_TEST(inputs_of(graph, "@build/cxx/b.cpp.o").contains("possible_module @build/cxx/CXX.dd"));
}

BOOST_AUTO_TEST_CASE(may_be_any_where_nobody_makes_it_any_more)
{
  const ModuleProject project;
  project.build_at("cxx/CXX.dd", 20,
                   ModuleProject::dyndep("build cxx/a.cppm.o: dyndep\n"
                                         "build cxx/b.cpp.o: dyndep | cxx/a.pcm\n"
                                         "build old/gone.cpp.o | cxx/a.pcm: dyndep"));
  BOOST_TEST(inputs_of(project.record(), "@build/cxx/b.cpp.o")
                 .contains("possible_module @build/cxx/CXX.dd"));
}

BOOST_AUTO_TEST_CASE(of_object_libraries_are_found_by_name_where_cmake_leaves_them_out)
{
  const ModuleProject project;
  project.build_at("user/Fortran.dd", 20, ModuleProject::dyndep("build user/paint.f90.o: dyndep"));
  CHECK_INPUTS(inputs_of(project.record(), "@build/user/paint.f90.o"),
               {"source @build/user/paint.f90-pp.f90", "module @build/units.mod"});
  project.scan("user/paint.f90", 10, "iso_c_binding.mod"); // of the compiler
  CHECK_INPUTS(inputs_of(project.record(), "@build/user/paint.f90.o"),
               {"source @build/user/paint.f90-pp.f90"});
  project.source_at("units.f90", 40, ""); // who knows what it provides now
  BOOST_TEST(inputs_of(project.record(), "@build/user/paint.f90.o")
                 .contains("possible_module @build/user/Fortran.dd"));
}

BOOST_AUTO_TEST_CASE(of_a_scan_younger_than_the_dyndep_file_must_be_in_there)
{
  const ModuleProject project;
  project.scan("cxx/b.cpp", 25, "a");
  CHECK_INPUTS(inputs_of(project.record(), "@build/cxx/b.cpp.o"),
               {"source b.cpp", "module @build/cxx/a.pcm"});
  project.scan("cxx/b.cpp", 25, "a:part");
  CHECK_INPUTS(inputs_of(project.record(), "@build/cxx/b.cpp.o"),
               {"source b.cpp", "module @build/cxx/a.pcm", "possible_module @build/cxx/CXX.dd"});
}

BOOST_AUTO_TEST_CASE(are_not_known_from_a_damaged_file_which_is_said)
{
  const ModuleProject project;
  project.build_at("cxx/CXX.dd", 20, "build cxx/a.cppm.o: phony\n");
  BOOST_TEST(inputs_of(project.record(), "@build/cxx/b.cpp.o")
                 .contains("possible_module @build/cxx/CXX.dd"));
  BOOST_REQUIRE_EQUAL(project.warnings().size(), 1U);
  BOOST_TEST(project.warnings()[0].find("cxx/CXX.dd:1: this is no dyndep file") !=
             std::string::npos);
}

BOOST_AUTO_TEST_CASE(do_not_hide_what_fortran_includes)
{
  const ModuleProject project;
  project.source_at("paint.f90", 0, "program p\n  include 'more.inc'\nend\n");
  CHECK_INPUTS(inputs_of(project.record(), "@build/user/paint.f90-pp.f90"),
               {"source paint.f90", "scanned_header more.inc"});
}

BOOST_AUTO_TEST_SUITE_END()
