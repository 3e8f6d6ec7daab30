// Reads MAKEFLAGS, and the pipe or FIFO it names.
#include "daemon/client/job_server.hpp"

#include <fmt/format.h>
#include <sys/stat.h>

#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

#include <cerrno>
#include <charconv>
#include <cstdlib>
#include <cstring>
#include <utility>
#include <vector>

namespace winnow::client {
namespace {

/// Of a line that make has written: words, with a backslash before what is not to divide them.
std::vector<std::string> words_of(std::string_view line)
{
  std::vector<std::string> words(1);
  for (std::size_t at = 0; at < line.size(); ++at) {
    if (line[at] == ' ' || line[at] == '\t') {
      words.emplace_back();
    } else {
      at += line[at] == '\\' && at + 1 < line.size() ? 1 : 0;
      words.back() += line[at];
    }
  }
  return words;
}

/// "R,W"
std::optional<JobServerPlace> two_descriptors(std::string_view text)
{
  JobServerPlace place;
  const char* const end = text.data() + text.size();
  const auto reader = std::from_chars(text.data(), end, place.reader);
  if (reader.ec != std::errc() || reader.ptr == end || *reader.ptr != ',') {
    return std::nullopt;
  }
  const auto writer = std::from_chars(reader.ptr + 1, end, place.writer);
  const bool whole = writer.ec == std::errc() && writer.ptr == end;
  return whole && place.reader >= 0 && place.writer >= 0 ? std::optional(place) : std::nullopt;
}

Error out_of_reach(const std::string& why)
{
  return environment_error("the job server that MAKEFLAGS names is out of reach: " + why);
}

/// What this process has opened itself closes when it becomes another program, what make has left
/// it does not: so that a file that took the place of make's is not taken for it.
std::string objection_to(int descriptor, int wanted_mode)
{
  const int flags = ::fcntl(descriptor, F_GETFD);
  if (flags < 0) {
    return fmt::format("descriptor {} is closed", descriptor);
  }

  struct stat info {};

  const int mode = ::fcntl(descriptor, F_GETFL) & O_ACCMODE;
  const bool is_pipe = ::fstat(descriptor, &info) == 0 && S_ISFIFO(info.st_mode);
  const bool is_left_by_make = (flags & FD_CLOEXEC) == 0;
  return is_pipe && is_left_by_make && (mode == wanted_mode || mode == O_RDWR)
             ? ""
             : fmt::format("descriptor {} is another file", descriptor);
}

bool are_one_pipe(int reader, int writer)
{
  struct stat one {};

  struct stat other {};

  return ::fstat(reader, &one) == 0 && ::fstat(writer, &other) == 0 && one.st_dev == other.st_dev &&
         one.st_ino == other.st_ino;
}

/// Opened anew, so that it can be told not to block: that belongs to the open file, which make and
/// its other children have in common. For both ways, so that it never ends.
Result<int> open_anew(const std::string& path, const std::string& name)
{
  const int fd = ::open(path.c_str(), O_RDWR | O_NONBLOCK | O_CLOEXEC | O_NOCTTY);
  if (fd < 0) {
    return out_of_reach(fmt::format("cannot open {}: {}", name, std::strerror(errno)));
  }

  struct stat info {};

  if (::fstat(fd, &info) != 0 || !S_ISFIFO(info.st_mode)) {
    ::close(fd);
    return out_of_reach(name + " is no FIFO");
  }
  return fd;
}

} // namespace

std::optional<JobServerPlace> job_server_place(std::string_view makeflags)
{
  std::optional<JobServerPlace> place;
  for (const std::string& word : words_of(makeflags)) {
    for (const std::string_view option : {"--jobserver-auth=", "--jobserver-fds="}) {
      if (!word.starts_with(option)) {
        continue;
      }
      const std::string_view value = std::string_view(word).substr(option.size());
      constexpr std::string_view fifo = "fifo:";
      place = value.starts_with(fifo)
                  ? std::optional(JobServerPlace{std::string(value.substr(fifo.size()))})
                  : two_descriptors(value);
    }
  }
  return place;
}

Result<JobServer> JobServer::open(const JobServerPlace& place)
{
  std::string path = place.fifo;
  std::string name = place.fifo;
  if (place.fifo.empty()) {
    for (const auto& [descriptor, mode] :
         {std::pair{place.reader, O_RDONLY}, std::pair{place.writer, O_WRONLY}}) {
      if (const std::string objection = objection_to(descriptor, mode); !objection.empty()) {
        return out_of_reach(objection);
      }
    }
    if (!are_one_pipe(place.reader, place.writer)) {
      return out_of_reach(fmt::format("descriptors {} and {} are not the ends of one pipe",
                                      place.reader, place.writer));
    }
    path = fmt::format("/proc/self/fd/{}", place.reader);
    name = fmt::format("descriptor {}", place.reader);
  }
  const Result<int> fd = open_anew(path, name);
  return fd ? Result<JobServer>(JobServer(*fd)) : fd.error();
}

JobServer::~JobServer()
{
  give_all_back();
  close();
}

JobServer::JobServer(JobServer&& other) noexcept
    : fd_(std::exchange(other.fd_, -1)),
      tokens_(std::exchange(other.tokens_, {})),
      has_own_job_(std::exchange(other.has_own_job_, false))
{}

void JobServer::close()
{
  if (fd_ >= 0) {
    ::close(std::exchange(fd_, -1));
  }
}

bool JobServer::try_take()
{
  if (!std::exchange(has_own_job_, true)) {
    return true;
  }
  char token = 0;
  ssize_t count = -1;
  do {
    count = fd_ < 0 ? 0 : ::read(fd_, &token, 1);
  } while (count < 0 && errno == EINTR);
  if (count == 1) {
    tokens_.push_back(token);
    return true;
  }
  if (count == 0 || errno != EAGAIN) {
    close();
  }
  return false;
}

void JobServer::give_back()
{
  if (tokens_.empty()) {
    has_own_job_ = false;
    return;
  }
  const char token = tokens_.back();
  tokens_.pop_back();
  while (fd_ >= 0 && ::write(fd_, &token, 1) != 1) {
    if (errno == EAGAIN) { // as full as a pipe can be
      pollfd room{fd_, POLLOUT, 0};
      ::poll(&room, 1, -1);
    } else if (errno != EINTR) {
      close();
    }
  }
}

void JobServer::give_all_back()
{
  while (held() > 0) {
    give_back();
  }
}

std::uint32_t JobServer::held() const
{
  return static_cast<std::uint32_t>(tokens_.size()) + (has_own_job_ ? 1 : 0);
}

Result<std::optional<JobServer>> own_job_server()
{
  const char* const makeflags = std::getenv("MAKEFLAGS");
  const auto place = job_server_place(makeflags == nullptr ? "" : makeflags);
  if (!place) {
    return std::optional<JobServer>();
  }
  Result<JobServer> server = JobServer::open(*place);
  return server ? Result<std::optional<JobServer>>(std::optional<JobServer>(std::move(*server)))
                : server.error();
}

std::string job_server_warning(const Error& error)
{
  return fmt::format("winnow: {}; tests run without it. Make lets a recipe use it that begins with "
                     "+, or that names $(MAKE)\n",
                     error.message);
}

} // namespace winnow::client
