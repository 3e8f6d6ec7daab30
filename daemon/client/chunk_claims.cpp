// Makes, renews and reads claims.
#include "daemon/client/chunk_claims.hpp"

#include "analyzer/report/claim_json.hpp"
#include "daemon/client/claim_owner.hpp"
#include "daemon/client/whole_file.hpp"

#include <fmt/format.h>
#include <sys/stat.h>

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <charconv>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <optional>
#include <string_view>

namespace winnow::client {
namespace {

namespace fs = std::filesystem;

constexpr const char* claim_ending = "claim";
constexpr const char* results_ending = "results.json";
constexpr const char* released_ending = "released";

/// What a name in the directory says.
struct FileName {
  std::uint32_t chunk = 0;
  std::uint32_t attempt = 0;
  std::string_view ending;
};

bool take_number(std::string_view& text, std::uint32_t& number)
{
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{} || end == text.data() + text.size() || *end != '.') {
    return false;
  }
  text.remove_prefix(static_cast<std::size_t>(end - text.data()) + 1);
  return true;
}

std::optional<FileName> read_name(std::string_view name)
{
  constexpr std::string_view prefix = "chunk-";
  FileName file;
  if (!name.starts_with(prefix)) {
    return std::nullopt;
  }
  name.remove_prefix(prefix.size());
  if (!take_number(name, file.chunk) || !take_number(name, file.attempt)) {
    return std::nullopt;
  }
  file.ending = name;
  return file;
}

Error trouble(const std::string& path, const std::string& cause)
{
  return environment_error(fmt::format("cannot use {} to share chunks: {}", path, cause));
}

/// Every name in the directory; the error of listing it.
Result<std::vector<std::string>> names_in(const std::string& directory)
{
  std::vector<std::string> names;
  std::error_code failure;
  for (fs::directory_iterator at(directory, failure), end; !failure && at != end;
       at.increment(failure)) {
    names.push_back(at->path().filename().string());
  }
  return failure ? Result<std::vector<std::string>>(trouble(directory, failure.message()))
                 : Result<std::vector<std::string>>(std::move(names));
}

std::string content_at(const std::string& path)
{
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

/// The time stamp as the server has it now: opening a file makes NFS ask.
std::optional<std::int64_t> stamp_of(const std::string& path)
{
  const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  struct stat status = {};
  const bool known = file >= 0 && ::fstat(file, &status) == 0;
  if (file >= 0) {
    ::close(file);
  }
  return known ? std::optional(std::int64_t{status.st_mtim.tv_sec} * 1'000'000'000 +
                               status.st_mtim.tv_nsec)
               : std::nullopt;
}

/// Writes a file that nobody else writes, readable for all jobs, and gives its name.
Result<std::string> make_draft(const std::string& path, const std::string& content)
{
  std::string draft = path + ".XXXXXX";
  const int file = ::mkstemp(draft.data());
  if (file < 0) {
    return trouble(path, std::strerror(errno));
  }
  const bool written =
      ::write(file, content.data(), content.size()) == static_cast<ssize_t>(content.size()) &&
      ::fchmod(file, 0644) == 0;
  const int cause = errno;
  if (::close(file) == 0 && written) {
    return draft;
  }
  ::unlink(draft.c_str());
  return trouble(path, std::strerror(written ? errno : cause));
}

/// Makes `path` with that content unless it is there; whether this call did.
Result<bool> make_once(const std::string& path, const std::string& content)
{
  const Result<std::string> named = make_draft(path, content);
  if (!named) {
    return named.error();
  }
  const std::string& draft = *named;
  const bool linked = ::link(draft.c_str(), path.c_str()) == 0;
  const int cause = errno;
  // A server may have linked it though its answer was lost.
  struct stat status = {};
  const bool made = linked || (::stat(draft.c_str(), &status) == 0 && status.st_nlink == 2);
  ::unlink(draft.c_str());
  if (made || cause == EEXIST) {
    return made;
  }
  return trouble(path, std::string(std::strerror(cause)) +
                           "; the file system must know hard links, as NFS and local ones do");
}

} // namespace

ChunkClaims::ChunkClaims(std::string directory, std::string plan_id, std::uint32_t chunks,
                         std::chrono::milliseconds patience, Clock clock)
    : directory_(std::move(directory)),
      plan_id_(std::move(plan_id)),
      chunks_(chunks),
      patience_(patience),
      clock_(std::move(clock)),
      self_(this_owner())
{}

Result<ChunkClaims> ChunkClaims::open(const std::string& directory, const std::string& plan_id,
                                      std::uint32_t chunks, std::chrono::milliseconds patience,
                                      Clock clock)
{
  std::error_code failure;
  fs::create_directories(directory, failure);
  if (failure) {
    return trouble(directory, failure.message());
  }
  const std::string mark = directory + "/plan";
  const Result<bool> made = make_once(mark, plan_id + "\n");
  if (!made) {
    return made.error();
  }
  std::string used_for = content_at(mark);
  used_for.resize(std::min(used_for.find('\n'), used_for.size()));
  if (used_for != plan_id) {
    return user_error(fmt::format("{} is in use for the plan {}, and this one is {}; take an empty "
                                  "directory for each plan",
                                  directory, used_for, plan_id));
  }
  return ChunkClaims(directory, plan_id, chunks, patience, std::move(clock));
}

std::string ChunkClaims::path(const ChunkClaim& claim, const char* ending) const
{
  return fmt::format("{}/chunk-{}.{}.{}", directory_, claim.chunk, claim.attempt, ending);
}

Result<std::vector<ChunkClaims::State>> ChunkClaims::look() const
{
  const Result<std::vector<std::string>> names = names_in(directory_);
  if (!names) {
    return names.error();
  }
  std::vector<State> states(chunks_);
  for (const std::string& name : *names) {
    const std::optional<FileName> file = read_name(name);
    if (!file || file->chunk >= chunks_) {
      continue;
    }
    State& state = states[file->chunk];
    if (file->ending == results_ending) {
      state.has_results = true;
    } else if (file->ending == claim_ending) {
      state.attempt = std::max(state.attempt, file->attempt);
    }
  }
  for (const std::string& name : *names) {
    const std::optional<FileName> file = read_name(name);
    if (file && file->chunk < chunks_ && file->ending == released_ending) {
      State& state = states[file->chunk];
      state.is_released = state.is_released || file->attempt == state.attempt;
    }
  }
  return states;
}

bool ChunkClaims::has_results(std::uint32_t chunk, std::uint32_t attempt) const
{
  ChunkClaim named;
  named.chunk = chunk;
  named.attempt = attempt;
  return ::access(path(named, results_ending).c_str(), F_OK) == 0;
}

bool ChunkClaims::is_gone(std::uint32_t chunk, std::uint32_t attempt)
{
  ChunkClaim named;
  named.chunk = chunk;
  named.attempt = attempt;
  const std::string file = path(named, claim_ending);
  const std::optional<std::int64_t> stamp = stamp_of(file);
  const auto now = clock_();
  const auto [sign, is_new] = signs_.try_emplace({chunk, attempt}, Sign{stamp.value_or(0), now});
  if (!is_new && sign->second.stamp_ns != stamp.value_or(0)) {
    sign->second = {stamp.value_or(0), now};
  }
  if (now - sign->second.since >= patience_) {
    return true;
  }
  const Result<ChunkClaim> claim = report::claim_from_json(content_at(file));
  return claim && has_ended(claim->owner);
}

Result<bool> ChunkClaims::claim(const ChunkClaim& claim) const
{
  return make_once(path(claim, claim_ending), report::claim_to_json(claim));
}

Result<ChunkClaims::Taken> ChunkClaims::take()
{
  const Result<std::vector<State>> states = look();
  if (!states) {
    return states.error();
  }
  bool others_run = false;
  for (std::uint32_t chunk = 0; chunk < chunks_; ++chunk) {
    const State& state = (*states)[chunk];
    if (state.has_results) {
      continue;
    }
    if (state.attempt > 0 && !state.is_released && !is_gone(chunk, state.attempt)) {
      others_run = true;
      continue;
    }
    // The owner may have left them just before it ended.
    if (state.attempt > 0 && has_results(chunk, state.attempt)) {
      continue;
    }
    const auto now = std::chrono::system_clock::now().time_since_epoch();
    const ChunkClaim wanted{plan_id_, chunk, state.attempt + 1, self_,
                            std::chrono::duration_cast<std::chrono::microseconds>(now).count()};
    const Result<bool> claimed = claim(wanted);
    if (!claimed) {
      return claimed.error();
    }
    if (*claimed) {
      return Taken{Turn::run, wanted};
    }
    others_run = true;
  }
  return Taken{others_run ? Turn::wait : Turn::done, {}};
}

bool ChunkClaims::renew(const ChunkClaim& claim) const
{
  ChunkClaim next = claim;
  ++next.attempt;
  if (::access(path(next, claim_ending).c_str(), F_OK) == 0) {
    return false;
  }
  ::utimensat(AT_FDCWD, path(claim, claim_ending).c_str(), nullptr, 0);
  return true;
}

Result<void> ChunkClaims::finish(const ChunkClaim& claim, const std::string& results) const
{
  if (!renew(claim)) {
    return {};
  }
  const std::string file = path(claim, results_ending);
  const std::string cause = write_whole_file(file, results);
  return cause.empty() ? Result<void>() : Result<void>(trouble(file, cause));
}

void ChunkClaims::release(const ChunkClaim& claim) const
{
  // Where that cannot be, others find out that the owner has ended.
  (void)write_whole_file(path(claim, released_ending), "");
}

Result<std::vector<std::string>> pulled_results(const std::string& directory)
{
  const Result<std::vector<std::string>> names = names_in(directory);
  if (!names) {
    return names.error();
  }
  std::map<std::uint32_t, std::pair<std::uint32_t, std::string>> newest; // attempt and name
  for (const std::string& name : *names) {
    const std::optional<FileName> file = read_name(name);
    if (file && file->ending == results_ending && file->attempt >= newest[file->chunk].first) {
      newest[file->chunk] = {file->attempt, name};
    }
  }
  std::vector<std::string> files;
  for (const auto& [chunk, file] : newest) {
    files.push_back((fs::path(directory) / file.second).string());
  }
  return files;
}

} // namespace winnow::client
