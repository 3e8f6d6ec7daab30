// Matches records with steps, and their time stamps with those on disk.
#include "analyzer/ingest/header_log.hpp"

#include <algorithm>

namespace winnow::ingest {

HeaderLog::HeaderLog(GraphBuilder& builder, RecordedFiles& files, const NinjaDeps* deps)
    : builder_(builder), files_(files), deps_(deps)
{
  if (!deps_) {
    return;
  }
  logged_.resize(deps_->paths.size());
  for (const NinjaDepsRecord& record : deps_->records) {
    const std::optional<FileId> output = files_.find_output(deps_->paths[record.output]);
    const std::optional<StepId> step = output ? builder_.producer(*output) : std::nullopt;
    if (step && files_.status(*output).mtime_ns <= record.mtime_ns) {
      records_[*step] = &record;
    }
  }
}

const NinjaDepsRecord* HeaderLog::record_of(StepId step) const
{
  const auto found = records_.find(step);
  return found == records_.end() ? nullptr : found->second;
}

std::int64_t HeaderLog::oldest_ns() const
{
  std::int64_t oldest = std::numeric_limits<std::int64_t>::max();
  for (const auto& [step, record] : records_) {
    oldest = std::min(oldest, record->mtime_ns);
  }
  return oldest;
}

bool HeaderLog::holds(const NinjaDepsRecord& record)
{
  // A compiler tells its source at least. That ninja has noted nothing means that it did not find
  // the depfile: CMake quotes the names of those with odd characters, and ninja does not unquote.
  return !record.inputs.empty() && std::ranges::all_of(record.inputs, [&](std::uint32_t number) {
    return file(number).changed_ns <= record.mtime_ns;
  });
}

void HeaderLog::look_up(std::uint32_t number, LoggedFile& logged)
{
  logged.named = &files_.input(deps_->paths[number]);
  logged.file = logged.named->file;
  logged.linked = !logged.named->links.empty();
  if (!builder_.producer(logged.file)) {
    const std::int64_t mtime_ns = files_.status(logged.file).mtime_ns;
    logged.changed_ns = mtime_ns == 0 ? gone : mtime_ns;
  }
}

} // namespace winnow::ingest
