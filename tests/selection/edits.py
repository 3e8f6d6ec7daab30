"""Random edits of thirteen kinds: small steps from one state of a project to the next."""

import random
from dataclasses import dataclass, field

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


@dataclass
class Edit:
    """What was done, and the state it led to; `changed` are the paths that differ."""

    kind: str
    flavour: str
    state: object
    changed: list = field(default_factory=list)


def candidates(project, state):
    """Every edit that is possible in the state, as (kind, flavour, change), where change(state) carries it out."""
    for name, knob in project.knobs.items():
        yield knob.kind, knob.flavour, lambda new, name=name: new.numbers.update({name: new.numbers[name] + 1})
    for name, toggle in project.toggles.items():
        kind = toggle.off if name in state.on else toggle.on
        yield kind, toggle.flavour, lambda new, name=name: new.on.symmetric_difference_update({name})
    for path, content in project.contents.items():
        if isinstance(content, File) and content.role in KIND_OF_ROLE and holds(content.when, state):
            kind = KIND_OF_ROLE[content.role]
            yield kind, "comment", lambda new, path=path: new.remarks.update({path: new.remarks.get(path, 0) + 1})
            yield kind, "blank line", lambda new, path=path: new.blanks.update({path: new.blanks.get(path, 0) + 1})
    for name, flavour in project.renameable.items():
        yield "rename", f"{flavour} renamed", lambda new, name=name: _rename(new, name)
    for path, flavour in _NOTES.items():
        yield "unknown", flavour, lambda new, path=path: _note(new, path)
        if path in state.notes:
            yield "unknown", f"{flavour}, deleted", lambda new, path=path: new.notes.pop(path)
    yield "toolchain", "compiler upgraded in place", _upgrade


def _rename(state, name):
    stem, dot, suffix = name.partition(".")
    now = state.renamed.get(name, name)
    state.renamed[name] = f"{stem}_r{dot}{suffix}" if now == name else name


def _note(state, path):
    state.notes[path] = state.notes.get(path, "") + "strange\n"


def _upgrade(state):
    state.compiler += 1


def differing(project, before, after):
    """The paths whose content differs between two states."""
    old, new = project.files(before), project.files(after)
    return sorted(path for path in old.keys() | new.keys() if old.get(path) != new.get(path))


def random_edit(project, state, rng, kinds=KINDS):
    """An edit that changes something: first a kind, then a flavour of it, then a place, all equally likely."""
    possible = {}
    for kind, flavour, change in candidates(project, state):
        if kind in kinds:
            possible.setdefault(kind, {}).setdefault(flavour, []).append(change)
    while possible:
        kind = rng.choice(sorted(possible))
        flavour = rng.choice(sorted(possible[kind]))
        changes = possible[kind][flavour]
        after = state.copy()
        changes.pop(rng.randrange(len(changes)))(after)
        changed = differing(project, state, after)
        outside = after.compiler != state.compiler or project.options(after) != project.options(state)
        if changed or outside:
            return Edit(kind, flavour, after, changed)
        if not changes:
            del possible[kind][flavour]
        if not possible[kind]:
            del possible[kind]
    return None


def edit_sequence(project, count, kinds=KINDS):
    """`count` edits, each from the state that the one before led to."""
    rng = random.Random(f"edits {project.seed}")
    state = project.start.copy()
    for _ in range(count):
        edit = random_edit(project, state, rng, kinds)
        if edit is None:
            return
        yield edit
        state = edit.state
