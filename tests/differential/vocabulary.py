"""The words that generated projects are made of: what tests print, are called and match."""

# Through printf's %b; with "raw:" in front, without a line's end.
PHRASES = (
    "all 12 checks hold",
    "ERROR: value 7 differs",
    "SKIP: no network here",
    "warning: slow disk",
    "a < b & c > d 'quoted' \"twice\"",
    "bell \\a tab \\t end",
    "größe 10 µm",
    "100% of %s, c:\\\\temp",
    "]]> and ]] in a row",
)
ODD_PHRASES = (
    "raw:no end of line",
    "raw:nul \\0000 inside\\n",
    "raw:progress 10%\\rprogress 90%\\r\\n",
    "raw:dos line\\r\\n",
    "raw:\\r\\r\\n",
    "raw:\\033[31mred\\033[0m and \\033]0;title\\a\\n",
    "raw:\\0377\\0376 no UTF-8\\n",
    "raw:cut \\0303",
    "raw:\\n\\n\\n",
    "raw:\\t\\n  \\n",
    "raw:\\v\\f\\0177\\n",
    "raw:\\0357\\0277\\0277 \\0360\\0237\\0230\\0200\\n",
    "show:CTEST_INTERACTIVE_DEBUG_MODE",
    "show:DA[A-Z]*_TEST_FROM_",
    "show:CMAKE_CONFIG_TYPE",
    "fill:15",
    "fill:40",
    "fill:90",
    "CTEST_FULL_OUTPUT",
)
REGEXES = (
    "checks hold",
    "ERROR: value [0-9]+",
    "^SKIP",
    "slow disk|no network",
    "a < b",
    "holds?\nERROR",
    "value.*differs.*SKIP",
    "never printed",
    "[A-Z]+: .*$",
    "e+d$",
    "größe [0-9]+",
    "line 4[0-9]",
    "of %s, c:.temp",
)
NAMES = ("parse", "render", "store", "sync", "net.open", "net.close", "geo+zone", "wide", "Alpha", "omega_2", "x")
ODD_NAMES = (
    "two words",
    'say "hi"',
    "array[3]",
    "größe",
    "a/b/c",
    "one more that is longer than the thirty there is room for",
    "it's",
    "(round)",
    "$dollar",
    "back\\slash",
    "#4",
    "Suite/Case.Works/0  # GetParam() = 4",
    "<tag>&amp;",
    "-R",
)
LABELS = ("unit", "slow", "net", "unit-fast")
ODD_LABELS = ("c++", "a.b", "x*", "größe", "two words", "[x]", "^unit$")
MODIFICATIONS = (
    ["COLOUR=set:blue"],
    ["COLOUR=unset:", "OTHER=set:1"],
    ["COLOUR=string_append:-ish", "COLOUR=string_prepend:very-"],
    ["COLOUR=path_list_append:/b", "COLOUR=path_list_prepend:/a"],
    ["COLOUR=cmake_list_append:x", "COLOUR=reset:"],
)
SIGNALS = ("SEGV", "ABRT", "KILL", "TERM", "FPE", "ILL", "INT", "BUS")
ODD_SIGNALS = ("HUP", "QUIT", "PIPE", "ALRM", "USR1", "USR2", "TRAP", "SYS", "XCPU", "XFSZ", "VTALRM", "PROF", "IO", "PWR")

_SPECIAL = ".*+?()[]^$|\\"


def literally(text):
    """A regular expression of CMake's for just this text, which does not look like an option."""
    expression = "".join("\\" + letter if letter in _SPECIAL else letter for letter in text)
    return "[-]" + expression[1:] if text.startswith("-") else expression
