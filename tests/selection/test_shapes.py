"""Shapes of tests: what they run and load, and what ties them to each other. Each function adds one to a project."""

from layers import Library
from project import When
from source_text import HERE, READS_OWN, function_lines, header_lines, include, reads_below_own

_SCRIPTED = ("given", "in a given directory", "in the given build tree", "in the working directory")


def _writer(site, directory, name, path, flavour):
    """A program that leaves its number at `path`."""
    site.plain_program(directory, name, body=["  write_path(OWN_PATH, sum);"], flavour=flavour)
    site.compile_path_into(directory, name, path)
    return name


def _reader(site, directory, name, path):
    site.plain_program(directory, name, body=[READS_OWN])
    site.compile_path_into(directory, name, path)
    return name


def fixtures(site):
    """A setup whose written file its users read, and a cleanup."""
    directory, written = site.test_directory(), "${CMAKE_BINARY_DIR}/fixture.txt"
    setup = _writer(site, directory, "fixture_setup", written, "program that sets up")
    user = _reader(site, directory, "fixture_user", written)
    cleanup = site.plain_program(directory, "fixture_cleanup")
    site.add_test(directory, "fixture.setup", setup, properties="FIXTURES_SETUP prepared")
    site.add_test(directory, "fixture.cleanup", cleanup, properties="FIXTURES_CLEANUP prepared")
    for number in (1, 2):
        test = site.add_test(directory, f"fixture.user{number}", f"{user} {number}", properties="FIXTURES_REQUIRED prepared")
        test.follows.append((directory, "fixture.setup"))


def depends(site):
    """DEPENDS with data behind it."""
    directory, written = site.test_directory(), "${CMAKE_BINARY_DIR}/chain.txt"
    first = _writer(site, directory, "first", written, "program in front of another test")
    site.add_test(directory, "chain.first", first)
    second = _reader(site, directory, "second", written)
    test = site.add_test(directory, "chain.second", second, properties="DEPENDS chain.first")
    test.follows.append((directory, "chain.first"))


def scripts(site):
    """Tests that are shell scripts: given a program, its directory or the build tree, or knowing where it lies.

    Most projects declare what the scripts run, where the module is at hand; elsewhere a directory means all below it.
    """
    project, directory = site.project, site.test_directory()
    declares = project.chance(0.75)
    ways = (
        ("$<TARGET_FILE:scripted0>", '"$1"'),
        ("${CMAKE_CURRENT_BINARY_DIR}", '"$1"/scripted1'),
        ("${CMAKE_BINARY_DIR}", f'"$1"/{directory}/scripted2'),
        ("", "./scripted3"),
    )
    for number, (argument, found) in enumerate(ways):
        flavour = f"program of a script ({_SCRIPTED[number]})"
        name = site.plain_program(directory, f"scripted{number}", flavour=flavour)
        lines = ["set -e", f"echo {project.knob('data', 'script of a test')} > /dev/null", f"{found} {number}"]
        project.add(f"{directory}/run_{number}.sh", "test script", lines, renameable="test script" if number == 0 else "")
        test = site.add_test(directory, f"scripted.{number}", f"sh {HERE}/run_{number}.sh {argument}")
        test.loads.append(f"build:{directory}/{name}")
        if number and declares:
            declared = f"winnow_test_inputs(TESTS scripted.{number} TARGETS {name})"
            project.cmake(directory, "if(COMMAND winnow_test_inputs)", f"  {declared}", "endif()")


def importing_scripts(site):
    """Scripts that read what another test is given or requires: sourced, imported, included, or data by its name."""
    project, directory = site.project, site.test_directory()
    number = project.knob("data", "script that another test is given and one imports")
    importing = {
        "sourcing.sh": (["set -e", '. "$(dirname "$0")/sourced.sh"', "test $SOURCED != none"], "sh"),
        "importing.py": (["import imported", "assert imported.VALUE != 'none'"], "python3 -B"),
        "including.cmake": (["include(${CMAKE_CURRENT_LIST_DIR}/included.cmake)"], "${CMAKE_COMMAND} -P"),
        "opening.sh": (["set -e", 'cat "$(dirname "$0")/opened.list" > /dev/null'], "sh"),
    }
    texts = {
        "sourced.sh": (f"SOURCED={number}", "sh"),
        "imported.py": (f"VALUE = {project.knob('data', 'script that another test is given and one imports')}", "python3 -B"),
        "included.cmake": (f"set(INCLUDED {project.knob('data', 'script that another test is given and one imports')})", "${CMAKE_COMMAND} -P"),
        "opened.list": (project.knob("data", "file that one test is given and a script opens"), "cat"),
    }
    for (script, (lines, runs)), (other, (text, runs_other)) in zip(importing.items(), texts.items(), strict=True):
        project.add(f"{directory}/{script}", "test script", lines)
        project.add(f"{directory}/{other}", "data" if other.endswith("list") else "test script", [text])
        test = site.add_test(directory, f"script.{script}", f"{runs} {HERE}/{script}")
        test.reads.append(f"{directory}/{other}")
        site.add_test(directory, f"script.{other}", f"{runs_other} {HERE}/{other}")
    test = site.add_test(directory, "script.requiring", f"sh {HERE}/run_required.sh", properties=f"REQUIRED_FILES {HERE}/sourced.sh")
    project.add(f"{directory}/run_required.sh", "test script", ["set -e", '. "$(dirname "$0")/sourced.sh"'])
    test.reads.append(f"{directory}/sourced.sh")


def same_names(site):
    """Tests of one name in two directories."""
    for directory, name in (("tests", "same_one"), ("tests/more", "same_two")):
        site.add_test(directory, "same.name", site.plain_program(directory, name))


def plugins(site):
    """Modules that no step links: named by an argument, or known to a program beside, far away, or built before it."""
    project = site.project
    library = site.some_library(but=("OBJECT", "INTERFACE"))
    places = {"argued": "tests/plugins", "near": "tests/plugins", "far": "plugins", "ordered": "plugins"}
    for kind, directory in places.items():
        name, calls = f"plugin_{kind}", [library.functions[0]] if kind == "argued" else []
        number = project.knob("source", f"source of a module ({kind})")
        project.add(f"{directory}/{name}.cpp", "source", function_lines(name, "cpp", number, calls=calls))
        project.cmake(directory, f"add_library({name} MODULE {name}.cpp)")
        if calls:
            project.cmake(directory, f"target_link_libraries({name} PRIVATE {library.name})")
    site.used.add(library.name)
    program = site.plain_program("tests", "loads_argued")
    site.add_test("tests", "plugin.argued", f"{program} $<TARGET_FILE:plugin_argued>")
    for kind in ("near", "far", "ordered"):
        program = site.plain_program("tests", f"loads_{kind}", body=[reads_below_own(f"libplugin_{kind}.so")])
        site.compile_path_into("tests", program, f"${{CMAKE_BINARY_DIR}}/{places[kind]}")
        site.add_test("tests", f"plugin.{kind}", program).loads.append(f"build:{places[kind]}/libplugin_{kind}.so")
    project.cmake("tests", "add_dependencies(loads_ordered plugin_ordered)")


def header_only_test(site):
    """An INTERFACE library with nothing to link, used by a test that compiles only headers."""
    project = site.project
    flavour = "constant of a header-only library"
    lines = header_lines("only.h", project.knob("header", flavour), [include("only_inner.h")])
    project.add("base/only/only.h", "header", lines)
    project.add("base/only/only_inner.h", "header", [f"#define VALUE_inner {project.knob('header', flavour)}"])
    project.cmake("base", "add_library(only INTERFACE)", f"target_include_directories(only INTERFACE {HERE}/only)")
    library = Library("only", "base", "INTERFACE", headers=["only.h"])
    directory = site.test_directory()
    site.program(directory, "header_only", [library], values=["VALUE_inner"])
    site.add_test(directory, "header_only.test", "header_only")


def direct_sources(site):
    """A test that compiles a source of a library itself."""
    project = site.project
    lines = function_lines("taken", "cpp", project.knob("source", "source compiled by a test itself"))
    project.add("mid/taken.cpp", "source", lines, renameable="source")
    name = site.plain_program("tests", "taking")
    project.cmake("tests", f"target_sources({name} PRIVATE ${{CMAKE_SOURCE_DIR}}/mid/taken.cpp)")
    site.add_test("tests", "taking.test", name)


def changing_arguments(site):
    """What edits of CMake do to single tests, and what matters to none."""
    project, directory = site.project, site.test_directory()
    name = site.plain_program(directory, "asked")
    argument = project.knob("cmake", "argument of a test")
    site.add_test(directory, "asked.one", f"{name} {argument}")
    more = project.toggle("cmake", "cmake", "test without a file comes or goes")
    site.add_test(directory, "asked.two", name, when=more)
    labels = project.knob("cmake", "label of a test")
    fails = project.toggle("cmake", "cmake", "WILL_FAIL of a test", False)
    project.cmake(directory, f"set_tests_properties(asked.one PROPERTIES LABELS level{labels})")
    project.cmake(directory, When(fails, "set_tests_properties(asked.one PROPERTIES WILL_FAIL TRUE)"))


def discovered_cases(site):
    """Cases that a program lists once it is linked; one of them comes and goes with a line of its source."""
    project, directory = site.project, site.test_directory()
    there = project.toggle("source", "source", "case of a program comes or goes")
    lists = ['  list_case(argc, argv, "always");', When(there, '  list_case(argc, argv, "sometimes");')]
    site.plain_program(directory, "listing", body=lists, flavour="program that lists its cases")
    project.cmake(directory, "include(GoogleTest)", "gtest_discover_tests(listing)")
    project.test(directory, "suite.always", discovered_by="listing")
    project.test(directory, "suite.sometimes", discovered_by="listing", when=there)


SHAPES = (
    fixtures,
    depends,
    scripts,
    importing_scripts,
    same_names,
    plugins,
    header_only_test,
    direct_sources,
    changing_arguments,
    discovered_cases,
)
