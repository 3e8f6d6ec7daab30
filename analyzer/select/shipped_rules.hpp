// What Winnow holds for harmless without being told: the shipped rules for files that no graph
// knows.
#pragma once

#include <array>
#include <optional>
#include <string_view>

namespace winnow::select {

/// One rule: a file whose name (or one of whose directories, where it ends in a slash) matches
/// `pattern` cannot matter to a test, unless the graph has an edge that says it does.
/// A `*` stands for any characters but a slash.
struct IgnoreRule {
  std::string_view pattern;
  std::string_view reason;
};

inline constexpr std::array shipped_ignore_rules{
    IgnoreRule{"*.md", "prose"},
    IgnoreRule{"*.markdown", "prose"},
    IgnoreRule{"*.rst", "prose"},
    IgnoreRule{"*.adoc", "prose"},
    IgnoreRule{"README*", "prose"},
    IgnoreRule{"CHANGELOG*", "prose"},
    IgnoreRule{"CHANGES", "prose"},
    IgnoreRule{"CONTRIBUTING*", "prose"},
    IgnoreRule{"CONTRIBUTORS*", "prose"},
    IgnoreRule{"AUTHORS*", "prose"},
    IgnoreRule{"NEWS*", "prose"},
    IgnoreRule{"LICENSE*", "licence"},
    IgnoreRule{"LICENCE*", "licence"},
    IgnoreRule{"COPYING*", "licence"},
    IgnoreRule{"NOTICE*", "licence"},
    IgnoreRule{"CODEOWNERS", "review settings"},
    IgnoreRule{".github/", "CI settings"},
    IgnoreRule{".gitlab/", "CI settings"},
    IgnoreRule{".circleci/", "CI settings"},
    IgnoreRule{".buildkite/", "CI settings"},
    IgnoreRule{".gitlab-ci.yml", "CI settings"},
    IgnoreRule{".travis.yml", "CI settings"},
    IgnoreRule{".cirrus.yml", "CI settings"},
    IgnoreRule{".appveyor.yml", "CI settings"},
    IgnoreRule{"appveyor.yml", "CI settings"},
    IgnoreRule{"azure-pipelines.yml", "CI settings"},
    IgnoreRule{"Jenkinsfile", "CI settings"},
    IgnoreRule{"codecov.yml", "CI settings"},
    IgnoreRule{".pre-commit-config.yaml", "CI settings"},
    IgnoreRule{".gitignore", "git settings"},
    IgnoreRule{".gitattributes", "git settings"},
    IgnoreRule{".gitkeep", "git settings"},
    IgnoreRule{".mailmap", "git settings"},
    IgnoreRule{".git-blame-ignore-revs", "git settings"},
    IgnoreRule{".clang-format", "editor settings"},
    IgnoreRule{".clang-tidy", "editor settings"},
    IgnoreRule{".clangd", "editor settings"},
    IgnoreRule{".editorconfig", "editor settings"},
    IgnoreRule{".cmake-format*", "editor settings"},
    IgnoreRule{".vscode/", "editor settings"},
    IgnoreRule{".idea/", "editor settings"},
    IgnoreRule{".vs/", "editor settings"},
    IgnoreRule{"*.swp", "editor settings"},
    IgnoreRule{"*~", "editor settings"},
};

/// The first shipped rule that matches a graph path; none does for sources. It says nothing about
/// files the graph knows: no rule overrides an edge.
std::optional<IgnoreRule> ignore_rule_for(std::string_view path);

} // namespace winnow::select
