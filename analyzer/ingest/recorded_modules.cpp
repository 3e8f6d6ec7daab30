// Joins dyndep files, the scans behind them, and the steps of the build file.
#include "analyzer/ingest/recorded_modules.hpp"

#include "analyzer/ingest/command_words.hpp"
#include "analyzer/ingest/dyndep_file.hpp"
#include "analyzer/ingest/module_scan.hpp"
#include "analyzer/ingest/text_file.hpp"

#include <algorithm>
#include <set>

namespace winnow::ingest {
namespace {

std::string_view file_name(std::string_view path)
{
  return path.substr(path.rfind('/') + 1);
}

} // namespace

RecordedModules::RecordedModules(GraphBuilder& builder, RecordedFiles& files,
                                 const NinjaManifest& manifest, GeneratorInputs& generators,
                                 GeneratedOutputs& generated)
    : builder_(builder),
      files_(files),
      manifest_(manifest),
      generators_(generators),
      generated_(generated)
{}

void RecordedModules::add(StepId step, const NinjaEdge& edge)
{
  const StepKind kind = builder_.step(step).kind;
  if (kind == StepKind::scan && !manifest_.variable(edge, "OBJ_FILE").empty()) {
    scans_.emplace(step, &edge);
  } else if (kind == StepKind::compile) {
    if (const std::string dyndep = manifest_.variable(edge, "dyndep"); !dyndep.empty()) {
      const bool has_header_log = !manifest_.variable(edge, "deps").empty();
      users_.emplace(step, User{&edge, has_header_log, files_.output(dyndep), {}, {}, false, {}});
    }
  }
}

std::optional<StepId> RecordedModules::scanned_for(StepId step) const
{
  const auto scan = scans_.find(step);
  if (scan == scans_.end()) {
    return std::nullopt;
  }
  const auto object = files_.find_output(manifest_.variable(*scan->second, "OBJ_FILE"));
  const auto producer = object ? builder_.producer(*object) : std::nullopt;
  return producer && is_user(*producer) ? producer : std::nullopt;
}

const NinjaEdge* RecordedModules::scan_edge(StepId step) const
{
  const auto scan = scans_.find(step);
  return scan == scans_.end() ? nullptr : scan->second;
}

void RecordedModules::read(std::vector<std::string>& warnings)
{
  for (const auto& [step, edge] : scans_) {
    if (const auto user = scanned_for(step)) {
      users_.at(*user).scan = files_.output(manifest_.variable(*edge, "DYNDEP_INTERMEDIATE_FILE"));
    }
  }
  std::set<FileId> dyndeps;
  for (const auto& [step, user] : users_) {
    dyndeps.insert(user.dyndep);
  }
  for (const FileId dyndep : dyndeps) {
    read_dyndep(dyndep, warnings);
  }
}

void RecordedModules::read_dyndep(FileId dyndep, std::vector<std::string>& warnings)
{
  const std::string path = files_.roots().absolute(builder_.path(dyndep));
  const Result<std::string> text = read_text_file(path);
  if (!text) {
    return; // nothing is scanned yet
  }
  Result<std::vector<DyndepEdge>> edges = parse_dyndep(*text, path);
  if (!edges) {
    warnings.push_back(edges.error().message + "; its modules are not known");
    return;
  }
  for (DyndepEdge& edge : *edges) {
    const auto object = files_.find_output(edge.output);
    const auto user = object ? users_.find(*builder_.producer(*object)) : users_.end();
    if (user == users_.end() || user->second.dyndep != dyndep) {
      continue; // left over from another configuration
    }
    user->second.listed = true;
    user->second.used = std::move(edge.inputs);
    for (const std::string& output : edge.outputs) {
      const FileId module = files_.output(output);
      builder_.add_output(user->first, module, EdgeKind::module_output);
      modules_.emplace(module_key(file_name(builder_.path(module))), module);
    }
  }
}

ModuleUse RecordedModules::use_of(StepId user, const HeadersHold& headers_hold)
{
  const User& known = users_.at(user);
  ModuleUse use;
  const bool certain = known.listed && is_current(user, headers_hold) &&
                       add_listed(known, headers_hold, use) &&
                       add_unlisted(known, headers_hold, use);
  if (!certain) {
    use.doubt = known.dyndep;
  }
  return use;
}

/// Whether what was found out about the step when it was built last still holds. Objects are
/// compiled after their sources are scanned, so that a header list speaks for the scan as well.
bool RecordedModules::is_current(StepId step, const HeadersHold& asked)
{
  User& user = users_.at(step);
  if (!user.current) {
    user.current =
        user.has_header_log ? asked(step) : user.scan && generators_.is_current(*user.scan);
  }
  return *user.current;
}

/// False if one of them may be made by another step by now.
bool RecordedModules::add_listed(const User& user, const HeadersHold& asked, ModuleUse& use)
{
  for (const std::string& path : user.used) {
    const std::optional<FileId> module = files_.find_output(path);
    const std::optional<StepId> provider = module ? builder_.producer(*module) : std::nullopt;
    if (!provider || !is_user(*provider) || !is_current(*provider, asked)) {
      return false;
    }
    use.modules.push_back(*module);
  }
  return true;
}

/// False if it cannot be told what they are.
bool RecordedModules::add_unlisted(const User& user, const HeadersHold& asked, ModuleUse& use)
{
  if (!user.scan) {
    return false;
  }
  // CMake does not write a dyndep file anew that stays the same, though a scan is younger.
  const bool collected = files_.status(*user.scan).mtime_ns <= files_.status(user.dyndep).mtime_ns;
  if (collected && !is_fortran(user)) {
    return true;
  }
  const std::string path = files_.roots().absolute(builder_.path(*user.scan));
  const Result<std::string> text = read_text_file(path);
  const auto names =
      text ? parse_module_scan(*text, path) : Result<std::vector<std::string>>(text.error());
  return names && std::ranges::all_of(*names, [&](const std::string& name) {
           return std::ranges::any_of(use.modules,
                                      [&](FileId module) { return provides(module, name); }) ||
                  (collected && add_by_name(user, name, asked, use));
         });
}

/// CMake 3.25 leaves out what libraries of objects provide to Fortran sources; these it only builds
/// first. False if one of their sources may provide something else by now.
bool RecordedModules::add_by_name(const User& user, const std::string& name,
                                  const HeadersHold& asked, ModuleUse& use)
{
  for (const StepId before : users_before(user.dyndep)) {
    if (!is_current(before, asked)) {
      return false;
    }
  }
  const std::size_t found = use.modules.size();
  const auto [begin, end] = modules_.equal_range(module_key(name));
  for (auto module = begin; module != end; ++module) {
    if (users_before(user.dyndep).contains(*builder_.producer(module->second))) {
      use.modules.push_back(module->second);
    }
  }
  if (use.modules.size() == found) {
    add_from_outside(user, name, use);
  }
  return true;
}

const std::unordered_set<StepId>& RecordedModules::users_before(FileId dyndep)
{
  const auto [at, added] = before_.try_emplace(dyndep);
  if (added) {
    for (const FileId file :
         generated_.behind(*builder_.producer(dyndep), GeneratedOutputs::Which::of_all)) {
      if (const StepId step = *builder_.producer(file); is_user(step)) {
        at->second.insert(step);
      }
    }
  }
  return at->second;
}

/// A compiled Fortran module that a project brings along, that a custom command leaves, or of a
/// target that is not said to be depended on.
void RecordedModules::add_from_outside(const User& user, const std::string& name, ModuleUse& use)
{
  static constexpr std::string_view option = "-I";
  const std::string& build = files_.roots().build; // where compilers run
  std::vector<std::string> directories{build};
  for (const DirectoryWords& group :
       command_words(shell_words(manifest_.variable(*user.edge, "INCLUDES")), build)) {
    for (const std::string& word : group.words) {
      if (word.starts_with(option)) {
        const std::string directory = word.substr(option.size());
        directories.push_back(directory.starts_with('/') ? directory : build + "/" + directory);
      }
    }
  }
  for (const std::string& directory : directories) {
    if (const NamedFile* file = files_.existing_input(lexically_normal(directory + "/" + name))) {
      use.modules.push_back(file->file);
      return;
    }
  }
}

bool RecordedModules::is_fortran(const User& user)
{
  return user.edge->rule->name.starts_with("Fortran");
}

bool RecordedModules::provides(FileId module, std::string_view name) const
{
  return module_key(file_name(builder_.path(module))) == module_key(name);
}

} // namespace winnow::ingest
