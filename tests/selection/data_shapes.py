"""Shapes of data: what a test can open beyond its program, and who names it. Each function adds one to a project."""

from source_text import HERE, READS_ENVIRONMENT, READS_OWN, include, reads_below_own

# How a program of that name has the shared file's content in its object.
_SHARED_READERS = {
    "header": ['  sum +=\n#include "shared.txt"\n      ;'],
    "implicit": ['  __asm__(".pushsection .rodata\\n.incbin \\"shared.txt\\"\\n.popsection");'],
    "named": ['  __asm__(".pushsection .rodata\\n.incbin \\"" BLOB "\\"\\n.popsection");'],
}


def data_in_arguments(site):
    directory = site.test_directory()
    name = site.plain_program(directory, "argued")
    site.data(directory, "data/argued.txt", "file named in arguments", renameable=True)
    site.data(directory, "data/valued.txt", "file named behind =")
    site.data(directory, "data/two wörds.txt", "file with an odd name")
    site.add_test(directory, "argued.odd", f'{name} "{HERE}/data/two wörds.txt"')
    site.add_test(directory, "argued.file", f"{name} {HERE}/data/argued.txt")
    site.add_test(directory, "argued.option", f"{name} --input={HERE}/data/valued.txt")


def required_and_environment(site):
    directory = site.test_directory()
    name = site.plain_program(directory, "requiring", body=[reads_below_own("required.txt")])
    site.data(directory, "data/required.txt", "file in REQUIRED_FILES")
    site.compile_path_into(directory, name, f"{HERE}/data")
    test = site.add_test(directory, "requiring.test", name, properties=f"REQUIRED_FILES {HERE}/data/required.txt")
    test.reads.append(f"{directory}/data/required.txt")
    name = site.plain_program(directory, "surrounded", body=[READS_ENVIRONMENT])
    site.data(directory, "data/environment.txt", "file named in the environment", renameable=True)
    level = site.project.knob("cmake", "ENVIRONMENT of a test")
    environment = f'ENVIRONMENT "INPUT={HERE}/data/environment.txt;LEVEL={level}"'
    test = site.add_test(directory, "surrounded.test", name, properties=environment)
    test.reads.append(f"{directory}/data/environment.txt")


def declared_inputs(site):
    """winnow_test_inputs with files, a directory and a pattern."""
    project, directory = site.project, "tests"
    reads = [reads_below_own(name) for name in ("one.txt", "below", "pattern")]
    name = site.plain_program(directory, "declared", body=reads)
    site.compile_path_into(directory, name, f"{HERE}/declared")
    site.data(directory, "declared/one.txt", "file declared")
    site.data(directory, "declared/below/deep/two.txt", "file in a declared directory")
    there = project.toggle("data", "data", "file of a declared pattern comes or goes")
    for kind, when in (("always", ""), ("sometimes", there)):
        site.data(directory, f"declared/pattern/{kind}.table", "file of a declared pattern", when)
    project.cmake(
        directory,
        "if(COMMAND winnow_test_inputs)",
        "  winnow_test_inputs(TESTS declared.test FILES declared/one.txt",
        "    DIRECTORIES declared/below GLOBS declared/pattern/*.table)",
        "endif()",
    )
    test = site.add_test(directory, "declared.test", name)
    test.reads += ["tests/declared/one.txt", "tests/declared/below/", "tests/declared/pattern/"]


def given_directory(site):
    directory = site.test_directory()
    name = site.plain_program(directory, "walking")
    site.data(directory, "walked/first.txt", "file below a given directory", renameable=True)
    site.data(directory, "walked/deep/second.txt", "file below a given directory")
    there = site.project.toggle("add", "delete", "file in a given directory")
    site.data(directory, "walked/third.txt", "file below a given directory", there)
    site.project.renameable["walked"] = "directory"
    site.add_test(directory, "walking.test", f"{name} {HERE}/walked")


def working_directory(site):
    directory = site.test_directory()
    name = site.plain_program(directory, "sent", body=['  sum += read_path("here.txt");'])
    site.data(directory, "place/here.txt", "file in the working directory")
    test = site.add_test(directory, "sent.test", name, properties=f"WORKING_DIRECTORY {HERE}/place")
    test.reads.append(f"{directory}/place/here.txt")


def opaque_data(site):
    """Data that only the program knows: beside its test, and in a place where no test is."""
    near = site.test_directory()
    name = site.plain_program(near, "knowing", body=[READS_OWN])
    site.data(near, "known/table.txt", "file that only the program names")
    there = site.project.toggle("add", "delete", "file beside those that a program reads")
    site.data(near, "known/more.txt", "file that only the program names", there)
    site.compile_path_into(near, name, f"{HERE}/known")
    site.add_test(near, "knowing.test", name).reads.append(f"{near}/known/")
    far = site.test_directory()
    name = site.plain_program(far, "travelling", body=[reads_below_own("table.dat")])
    site.project.add("misc/table.dat", "data", [site.project.knob("unknown", "file that no test is near to")])
    site.compile_path_into(far, name, "${CMAKE_SOURCE_DIR}/misc")
    site.add_test(far, "travelling.test", name).reads.append("misc/table.dat")


def shared_data(site):
    """One file that tests and steps read in each way there is: a way that is not seen costs one test."""
    project, directory, shared = site.project, "tests", f"{HERE}/shared/shared.txt"
    site.data(directory, "shared/shared.txt", "file read in every way")
    program = site.plain_program(directory, "shared_reader", body=[reads_below_own("shared.txt")])
    site.compile_path_into(directory, program, f"{HERE}/shared")
    declared = "winnow_test_inputs(TESTS shared.declared FILES shared/shared.txt)"
    project.cmake(directory, "if(COMMAND winnow_test_inputs)", f"  {declared}", "endif()")
    for name, argument, properties in (
        ("argument", shared, ""),
        ("environment", "", f"ENVIRONMENT INPUT={shared}"),
        ("required", "", f"REQUIRED_FILES {shared}"),
        ("directory", f"{HERE}/shared", ""),
        ("declared", "", ""),
    ):
        test = site.add_test(directory, f"shared.{name}", f"{program} {argument}", properties=properties)
        test.reads.append("tests/shared/shared.txt")
    for name, statement in (
        ("header", "target_include_directories(shared_header PRIVATE shared)"),
        ("implicit", f"set_source_files_properties(shared_implicit.cpp PROPERTIES OBJECT_DEPENDS {shared})"),
        ("source", "target_include_directories(shared_source PRIVATE ${CMAKE_CURRENT_BINARY_DIR})"),
        ("depfile", "target_include_directories(shared_depfile PRIVATE ${CMAKE_CURRENT_BINARY_DIR})"),
        ("named", f'target_compile_definitions(shared_named PRIVATE "BLOB=\\"{shared}\\"")'),
    ):
        body = _SHARED_READERS.get(name, [f"  sum += VALUE_{name};"])
        includes = [include(f"shared_{name}.h")] if name in ("source", "depfile") else []
        site.plain_program(directory, f"shared_{name}", body=body, includes=includes)
        project.cmake(directory, statement)
        site.add_test(directory, f"shared.{name}", f"shared_{name}")
    project.cmake(directory, "target_include_directories(shared_implicit PRIVATE shared)")
    _spell(project, directory, "source", shared, f"DEPENDS {shared}")
    _spell(project, directory, "depfile", "", "DEPFILE ${CMAKE_CURRENT_BINARY_DIR}/shared_depfile.h.d")


def _spell(project, directory, name, given, sees):
    """A header that a script makes of the shared file, which it is given or knows."""
    lines = ["set -e", 'from=${2:-$(dirname "$0")/shared/shared.txt}', 'echo "$1: $from" > "$1.d"']
    lines.append(f'echo "#define VALUE_{name} $(cat "$from")" > "$1"')
    project.add(f"{directory}/spell_{name}.sh", "script", lines)
    out = f"${{CMAKE_CURRENT_BINARY_DIR}}/shared_{name}.h"
    command = f"sh {HERE}/spell_{name}.sh {out} {given}"
    project.cmake(directory, f"add_custom_command(OUTPUT {out} COMMAND {command} {sees})")
    project.cmake(directory, f"target_sources(shared_{name} PRIVATE {out})")


def data_with_other_readers(site):
    """Files that some test is given and another opens by itself: by name, by a name it puts together, all there are."""
    directory = site.test_directory()
    checking = site.plain_program(directory, "checking")
    reads = {
        "naming": f'  sum += read_path("{directory}/checked/table1.csv");',
        "composing": f'  sum += read_path(composed("{directory}/checked/table%d.csv", 2));',
        "listing_all": f'  sum += read_path("{directory}/checked");',
    }
    for number in (1, 2, 3):
        site.data(directory, f"checked/table{number}.csv", "file that one test is given and others open")
        site.add_test(directory, f"checking.{number}", f"{checking} {HERE}/checked/table{number}.csv")
    seen = {"naming": "table1.csv", "composing": "table2.csv", "listing_all": ""}
    for name, line in reads.items():
        site.plain_program(directory, name, body=[line])
        test = site.add_test(directory, f"{name}.test", name, properties="WORKING_DIRECTORY ${CMAKE_SOURCE_DIR}")
        test.reads.append(f"{directory}/checked/{seen[name]}")


def post_build(site):
    """A command behind a link that reads a source file and writes what a test is given."""
    project, directory = site.project, site.test_directory()
    name = site.plain_program(directory, "posted")
    site.data(directory, "staged.txt", "file read by a POST_BUILD command")
    out = "${CMAKE_CURRENT_BINARY_DIR}/staged.out"
    project.cmake(
        directory,
        f"add_custom_command(TARGET {name} POST_BUILD COMMAND ${{CMAKE_COMMAND}} -E copy {HERE}/staged.txt {out})",
    )
    site.add_test(directory, "posted.test", f"{name} {out}")


def staged_data(site):
    """Data that the build or configuring puts into the build tree, where a program finds it by itself."""
    project, directory = site.project, site.test_directory()
    out, copy = "${CMAKE_CURRENT_BINARY_DIR}", "${CMAKE_COMMAND} -E copy"
    ways = ("command", "target", "configured", "copied", "filled")
    name = site.plain_program(directory, "staging", body=[f'  sum += read_path("{way}.txt");' for way in ways])
    for way in ways[:-1]:
        site.data(directory, f"stage/{way}.txt", "file put into the build tree")
    value = project.knob("cmake", "value in a file that configuring writes")
    project.add(f"{directory}/stage/filled.txt.in", "data", [project.knob("data", "file put into the build tree"), "@FILLED@"])
    project.cmake(
        directory,
        f"add_custom_command(OUTPUT {out}/command.txt COMMAND {copy} {HERE}/stage/command.txt {out}/command.txt",
        "  DEPENDS stage/command.txt)",
        f"add_custom_target(stage_command ALL DEPENDS {out}/command.txt)",
        f"add_custom_target(stage_target ALL COMMAND {copy} {HERE}/stage/target.txt {out}/target.txt)",
        "configure_file(stage/configured.txt configured.txt COPYONLY)",
        f"file(COPY stage/copied.txt DESTINATION {out})",
        f"set(FILLED {value})",
        "configure_file(stage/filled.txt.in filled.txt)",
    )
    test = site.add_test(directory, "staging.test", name)
    test.reads += [f"build:{directory}/{way}.txt" for way in ways]


SHAPES = (
    data_in_arguments,
    required_and_environment,
    declared_inputs,
    given_directory,
    working_directory,
    opaque_data,
    shared_data,
    data_with_other_readers,
    post_build,
    staged_data,
)
