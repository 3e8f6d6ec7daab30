// Names become files, each once for a step.
#include "analyzer/ingest/step_inputs.hpp"

#include "analyzer/ingest/ninja_edge_kind.hpp"
#include "analyzer/ingest/record.hpp"

namespace winnow::ingest {

StepInputs::StepInputs(GraphBuilder& builder, RecordedFiles& files, GeneratorInputs& generators)
    : builder_(builder),
      files_(files),
      generators_(generators),
      configured_ns_(files.status(files.roots().build + "/build.ninja").mtime_ns)
{}

StepInputs::Reader StepInputs::reader_of(StepId step) const
{
  const StepRecord& record = builder_.step(step);
  return {step, record.rule == configure_rule, record.kind == StepKind::compile};
}

bool StepInputs::is_left_by(StepId step, FileId file)
{
  if (const std::optional<StepId> producer = builder_.producer(file)) {
    return *producer == step;
  }
  return origin_of(builder_.path(file)) == Origin::build &&
         files_.status(file).mtime_ns > configured_ns_;
}

void StepInputs::add_data_names(DataNames& names) const
{
  for (FileId file{0}; file.value < uses_.size(); ++file.value) {
    const Use& use = uses_[file.value];
    if (use.is_build_input && !use.is_compiled && !builder_.producer(file)) {
      names.add(builder_.path(file));
    }
  }
}

void StepInputs::add(StepId step, std::string_view path, EdgeKind kind)
{
  // Only files are asked for as inputs, whether or not they are there.
  const NamedFile* named = kind == EdgeKind::ordered_before ? nullptr : files_.named_before(path);
  if (named != nullptr && !marks_.contains(builder_.path(named->file))) {
    add(step, *named, kind);
    return;
  }
  if (files_.find_output(path)) {
    add(step, files_.input(path), kind);
    return;
  }
  if (kind == EdgeKind::ordered_before && target_of_object_directory(path)) {
    return; // CMake's own, for ninja only to exist
  }
  // Names that stand for nothing on disk.
  const std::string name = files_.output_path(path);
  const RecordedFiles::Status status = files_.status(files_.roots().absolute(name));
  if (status.mtime_ns == 0 && (kind == EdgeKind::ordered_before || marks_.contains(name))) {
    return;
  }
  if (!status.directory) {
    add(step, files_.input(path), kind);
    return;
  }
  const std::string directory = files_.roots().absolute(name);
  if (kind != EdgeKind::ordered_before && files_.is_inner_directory(directory)) {
    for (const FileId file : files_.below(directory)) {
      add(step, file, kind);
    }
  }
}

void StepInputs::add(StepId step, const NamedFile& file, EdgeKind kind)
{
  add(step, file.file, kind);
  for (const FileId link : file.links) {
    add(step, link, kind);
  }
  if (reader(step).configures && files_.status(file.file).mtime_ns > configured_ns_) {
    files_.note_newer(file.file);
  }
}

} // namespace winnow::ingest
