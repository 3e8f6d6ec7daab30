"""Generates regular expressions in CMake's dialect, some of them broken, and texts that they may match."""

LETTERS = "aabbcX1 _-/"
# What is special somewhere, in CMake's dialect or in others.
SPECIAL = ".^$|()[]{}*+?\\:=<>,#&~!'\"%\n\té@"
TAKEN_LITERALLY = ("\\.", "\\*", "\\+", "\\?", "\\(", "\\)", "\\[", "\\]", "\\^", "\\$", "\\|", "\\\\", "\\d", "\\n", "\\-")
CLASSES = (
    "[abc]", "[^ab]", "[a-c]", "[^a-c1-9]", "[]a]", "[^]a]", "[-a]", "[a-]", "[a-c-]", "[\\\\]", "[a\\]", "[.]", "[$^]",
    "[a^]", "[[:alpha:]]", "[ -~]", "[^\n]", "[é]", "[a-c-e]", "[+--]", "[(|)]", "[*+?]", "[\\d]", "[^^]", "[--a]",
)  # fmt: skip
OTHER_DIALECTS = (
    "a{2}", "(?:a)", "\\w+", "a*?", "a++", "(?i)a", "\\1", "x{1,}", "[[:space:]]*", "\\Qa\\E", "a&b", "\\<a", "$a", "a^b", "\\b",
)  # fmt: skip
# So many ( are refused up to 3.25, by later versions three times as many.
GROUPS = 10


def pairs(rng, count):
    """`count` pairs of a pattern and a text, without zero bytes and carriage returns: no script of CMake's has them."""
    made = []
    while len(made) < count:
        pattern = _pattern(rng)
        if pattern.count("(") < GROUPS:
            made.append((pattern, _text(rng, pattern)))
    return made


def _pattern(rng):
    form = rng.random()
    if form < 0.07:  # anything
        return "".join(rng.choice(LETTERS + SPECIAL) for _ in range(rng.randint(1, 8)))
    pattern = _alternatives(rng, 3)
    if rng.random() < 0.15:
        pattern = "^" + pattern
    if rng.random() < 0.15:
        pattern += "$"
    if form < 0.14:  # one character lost, doubled or changed
        place = rng.randrange(len(pattern)) if pattern else 0
        pattern = pattern[:place] + rng.choice(["", pattern[place : place + 1] * 2, rng.choice(SPECIAL)]) + pattern[place + 1 :]
    return pattern or "a"


def _alternatives(rng, depth):
    return "|".join(_branch(rng, depth) for _ in range(rng.choice([1, 1, 1, 1, 2, 3])))


def _branch(rng, depth):
    return "".join(_piece(rng, depth) for _ in range(rng.choice([0, 1, 1, 2, 2, 3, 4] if depth < 3 else [1, 2, 3, 4])))


def _piece(rng, depth):
    kind = rng.random()
    if kind < 0.45:
        atom = rng.choice(LETTERS)
    elif kind < 0.55:
        atom = "."
    elif kind < 0.68:
        atom = rng.choice(CLASSES)
    elif kind < 0.75:
        atom = rng.choice(TAKEN_LITERALLY)
    elif kind < 0.78:
        return rng.choice(["^", "$"])
    elif kind < 0.80:
        return rng.choice(OTHER_DIALECTS)
    elif kind < 0.83:
        atom = rng.choice(["é", "\n", "]", "}", "{", "<", "/"])
    elif depth > 0:
        atom = "(" + _alternatives(rng, depth - 1) + ")"
        # What may be empty must not be repeated, which is seldom meant.
        return atom + rng.choice(["", "", "", "?", "+", "*"])
    else:
        atom = rng.choice(LETTERS)
    return atom + rng.choice(["", "", "", "", "*", "+", "?"])


def _text(rng, pattern):
    """Mostly letters that the pattern has, so that it matches about every other time."""
    alphabet = "".join(letter for letter in pattern if letter not in "^$()|*+?[]\\.") * 2 + LETTERS + "\né.(]"
    if rng.random() < 0.08:
        return pattern
    text = "".join(rng.choice(alphabet) for _ in range(rng.choice([0, 1, 2, 3, 5, 8, 13, 30])))
    return text + rng.choice(["", "", "", "\n", "a", "aab"])
