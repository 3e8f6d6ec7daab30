// The edge rules: what of a build statement is an input of its step.
#include "analyzer/ingest/recorded_steps.hpp"

#include "analyzer/ingest/late_headers.hpp"
#include "analyzer/ingest/ninja_edge_kind.hpp"
#include "analyzer/ingest/record.hpp"

namespace winnow::ingest {
namespace {

/// A file of arguments that names the modules a source uses.
constexpr std::string_view module_map_variable = "DYNDEP_MODULE_MAP_FILE";

} // namespace

RecordedSteps::RecordedSteps(GraphBuilder& builder, RecordedFiles& files, RecordedTargets& targets,
                             const Sources& sources)
    : builder_(builder),
      files_(files),
      targets_(targets),
      manifest_(sources.manifest),
      step_commands_(sources.commands),
      deps_(sources.deps),
      generators_(builder, files),
      inputs_(builder, files, generators_),
      generated_(builder, files, sources.manifest),
      modules_(builder, files, sources.manifest, generators_, generated_),
      default_build_(builder, sources.manifest),
      described_(builder, files),
      commands_(files),
      depfiles_(builder, files, sources.manifest, inputs_),
      mentions_(builder, files, generators_, inputs_, commands_),
      scanned_(builder, files, generators_, sources.tracked, sources.includes)
{}

void RecordedSteps::record(std::vector<std::string>& warnings)
{
  for (std::size_t i = 0; i < manifest_.edges().size(); ++i) {
    const NinjaEdge& edge = manifest_.edges()[i];
    if (is_for_people(manifest_, edge)) {
      for (const std::string_view output : manifest_.outputs(edge)) {
        inputs_.add_mark(output);
      }
      default_build_.add(edge, std::nullopt);
    } else {
      add_step(edge, step_commands_.all()[i]);
    }
  }
  default_build_.mark();
  builder_.expect_inputs(deps_ == nullptr ? 0 : deps_->input_count());
  modules_.read(warnings);
  log_.emplace(builder_, files_, deps_);
  HeaderLog& log = *log_;
  prepare_scans();
  // Include scans ask what generators work from, so what compiles comes last.
  for (const Step& step : steps_) {
    if (builder_.step(step.id).kind != StepKind::compile && !modules_.scanned_for(step.id)) {
      add_inputs(step);
      const bool all_listed =
          depfiles_.add(step.id, *step.edge, *log_, warnings) && !note_newer_inputs(step);
      add_named_files(step);
      if (!all_listed) {
        mentions_.add(step.id, *step.command->names);
      }
      add_order(step);
    }
  }
  for (const Step& step : steps_) {
    if (const auto object = modules_.scanned_for(step.id)) {
      add_module_scan(step, *object, warnings);
    }
  }
  generators_.forget_ages(); // scans have inputs now that they had not
  for (const Step& step : steps_) {
    if (builder_.step(step.id).kind == StepKind::compile) {
      add_inputs(step);
      add_modules(step, log);
      add_headers(step, log);
      add_named_files(step);
    }
  }
}

void RecordedSteps::finish(DataNames read_by_tests)
{
  if (add_late_headers(scanned_.add_findable())) {
    scanned_.add_findable(); // more directives are known
  }
  scanned_.record_searches();
  inputs_.add_data_names(read_by_tests);
  scanned_.record_literals(read_by_tests);
}

void RecordedSteps::add_sayings(RecordedSayings& sayings) const
{
  for (const Step& step : steps_) {
    const StepRecord& record = builder_.step(step.id);
    if (record.kind != StepKind::phony && record.rule != configure_rule) {
      sayings.add_step(step.id, *step.command->names, generators_.inputs_of(step.id));
    }
  }
  scanned_.for_each_literal(
      [&](std::string_view key) { return sayings.is_said_by_literal(key); },
      [&](FileId file, std::string_view key) { sayings.add_literal(file, key); });
}

void RecordedSteps::add_step(const NinjaEdge& edge, const StepCommand& command)
{
  StepRecord record;
  record.kind = step_kind_of(edge);
  record.rule = edge.rule->name;
  record.headers = record.kind == StepKind::compile && !manifest_.variable(edge, "deps").empty()
                       ? HeaderList::unknown
                       : HeaderList::not_applicable;
  described_.describe(command, record);
  const bool configures = record.rule == configure_rule;
  const Step step{builder_.add_step(std::move(record)), &edge, &command};
  for (const std::string_view output : manifest_.outputs(edge)) {
    builder_.add_output(step.id, files_.output(output));
    if (configures) {
      break; // what else CMake writes is read by steps as a file of its own content
    }
  }
  steps_.push_back(step);
  generated_.add(step.id, edge);
  modules_.add(step.id, edge);
  default_build_.add(edge, step.id);
  builder_.step(step.id).target = targets_.target_of(manifest_, edge);
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
      prepare_include_scan(step);
    }
  }
}

/// Of a source that a scan preprocesses, in the name of that scan.
void RecordedSteps::prepare_include_scan(const Step& step)
{
  if (step.edge->explicit_inputs == 0) {
    return;
  }
  const FileId source = files_.input(manifest_.explicit_inputs(*step.edge).front()).file;
  const std::optional<StepId> producer = builder_.producer(source);
  const NinjaEdge* scan = producer ? modules_.scan_edge(*producer) : nullptr;
  if (scan == nullptr) {
    if (step.command->call != nullptr) {
      scanned_.add_command(step.id, source, *step.command->call);
    } else {
      scanned_.add_not_understood(source);
    }
  } else if (scan->explicit_inputs > 0) {
    const FileId written = files_.input(manifest_.explicit_inputs(*scan).front()).file;
    const std::string both = manifest_.command(*scan) + " " + manifest_.command(*step.edge);
    if (const auto call = compiler_call(step.edge->rule->name,
                                        command_words(shell_words(both), files_.roots().build))) {
      scanned_.add_command(*producer, written, calls_of_scans_.emplace_back(*call));
    }
  }
}

void RecordedSteps::add_inputs(const Step& step)
{
  for (const std::string_view input : manifest_.explicit_inputs(*step.edge)) {
    inputs_.add(step.id, input, EdgeKind::source);
  }
  const std::string module_map = manifest_.variable(*step.edge, module_map_variable);
  for (const std::string_view input : manifest_.implicit_inputs(*step.edge)) {
    if (input != module_map) { // collects what is in many scans, most of which is not for this step
      inputs_.add(step.id, input, EdgeKind::implicit_input);
    }
  }
}

/// A preprocessor's step is where the headers of a source are read. Elsewhere a scan reads those
/// that the compile step reads, which are looked for there.
void RecordedSteps::add_module_scan(const Step& step, StepId object,
                                    std::vector<std::string>& warnings)
{
  builder_.step(step.id).target = builder_.step(object).target;
  add_inputs(step);
  const bool logged =
      !modules_.has_header_log(object) && depfiles_.add(step.id, *step.edge, *log_, warnings);
  if (!scanned_.understands(step.id)) {
    inputs_.add(step.id, manifest_.outputs(modules_.edge_of(object)).front(),
                EdgeKind::ordered_before);
  } else if (logged &&
             generators_.is_current(files_.output(manifest_.outputs(*step.edge).front()))) {
    // CMake does not list all that include lines of Fortran name.
    for (const FileId file : scanned_.scan(step.id).files) {
      inputs_.add(step.id, file, EdgeKind::scanned_header);
    }
  } else {
    scan(step);
  }
}

void RecordedSteps::add_modules(const Step& step, HeaderLog& log)
{
  if (!modules_.is_user(step.id)) {
    return;
  }
  const ModuleUse use = modules_.use_of(step.id, [&](StepId user) {
    const NinjaDepsRecord* record = log.record_of(user);
    return record != nullptr && log.holds(*record);
  });
  for (const FileId module : use.modules) {
    inputs_.add(step.id, module, EdgeKind::module);
  }
  if (use.doubt) {
    inputs_.add(step.id, *use.doubt, EdgeKind::possible_module);
  }
}

void RecordedSteps::add_order(const Step& step)
{
  for (const std::string_view input : manifest_.order_only_inputs(*step.edge)) {
    inputs_.add(step.id, input, EdgeKind::ordered_before);
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
  return target && !targets_.is_linked(*target);
}

void RecordedSteps::add_logged(const Step& step, const NinjaDepsRecord& record, HeaderLog& log)
{
  builder_.step(step.id).headers = HeaderList::recorded;
  const bool understood = scanned_.understands(step.id);
  for (const std::uint32_t number : record.inputs) {
    const HeaderLog::LoggedFile& input = log.file(number);
    if (input.linked) {
      inputs_.add(step.id, *input.named, EdgeKind::header);
    } else {
      inputs_.add(step.id, input.file, EdgeKind::header);
    }
    if (understood) {
      scanned_.add_read(input.file, input.linked);
    }
    if (input.changed_ns > record.mtime_ns && input.changed_ns != HeaderLog::gone) {
      files_.note_newer(input.file);
    }
  }
  if (scanned_.knows_of_data()) {
    add_data(step, record, log);
  }
  if (waits_for_all(step)) {
    add_generated(step, true);
  }
}

/// To steps whose lists were made before such headers were there. Whether there are any.
bool RecordedSteps::add_late_headers(std::span<const std::string> unlisted)
{
  LateHeaders late(builder_, files_, scanned_, *log_, unlisted);
  bool any = false;
  for (const Step& step : steps_) {
    const NinjaDepsRecord* record = log_->record_of(step.id);
    if (record == nullptr || builder_.step(step.id).headers != HeaderList::recorded ||
        !scanned_.understands(step.id) || !late.may_concern(step.id, *record)) {
      continue;
    }
    const ScannedHeaders::Headers headers = scanned_.scan(step.id);
    if (const auto added = late.added_by(headers, *record)) {
      add_scanned(step, headers, *added);
      any = true;
    }
  }
  return any;
}

/// Compilers tell what they include, not what the assembler then takes in.
void RecordedSteps::add_data(const Step& step, const NinjaDepsRecord& record, HeaderLog& log)
{
  for (const std::uint32_t number : record.inputs) {
    for (const FileId file : scanned_.data_in(log.file(number).file, step.id)) {
      inputs_.add(step.id, file, EdgeKind::scanned_header);
    }
  }
}

void RecordedSteps::scan(const Step& step)
{
  const ScannedHeaders::Headers headers = scanned_.scan(step.id);
  add_scanned(step, headers, headers.files);
}

/// Of what the scan has found, these files.
void RecordedSteps::add_scanned(const Step& step, const ScannedHeaders::Headers& headers,
                                const std::vector<FileId>& files)
{
  for (const FileId file : files) {
    inputs_.add(step.id, file, EdgeKind::scanned_header);
  }
  builder_.step(step.id).headers = headers.complete ? HeaderList::scanned : HeaderList::unknown;
  const bool all_outputs = waits_for_all(step);
  if (headers.waits || !headers.complete || all_outputs) {
    add_generated(step, all_outputs);
  }
}

void RecordedSteps::add_generated(const Step& step, bool all_outputs)
{
  using enum GeneratedOutputs::Which;
  for (const FileId file : generated_.behind(step.id, all_outputs ? of_all : of_generators)) {
    inputs_.add(step.id, file, EdgeKind::ordered_before);
  }
}

/// What an edited input makes the tool read next is in no depfile yet. Whether there is one.
bool RecordedSteps::note_newer_inputs(const Step& step)
{
  bool newer = false;
  const FileId output = files_.output(manifest_.outputs(*step.edge).front());
  const std::int64_t made_ns = files_.status(output).mtime_ns;
  for (const FileId input : generators_.inputs_of(step.id)) {
    if (!builder_.producer(input) && files_.status(input).mtime_ns > made_ns) {
      files_.note_newer(input);
      newer = true;
    }
  }
  return newer;
}

void RecordedSteps::add_named_files(const Step& step)
{
  const StepRecord& record = builder_.step(step.id);
  if (record.kind == StepKind::phony || step.edge->rule->name == configure_rule) {
    return;
  }
  const std::string depfile = manifest_.variable(*step.edge, "depfile");
  const std::string module_map = manifest_.variable(*step.edge, module_map_variable);
  for (const NamedFile* named : commands_.named_by(*step.command->names)) {
    const std::string_view path = builder_.path(named->file);
    if (!inputs_.is_left_by(step.id, named->file) && path != files_.output_path(depfile) &&
        path != files_.output_path(module_map)) {
      inputs_.add(step.id, *named, EdgeKind::named_in_command);
    }
  }
  if (record.kind != StepKind::compile && record.headers != HeaderList::recorded) {
    for (const FileId file : commands_.below(step.command->names->sources_given)) {
      if (!inputs_.is_left_by(step.id, file)) {
        inputs_.add(step.id, file, EdgeKind::named_in_command);
      }
    }
  }
}

} // namespace winnow::ingest
