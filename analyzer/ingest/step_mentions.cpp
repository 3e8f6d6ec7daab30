// Chooses the texts, and how far to follow them.
#include "analyzer/ingest/step_mentions.hpp"

#include "analyzer/ingest/record.hpp"

#include <span>

namespace winnow::ingest {

/// A tool that writes a depfile does find more than its command names; another one may.
void StepMentions::add(StepId step, const CommandNames& names)
{
  const StepRecord& record = builder_.step(step);
  const bool tells = record.headers != HeaderList::not_applicable;
  const bool runs_commands = record.kind == StepKind::custom || record.kind == StepKind::link;
  if (!tells && (!runs_commands || record.rule == configure_rule)) {
    return;
  }
  const std::span<const FileId> inputs = generators_.inputs_of(step);
  const std::vector<FileId> texts =
      tells ? std::vector<FileId>(inputs.begin(), inputs.end()) : texts_of(step);
  if (texts.empty()) {
    return;
  }
  const auto follow = tells ? MentionedFiles::Follow::all : MentionedFiles::Follow::all_but_code;
  for (const FileId file :
       mentioned_.behind(texts, commands_.directories_named_by(names), follow)) {
    if (!inputs_.is_left_by(step, file)) {
      inputs_.add(step, file, EdgeKind::mentioned);
    }
  }
}

/// The scripts of a command, also behind a link, and what else a command of its own is given of the
/// sources, unless that is a list of files to go through.
std::vector<FileId> StepMentions::texts_of(StepId step)
{
  static constexpr std::size_t most_inputs = 64;
  const std::span<const FileId> inputs = generators_.inputs_of(step);
  const bool reads_inputs =
      inputs.size() <= most_inputs && builder_.step(step).kind == StepKind::custom;
  std::vector<FileId> texts;
  for (const FileId input : inputs) {
    if (!builder_.producer(input) &&
        (mentioned_.is_script(input) ||
         (reads_inputs && origin_of(builder_.path(input)) == Origin::source))) {
      texts.push_back(input);
    }
  }
  return texts;
}

} // namespace winnow::ingest
