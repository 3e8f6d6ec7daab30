// Watches the inode behind a descriptor: a spill file has no name.
#include "daemon/execute/output_watch.hpp"

#include <boost/asio/posix/stream_descriptor.hpp>
#include <sys/inotify.h>

#include <array>
#include <string>
#include <utility>

namespace winnow::execute {

using Descriptor = boost::asio::posix::stream_descriptor;

struct OutputWatch::State : std::enable_shared_from_this<OutputWatch::State> {
  State(const boost::asio::any_io_executor& executor, std::function<void()> to_call)
      : events(executor), grew(std::move(to_call))
  {}

  void wait()
  {
    events.async_wait(Descriptor::wait_read,
                      [self = shared_from_this()](const boost::system::error_code& error) {
                        if (!error && self->grew) {
                          self->drain();
                          // It may end the watch.
                          const auto call = self->grew;
                          call();
                          if (self->grew) {
                            self->wait();
                          }
                        }
                      });
  }

  /// What the events say is known: the file has grown.
  void drain()
  {
    std::array<char, 4096> ignored;
    while (::read(events.native_handle(), ignored.data(), ignored.size()) > 0) {
    }
  }

  Descriptor events;
  std::function<void()> grew; ///< empty once the watch has ended
};

OutputWatch::OutputWatch(const boost::asio::any_io_executor& executor, const SpillFile& file,
                         std::function<void()> grew)
    : state_(std::make_shared<State>(executor, std::move(grew)))
{
  FileDescriptor events{::inotify_init1(IN_NONBLOCK | IN_CLOEXEC)};
  const std::string path = "/proc/self/fd/" + std::to_string(file.descriptor());
  if (events && ::inotify_add_watch(events.get(), path.c_str(), IN_MODIFY) >= 0) {
    state_->events.assign(events.release());
    state_->wait();
  }
}

OutputWatch::~OutputWatch()
{
  state_->grew = nullptr;
  boost::system::error_code ignored;
  state_->events.close(ignored);
}

} // namespace winnow::execute
