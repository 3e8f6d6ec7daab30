"""The layers of libraries that every generated project has, and how its programs and tests are written."""

from dataclasses import dataclass, field

from project import When
from source_text import HERE, READING_C, READING_H, function_lines, header_lines, include, macro

LAYERS = ("base", "mid", "top")
TEST_DIRECTORIES = ("tests", "tests/more")


@dataclass
class Library:
    name: str
    directory: str
    kind: str
    language: str = "cpp"
    headers: list = field(default_factory=list)
    functions: list = field(default_factory=list)


class Site:
    """A project while it is made: its libraries so far, and how to add a program or a test to it."""

    def __init__(self, project):
        self.project = project
        self.rng = project.rng
        self.libraries = []
        self.used = set()  # names of libraries that something links

    def some_library(self, directory=None, but=()):
        fitting = [one for one in self.libraries if directory in (None, one.directory) and one.kind not in but]
        return self.rng.choice(fitting)

    def test_directory(self):
        return self.rng.choice(TEST_DIRECTORIES)

    def plain_program(self, directory, name, **known):
        """A program that links some library; its name."""
        self.program(directory, name, [self.some_library()], **known)
        return name

    def data(self, directory, name, flavour, when="", renameable=False):
        number = self.project.knob("data", flavour)
        return self.project.add(f"{directory}/{name}", "data", [number], when, "data" if renameable else "")

    def compile_path_into(self, directory, program, path):
        """Gives the program a path that nothing but its compile command names."""
        self.project.cmake(directory, f'target_compile_definitions({program} PRIVATE "OWN_PATH=\\"{path}\\"")')

    def program(self, directory, name, libraries=(), language="cpp", includes=(), values=(), body=(), when="", flavour=""):
        """An executable whose main reads what its command line names."""
        project = self.project
        reading = '  for (int i = 1; i < argc; ++i) {\n    sum += read_path(argv[i]);\n  }'
        lines = function_lines(
            "main",
            language,
            project.knob("source", flavour or "constant of a program"),
            [include("reading.h"), *(include(one.headers[0]) for one in libraries if one.headers), *includes],
            [*(macro(one.headers[0]) for one in libraries if one.headers), *values],
            [one.functions[-1] for one in libraries if one.functions],
            [reading, *body],
        )
        project.add(f"{directory}/{name}.{language}", "source", lines, when, "source" if not when else "")
        self.used |= {one.name for one in libraries}
        links = " ".join(["reading", *(one.name for one in libraries)])
        statements = [f"add_executable({name} {name}.{language})", f"target_link_libraries({name} PRIVATE {links})"]
        project.cmake(directory, *(When(when, line) if when else line for line in statements))

    def add_test(self, directory, name, command, when="", properties="", **known):
        """A CTest test; `properties` is what follows PROPERTIES."""
        lines = [f"add_test(NAME {name} COMMAND {command})"]
        if properties:
            lines.append(f"set_tests_properties({name} PROPERTIES {properties})")
        self.project.cmake(directory, *(When(when, line) if when else line for line in lines))
        return self.project.test(directory, name, when=when, **known)


def add_layers(site):
    """Two or three libraries of random kinds in each of the three layers."""
    kinds = ["STATIC", "SHARED", "OBJECT", "INTERFACE", "STATIC"]
    site.rng.shuffle(kinds)
    for level, layer in enumerate(LAYERS):
        for number in range(2 if level else 3):
            kind = kinds[(level * 3 + number) % len(kinds)]
            _add_library(site, layer, f"{layer}{number}", kind)
        site.project.shapes |= {one.kind.lower() for one in site.libraries}


def _lower(site, layer):
    below = LAYERS[: LAYERS.index(layer)]
    return [one for one in site.libraries if one.directory in below or (below and one.directory == "gen")]


def _add_library(site, layer, name, kind):
    project, rng = site.project, site.rng
    language = "c" if rng.random() < 0.25 else "cpp"
    library = Library(name, layer, kind, language)
    lower = _lower(site, layer)
    # The objects of an object library reach only who links it itself, so none links another.
    linkable = [one for one in lower if not (kind == "OBJECT" and one.kind == "OBJECT")]
    links = rng.sample(linkable, min(len(linkable), rng.randint(1, 2))) if linkable else []
    hidden = [link for link in links if kind != "INTERFACE" and project.chance(0.3)]
    _add_headers(project, library, [link for link in links if link not in hidden])
    sources = []
    if kind != "INTERFACE":
        for number in range(rng.randint(1, 3)):
            sources.append(_add_source(project, library, number, links))
    project.cmake(layer, f"add_library({name} {kind}", *sources, ")")
    scope = "INTERFACE" if kind == "INTERFACE" else "PUBLIC"
    project.cmake(layer, f"target_include_directories({name} {scope} {HERE}/include)")
    site.used |= {link.name for link in links}
    for link in links:
        reach = "PRIVATE" if link in hidden else scope
        project.cmake(layer, f"target_link_libraries({name} {reach} {link.name})")
    if kind != "INTERFACE" and rng.random() < 0.5:
        project.cmake(layer, f"target_compile_definitions({name} PRIVATE OWN_FLAG={project.knob('cmake', 'definition of a target')})")
    site.libraries.append(library)


def _add_headers(project, library, links):
    for letter in "ab"[: project.rng.randint(1, 2)]:
        name = f"{library.name}_{letter}.h"
        reachable = [header for link in links for header in link.headers] + library.headers
        includes = [include(header) for header in reachable if project.chance(0.4)]
        for header in reachable:
            if include(header) not in includes and project.chance(0.4):
                gained = project.toggle("header", "header", "header gains or loses an include", False)
                project.follow(gained, project.constants[header])
                includes.append(When(gained, include(header)))
        project.constants[name] = project.knob("header", "constant of a header")
        lines = header_lines(name, project.constants[name], includes)
        project.add(f"{library.directory}/include/{name}", "header", lines, renameable="header")
        library.headers.append(name)
    if project.chance(0.4):
        _add_spare_header(project, library)


def _add_spare_header(project, library):
    """A header that its neighbour includes while it is there."""
    name = f"{library.name}_spare.h"
    there = project.toggle("add", "delete", "header and its include")
    number = project.knob("header", "constant of a header")
    project.follow(there, number)
    project.add(f"{library.directory}/include/{name}", "header", header_lines(name, number), there)
    host = project.contents[f"{library.directory}/include/{library.headers[-1]}"]
    host.lines[2:2] = [When(there, include(name)), added_value(name)]


def added_value(name):
    """A macro of the including header that follows the included one."""
    return f"#ifdef {macro(name)}\n#define ALSO_{macro(name)} {macro(name)}\n#endif"


def _add_source(project, library, number, links):
    """One source of a library: its line in CMake, plain or optional."""
    function = f"{library.name}_f{number}"
    path = f"{library.directory}/{function}.{library.language}"
    optional = number > 0 and project.chance(0.4)
    there = project.toggle("add", "delete", "source listed in CMake") if optional else ""
    used = project.rng.sample(library.headers, project.rng.randint(1, len(library.headers)))
    used += [link.headers[0] for link in links if link.headers and project.chance(0.7)]
    calls = [link.functions[0] for link in links if link.functions]
    rest = [header for link in links for header in link.headers if header not in used]
    gained = []
    for header in rest[:1]:
        toggle = project.toggle("source", "source", "source gains or loses an include", False)
        project.follow(toggle, project.constants[header])
        gained.append(When(toggle, include(header)))
    lines = function_lines(
        function,
        library.language,
        project.knob("source", "constant of a source"),
        [*map(include, used), *gained],
        ["OWN_FLAG", *map(macro, used + rest)],
        calls,
    )
    project.add(path, "source", lines, there, "" if there else "source")
    if not there:
        library.functions.append(function)
    line = f"  {function}.{library.language}"
    return When(there, line) if there else line


def add_programs(site):
    """The plain tests: programs that link libraries, and one that comes and goes."""
    project, rng = site.project, site.rng
    project.add("tests/support/reading.h", "header", READING_H.splitlines())
    project.add("tests/support/reading.c", "source", READING_C.splitlines())
    project.cmake("tests/support", "add_library(reading STATIC reading.c)", "target_link_libraries(reading PRIVATE ${CMAKE_DL_LIBS})")
    project.cmake("tests/support", f"target_include_directories(reading PUBLIC {HERE})")
    count = rng.randint(5, 7)
    unused = [one for one in site.libraries if one.name not in site.used]
    for number in range(count):
        name, directory = f"plain{number}", site.test_directory()
        libraries = unused[number::count]
        libraries += rng.sample([one for one in site.libraries if one not in libraries], rng.randint(1, 2))
        language = "c" if all(one.language == "c" for one in libraries) and project.chance(0.5) else "cpp"
        site.program(directory, name, libraries, language)
        timeout = f"TIMEOUT {project.knob('cmake', 'TIMEOUT of a test', range(60, 90))}" if project.chance(0.3) else ""
        site.add_test(directory, f"{name}.test", name, properties=timeout)
        if project.chance(0.3):
            linked = project.toggle("cmake", "cmake", "link of another library", False)
            other = site.some_library(but=("OBJECT",))
            project.cmake(directory, When(linked, f"target_link_libraries({name} PRIVATE {other.name})"))
    there = project.toggle("add", "delete", "test with its source")
    site.program("tests", "sometimes", [site.some_library()], when=there)
    site.add_test("tests", "sometimes.test", "sometimes", when=there)
