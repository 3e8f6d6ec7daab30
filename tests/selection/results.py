"""Results as JSON lines, resumable by seed, and as the table that is printed."""

import collections
import fnmatch
import json
import pathlib
import statistics

from edits import KINDS

KNOWN_GAPS = pathlib.Path(__file__).with_name("KNOWN_GAPS")


class Results:
    """A file to which the records of each finished seed are appended; `identity` names what was measured."""

    def __init__(self, path, identity):
        self.path = path
        self.identity = identity
        self.records = []
        self.finished = set()
        if path and path.exists():
            for line in path.read_text().splitlines():
                record = json.loads(line)
                if record["measured"] == identity:
                    self._take(record)

    def append(self, seed, records):
        """A seed counts as done with its last line, so that an interrupted one is done again."""
        lines = [record | {"measured": self.identity} for record in records]
        lines.append({"measured": self.identity, "finished": seed})
        for record in lines:
            self._take(record)
        if self.path:
            with self.path.open("a") as file:
                file.write("".join(json.dumps(record) + "\n" for record in lines))

    def _take(self, record):
        if "finished" in record:
            self.finished.add(record["finished"])
        else:
            self.records.append(record)

    def complete(self):
        """The records of finished seeds."""
        return [record for record in self.records if record["seed"] in self.finished]


def known_gaps():
    """(kind, flavour, way, what is not seen) of every line; kind, flavour and way may be patterns."""
    lines = KNOWN_GAPS.read_text().splitlines()
    fields = [[part.strip() for part in line.split("|")] for line in lines if line.strip() and not line.startswith("#")]
    return [tuple(parts) for parts in fields]


def gap_of(record, gaps):
    """The known gap that a missing record falls into, if any."""
    for gap in gaps:
        if all(fnmatch.fnmatchcase(record[name], pattern) for name, pattern in zip(("kind", "flavour", "way"), gap)):
            return gap
    return None


def misses(records):
    return [record for record in records if record.get("missed") or record.get("refused")]


def table(records, column, order=()):
    """Rows by kind of edit or by way, as text."""
    groups = collections.defaultdict(list)
    for record in records:
        if "way" in record:
            groups[record[column]].append(record)
    names = [name for name in order if name in groups] + sorted(groups.keys() - set(order))
    lines = [f"{column:16} edits queries missing missed refused fallback  truth select   sum÷sum median idle:select"]
    for name in [*names, "all"]:
        rows = groups[name] if name != "all" else [row for rows in groups.values() for row in rows]
        lines.append(f"{name:16} {_row(rows)}")
    return "\n".join(lines)


def _row(rows):
    answered = [row for row in rows if "selected" in row]
    told = [row for row in answered if row["truth"]]
    idle = [row for row in answered if not row["truth"]]
    wanted, chosen = sum(row["truth"] for row in told), sum(row["selected"] for row in told)
    ratio = f"{chosen / wanted:7.2f}" if wanted else "      -"
    median = f"{statistics.median(row['selected'] / row['truth'] for row in told):6.2f}" if told else "     -"
    return (
        f"{len({(row['seed'], row['edit']) for row in rows}):5} {len(rows):7}"
        f" {sum(1 for row in answered if row['missed']):7} {sum(len(row['missed']) for row in answered):6}"
        f" {len(rows) - len(answered):7} {sum(1 for row in answered if row['fallback']):8}"
        f" {wanted:6} {chosen:6}   {ratio} {median} {len(idle)}:{sum(row['selected'] for row in idle)}"
    )


def summary(records):
    """Everything that is printed at the end."""
    parts = [table(records, "kind", KINDS), table(records, "way"), _fallbacks(records), _by_flavour(records)]
    invalid = [record for record in records if "invalid" in record]
    if invalid:
        parts.append(f"{len(invalid)} edits led to a state that does not build and ended their seed:")
        parts += [f"  seed {one['seed']} edit {one['edit']}: {one['kind']}, {one['flavour']}" for one in invalid]
    return "\n\n".join(part for part in parts if part)


def _fallbacks(records):
    causes = collections.Counter((row["fallback"], row["kind"]) for row in records if row.get("fallback"))
    lines = [f"  {count:4} {cause}: {kind}" for (cause, kind), count in sorted(causes.items())]
    return "\n".join(["fallbacks", *lines]) if lines else ""


def _by_flavour(records):
    """What was missed, by flavour and way, each with one place to look at."""
    gaps = known_gaps()
    groups = collections.defaultdict(list)
    for record in misses(records):
        groups[record["kind"], record["flavour"], record["way"]].append(record)
    lines = []
    for (kind, flavour, way), rows in sorted(groups.items()):
        first = rows[0]
        test, parts = next(iter(first["missed"].items())) if first.get("missed") else ("-", [first.get("refused", "")])
        known = " (known gap)" if gap_of(first, gaps) else ""
        lines.append(
            f"  {kind}, {flavour}, {way}: {len(rows)} queries{known}\n"
            f"    seed {first['seed']} edit {first['edit']}: {test} differs in {', '.join(parts)};"
            f" changed {', '.join(first['changed'][:3]) or 'no file'}"
        )
    return "\n".join(["missed", *lines]) if lines else ""
