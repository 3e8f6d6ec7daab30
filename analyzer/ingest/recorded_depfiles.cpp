// Ninja deletes a depfile once it has copied it into its log.
#include "analyzer/ingest/recorded_depfiles.hpp"

#include "analyzer/ingest/depfile.hpp"
#include "analyzer/ingest/text_file.hpp"

namespace winnow::ingest {

RecordedDepfiles::RecordedDepfiles(GraphBuilder& builder, RecordedFiles& files,
                                   const NinjaManifest& manifest, StepInputs& inputs)
    : builder_(builder), files_(files), manifest_(manifest), inputs_(inputs)
{}

bool RecordedDepfiles::add(StepId step, const NinjaEdge& edge, HeaderLog& log,
                           std::vector<std::string>& warnings)
{
  const std::string name = manifest_.variable(edge, "depfile");
  if (name.empty() || builder_.step(step).kind == StepKind::phony) {
    return false;
  }
  const bool told = manifest_.variable(edge, "deps").empty() ? add_written(step, name, warnings)
                                                             : add_logged(step, log);
  builder_.step(step).headers = told ? HeaderList::recorded : HeaderList::unknown;
  return told;
}

/// That ninja has noted nothing may mean that there was no depfile.
bool RecordedDepfiles::add_logged(StepId step, HeaderLog& log)
{
  const NinjaDepsRecord* record = log.record_of(step);
  if (record == nullptr || record->inputs.empty()) {
    return false;
  }
  for (const std::uint32_t number : record->inputs) {
    inputs_.add(step, log.name(number), EdgeKind::depfile_input);
  }
  return true;
}

bool RecordedDepfiles::add_written(StepId step, const std::string& name,
                                   std::vector<std::string>& warnings)
{
  const Roots& roots = files_.roots();
  const std::string path = name.starts_with('/') ? name : roots.build + "/" + name;
  const Result<std::string> text = read_text_file(path);
  if (!text) {
    return false; // not run yet
  }
  const Result<Depfile> depfile = parse_depfile(*text, path);
  if (!depfile) {
    warnings.push_back(depfile.error().message + "; what its step reads is not known");
    return false;
  }
  for (const std::string& input : depfile->inputs) {
    inputs_.add(step, input, EdgeKind::depfile_input);
  }
  return true;
}

} // namespace winnow::ingest
