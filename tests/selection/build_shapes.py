"""Shapes of building: what a step can read beyond its listed sources. Each function adds one to a project."""

from layers import Library
from project import When
from source_text import function_lines, header_lines, include, macro

_TOOL = r"""// Reads `uses FILE` lines, writes a header or source with a number made of all it read, and a depfile.
#include <cstdio>
#include <cstring>
#include <string>
static long sum_of(const std::string& path, std::string& text)
{
  long sum = 0;
  if (FILE* file = std::fopen(path.c_str(), "rb")) {
    for (int byte = std::fgetc(file); byte != EOF; byte = std::fgetc(file)) {
      sum = (sum * 31 + byte) % 9973;
      text += static_cast<char>(byte);
    }
    std::fclose(file);
  }
  return sum;
}
int main(int argc, char** argv)
{
  if (argc != 4) {
    return 2;
  }
  const std::string in = argv[1], directory = in.substr(0, in.rfind('/') + 1);
  std::string text, used, unread;
  long sum = NUMBER + sum_of(in, text);
  for (std::size_t at = text.find("uses "); at != std::string::npos; at = text.find("uses ", at + 1)) {
    const std::string path = directory + text.substr(at + 5, text.find('\n', at) - at - 5);
    sum += sum_of(path, unread);
    used += " " + path;
  }
  FILE* out = std::fopen(argv[2], "w");
  std::fprintf(out, "#define NAME %ld\n", sum);
  std::fclose(out);
  FILE* depfile = std::fopen(argv[3], "w");
  std::fprintf(depfile, "%s: %s%s\n", argv[2], argv[1], used.c_str());
  return std::fclose(depfile);
}"""


def _library(site, directory, name, includes, values=(), sources=1, kind="STATIC"):
    """A small library of the shape's own whose sources include the given headers."""
    project = site.project
    library = Library(name, directory, kind)
    for number in range(sources):
        function = f"{name}_f{number}"
        lines = function_lines(function, "cpp", project.knob("source", "constant of a source"), includes, values)
        project.add(f"{directory}/{function}.cpp", "source", lines, renameable="source")
        library.functions.append(function)
    listed = " ".join(f"{function}.cpp" for function in library.functions)
    project.cmake(directory, f"add_library({name} {kind} {listed})")
    site.libraries.append(library)
    return library


def precompiled_header(site):
    project = site.project
    inner = "pch_inner.h"
    project.add("mid/include/pch_inner.h", "header", header_lines(inner, project.knob("header", "constant behind a precompiled header")))
    project.add(
        "mid/include/pch_all.h",
        "header",
        header_lines("pch_all.h", project.knob("header", "constant of a precompiled header"), [include(inner)]),
    )
    _library(site, "mid", "precompiled", [], [macro("pch_all.h"), macro(inner)], sources=2)
    project.cmake("mid", "target_precompile_headers(precompiled PRIVATE include/pch_all.h)")


def unity_build(site):
    project = site.project
    project.add("mid/include/unity_in.h", "header", header_lines("unity_in.h", project.knob("header", "constant of a header")))
    _library(site, "mid", "together", [include("unity_in.h")], [macro("unity_in.h")], sources=3)
    project.cmake("mid", "target_include_directories(together PRIVATE include)")
    project.cmake("mid", "set_target_properties(together PROPERTIES UNITY_BUILD ON)")


def generated_by_script(site):
    """A header made by a shell script; what the command reads is listed, or only named, or neither."""
    project = site.project
    number = project.knob("generator", "script of a custom command")
    listed = project.chance(0.5)
    project.add(
        "gen/make_header.sh",
        "script",
        ["set -e", 'set -- "$1" "$2" $(cat "$1" "$3" | cksum)', f'echo "#define VALUE_made $(($3 + {number}))" > "$2"'],
        renameable="generator script",
    )
    project.add("gen/made.in", "generator input", [project.knob("generated", "input of a script")], renameable="generator input")
    project.add("gen/named_only.in", "generator input", [project.knob("generated", "input that only a command names")])
    script = "${CMAKE_CURRENT_SOURCE_DIR}/make_header.sh"
    project.cmake(
        "gen",
        "add_custom_command(OUTPUT made.h",
        f"  COMMAND sh {script} ${{CMAKE_CURRENT_SOURCE_DIR}}/made.in made.h ${{CMAKE_CURRENT_SOURCE_DIR}}/named_only.in",
        f"  DEPENDS made.in {script if listed else ''})",
        "add_custom_target(make_made DEPENDS made.h)",
    )
    _library(site, "gen", "made", [include("made.h")], ["VALUE_made"])
    project.cmake("gen", "target_include_directories(made PUBLIC ${CMAKE_CURRENT_BINARY_DIR})", "add_dependencies(made make_made)")
    site.program("tests", "includes_made", [site.libraries[-1]], includes=[include("made.h")], values=["VALUE_made"])
    site.add_test("tests", "includes_made.test", "includes_made")


def generated_by_tool(site):
    """A header made by a program of the tree, whose depfile names what it read on its own."""
    project = site.project
    text = _TOOL.replace("NUMBER", project.knob("generator", "constant of a tool")).replace("NAME", "VALUE_tooled")
    project.add("gen/header_tool.cpp", "tool", text.splitlines(), renameable="generator tool")
    more = project.toggle("generated", "generated", "input gains or loses a line", False)
    used = project.knob("generated", "input that a depfile names")
    project.add("gen/tooled.in", "generator input", ["uses tooled_part.in", project.knob("generated", "input of a tool"), When(more, "1")])
    project.add("gen/tooled_part.in", "generator input", [used], renameable="generator input")
    project.cmake(
        "gen",
        "add_executable(header_tool header_tool.cpp)",
        "add_custom_command(OUTPUT tooled.h",
        "  COMMAND header_tool ${CMAKE_CURRENT_SOURCE_DIR}/tooled.in ${CMAKE_CURRENT_BINARY_DIR}/tooled.h ${CMAKE_CURRENT_BINARY_DIR}/tooled.d",
        "  DEPENDS tooled.in header_tool DEPFILE ${CMAKE_CURRENT_BINARY_DIR}/tooled.d)",
        "add_custom_target(make_tooled DEPENDS tooled.h)",
    )
    _library(site, "gen", "tooled", [include("tooled.h")], ["VALUE_tooled"], sources=2)
    project.cmake("gen", "target_include_directories(tooled PUBLIC ${CMAKE_CURRENT_BINARY_DIR})", "add_dependencies(tooled make_tooled)")


def importing_generators(site):
    """Headers made by scripts that import a script which a test is given, and that find more by themselves."""
    project, directory, here = site.project, "tools", "${CMAKE_CURRENT_SOURCE_DIR}"
    flavour = "script that a generator imports and a test runs"
    project.add("tools/shell_part.sh", "script", [f"PART={project.knob('generator', flavour)}"])
    project.add("tools/python_part.py", "script", [f"PART = {project.knob('generator', flavour)}"])
    project.add("tools/lists/inner.def", "generator input", [project.knob("generated", "input that only another one names")])
    project.add("tools/lists/outer.def", "generator input", ["import inner", project.knob("generated", "input of a script")])
    project.add("tools/found.part", "generator input", [project.knob("generated", "input that a script finds by itself")])
    scripts = {
        "shell": ("sh", ["set -e", '. "$(dirname "$0")/shell_part.sh"', 'echo "#define VALUE_shell $PART" > "$1"'], ""),
        "python": ("python3 -B", ["import sys", "import python_part", "with open(sys.argv[1], 'w') as out:", "    out.write(f'#define VALUE_python {python_part.PART}\\n')"], ""),
        "listed": ("sh", ["set -e", 'd=${2#-I}', 'echo "#define VALUE_listed $(cat "$d/$(sed -n "s/^import //p" "$3").def" "$3" | cksum | cut -d" " -f1 )L" > "$1"'], f"-I{here}/lists {here}/lists/outer.def"),
        "finding": ("sh", ["set -e", 'echo "#define VALUE_finding $(cat "$(dirname "$0")"/*.part | cksum | cut -d" " -f1)L" > "$1"'], ""),
        "inner": ("sh", ["set -e", 'echo "#define VALUE_inner_only $(cat "$2")" > "$1"'], f"{here}/lists/inner.def"),
    }
    for name, (runs, lines, given) in scripts.items():
        script = f"make_{name}.{'py' if name == 'python' else 'sh'}"
        project.add(f"tools/{script}", "script", lines)
        project.cmake(
            directory,
            f"add_custom_command(OUTPUT {name}_part.h COMMAND {runs} {here}/{script} {name}_part.h {given} DEPENDS {script} {given.split()[-1] if given else ''})",
        )
        project.cmake(directory, f"add_custom_target(make_{name}_part DEPENDS {name}_part.h)")
        value = "VALUE_inner_only" if name == "inner" else f"VALUE_{name}"
        _library(site, directory, f"uses_{name}", [include(f"{name}_part.h")], [value])
        project.cmake(directory, f"target_include_directories(uses_{name} PRIVATE ${{CMAKE_CURRENT_BINARY_DIR}})", f"add_dependencies(uses_{name} make_{name}_part)")
        library = site.libraries[-1]
        site.program("tests", f"runs_{name}", [library])
        site.add_test("tests", f"runs_{name}.test", f"runs_{name}")
    site.add_test(directory, "tools.shell", f"sh {here}/shell_part.sh")
    site.add_test(directory, "tools.python", f"python3 -B {here}/python_part.py")


def generated_source(site):
    """A whole source made by a script that lies in another directory."""
    project = site.project
    number = project.knob("generator", "script of a custom command")
    project.add(
        "scripts/make_source.sh", "script", ["set -e", f'echo "extern \\"C\\" int written() {{ return {number} + $(cat "$1"); }}" > "$2"']
    )
    project.add("gen/written.in", "generator input", [project.knob("generated", "input of a script")])
    project.cmake(
        "gen",
        "add_custom_command(OUTPUT written.cpp",
        "  COMMAND sh ${CMAKE_SOURCE_DIR}/scripts/make_source.sh ${CMAKE_CURRENT_SOURCE_DIR}/written.in written.cpp",
        "  DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/written.in)",
        "add_library(written STATIC ${CMAKE_CURRENT_BINARY_DIR}/written.cpp)",
    )
    site.libraries.append(Library("written", "gen", "STATIC", functions=["written"]))


def configured_header(site):
    """configure_file: a value in CMake or a template becomes a header that git does not track."""
    project = site.project
    project.cmake("", f"set(CONFIGURED {project.knob('cmake', 'value for configure_file')})")
    project.cmake("", "configure_file(cmake/configured.h.in ${CMAKE_BINARY_DIR}/configured/configured.h)")
    template = header_lines("configured.h", "@CONFIGURED@")
    template.insert(3, f"#define VALUE_template {project.knob('generated', 'template of configure_file')}")
    project.add("cmake/configured.h.in", "generator input", template)
    _library(site, "mid", "configured", [include("configured.h")], ["VALUE_configured", "VALUE_template"])
    project.cmake("mid", "target_include_directories(configured PRIVATE ${CMAKE_BINARY_DIR}/configured)")


def read_while_configuring(site):
    """Files that CMake reads on its own and turns into definitions, headers or lists of sources."""
    project = site.project
    project.add("version.txt", "configure input", [project.knob("cmake", "file(STRINGS) into a definition")])
    project.add("cmake/level.txt", "configure input", [project.knob("cmake", "file(READ) into a header")])
    project.add("cmake/ask.sh", "configure input", [f"echo {project.knob('cmake', 'execute_process into a definition')}"])
    project.add("cmake/settings.cmake", "cmake", [f"set(SETTING {project.knob('cmake', 'value in an included file')})"])
    project.cmake(
        "",
        "include(cmake/settings.cmake)",
        "file(STRINGS version.txt version_text)",
        "file(READ cmake/level.txt level_text)",
        "execute_process(COMMAND sh ${CMAKE_SOURCE_DIR}/cmake/ask.sh OUTPUT_VARIABLE answer OUTPUT_STRIP_TRAILING_WHITESPACE)",
        'file(WRITE ${CMAKE_BINARY_DIR}/read/level.h "#define VALUE_level ${level_text}")',
    )
    for name, definition in (("version", "${version_text}"), ("answer", "${answer}"), ("setting", "${SETTING}")):
        _library(site, "mid", f"knows_{name}", [], [f"VALUE_{name}"])
        project.cmake("mid", f"target_compile_definitions(knows_{name} PRIVATE VALUE_{name}={definition})")
    _library(site, "mid", "knows_level", [include("level.h")], ["VALUE_level"])
    project.cmake("mid", "target_include_directories(knows_level PRIVATE ${CMAKE_BINARY_DIR}/read)")


def symlinked_headers(site):
    """Headers reached through a link to a directory; the link can point elsewhere."""
    project = site.project
    way = project.knob("shadow", "link points elsewhere", ("linked_one", "linked_two"))
    for directory in ("linked_one", "linked_two"):
        lines = header_lines("linked.h", project.knob("header", "constant behind a link"))
        project.add(f"base/{directory}/linked.h", "header", lines)
    project.link("base/links/now", f"../{way}")
    _library(site, "base", "linking", [include("now/linked.h")], [macro("linked.h")])
    project.cmake("base", "target_include_directories(linking PRIVATE links)")


def shadowed_header(site):
    """A header that can appear in an earlier include directory."""
    project = site.project
    appears = project.toggle("shadow", "shadow", "header in an earlier directory", False)
    for directory, there in (("early", appears), ("late", "")):
        number = project.knob("header", "constant of a header with a twin")
        project.follow(appears, number)
        project.add(f"base/{directory}/twice.h", "header", header_lines("twice.h", number), there)
    project.add("base/early/stays.h", "header", header_lines("stays.h", project.knob("header", "constant of a header")))
    _library(site, "base", "shadowed", [include("twice.h"), include("stays.h")], [macro("twice.h"), macro("stays.h")])
    project.cmake("base", "target_include_directories(shadowed PRIVATE early late)")


def optional_header(site):
    """__has_include of a header that comes and goes."""
    project = site.project
    there = project.toggle("shadow", "shadow", "header asked for by __has_include")
    number = project.knob("header", "constant of an optional header")
    project.follow(there, number)
    project.add("base/include/perhaps.h", "header", header_lines("perhaps.h", number), there)
    _library(site, "base", "asking", ['#if __has_include("perhaps.h")\n#include "perhaps.h"\n#endif'], [macro("perhaps.h")])
    project.cmake("base", "target_include_directories(asking PRIVATE include)")


def files_in_options(site):
    """Response file, forced header, version script and .incbin: named in commands or in no list at all."""
    project = site.project
    here = "${CMAKE_CURRENT_SOURCE_DIR}"
    project.add("top/more.rsp", "flags", [f"-DVALUE_rsp={project.knob('flags', 'response file')}"])
    project.add("top/forced.h", "header", header_lines("forced.h", project.knob("header", "forced header")))
    project.add("top/symbols.map", "flags", [f"VERSION_{project.knob('flags', 'version script')} {{ global: *; }};"])
    project.add("top/blob.bin", "data", [project.knob("data", "file of .incbin named in the command")])
    project.add("top/searched.bin", "data", [project.knob("data", "file of .incbin found by -I")])
    _library(site, "top", "responding", [], ["VALUE_rsp"])
    project.cmake("top", f"target_compile_options(responding PRIVATE @{here}/more.rsp)")
    _library(site, "top", "forced", [], [macro("forced.h")])
    project.cmake("top", f"target_compile_options(forced PRIVATE -include {here}/forced.h)")
    _library(site, "top", "versioned", [], kind="SHARED")
    project.cmake("top", f"target_link_options(versioned PRIVATE -Wl,--version-script={here}/symbols.map)")
    blob = 'asm(".section .rodata\\n.incbin \\"" BLOB "\\"\\n.text");'
    _library(site, "top", "embedding", [blob])
    project.cmake("top", f'target_compile_definitions(embedding PRIVATE "BLOB=\\"{here}/blob.bin\\"")')
    _library(site, "top", "searching", ['asm(".section .rodata\\n.incbin \\"searched.bin\\"\\n.text");'])
    project.cmake("top", "target_include_directories(searching PRIVATE ${CMAKE_CURRENT_SOURCE_DIR})")


def flags(site):
    """Options of one target, of a directory, of the cache and of a toolchain file."""
    project = site.project
    levels = ("-O0", "-O1", "-O2")
    _library(site, "mid", "optimised", [], sources=2)
    project.cmake("mid", f"target_compile_options(optimised PRIVATE {project.knob('flags', 'options of a target', levels)})")
    single = project.knob("flags", "options of a source", ("-fwrapv", "-ftrapv"))
    project.cmake("mid", f"set_source_files_properties(optimised_f1.cpp PROPERTIES COMPILE_OPTIONS {single})")
    option = project.knob("flags", "options of a directory", levels)
    project.include("gen/CMakeLists.txt", "cmake").insert(0, f"add_compile_options({option})")
    _library(site, "mid", "adjusted", [], ["VALUE_adjusted"])
    project.cmake("mid", "target_compile_definitions(adjusted PRIVATE VALUE_adjusted=${ADJUSTED})")
    project.cache["ADJUSTED"] = project.knob("flags", "cache variable without a file")
    project.cache["CMAKE_C_FLAGS"] = project.knob("flags", "flags of a language in the cache", ("-fwrapv", "-ftrapv"))


def toolchain_file(site):
    project = site.project
    levels = project.knob("toolchain", "toolchain file", ("-O0", "-O1", "-O2"))
    project.add("cmake/toolchain.cmake", "cmake", [f'set(CMAKE_CXX_FLAGS_INIT "{levels}")'])
    project.cache["CMAKE_TOOLCHAIN_FILE"] = "SOURCE/cmake/toolchain.cmake"


def globbed_sources(site):
    """Sources that CMake finds by itself."""
    project = site.project
    _library(site, "top", "globbed", [])
    project.contents["top/CMakeLists.txt"].lines.pop()
    project.cmake("top", "file(GLOB found CONFIGURE_DEPENDS found/*.cpp)", "add_library(globbed STATIC globbed_f0.cpp ${found})")
    project.add("top/found/always.cpp", "source", function_lines("found_always", "cpp", project.knob("source", "constant of a source")))
    there = project.toggle("add", "delete", "source found by a glob")
    lines = function_lines("found_sometimes", "cpp", project.knob("source", "constant of a source"))
    project.add("top/found/sometimes.cpp", "source", lines, there)


def fetched_content(site):
    """A library that CMake fetches into the build tree; moving its tag changes sources that this git does not track."""
    project = site.project
    tag = project.knob("cmake", "tag of fetched content", ("v1", "v2"))
    project.cache["FETCHED_FROM"] = "SOURCE/../fetched"
    project.cmake(
        "",
        "include(FetchContent)",
        f"FetchContent_Declare(fetched GIT_REPOSITORY ${{FETCHED_FROM}} GIT_TAG {tag})",
        "FetchContent_MakeAvailable(fetched)",
    )
    _library(site, "mid", "fetching", [include("fetched.h")], [macro("fetched.h")])
    project.cmake("mid", "target_link_libraries(fetching PRIVATE fetched)")


SHAPES = (
    precompiled_header,
    unity_build,
    generated_by_script,
    generated_by_tool,
    importing_generators,
    generated_source,
    configured_header,
    read_while_configuring,
    symlinked_headers,
    shadowed_header,
    optional_header,
    files_in_options,
    flags,
    toolchain_file,
    globbed_sources,
    fetched_content,
)
