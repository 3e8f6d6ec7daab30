"""The rows of a replay as text: one line for each commit, and what they add up to."""

import statistics

COLUMNS = ("commit", "total", "changed", "relinked", "selected", "missed", "target", "missed", "ninja -n", "missed",
           "query s", "fallback or failure", "subject")  # fmt: skip
_WIDTHS = (9, 5, 7, 8, 8, 6, 6, 6, 8, 6, 7)


def head():
    line = "  ".join(name.rjust(width) for name, width in zip(COLUMNS, _WIDTHS))
    return f"{line}  {COLUMNS[-2]} | {COLUMNS[-1]}"


def line(row):
    cells = (
        row["commit"][:9], row["total"], row["changed"], row["relinked"], row["selected"], len(row["missed"]),
        row["target_level"]["selected"], row["target_level"]["missed"],
        row["ninja_n"]["selected"], row["ninja_n"]["missed"], f"{row['query_s']:.2f}",
    )  # fmt: skip
    text = "  ".join(str(cell).rjust(width) for cell, width in zip(cells, _WIDTHS))
    return f"{text}  {_note(row)} | {row['subject'][:50]}"


def _note(row):
    notes = []
    if row["error"]:
        notes.append(f"exit {row['error']['exit_code']}: {row['error']['message'][-120:]}")
    if row["fallback"]:
        notes.append(f"{row['fallback']['cause']}: {' '.join(row['fallback']['paths'][:2])}")
    if row["build"] != "whole":
        notes.append(f"built {row['build']}")
    return "; ".join(notes) or "-"


def _ratio(numerator, denominator):
    return f"{numerator / denominator:.3f}" if denominator else "-"


def summary(rows):
    """Lines that say what the rows come to."""
    if not rows:
        return ["no commits"]
    sums = {name: sum(row[name] for row in rows) for name in ("total", "changed", "relinked", "due", "selected")}
    missed = sum(len(row["missed"]) for row in rows)
    lines = [
        f"{len(rows)} commits, {sum(row['cmake'] for row in rows)} of them edit CMake files, "
        f"{sum(row['changed'] > 0 for row in rows)} change a test",
        f"tests: {sums['total']} in total, {sums['changed']} changed, {sums['relinked']} relinked by ninja, "
        f"{sums['selected']} selected, {missed} missed",
        f"selected / changed, sum by sum: {_ratio(sums['selected'], sums['changed'])}",
        *_against_relinked(rows, "all commits"),
        *_against_relinked([row for row in rows if not row["fallback"]], "commits without fallback"),
        *_baselines(rows, sums),
        *_fallbacks(rows),
        f"query: median {statistics.median(row['query_s'] for row in rows):.2f} s, "
        f"most {max(row['query_s'] for row in rows):.2f} s; asked again: median "
        f"{statistics.median(row['again_s'] for row in rows):.2f} s",
    ]
    for row in rows:
        lines += [f"MISSED at {row['commit'][:9]}: {'/'.join(filter(None, key))}" for key in row["missed"]]
        if row["error"]:
            lines.append(f"FAILED at {row['commit'][:9]}: {row['error']['message'].strip()}")
    return lines


def _against_relinked(rows, which):
    """`due` is what ninja relinked, and what changed without: a command, a property, a data file, a new test."""
    ratios = [row["selected"] / row["due"] for row in rows if row["due"]]
    idle = [row for row in rows if not row["due"] and row["selected"]]
    if not ratios:
        return []
    lines = [f"selected / (relinked or changed), {which}: median {statistics.median(ratios):.3f}, "
             f"mean {statistics.mean(ratios):.3f}, over {len(ratios)} commits"]  # fmt: skip
    if idle:
        lines.append(f"  besides, {sum(row['selected'] for row in idle)} tests selected in {len(idle)} commits "
                     "in which nothing was relinked or changed")  # fmt: skip
    return lines


def _baselines(rows, sums):
    yield f"everything: {sums['total']} selected, {_ratio(sums['total'], sums['changed'])} of the changed"
    for key, name in (("target_level", "target level"), ("ninja_n", "ninja -n")):
        chosen, missed = (sum(row[key][what] for row in rows) for what in ("selected", "missed"))
        with_misses = sum(row[key]["missed"] > 0 for row in rows)
        yield (f"{name}: {chosen} selected, {_ratio(chosen, sums['changed'])} of the changed, "
               f"{missed} missed in {with_misses} commits")  # fmt: skip


def _fallbacks(rows):
    causes = {}
    for row in rows:
        if row["fallback"]:
            causes.setdefault(row["fallback"]["cause"], []).append(row["commit"][:9])
    total = sum(len(commits) for commits in causes.values())
    yield f"fallbacks: {total} of {len(rows)} commits ({100 * total / len(rows):.1f} %)"
    for cause, commits in sorted(causes.items()):
        yield f"  {cause}: {len(commits)} ({' '.join(commits[:12])}{' ...' if len(commits) > 12 else ''})"
