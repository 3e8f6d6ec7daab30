// Reads stat, statm and schedstat of a process, and status where that is needed.
#include "daemon/execute/process_usage.hpp"

#include <unistd.h>

#include <algorithm>
#include <array>
#include <ctime>
#include <string>

namespace winnow::execute {
namespace {

constexpr std::size_t threads_per_round = 32;

/// Programs and their libraries have this much of files; only above it is it worth asking (7 us,
/// eight times statm) how much of it is shared memory.
constexpr std::uint64_t plain_file_bytes = 16 << 20;

std::string path_of(pid_t pid, const char* name)
{
  return "/proc/" + std::to_string(pid) + "/" + name;
}

std::string task_path(pid_t pid, pid_t thread)
{
  return path_of(pid, "task/") + std::to_string(thread) + "/schedstat";
}

std::uint64_t page_size()
{
  static const auto size = static_cast<std::uint64_t>(::sysconf(_SC_PAGESIZE));
  return size;
}

std::int64_t in_ns(std::uint64_t ticks)
{
  static const std::int64_t per_tick = 1'000'000'000 / ::sysconf(_SC_CLK_TCK);
  return static_cast<std::int64_t>(ticks) * per_tick;
}

/// The cpu clock of another process, which unlike stat is exact.
std::optional<std::int64_t> cpu_clock_ns(pid_t pid)
{
  clockid_t clock{};
  timespec time{};
  if (::clock_getcpuclockid(pid, &clock) != 0 || ::clock_gettime(clock, &time) != 0) {
    return std::nullopt;
  }
  return std::int64_t{time.tv_sec} * 1'000'000'000 + time.tv_nsec;
}

} // namespace

ProcessUsage::ProcessUsage(pid_t pid, KeptFiles& kept)
    : pid_(pid),
      kept_(kept),
      stat_file_(path_of(pid, "stat"), kept),
      statm_file_(path_of(pid, "statm"), kept)
{
  threads_.push_back({pid, {task_path(pid, pid), kept}});
}

bool ProcessUsage::look()
{
  std::array<char, 1024> buffer; // not filled: this is read often
  const std::optional<ProcessStat> now = parse_process_stat(stat_file_.read(buffer));
  if (!now || now->state == 'X' || (seen_ && now->started_ticks != stat_.started_ticks)) {
    return false;
  }
  stat_ = *now;
  seen_ = true;
  return true;
}

std::int64_t ProcessUsage::cpu_ns() const
{
  return cpu_clock_ns(pid_).value_or(in_ns(stat_.own_ticks)) + in_ns(stat_.reaped_ticks);
}

std::optional<std::int64_t> ProcessUsage::take_run_delay_ns()
{
  if (stat_.threads != threads_.size() ||
      std::ranges::any_of(threads_, [](const Thread& thread) { return thread.gone; })) {
    list_threads();
  }
  std::optional<std::int64_t> delay;
  const std::size_t count = std::min(threads_.size(), threads_per_round);
  for (std::size_t i = 0; i < count; ++i) {
    next_thread_ = (next_thread_ + 1) % threads_.size();
    if (const auto more = take_delay_of(threads_[next_thread_])) {
      delay = delay.value_or(0) + *more;
    }
  }
  return delay;
}

void ProcessUsage::list_threads()
{
  const std::vector<pid_t> ids = numbers_in(path_of(pid_, "task"));
  std::erase_if(threads_, [&](const Thread& thread) {
    return thread.gone || !std::ranges::binary_search(ids, thread.id);
  });
  for (const pid_t id : ids) {
    if (std::ranges::find(threads_, id, &Thread::id) == threads_.end()) {
      threads_.push_back({id, {task_path(pid_, id), kept_}});
    }
  }
}

std::optional<std::int64_t> ProcessUsage::take_delay_of(Thread& thread)
{
  std::array<char, 128> buffer;
  const auto now_ns = parse_run_delay(thread.schedstat.read(buffer));
  if (!now_ns) {
    thread.gone = true;
    return std::nullopt;
  }
  const std::uint64_t since = *now_ns >= thread.seen_ns ? *now_ns - thread.seen_ns : *now_ns;
  thread.seen_ns = *now_ns;
  return static_cast<std::int64_t>(since);
}

std::optional<ProcessUsage::Memory> ProcessUsage::read_memory()
{
  std::array<char, 128> buffer;
  const std::optional<ResidentPages> pages = parse_statm(statm_file_.read(buffer));
  if (!pages) {
    return std::nullopt;
  }
  const std::uint64_t files = pages->files * page_size();
  const std::uint64_t shared = shared_memory(files);
  return Memory{(pages->all - pages->files) * page_size(), shared, files - std::min(files, shared)};
}

/// Asks again only when what it may be part of has changed by an eighth.
std::uint64_t ProcessUsage::shared_memory(std::uint64_t file_bytes)
{
  if (file_bytes < plain_file_bytes) {
    status_read_at_ = 0;
    shared_bytes_ = 0;
    return 0;
  }
  const std::uint64_t change =
      file_bytes > status_read_at_ ? file_bytes - status_read_at_ : status_read_at_ - file_bytes;
  if (change > status_read_at_ / 8) {
    status_read_at_ = file_bytes;
    shared_bytes_ = bytes_of_key(start_of_proc_file(pid_, "status", 4096), "RssShmem").value_or(0);
  }
  return shared_bytes_;
}

std::uint64_t ProcessUsage::without_inherited(std::uint64_t private_bytes, std::uint64_t elder)
{
  if (!inherited_bytes_) {
    inherited_bytes_ = std::min(private_bytes, elder);
  }
  const std::uint64_t grown = private_bytes - std::min(private_bytes, *inherited_bytes_);
  const std::uint64_t written = std::min(*inherited_bytes_, stat_.minor_faults * page_size());
  return std::min(private_bytes, grown + written);
}

} // namespace winnow::execute
