// The edge rules: what of a build statement is an input of its step.
#include "analyzer/ingest/recorded_steps.hpp"

#include "analyzer/ingest/command_definitions.hpp"
#include "analyzer/ingest/depfile.hpp"
#include "analyzer/ingest/fingerprint.hpp"
#include "analyzer/ingest/ninja_edge_kind.hpp"
#include "analyzer/ingest/record.hpp"
#include "analyzer/ingest/text_file.hpp"

#include <utility>

namespace winnow::ingest {

RecordedSteps::RecordedSteps(GraphBuilder& builder, RecordedFiles& files, RecordedTargets& targets,
                             const Sources& sources)
    : builder_(builder),
      files_(files),
      targets_(targets),
      manifest_(sources.manifest),
      deps_(sources.deps),
      commands_(files),
      generators_(builder, files),
      scanned_(builder, files, generators_, sources.tracked, sources.includes)
{}

void RecordedSteps::record(std::vector<std::string>& warnings)
{
  for (const NinjaEdge& edge : manifest_.edges()) {
    if (is_for_people(manifest_, edge)) {
      for (const std::string_view output : manifest_.outputs(edge)) {
        marks_.insert(files_.output_path(output));
      }
    } else {
      add_step(edge);
    }
  }
  configured_ns_ = files_.status(files_.roots().build + "/build.ninja").mtime_ns;
  HeaderLog log(builder_, files_, deps_);
  prepare_scans();
  // Scans ask what generators work from, so compile steps come last.
  for (const Step& step : steps_) {
    if (builder_.step(step.id).kind != StepKind::compile) {
      add_inputs(step);
      add_depfile(step, warnings);
      add_named_files(step);
      add_order(step);
    }
  }
  for (const Step& step : steps_) {
    if (builder_.step(step.id).kind == StepKind::compile) {
      add_inputs(step);
      add_headers(step, log);
      add_named_files(step);
    }
  }
  scanned_.record_searches();
}

void RecordedSteps::add_step(const NinjaEdge& edge)
{
  StepRecord record;
  record.kind = step_kind_of(edge);
  record.rule = edge.rule->name;
  record.headers = record.kind == StepKind::compile && !manifest_.variable(edge, "deps").empty()
                       ? HeaderList::unknown
                       : HeaderList::not_applicable;
  if (record.kind != StepKind::phony) {
    set_fingerprints(manifest_.command(edge) + "\n" + manifest_.variable(edge, "rspfile_content"),
                     record);
  }
  const bool configures = record.rule == configure_rule;
  const Step step{builder_.add_step(std::move(record)), &edge};
  for (const std::string_view output : manifest_.outputs(edge)) {
    builder_.add_output(step.id, files_.output(output));
    if (configures) {
      break; // what else CMake writes is read by steps as a file of its own content
    }
  }
  steps_.push_back(step);
  edges_.emplace(step.id, &edge);
  assign_target(step);
}

void RecordedSteps::set_fingerprints(const std::string& command, StepRecord& record)
{
  record.fingerprint = fingerprint_of(command, files_.roots());
  const CommandDefinitions split = split_definitions(command);
  if (split.definitions.empty()) {
    return;
  }
  std::vector<DefinitionRecord> definitions;
  for (const CommandDefinition& definition : split.definitions) {
    definitions.push_back({definition.name, fingerprint_of(definition.value, files_.roots())});
  }
  record.frame_fingerprint = fingerprint_of(split.frame, files_.roots());
  record.definitions = builder_.definitions(definitions);
}

void RecordedSteps::assign_target(const Step& step)
{
  const StepKind kind = builder_.step(step.id).kind;
  if (kind != StepKind::compile && kind != StepKind::archive && kind != StepKind::link) {
    return;
  }
  const std::optional<TargetPlace> place =
      target_of_object_directory(manifest_.variable(*step.edge, "OBJECT_DIR"));
  if (!place) {
    return;
  }
  const TargetId target = targets_.target(place->name);
  builder_.step(step.id).target = target;
  if (kind == StepKind::compile) {
    return;
  }
  linked_targets_.insert(target);
  targets_.describe(target, target_type_of_rule(step.edge->rule->name), place->directory);
  // The first: what POST_BUILD commands write follows it.
  targets_.add_artifact(target, files_.output(manifest_.outputs(*step.edge).front()));
}

/// Every output must be known before a directory is searched, every directory before a scan.
void RecordedSteps::prepare_scans()
{
  for (const Step& step : steps_) {
    const StepKind kind = builder_.step(step.id).kind;
    if ((kind == StepKind::custom || kind == StepKind::other) &&
        step.edge->rule->name != configure_rule) {
      for (const std::string_view output : manifest_.outputs(*step.edge)) {
        scanned_.add_output(files_.output(output));
      }
    }
  }
  for (const Step& step : steps_) {
    if (builder_.step(step.id).kind == StepKind::compile) {
      for (const std::string_view input : manifest_.explicit_inputs(*step.edge)) {
        generators_.add(step.id, files_.input(input).file);
      }
      if (step.edge->explicit_inputs > 0) {
        const FileId source = files_.input(manifest_.explicit_inputs(*step.edge).front()).file;
        scanned_.add_command(step.id, source, step.edge->rule->name, manifest_.command(*step.edge));
      }
    }
  }
}

void RecordedSteps::add_inputs(const Step& step)
{
  for (const std::string_view input : manifest_.explicit_inputs(*step.edge)) {
    add_input(step, input, EdgeKind::source);
  }
  for (const std::string_view input : manifest_.implicit_inputs(*step.edge)) {
    add_input(step, input, EdgeKind::implicit_input);
  }
}

void RecordedSteps::add_order(const Step& step)
{
  for (const std::string_view input : manifest_.order_only_inputs(*step.edge)) {
    add_input(step, input, EdgeKind::ordered_before);
  }
}

void RecordedSteps::add_headers(const Step& step, HeaderLog& log)
{
  const NinjaDepsRecord* record = log.record_of(step.id);
  if (record && (log.holds(*record) || !scanned_.understands(step.id))) {
    add_logged(step, *record, log);
  } else if (scanned_.understands(step.id)) {
    scan(step);
  } else {
    add_generated(step, waits_for_all(step));
  }
}

/// Nothing but the compile steps of an object library says what it depends on.
bool RecordedSteps::waits_for_all(const Step& step)
{
  const std::optional<TargetId> target = builder_.step(step.id).target;
  return target && !linked_targets_.contains(*target);
}

void RecordedSteps::add_logged(const Step& step, const NinjaDepsRecord& record, HeaderLog& log)
{
  builder_.step(step.id).headers = HeaderList::recorded;
  for (const std::uint32_t number : record.inputs) {
    const HeaderLog::LoggedFile& input = log.file(number);
    add_input(step, *input.named, EdgeKind::header);
    if (scanned_.understands(step.id)) {
      scanned_.add_read(*input.named);
    }
    if (!input.output && input.mtime_ns > record.mtime_ns) {
      files_.note_newer(input.named->file);
    }
  }
  add_data(step, record, log);
  if (waits_for_all(step)) {
    add_generated(step, true);
  }
}

/// Compilers tell what they include, not what the assembler then takes in.
void RecordedSteps::add_data(const Step& step, const NinjaDepsRecord& record, HeaderLog& log)
{
  for (const std::uint32_t number : record.inputs) {
    for (const FileId file : scanned_.data_in(log.file(number).named->file, step.id)) {
      add_edge(step, file, EdgeKind::scanned_header);
    }
  }
}

void RecordedSteps::scan(const Step& step)
{
  const ScannedHeaders::Headers headers = scanned_.scan(step.id);
  for (const FileId file : headers.files) {
    add_edge(step, file, EdgeKind::scanned_header);
  }
  builder_.step(step.id).headers = headers.complete ? HeaderList::scanned : HeaderList::unknown;
  const bool all_outputs = waits_for_all(step);
  if (headers.waits || !headers.complete || all_outputs) {
    add_generated(step, all_outputs);
  }
}

void RecordedSteps::add_generated(const Step& step, bool all_outputs)
{
  std::vector<FileId> found;
  std::unordered_set<FileId> seen;
  for (const std::string_view input : manifest_.order_only_inputs(*step.edge)) {
    collect_generated(input, all_outputs, found, seen);
  }
  for (const FileId file : found) {
    add_edge(step, file, EdgeKind::ordered_before);
  }
}

/// The outputs of custom commands, or of any command, behind phony targets.
void RecordedSteps::collect_generated(std::string_view path, bool all_outputs,
                                      std::vector<FileId>& found, std::unordered_set<FileId>& seen)
{
  std::vector<std::string_view> pending{path};
  while (!pending.empty()) {
    const std::optional<FileId> next = files_.find_output(pending.back());
    pending.pop_back();
    if (!next || !seen.insert(*next).second) {
      continue;
    }
    const StepId producer = *builder_.producer(*next);
    const StepKind kind = builder_.step(producer).kind;
    if (kind == StepKind::phony) {
      const NinjaEdge& edge = *edges_.at(producer);
      for (const auto inputs : {manifest_.explicit_inputs(edge), manifest_.implicit_inputs(edge),
                                manifest_.order_only_inputs(edge)}) {
        pending.insert(pending.end(), inputs.begin(), inputs.end());
      }
    } else if (all_outputs || kind == StepKind::custom || kind == StepKind::other) {
      found.push_back(*next);
    }
  }
}

/// A custom command's depfile is its own affair: ninja does not copy it into its log.
void RecordedSteps::add_depfile(const Step& step, std::vector<std::string>& warnings)
{
  const StepKind kind = builder_.step(step.id).kind;
  if (kind == StepKind::compile || kind == StepKind::phony) {
    return;
  }
  const std::string name = manifest_.variable(*step.edge, "depfile");
  if (name.empty()) {
    return;
  }
  const Roots& roots = files_.roots();
  const std::string path = name.starts_with('/') ? name : roots.build + "/" + name;
  builder_.step(step.id).headers = HeaderList::unknown;
  const Result<std::string> text = read_text_file(path);
  if (!text) {
    return; // not run yet
  }
  const Result<Depfile> depfile = parse_depfile(*text, path);
  if (!depfile) {
    warnings.push_back(depfile.error().message + "; what its step reads is not known");
    return;
  }
  builder_.step(step.id).headers = HeaderList::recorded;
  for (const std::string& input : depfile->inputs) {
    add_input(step, input, EdgeKind::depfile_input);
  }
}

void RecordedSteps::add_named_files(const Step& step)
{
  const StepRecord& record = builder_.step(step.id);
  if (record.kind == StepKind::phony || step.edge->rule->name == configure_rule) {
    return;
  }
  const std::string command =
      manifest_.command(*step.edge) + " " + manifest_.variable(*step.edge, "rspfile_content");
  const std::string depfile = files_.output_path(manifest_.variable(*step.edge, "depfile"));
  for (const NamedFile* named : commands_.named_by(command)) {
    if (!is_left_by(step, named->file) && builder_.path(named->file) != depfile) {
      add_input(step, *named, EdgeKind::named_in_command);
    }
  }
  if (record.kind != StepKind::compile && record.headers != HeaderList::recorded) {
    for (const FileId file : commands_.below_directories_of(command)) {
      if (!is_left_by(step, file)) {
        add_edge(step, file, EdgeKind::named_in_command);
      }
    }
  }
}

/// Whether the step made the file. One in the build tree that no step makes was written by the
/// configuration, unless it is younger: then it is what some step leaves behind.
bool RecordedSteps::is_left_by(const Step& step, FileId file)
{
  if (const std::optional<StepId> producer = builder_.producer(file)) {
    return *producer == step.id;
  }
  return origin_of(builder_.path(file)) == Origin::build &&
         files_.status(file).mtime_ns > configured_ns_;
}

void RecordedSteps::add_input(const Step& step, std::string_view path, EdgeKind kind)
{
  if (files_.find_output(path)) {
    add_input(step, files_.input(path), kind);
    return;
  }
  // Names that stand for nothing on disk, and the object directories that ninja only needs to
  // exist.
  const std::string name = files_.output_path(path);
  const RecordedFiles::Status status = files_.status(files_.roots().absolute(name));
  if (status.mtime_ns == 0 && (kind == EdgeKind::ordered_before || marks_.contains(name))) {
    return;
  }
  if (!status.directory) {
    add_input(step, files_.input(path), kind);
    return;
  }
  const std::string directory = files_.roots().absolute(name);
  if (kind != EdgeKind::ordered_before && files_.is_inner_directory(directory)) {
    for (const FileId file : files_.below(directory)) {
      add_edge(step, file, kind);
    }
  }
}

void RecordedSteps::add_input(const Step& step, const NamedFile& file, EdgeKind kind)
{
  add_edge(step, file.file, kind);
  for (const FileId link : file.links) {
    add_edge(step, link, kind);
  }
  if (step.edge->rule->name == configure_rule &&
      files_.status(file.file).mtime_ns > configured_ns_) {
    files_.note_newer(file.file);
  }
}

/// The first reason suffices: they are tried from the most telling to the least.
void RecordedSteps::add_edge(const Step& step, FileId file, EdgeKind kind)
{
  if (last_reader_.size() <= file.value) {
    last_reader_.resize(builder_.file_count());
  }
  if (std::exchange(last_reader_[file.value], step.id.value + 1) == step.id.value + 1) {
    return;
  }
  builder_.add_input(file, step.id, kind);
  if (builder_.step(step.id).kind != StepKind::compile) {
    generators_.add(step.id, file);
  }
  if (step.edge->rule->name != configure_rule) {
    build_inputs_.insert(file);
  }
}

} // namespace winnow::ingest
