"""What a generated project is made of: files with numbers and optional lines that edits turn, and its tests.

A Project never changes. A State says how each of its knobs, toggles and names stands; Project.files(state) is the
source tree of that state, and an edit is a small step from one State to the next.
"""

import copy
import random
import re
from dataclasses import dataclass, field

# Which edit kind a comment or blank line in a file of this role belongs to; roles that are not named take none.
KIND_OF_ROLE = {
    "source": "source",
    "header": "header",
    "cmake": "cmake",
    "script": "generator",
    "tool": "generator",
    "test script": "data",
}
_SLASHES = ("source", "header", "tool")


@dataclass(frozen=True)
class When:
    """A line that is there only while a toggle is on (or off, for a name that begins with '!')."""

    toggle: str
    line: str


@dataclass(frozen=True)
class Link:
    """A symbolic link, as the content of a file; `target` may hold placeholders."""

    target: str


@dataclass
class File:
    role: str
    lines: list
    when: str = ""


@dataclass(frozen=True)
class Knob:
    """A number in the text of some file: turning it is an edit of that kind."""

    kind: str
    flavour: str
    choices: tuple = ()

    def text(self, number):
        return str(self.choices[number % len(self.choices)]) if self.choices else str(number)


@dataclass(frozen=True)
class Toggle:
    """Lines and files that come (an edit of the kind `on`) and go (`off`)."""

    on: str
    off: str
    flavour: str


@dataclass
class Test:
    """A test, and what its program is known to open beyond what its command line names.

    `reads` are paths below the source directory, or below the build directory after "build:"; one that ends in a
    slash is a directory of which everything is read. `loads` are programs and libraries it runs or loads, `follows`
    the tests whose written output it reads, `discovered_by` the program that lists it once it is linked.
    """

    directory: str
    name: str
    reads: list = field(default_factory=list)
    loads: list = field(default_factory=list)
    follows: list = field(default_factory=list)
    discovered_by: str = ""
    when: str = ""

    @property
    def key(self):
        return (self.directory, self.name)


@dataclass
class State:
    numbers: dict = field(default_factory=dict)
    on: set = field(default_factory=set)
    renamed: dict = field(default_factory=dict)
    remarks: dict = field(default_factory=dict)
    blanks: dict = field(default_factory=dict)
    notes: dict = field(default_factory=dict)  # files that nothing knows, with their text
    compiler: int = 1

    def copy(self):
        return copy.deepcopy(self)


class Project:
    """`rng` decides its shape while it is generated; the same seed gives the same project."""

    def __init__(self, seed):
        self.seed = seed
        self.rng = random.Random(f"project {seed}")
        self.contents = {}  # path -> File or Link
        self.tests = []
        self.knobs = {}
        self.toggles = {}
        self.renameable = {}  # base name -> edit flavour
        self.followers = {}  # toggle -> knobs whose turn next shows whether the toggle was understood
        self.constants = {}  # name of a header -> placeholder of its constant
        self.cache = {}  # name -> value, given to cmake with -D
        self.shapes = set()
        self.start = State()
        self.include("CMakeLists.txt", "cmake")

    # Making it.

    def include(self, path, role):
        """The lines of the file at `path`, made on first mention."""
        return self.contents.setdefault(path, File(role, [])).lines

    def add(self, path, role, lines, when="", renameable=""):
        self.contents[path] = File(role, list(lines), when)
        if renameable:
            self.renameable[path.rsplit("/", 1)[-1]] = renameable
        return path

    def link(self, path, target):
        self.contents[path] = Link(target)

    def cmake(self, directory, *lines):
        self.include(f"{directory}/CMakeLists.txt" if directory else "CMakeLists.txt", "cmake").extend(lines)

    def knob(self, kind, flavour, choices=()):
        """A placeholder for a number that edits of `kind` turn."""
        name = f"n{len(self.knobs)}"
        self.knobs[name] = Knob(kind, flavour, tuple(choices))
        self.start.numbers[name] = self.rng.randrange(100)
        return "{{" + name + "}}"

    def toggle(self, on, off, flavour, initially=None):
        """The name of a new toggle; `initially` None leaves it to chance."""
        name = f"t{len(self.toggles)}"
        self.toggles[name] = Toggle(on, off, flavour)
        if self.rng.random() < 0.5 if initially is None else initially:
            self.start.on.add(name)
        return name

    def follow(self, toggle, *placeholders):
        """Edits of these numbers come often after the toggle: what it brought in matters only now."""
        self.followers.setdefault(toggle, []).extend(one.strip("{}") for one in placeholders)

    def test(self, directory, name, **known):
        test = Test(directory, name, **known)
        self.tests.append(test)
        return test

    def chance(self, probability):
        return self.rng.random() < probability

    # Reading it.

    def files(self, state):
        """Path -> text or Link, as the state has it."""
        rendered = {}
        for path, content in self.contents.items():
            if isinstance(content, Link):
                rendered[self.named(path, state)] = Link(self._filled(content.target, state))
            elif holds(content.when, state):
                rendered[self.named(path, state)] = self._text(path, content, state)
        return rendered | state.notes

    def tests_in(self, state):
        """The tests of the state, their paths renamed as the files are."""
        return [
            Test(
                test.directory,
                test.name,
                [self.named(path, state) for path in test.reads],
                [self.named(path, state) for path in test.loads],
                test.follows,
                test.discovered_by,
            )
            for test in self.tests
            if holds(test.when, state)
        ]

    def options(self, state):
        return {name: self._filled(value, state) for name, value in self.cache.items()}

    def named(self, text, state):
        """The text with every renamed base name as it is called now."""
        for old, new in state.renamed.items():
            text = re.sub(rf"(?<![\w.]){re.escape(old)}(?![\w.])", new, text)
        return text

    def _filled(self, text, state):
        def number(match):
            name = match[1]
            return self.knobs[name].text(state.numbers[name])

        return self.named(re.sub(r"\{\{(n\d+)\}\}", number, text), state)

    def _text(self, path, content, state):
        lines = []
        for line in content.lines:
            if isinstance(line, str):
                lines.append(line)
            elif holds(line.toggle, state):
                lines.append(line.line)
        comment = "//" if content.role in _SLASHES else "#"
        lines += [f"{comment} remark {n}" for n in range(state.remarks.get(path, 0))]
        lines += [""] * state.blanks.get(path, 0)
        return self._filled("\n".join(lines) + "\n", state)


def holds(toggle, state):
    """Whether a condition of lines, files and tests is met."""
    if toggle.startswith("!"):
        return toggle[1:] not in state.on
    return not toggle or toggle in state.on
