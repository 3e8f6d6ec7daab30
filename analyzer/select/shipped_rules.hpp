// The shipped rule `harmless_files`: which files cannot matter, unless the graph has an edge.
#pragma once

#include <array>
#include <optional>
#include <string_view>

namespace winnow::select {

/// A file whose name (or one of whose directories, where it ends in a slash) matches `pattern`
/// cannot matter to a test. A `*` stands for any characters but a slash. One that begins with a
/// slash is about the top of the sources.
struct HarmlessPattern {
  std::string_view pattern;
  std::string_view reason;
};

inline constexpr std::array harmless_patterns{
    HarmlessPattern{"*.md", "prose"},
    HarmlessPattern{"*.markdown", "prose"},
    HarmlessPattern{"*.rst", "prose"},
    HarmlessPattern{"*.adoc", "prose"},
    HarmlessPattern{"README*", "prose"},
    HarmlessPattern{"CHANGELOG*", "prose"},
    HarmlessPattern{"CHANGES", "prose"},
    HarmlessPattern{"CONTRIBUTING*", "prose"},
    HarmlessPattern{"CONTRIBUTORS*", "prose"},
    HarmlessPattern{"AUTHORS*", "prose"},
    HarmlessPattern{"NEWS*", "prose"},
    HarmlessPattern{"LICENSE*", "licence"},
    HarmlessPattern{"LICENCE*", "licence"},
    HarmlessPattern{"COPYING*", "licence"},
    HarmlessPattern{"NOTICE*", "licence"},
    HarmlessPattern{"CODEOWNERS", "review settings"},
    HarmlessPattern{"ci/", "CI settings"},
    HarmlessPattern{".ci/", "CI settings"},
    HarmlessPattern{".github/", "CI settings"},
    HarmlessPattern{".gitlab/", "CI settings"},
    HarmlessPattern{".circleci/", "CI settings"},
    HarmlessPattern{".buildkite/", "CI settings"},
    HarmlessPattern{".gitlab-ci.yml", "CI settings"},
    HarmlessPattern{".travis.yml", "CI settings"},
    HarmlessPattern{".cirrus.yml", "CI settings"},
    HarmlessPattern{".appveyor.yml", "CI settings"},
    HarmlessPattern{"appveyor.yml", "CI settings"},
    HarmlessPattern{"azure-pipelines.yml", "CI settings"},
    HarmlessPattern{"Jenkinsfile", "CI settings"},
    HarmlessPattern{"codecov.yml", "CI settings"},
    HarmlessPattern{".pre-commit-config.yaml", "CI settings"},
    HarmlessPattern{"BUILD", "another build system"},
    HarmlessPattern{"BUILD.bazel", "another build system"},
    HarmlessPattern{"MODULE.bazel*", "another build system"},
    HarmlessPattern{"WORKSPACE*", "another build system"},
    HarmlessPattern{"*.bzl", "another build system"},
    HarmlessPattern{".bazel*", "another build system"},
    HarmlessPattern{"meson.build", "another build system"},
    HarmlessPattern{"meson_options.txt", "another build system"},
    HarmlessPattern{"meson.options", "another build system"},
    HarmlessPattern{".gitignore", "git settings"},
    HarmlessPattern{".gitattributes", "git settings"},
    HarmlessPattern{".gitkeep", "git settings"},
    HarmlessPattern{".mailmap", "git settings"},
    HarmlessPattern{".git-blame-ignore-revs", "git settings"},
    HarmlessPattern{".clang-format", "editor settings"},
    HarmlessPattern{".clang-tidy", "editor settings"},
    HarmlessPattern{".clangd", "editor settings"},
    HarmlessPattern{".editorconfig", "editor settings"},
    HarmlessPattern{".cmake-format*", "editor settings"},
    HarmlessPattern{".vscode/", "editor settings"},
    HarmlessPattern{".idea/", "editor settings"},
    HarmlessPattern{".vs/", "editor settings"},
    HarmlessPattern{"*.swp", "editor settings"},
    HarmlessPattern{"*~", "editor settings"},
    HarmlessPattern{".DS_Store", "editor settings"},
    HarmlessPattern{"winnow-code-quality.json", "made by tools"},
    HarmlessPattern{"winnow.env", "made by tools"},
    HarmlessPattern{"/compile_commands.json", "made by tools"},
    HarmlessPattern{"/compile_flags.txt", "editor settings"},
    HarmlessPattern{"/.cache/", "made by tools"},
    HarmlessPattern{"/.clangd/", "made by tools"},
    HarmlessPattern{"/.ccls-cache/", "made by tools"},
    HarmlessPattern{"/.ccls", "editor settings"},
    HarmlessPattern{"/tags", "made by tools"},
    HarmlessPattern{"/TAGS", "made by tools"},
    HarmlessPattern{"/GTAGS", "made by tools"},
    HarmlessPattern{"/GRTAGS", "made by tools"},
    HarmlessPattern{"/GPATH", "made by tools"},
    HarmlessPattern{"/cscope.out", "made by tools"},
    HarmlessPattern{"/cscope.in.out", "made by tools"},
    HarmlessPattern{"/cscope.po.out", "made by tools"},
};

/// The first pattern that matches a graph path; none does for sources. It says nothing about files
/// the graph knows: no rule overrides an edge.
std::optional<HarmlessPattern> harmless_pattern(std::string_view path);

} // namespace winnow::select
