"""Shapes of testing: what a test can open beyond its program. Each function adds one to a project."""

from layers import Library, When, function_lines, include

_HERE = "${CMAKE_CURRENT_SOURCE_DIR}"
# Reads one path that the program was compiled with.
_READS_OWN = "  sum += read_path(OWN_PATH);"


def _data(site, directory, name, flavour, when="", renameable=False):
    number = site.project.knob("data", flavour)
    return site.project.add(f"{directory}/{name}", "data", [number], when, "data" if renameable else "")


def _program(site, directory, name, **known):
    site.program(directory, name, [site.some_library()], **known)
    return name


def _compiled_path(site, directory, name, path):
    site.project.cmake(directory, f'target_compile_definitions({name} PRIVATE "OWN_PATH=\\"{path}\\"")')


def data_in_arguments(site):
    directory = site.test_directory()
    name = _program(site, directory, "argued")
    _data(site, directory, "data/argued.txt", "file named in arguments", renameable=True)
    _data(site, directory, "data/valued.txt", "file named behind =")
    site.add_test(directory, "argued.file", f"{name} {_HERE}/data/argued.txt")
    site.add_test(directory, "argued.option", f"{name} --input={_HERE}/data/valued.txt")


def required_and_environment(site):
    directory = site.test_directory()
    name = _program(site, directory, "surrounded")
    _data(site, directory, "data/required.txt", "file in REQUIRED_FILES", renameable=True)
    _data(site, directory, "data/environment.txt", "file named in the environment")
    test = site.add_test(directory, "surrounded.required", name, properties=f"REQUIRED_FILES {_HERE}/data/required.txt")
    test.reads.append(f"{directory}/data/required.txt")
    value = site.project.knob("cmake", "ENVIRONMENT of a test")
    environment = f'ENVIRONMENT "INPUT={_HERE}/data/environment.txt;LEVEL={value}"'
    test = site.add_test(directory, "surrounded.environment", name, properties=environment)
    test.reads.append(f"{directory}/data/environment.txt")


def declared_inputs(site):
    """winnow_test_inputs with files, a directory and a pattern."""
    project, directory = site.project, "tests"
    name = _program(site, directory, "declared")
    _data(site, directory, "declared/one.txt", "file declared")
    _data(site, directory, "declared/below/deep/two.txt", "file in a declared directory")
    for kind, when in (("always", ""), ("sometimes", project.toggle("data", "data", "file of a declared pattern comes or goes"))):
        _data(site, directory, f"declared/pattern/{kind}.table", "file of a declared pattern", when)
    project.cmake(
        directory,
        "if(COMMAND winnow_test_inputs)",
        "  winnow_test_inputs(TESTS declared.test FILES declared/one.txt DIRECTORIES declared/below GLOBS declared/pattern/*.table)",
        "endif()",
    )
    test = site.add_test(directory, "declared.test", name)
    test.reads += ["tests/declared/one.txt", "tests/declared/below/", "tests/declared/pattern/"]


def given_directory(site):
    directory = site.test_directory()
    name = _program(site, directory, "walking")
    _data(site, directory, "walked/first.txt", "file below a given directory", renameable=True)
    _data(site, directory, "walked/deep/second.txt", "file below a given directory")
    there = site.project.toggle("add", "delete", "file in a given directory")
    _data(site, directory, "walked/third.txt", "file below a given directory", there)
    site.add_test(directory, "walking.test", f"{name} {_HERE}/walked")


def working_directory(site):
    directory = site.test_directory()
    name = _program(site, directory, "sent", body=['  sum += read_path("here.txt");'])
    _data(site, directory, "place/here.txt", "file in the working directory")
    test = site.add_test(directory, "sent.test", name, properties=f"WORKING_DIRECTORY {_HERE}/place")
    test.reads.append(f"{directory}/place/here.txt")


def opaque_data(site):
    """Data that only the program knows: beside its test, and in a place where no test is."""
    near = site.test_directory()
    name = _program(site, near, "knowing", body=[_READS_OWN])
    _data(site, near, "known/table.txt", "file that only the program names", renameable=False)
    there = site.project.toggle("add", "delete", "file beside those that a program reads")
    _data(site, near, "known/more.txt", "file that only the program names", there)
    _compiled_path(site, near, name, f"{_HERE}/known")
    site.add_test(near, "knowing.test", name).reads.append(f"{near}/known/")
    far = site.test_directory()
    name = _program(site, far, "travelling", body=[_READS_OWN])
    site.project.add("misc/table.dat", "data", [site.project.knob("unknown", "file that no test is near to")])
    _compiled_path(site, far, name, "${CMAKE_SOURCE_DIR}/misc/table.dat")
    site.add_test(far, "travelling.test", name).reads.append("misc/table.dat")


def _writer(site, directory, name, path):
    """A program that leaves its number at `path`."""
    _program(site, directory, name, body=["  write_path(OWN_PATH, sum);"])
    _compiled_path(site, directory, name, path)
    return name


def _reader(site, directory, name, path):
    _program(site, directory, name, body=[_READS_OWN])
    _compiled_path(site, directory, name, path)
    return name


def fixtures(site):
    """A setup whose written file its users read, and a cleanup."""
    directory, written = site.test_directory(), "${CMAKE_BINARY_DIR}/fixture.txt"
    setup = _writer(site, directory, "fixture_setup", written)
    user = _reader(site, directory, "fixture_user", written)
    cleanup = _program(site, directory, "fixture_cleanup")
    site.add_test(directory, "fixture.setup", setup, properties="FIXTURES_SETUP prepared")
    site.add_test(directory, "fixture.cleanup", cleanup, properties="FIXTURES_CLEANUP prepared")
    for number in (1, 2):
        test = site.add_test(directory, f"fixture.user{number}", f"{user} {number}", properties="FIXTURES_REQUIRED prepared")
        test.follows.append((directory, "fixture.setup"))


def depends(site):
    """DEPENDS with data behind it."""
    directory, written = site.test_directory(), "${CMAKE_BINARY_DIR}/chain.txt"
    site.add_test(directory, "chain.first", _writer(site, directory, "first", written))
    second = _reader(site, directory, "second", written)
    test = site.add_test(directory, "chain.second", second, properties="DEPENDS chain.first")
    test.follows.append((directory, "chain.first"))


def scripts(site):
    """Tests that are shell scripts: given a program, given its directory, or finding it by themselves."""
    project, directory = site.project, site.test_directory()
    programs = [_program(site, directory, f"scripted{number}") for number in range(3)]
    for number, found in enumerate(('"$1"', '"$1"/scripted1', f'"$1"/{directory}/scripted2')):
        lines = ["set -e", f"echo {project.knob('data', 'script of a test')} > /dev/null", f"{found} {number}"]
        project.add(f"{directory}/run_{number}.sh", "test script", lines, renameable="test script" if number == 0 else "")
    places = (f"$<TARGET_FILE:{programs[0]}>", "${CMAKE_CURRENT_BINARY_DIR}", "${CMAKE_BINARY_DIR}")
    for number, place in enumerate(places):
        test = site.add_test(directory, f"scripted.{number}", f"sh {_HERE}/run_{number}.sh {place}")
        test.loads.append(f"build:{directory}/scripted{number}")


def same_names(site):
    """Tests of one name in two directories."""
    for directory, name in (("tests", "same_one"), ("tests/more", "same_two")):
        site.add_test(directory, "same.name", _program(site, directory, name))


def plugins(site):
    """Modules that no step links: named by an argument, known to a program beside them, or far away."""
    project = site.project
    library = site.some_library(but=("OBJECT", "INTERFACE"))
    for directory, name in (("tests/plugins", "plugin_argued"), ("tests/plugins", "plugin_near"), ("plugins", "plugin_far")):
        calls = [library.functions[0]] if name == "plugin_argued" else []
        number = project.knob("source", f"source of a module ({name.partition('_')[2]})")
        project.add(f"{directory}/{name}.cpp", "source", function_lines(name, "cpp", number, calls=calls))
        project.cmake(directory, f"add_library({name} MODULE {name}.cpp)")
        project.cmake(directory, *([f"target_link_libraries({name} PRIVATE {library.name})"] if calls else []))
        site.used |= {library.name}
    site.add_test("tests", "plugin.argued", f"{_program(site, 'tests', 'loads_argued')} $<TARGET_FILE:plugin_argued>")
    for kind in ("near", "far"):
        program = _program(site, "tests", f"loads_{kind}", body=[_READS_OWN])
        _compiled_path(site, "tests", program, f"$<TARGET_FILE:plugin_{kind}>")
        place = "tests/plugins" if kind == "near" else "plugins"
        site.add_test("tests", f"plugin.{kind}", program).loads.append(f"build:{place}/libplugin_{kind}.so")


def post_build(site):
    """A command behind a link that reads a source file and writes what a test is given."""
    project, directory = site.project, site.test_directory()
    name = _program(site, directory, "posted")
    _data(site, directory, "staged.txt", "file read by a POST_BUILD command")
    out = "${CMAKE_CURRENT_BINARY_DIR}/staged.out"
    project.cmake(
        directory,
        f"add_custom_command(TARGET {name} POST_BUILD COMMAND ${{CMAKE_COMMAND}} -E copy {_HERE}/staged.txt {out})",
    )
    site.add_test(directory, "posted.test", f"{name} {out}")


def header_only_test(site):
    """An INTERFACE library with nothing to link, used by a test that compiles only headers."""
    project = site.project
    project.add("base/only/only.h", "header", [
        "#ifndef VALUE_only_H", "#define VALUE_only_H", include("only_inner.h"),
        f"#define VALUE_only {project.knob('header', 'constant of a header-only library')}", "#endif"])
    project.add("base/only/only_inner.h", "header", [f"#define VALUE_inner {project.knob('header', 'constant of a header-only library')}"])
    project.cmake("base", "add_library(only INTERFACE)", f"target_include_directories(only INTERFACE {_HERE}/only)")
    library = Library("only", "base", "INTERFACE", headers=["only.h"])
    directory = site.test_directory()
    site.program(directory, "header_only", [library], values=["VALUE_inner"])
    site.add_test(directory, "header_only.test", "header_only")


def direct_sources(site):
    """A test that compiles a source of a library itself."""
    project = site.project
    lines = function_lines("taken", "cpp", project.knob("source", "source compiled by a test itself"))
    project.add("mid/taken.cpp", "source", lines, renameable="source")
    name = _program(site, "tests", "taking")
    project.cmake("tests", f"target_sources({name} PRIVATE ${{CMAKE_SOURCE_DIR}}/mid/taken.cpp)")
    site.add_test("tests", "taking.test", name)


def changing_arguments(site):
    """What edits of CMake do to single tests, and what matters to none."""
    project, directory = site.project, site.test_directory()
    name = _program(site, directory, "asked")
    argument = project.knob("cmake", "argument of a test")
    site.add_test(directory, "asked.one", f"{name} {argument}")
    more = project.toggle("cmake", "cmake", "test without a file comes or goes")
    site.add_test(directory, "asked.two", name, when=more)
    labels = project.knob("cmake", "label of a test")
    fails = project.toggle("cmake", "cmake", "WILL_FAIL of a test", False)
    project.cmake(directory, f"set_tests_properties(asked.one PROPERTIES LABELS level{labels})")
    project.cmake(directory, When(fails, "set_tests_properties(asked.one PROPERTIES WILL_FAIL TRUE)"))


SHAPES = (
    data_in_arguments,
    required_and_environment,
    declared_inputs,
    given_directory,
    working_directory,
    opaque_data,
    fixtures,
    depends,
    scripts,
    same_names,
    plugins,
    post_build,
    header_only_test,
    direct_sources,
    changing_arguments,
)
