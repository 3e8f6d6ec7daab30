// The checks of `winnow doctor`, by what they look at.
#pragma once

#include "analyzer/model/diagnosis.hpp"
#include "analyzer/model/error.hpp"
#include "daemon/client/build_context.hpp"
#include "daemon/client/project_settings.hpp"

#include <string>
#include <string_view>

namespace winnow::client {

// Each adds the names of its checks, and what they find. None changes anything but what winnow
// keeps in <build>/.winnow.

/// stale_configuration, header_lists, dependency_log, undiscovered_tests
void examine_build(const BuildContext& context, Diagnosis& diagnosis);

/// module, target_types, cmake_version
void examine_export(const BuildContext& context, Diagnosis& diagnosis);

/// unmapped_tests, opaque_tests
void examine_tests(const BuildContext& context, const ProjectSettings& project,
                   Diagnosis& diagnosis);

/// rule_names, idle_rules
void examine_settings(const BuildContext& context, const ProjectSettings& project,
                      Diagnosis& diagnosis);

/// resource_statements, wide_statements, idle_resources
void examine_resources(const BuildContext& context, const Settings& settings, Diagnosis& diagnosis);

/// repository, default_branch, history, base_graph, git_speed
void examine_repository(const BuildContext& context, Diagnosis& diagnosis);

/// tools
void examine_machine(Diagnosis& diagnosis);

/// An error as a finding: what its message says to do, behind the first semicolon, is the remedy.
Finding finding_of(std::string name, std::string what, const Error& error);

} // namespace winnow::client
