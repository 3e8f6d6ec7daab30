"""Results as the table that is printed, and what of them is a known gap."""

import collections
import fnmatch
import pathlib
import statistics

from edits import KINDS, TOGETHER

KNOWN_GAPS = pathlib.Path(__file__).with_name("KNOWN_GAPS")


def known_gaps():
    """(kind, flavour, way, what is not seen) of every line; kind, flavour and way may be patterns."""
    lines = KNOWN_GAPS.read_text().splitlines()
    fields = [[part.strip() for part in line.split("|")] for line in lines if line.strip() and not line.startswith("#")]
    return [tuple(parts) for parts in fields]


def gap_of(record, gaps):
    """The known gap that a missing record falls into, if any; of an edit that does several things, one suffices."""
    for gap in gaps:
        kind, flavour, way, _ = gap
        fits = fnmatch.fnmatchcase(record["kind"], kind) and fnmatch.fnmatchcase(record["way"], way)
        if fits and any(fnmatch.fnmatchcase(one, flavour) for one in record["flavour"].split(TOGETHER)):
            return gap
    return None


def misses(records):
    return [record for record in records if record.get("missed") or record.get("refused")]


_COLUMNS = (
    ("edits", 6),
    ("asked", 6),
    ("missing", 8),
    ("missed", 7),
    ("refused", 8),
    ("fallback", 9),
    ("truth", 7),
    ("selected", 9),
    ("sum/sum", 8),
    ("median", 7),
    ("idle", 6),
    ("wasted", 7),
)
LEGEND = """asked: queries; missing: those that miss a test; missed: tests; truth: tests that differ between clean builds;
selected: without those that only come along with others; sum/sum, median: selected / truth, where the truth has any;
idle: queries about edits that change nothing built or read; wasted: tests that these select."""
# These kinds of edits may fall back; the others may not, and their medians are to stay below.
FALLING_BACK = ("toolchain", "unknown")
MEDIAN_GOAL = 1.3
# The median of fewer answers says little.
ANSWERS_FOR_A_MEDIAN = 10
LAGGING = ("older recording", "incremental")


def table(records, column, order=()):
    """Rows by kind of edit or by way, as text."""
    groups = collections.defaultdict(list)
    for record in records:
        if "way" in record:
            groups[record[column]].append(record)
    names = [name for name in order if name in groups] + sorted(groups.keys() - set(order))
    lines = [f"{column:16}" + "".join(f"{name:>{width}}" for name, width in _COLUMNS)]
    for name in [*names, "all"]:
        rows = groups[name] if name != "all" else [row for rows in groups.values() for row in rows]
        figures = figures_of(rows)
        lines.append(f"{name:16}" + "".join(f"{_shown(figures[key]):>{width}}" for key, width in _COLUMNS))
    return "\n".join(lines)


def _shown(figure):
    return "-" if figure is None else f"{figure:.2f}" if isinstance(figure, float) else str(figure)


def figures_of(rows):
    """What one row of a table shows, by column."""
    answered = [row for row in rows if "selected" in row]
    told = [row for row in answered if row["truth"]]
    idle = [row for row in answered if not row["truth"]]
    truth, selected = sum(row["truth"] for row in told), sum(row["selected"] for row in told)
    return {
        "edits": len({(row["seed"], row["edit"]) for row in rows}),
        "asked": len(rows),
        "missing": sum(1 for row in answered if row["missed"]),
        "missed": sum(len(row["missed"]) for row in answered),
        "refused": len(rows) - len(answered),
        "fallback": sum(1 for row in answered if row["fallback"]),
        "truth": truth,
        "selected": selected,
        "sum/sum": selected / truth if truth else None,
        "told": len(told),
        "median": float(statistics.median(row["selected"] / row["truth"] for row in told)) if told else None,
        "idle": len(idle),
        "wasted": sum(row["selected"] for row in idle),
    }


def beyond_goals(records):
    """The kinds of edits that fall back though they should not, or select too much, as text.

    Trees that lag behind the base are left out: their answers are about the edit before as well. So are medians of a few
    answers.
    """
    lines = []
    for kind in KINDS:
        if kind in FALLING_BACK:
            continue
        figures = figures_of([row for row in records if row["kind"] == kind and row.get("way", LAGGING[0]) not in LAGGING])
        if figures["fallback"]:
            lines.append(f"  {kind}: falls back in {figures['fallback']} of {figures['asked']} queries")
        if figures["told"] >= ANSWERS_FOR_A_MEDIAN and figures["median"] > MEDIAN_GOAL:
            lines.append(f"  {kind}: the median of selected / truth is {figures['median']:.2f}, not {MEDIAN_GOAL} or less")
    return "\n".join(["beyond the goals", *lines]) if lines else ""


def closed_gaps(records, gaps):
    """Known gaps that edits came across and that nothing falls into any more."""
    asked = [row for row in records if "way" in row]
    met = {gap_of(row, [gap]) for gap in gaps for row in asked} - {None}
    return sorted(met - {gap_of(row, [gap]) for gap in gaps for row in misses(asked)})


def summary(records):
    """Everything that is printed at the end."""
    parts = [table(records, "kind", KINDS), table(records, "way"), LEGEND, _fallbacks(records)]
    parts += [beyond_goals(records), _too_much(records), _by_flavour(records)]
    invalid = [record for record in records if "invalid" in record]
    if invalid:
        parts.append(f"{len(invalid)} edits led to a state that does not build and ended their seed:")
        parts += [f"  seed {one['seed']} edit {one['edit']}: {one['kind']}, {one['flavour']}" for one in invalid]
    return "\n\n".join(part for part in parts if part)


def _fallbacks(records):
    causes = collections.Counter((row["fallback"], row["kind"]) for row in records if row.get("fallback"))
    lines = [f"  {count:4} {cause}: {kind}" for (cause, kind), count in sorted(causes.items())]
    return "\n".join(["fallbacks", *lines]) if lines else ""


def _too_much(records):
    """The flavours of edits for which most tests are selected in vain, each with one place to look at."""
    groups = collections.defaultdict(list)
    for record in records:
        if "selected" in record:
            groups[record["kind"], record["flavour"]].append(record)

    def in_vain(rows):
        return sum(max(0, row["selected"] - row["truth"]) for row in rows)

    worst = sorted(groups.items(), key=lambda group: (-in_vain(group[1]), group[0]))[:12]
    lines = []
    for (kind, flavour), rows in worst:
        if in_vain(rows):
            row = max(rows, key=lambda one: one["selected"] - one["truth"])
            figures = f"{sum(one['selected'] for one in rows)} for {sum(one['truth'] for one in rows)}"
            fallbacks = sum(1 for one in rows if one["fallback"])
            lines.append(
                f"  {kind}, {flavour}: {figures} in {len(rows)} queries, {fallbacks} of them fallbacks;"
                f" seed {row['seed']} edit {row['edit']}, {row['way']}"
            )
    return "\n".join(["most selected in vain", *lines]) if lines else ""


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
