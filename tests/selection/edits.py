"""Random edits of thirteen kinds: small steps from one state of a project to the next."""

import random
from dataclasses import dataclass

from project import KIND_OF_ROLE, File, holds

KINDS = (
    "source",
    "header",
    "generated",
    "generator",
    "cmake",
    "flags",
    "toolchain",
    "data",
    "delete",
    "rename",
    "add",
    "shadow",
    "unknown",
)
# Files that no step, test or CMake file names, and what they are to a reader.
_NOTES = {
    "misc/strange.dat": "file in no part that has tests",
    "misc/deep/strange.json": "file in no part that has tests",
    "tests/strange.table": "file beside tests",
    "docs/page.md": "prose",
    "README.md": "prose",
    ".github/workflows/ci.yml": "settings of a CI system",
    "base/include/unread.h": "header that nothing includes",
}


# Joins the flavours of an edit that does several things of one kind.
TOGETHER = " + "
# How often an edit is followed by one that shows whether it was understood.
FOLLOWS = 0.5


@dataclass
class Edit:
    """What was done, and the state it led to; `changed` are the paths that differ."""

    kind: str
    flavour: str
    state: object
    changed: list
    done: list  # the candidates that were carried out


@dataclass(frozen=True)
class Candidate:
    """A possible edit: `change(state)` carries it out; `name` is that of its knob, toggle, path or base name."""

    kind: str
    flavour: str
    name: str
    change: object


def candidates(project, state):
    """Every edit that is possible in the state."""
    for name, knob in project.knobs.items():
        yield Candidate(knob.kind, knob.flavour, name, lambda new, name=name: _turn(new, name))
    for name, toggle in project.toggles.items():
        kind = toggle.off if name in state.on else toggle.on
        yield Candidate(kind, toggle.flavour, name, lambda new, name=name: _switch(new, name))
    for path, content in project.contents.items():
        if isinstance(content, File) and content.role in KIND_OF_ROLE and holds(content.when, state):
            kind = KIND_OF_ROLE[content.role]
            yield Candidate(kind, "comment", path, lambda new, path=path: _count(new.remarks, path))
            yield Candidate(kind, "blank line", path, lambda new, path=path: _count(new.blanks, path))
    for name, flavour in project.renameable.items():
        yield Candidate("rename", f"{flavour} renamed", name, lambda new, name=name: _rename(new, name))
    for path, flavour in _NOTES.items():
        yield Candidate("unknown", flavour, path, lambda new, path=path: _note(new, path))
        if path in state.notes:
            yield Candidate("unknown", f"{flavour}, deleted", path, lambda new, path=path: new.notes.pop(path, None))
    yield Candidate("toolchain", "compiler upgraded in place", "compiler", _upgrade)


def _turn(state, knob):
    state.numbers[knob] += 1


def _switch(state, toggle):
    state.on ^= {toggle}


def _count(counts, path):
    counts[path] = counts.get(path, 0) + 1


def _rename(state, name):
    stem, dot, suffix = name.partition(".")
    now = state.renamed.get(name, name)
    state.renamed[name] = f"{stem}_r{dot}{suffix}" if now == name else name


def _note(state, path):
    state.notes[path] = state.notes.get(path, "") + "strange\n"


def _upgrade(state):
    state.compiler += 1


class Editor:
    """Draws edits: first a kind, then a flavour of it, then a place, each equally likely."""

    def __init__(self, project, kinds=KINDS):
        self.project = project
        self.kinds = kinds
        self.rng = random.Random(f"edits {project.seed}")

    def next(self, state, previous=None):
        """An edit that changes something, or None where nothing can be changed."""
        following = self._following(state, previous)
        if following and self.rng.random() < FOLLOWS:
            edit = self._carried_out(state, [self.rng.choice(following)])
            if edit:
                return edit
        possible = {}
        for one in candidates(self.project, state):
            if one.kind in self.kinds:
                possible.setdefault(one.kind, {}).setdefault(one.flavour, []).append(one)
        while possible:
            flavours = possible[self.rng.choice(sorted(possible))]
            count = self.rng.choices((1, 2, 3), (85, 10, 5))[0]
            edit = self._carried_out(state, [self._draw(flavours) for _ in range(count) if flavours])
            if edit:
                return edit
            possible = {kind: flavours for kind, flavours in possible.items() if flavours}
        return None

    def _following(self, state, previous):
        """What shows whether the previous edit was understood."""
        done = previous.done if previous else []
        knobs = {knob for one in done for knob in self.project.followers.get(one.name, [])}
        return [one for one in candidates(self.project, state) if one.name in knobs and one.kind in self.kinds]

    def _draw(self, flavours):
        """Takes one candidate out, so that no place is tried twice."""
        flavour = self.rng.choice(sorted(flavours))
        one = flavours[flavour].pop(self.rng.randrange(len(flavours[flavour])))
        if not flavours[flavour]:
            del flavours[flavour]
        return one

    def _carried_out(self, state, drawn):
        after = state.copy()
        for one in drawn:
            one.change(after)
        changed = differing(self.project, state, after)
        outside = after.compiler != state.compiler or self.project.options(after) != self.project.options(state)
        if not changed and not outside:
            return None
        flavour = TOGETHER.join(sorted({one.flavour for one in drawn}))
        return Edit(drawn[0].kind, flavour, after, changed, drawn)


def differing(project, before, after):
    """The paths whose content differs between two states."""
    old, new = project.files(before), project.files(after)
    return sorted(path for path in old.keys() | new.keys() if old.get(path) != new.get(path))


def edit_sequence(project, count, kinds=KINDS):
    """`count` edits, each from the state that the one before led to."""
    editor, state, edit = Editor(project, kinds), project.start, None
    for _ in range(count):
        edit = editor.next(state, edit)
        if edit is None:
            return
        yield edit
        state = edit.state
