"""How the C and C++ sources of a generated project are written."""

import re

HERE = "${CMAKE_CURRENT_SOURCE_DIR}"
# Reads the path that a program was compiled with.
READS_OWN = "  sum += read_path(OWN_PATH);"
# Reads the path in a variable of its environment.
READS_ENVIRONMENT = '  sum += read_environment("INPUT");'


def reads_below_own(name):
    """Reads a file below that path whose name stands in no command."""
    return f'  sum += read_path(OWN_PATH "/{name}");'


# Opens what a test is given: the bytes of a file, all below a directory, or a library.
READING_H = """#ifndef READING_H
#define READING_H
#ifdef __cplusplus
extern "C" {
#endif
int read_path(const char* path);
void write_path(const char* path, int number);
int read_environment(const char* name);
const char* composed(const char* form, int number);
void list_case(int argc, char** argv, const char* name);
#ifdef __cplusplus
}
#endif
#endif"""
READING_C = r"""#define _GNU_SOURCE
#include "reading.h"
#include <dirent.h>
#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
static int read_directory(const char* path, DIR* directory)
{
  int sum = 0;
  struct dirent* entry;
  while ((entry = readdir(directory)) != 0) {
    char below[4096];
    if (entry->d_name[0] != '.') {
      snprintf(below, sizeof below, "%s/%s", path, entry->d_name);
      sum += read_path(below);
    }
  }
  closedir(directory);
  return sum;
}
int read_path(const char* path)
{
  const char* value = strchr(path, '=');
  int sum = 0;
  int byte;
  DIR* directory;
  FILE* file;
  path = value ? value + 1 : path;
  if (strlen(path) > 3 && strcmp(path + strlen(path) - 3, ".so") == 0) {
    return dlopen(path, RTLD_NOW) != 0;
  }
  if ((directory = opendir(path)) != 0) {
    return read_directory(path, directory);
  }
  if ((file = fopen(path, "rb")) != 0) {
    while ((byte = fgetc(file)) != EOF) {
      sum += byte;
    }
    fclose(file);
  }
  return sum;
}
void write_path(const char* path, int number)
{
  FILE* file = fopen(path, "w");
  if (file != 0) {
    fprintf(file, "%d\n", number);
    fclose(file);
  }
}
int read_environment(const char* name)
{
  const char* path = getenv(name);
  return path ? read_path(path) : 0;
}
const char* composed(const char* form, int number)
{
  static char path[4096];
  snprintf(path, sizeof path, form, number);
  return path;
}
void list_case(int argc, char** argv, const char* name)
{
  if (argc >= 2 && strcmp(argv[1], "--gtest_list_tests") == 0) {
    printf("suite.\n  %s\n", name);
  }
}"""


def macro(header):
    """The macro that a header of that name defines."""
    return "VALUE_" + re.sub(r"\W", "_", header.rsplit("/", 1)[-1].removesuffix(".h"))


def header_lines(name, number, includes=()):
    """A header in C and C++: includes, one macro, one function."""
    value = macro(name)
    return [
        f"#ifndef {value}_H",
        f"#define {value}_H",
        *includes,
        f"#define {value} {number}",
        f"static inline int inline_{value.lower()}(void) {{ return {value} + 1; }}",
        "#endif",
    ]


def include(header):
    return f'#include "{header}"'


def added(value):
    """The lines that add a macro to `sum` where it is defined."""
    return f"#ifdef {value}\n  sum += {value};\n#endif"


def function_lines(name, language, number, includes=(), values=(), calls=(), body=()):
    """A source that defines one function; `includes` and `body` are lines, plain or optional."""
    linkage = 'extern "C" ' if language == "cpp" else ""
    # ISO C has no argument count in `()`, so that main and all else share one form.
    arguments = "int argc, char** argv" if name == "main" else "void"
    own = "" if name == "main" else f"{linkage}int {name}({arguments});\n"
    return [
        *includes,
        *(f"{linkage}int {call}(void);" for call in calls),
        f"{own}int {name}({arguments})",
        "{",
        f"  int sum = {number};",
        *(added(value) for value in values),
        *(f"  sum += {call}();" for call in calls),
        *body,
        "  return sum;" if name != "main" else "  return sum == -12345;",
        "}",
    ]
