// Parses files of /proc and lists its directories.
#include "daemon/execute/proc_files.hpp"

#include "daemon/execute/file_descriptor.hpp"
#include "daemon/execute/text_fields.hpp"

#include <dirent.h>
#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstring>

namespace winnow::execute {
namespace {

constexpr std::uint64_t forked_without_exec_flag = 0x40; // PF_FORKNOEXEC, as in proc(5)

/// What getdents64 fills in, up to the name.
constexpr std::size_t record_length_offset = 16;
constexpr std::size_t name_offset = 19;

void add_numbers(const char* entries, std::size_t size, std::vector<pid_t>& numbers)
{
  for (std::size_t at = 0; at + name_offset < size;) {
    std::uint16_t length = 0;
    std::memcpy(&length, entries + at + record_length_offset, sizeof length);
    if (const auto number = TextFields::number_in<pid_t>(entries + at + name_offset)) {
      numbers.push_back(*number);
    }
    at += length;
  }
}

} // namespace

/// The name in parentheses may hold spaces and parentheses itself.
std::optional<ProcessStat> parse_process_stat(std::string_view text)
{
  const std::size_t name_end = text.rfind(')');
  if (name_end == std::string_view::npos) {
    return std::nullopt;
  }
  TextFields fields(text.substr(name_end + 1));
  ProcessStat process;
  const std::string_view state = fields.word();
  const auto parent = fields.number<pid_t>();
  const auto group = fields.number<pid_t>();
  const auto session = fields.number<pid_t>();
  fields.skip(2); // the terminal and its group
  const auto flags = fields.number<std::uint64_t>();
  const auto minor_faults = fields.number<std::uint64_t>();
  fields.skip(3); // other faults
  std::array<std::optional<std::uint64_t>, 4> ticks;
  std::ranges::generate(ticks, [&] { return fields.number<std::uint64_t>(); });
  fields.skip(2); // priority and niceness
  const auto threads = fields.number<std::uint32_t>();
  fields.skip(1);
  const auto started = fields.number<std::uint64_t>();
  if (state.size() != 1 || !parent || !group || !session || !flags || !minor_faults || !threads ||
      !started ||
      !std::ranges::all_of(ticks, [](const auto& value) { return value.has_value(); })) {
    return std::nullopt;
  }
  fields.skip(5); // sizes, and where the code is
  process.state = state.front();
  process.parent = *parent;
  process.group = *group;
  process.session = *session;
  process.forked_without_exec = (*flags & forked_without_exec_flag) != 0;
  process.minor_faults = *minor_faults;
  process.own_ticks = *ticks[0] + *ticks[1];
  process.reaped_ticks = *ticks[2] + *ticks[3];
  process.threads = *threads;
  process.started_ticks = *started;
  process.stack_start = fields.number<std::uint64_t>().value_or(0);
  return process;
}

std::optional<ResidentPages> parse_statm(std::string_view text)
{
  TextFields fields(text);
  fields.skip(1);
  const auto all = fields.number<std::uint64_t>();
  const auto files = fields.number<std::uint64_t>();
  if (!all || !files) {
    return std::nullopt;
  }
  return ResidentPages{*all, std::min(*files, *all)};
}

std::optional<std::uint64_t> parse_run_delay(std::string_view text)
{
  TextFields fields(text);
  fields.skip(1);
  return fields.number<std::uint64_t>();
}

std::optional<std::uint64_t> bytes_of_key(std::string_view text, std::string_view key)
{
  while (!text.empty()) {
    const std::string_view line = take_line(text);
    if (line.size() > key.size() && line.starts_with(key) && line[key.size()] == ':') {
      const auto kilobytes = TextFields(line.substr(key.size() + 1)).number<std::uint64_t>();
      return kilobytes && *kilobytes <= UINT64_MAX / 1024 ? std::optional(*kilobytes * 1024)
                                                          : std::nullopt;
    }
  }
  return std::nullopt;
}

std::optional<ProcessStat> stat_of(pid_t pid)
{
  return parse_process_stat(start_of_proc_file(pid, "stat", 1024));
}

std::string start_of_file(const std::string& path, std::size_t limit)
{
  const FileDescriptor file{::open(path.c_str(), O_RDONLY | O_CLOEXEC)};
  std::string content;
  std::array<char, 4096> bytes; // not filled: this is read often
  while (file && content.size() < limit) {
    const ssize_t got =
        ::read(file.get(), bytes.data(), std::min(bytes.size(), limit - content.size()));
    if (got <= 0) {
      break;
    }
    content.append(bytes.data(), static_cast<std::size_t>(got));
  }
  return content;
}

std::string start_of_proc_file(pid_t pid, const char* name, std::size_t limit)
{
  return start_of_file("/proc/" + std::to_string(pid) + "/" + name, limit);
}

std::vector<pid_t> all_processes()
{
  return numbers_in("/proc");
}

std::vector<pid_t> numbers_in(const std::string& directory)
{
  const FileDescriptor entries{::open(directory.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)};
  std::vector<pid_t> numbers;
  alignas(8) std::array<char, 16384> buffer; // not filled: this is read often
  while (entries) {
    const ssize_t got = ::getdents64(entries.get(), buffer.data(), buffer.size());
    if (got <= 0) {
      break;
    }
    add_numbers(buffer.data(), static_cast<std::size_t>(got), numbers);
  }
  std::ranges::sort(numbers);
  return numbers;
}

} // namespace winnow::execute
