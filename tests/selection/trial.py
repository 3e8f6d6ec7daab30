"""One seed: a project, a sequence of edits, what `winnow affected` says of each, and what clean builds say."""

import pathlib
import random
import shutil
import subprocess
import tempfile

import truth
from edits import edit_sequence
from generate import generate
from work_tree import BuildFailed, Refused, WorkTree

# How the tree came to be that `winnow affected` looks at.
WAYS = {
    "recorded": "built and recorded at the base, edited",
    "built": "built and recorded at the base, edited, built again",
    "older recording": "built and recorded one edit before the base",
    "incremental": "built incrementally at the base, edited",
    "fresh build": "built at the head, nothing known of the base",
    "fresh tree": "configured at the head, never built, nothing known of the base",
}


def chosen(answer, test):
    """Whether a selection holds the test, or, for one that its program lists, whatever that program lists."""
    for one in answer["tests"]:
        if (one["directory"], one["name"]) == test.key:
            return True
        if test.discovered_by and one["directory"] == test.directory:
            if test.discovered_by in one["targets"] or one["name"].startswith(f"{test.discovered_by}_NOT_BUILT"):
                return True
    return False


class Trial:
    """Asks and records; the records are what `results.py` counts."""

    def __init__(self, tree, tools):
        self.tree = tree
        self.tools = tools
        self.rng = random.Random(f"trial {tree.project.seed}")
        self.answers = {}  # way -> selection, or the text of a refusal
        self.known = {}  # the tests of the head, by key
        self.kept = ""  # the way to which the tree that lies aside belongs
        self.kept_at = None  # the state whose options it has

    def run(self, edit_count):
        """The records of all edits."""
        records = []
        tree, state = self.tree, self.tree.project.start
        tree.write(state)
        base = tree.commit()
        tree.build_clean(state)
        first = truth.tests_of(tree, state)
        tree.build_clean(state)
        made_of = truth.tests_of(tree, state)
        noise = truth.differing(first, made_of)
        if noise:
            raise RuntimeError(f"two builds of one state differ: {noise}")
        for number, edit in enumerate(edit_sequence(tree.project, edit_count, self.tools.kinds)):
            graph = tree.record()
            tree.write(edit.state)
            committed = self.rng.random() < 0.5 and tree.commit()
            self.answers = {}
            try:
                self._ask_about_old_trees(state, edit.state, base, graph)
                self._ask_about_new_trees(state, edit, base)
                after = truth.tests_of(tree, edit.state)
                self.known = {test.key: test for test in tree.project.tests_in(edit.state)}
            except BuildFailed as failure:
                records.append(self._record(number, edit) | {"invalid": str(failure)})
                break
            records += self._compared(number, edit, truth.differing(made_of, after))
            base = committed or tree.commit()
            state, made_of = edit.state, after
        return records

    def _ask(self, way, *words):
        try:
            self.answers[way] = self.tree.affected(*words)
        except Refused as refusal:
            self.answers[way] = str(refusal)

    def _ask_about_old_trees(self, state, new_state, base, graph):
        """The tree that was built at the base, then the one that lies aside."""
        tree = self.tree
        self._set_options(state, new_state)
        named = ["--graph", self._without_edges(graph)] if self.tools.without else []
        self._ask("recorded", "--from", base, *named)
        if self.tools.without:
            return
        builds = self.rng.random() < 0.3
        if builds:
            tree.build_all()
            self._ask("built", "--from", base)
        # What another compiler built is no tree for an edit that is about something else.
        same_compiler = state.compiler == new_state.compiler
        if self.kept and same_compiler:
            tree.bring_back()
            self._set_options(self.kept_at, new_state)
            self._ask(self.kept, "--from", base)
            self.kept = ""
        elif self.rng.random() < 0.4 and same_compiler:
            if builds:
                tree.record()
            self.kept, self.kept_at = "incremental" if builds else "older recording", new_state
            tree.put_aside()
        else:
            self.kept = ""

    def _set_options(self, state, new_state):
        """Brings the cache of a tree configured in one state to another."""
        if self.tree.project.options(state) != self.tree.project.options(new_state):
            self.tree.set_options(new_state)

    def _ask_about_new_trees(self, state, edit, base):
        """A tree that only was configured, then the clean build of the head, which stays for the next edit.

        Where nothing is known of the base, an edit that git cannot see cannot be known of either.
        """
        tree = self.tree
        same_options = tree.project.options(state) == tree.project.options(edit.state)
        knowable = same_options and state.compiler == edit.state.compiler and not self.tools.without
        if self.rng.random() < 0.3 and knowable:
            shutil.rmtree(tree.build, ignore_errors=True)
            tree.configure(edit.state)
            self._ask("fresh tree", "--from", base)
        tree.build_clean(edit.state)
        if self.rng.random() < 0.2 and knowable:
            self._ask("fresh build", "--from", base)

    def _without_edges(self, graph):
        """The graph without one kind of edges, to see that the truth notices."""
        fewer = str(self.tree.root / "fewer.graph")
        subprocess.run([self.tools.drop_edges, graph, fewer, self.tools.without], check=True)
        return fewer

    def _record(self, number, edit):
        return {
            "seed": self.tree.project.seed,
            "edit": number,
            "kind": edit.kind,
            "flavour": edit.flavour,
            "changed": edit.changed,
        }

    def _compared(self, number, edit, differences):
        for way, answer in self.answers.items():
            record = self._record(number, edit) | {"way": way, "truth": len(differences)}
            if isinstance(answer, str):
                yield record | {"refused": answer}
                continue
            selected = {(test["directory"], test["name"]): test["reasons"] for test in answer["tests"]}
            alone = [key for key, reasons in selected.items() if {one["kind"] for one in reasons} != {"companion"}]
            missed = {"/".join(key): parts for key, parts in differences.items() if not chosen(answer, self.known[key])}
            yield record | {
                "total": answer["total"],
                "selected": len(alone),
                "companions": len(selected) - len(alone),
                "missed": missed,
                "fallback": answer["fallback"] and answer["fallback"]["cause"],
            }


def run_seed(seed, edit_count, tools):
    """The records of one seed; with `tools.keep` its trees stay where something was missed."""
    root = pathlib.Path(tempfile.mkdtemp(prefix=f"selection-{seed}-", dir=tools.keep))
    tree = WorkTree(root, generate(seed), tools)
    records = []
    try:
        records = Trial(tree, tools).run(edit_count)
    finally:
        if not tools.keep:
            shutil.rmtree(root, ignore_errors=True)
    return records
