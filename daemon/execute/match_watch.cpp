// Looks when the file has grown, and now and then in case nobody tells.
#include "daemon/execute/match_watch.hpp"

#include "daemon/execute/output_watch.hpp"

#include <boost/asio/steady_timer.hpp>

#include <algorithm>
#include <chrono>
#include <optional>
#include <utility>

namespace winnow::execute {
namespace {

using Clock = std::chrono::steady_clock;
using std::chrono::milliseconds;

constexpr milliseconds shortest_pause{5};
/// Where the kernel has no watches left, only this finds a match.
constexpr milliseconds longest_pause{1000};

} // namespace

struct MatchWatch::State : std::enable_shared_from_this<MatchWatch::State> {
  State(const boost::asio::any_io_executor& executor, std::shared_ptr<const SpillFile> its_file,
        OutputPatterns its_patterns, std::function<void()> to_call)
      : file(std::move(its_file)),
        patterns(std::move(its_patterns)),
        matched(std::move(to_call)),
        timer(executor)
  {}

  void begin(const boost::asio::any_io_executor& executor)
  {
    growth.emplace(executor, *file, [weak = weak_from_this()] {
      if (const auto self = weak.lock()) {
        self->grew();
      }
    });
    pause(Clock::duration::zero()); // it may have grown before it was watched
  }

  void grew()
  {
    if (Clock::now() >= may_look) {
      look();
    } else {
      pause(may_look - Clock::now());
    }
  }

  void pause(Clock::duration time)
  {
    timer.expires_after(time);
    timer.async_wait([weak = weak_from_this()](const boost::system::error_code& error) {
      if (const auto self = weak.lock(); self && !error) {
        self->look();
      }
    });
  }

  void look()
  {
    if (!matched) {
      return;
    }
    const Clock::time_point begin = Clock::now();
    const std::uint64_t size = file->size();
    const bool matches = size != seen && has_match();
    seen = size;
    if (matches) {
      growth.reset();
      timer.cancel();
      std::exchange(matched, nullptr)();
      return;
    }
    may_look =
        Clock::now() + std::max<Clock::duration>(10 * (Clock::now() - begin), shortest_pause);
    pause(std::max<Clock::duration>(may_look - Clock::now(), longest_pause));
  }

  /// What is too long to be matched matches nothing.
  [[nodiscard]] bool has_match() const
  {
    const Result<std::string> text = whole_lines_to_match(*file);
    return text && patterns.first_match(*text) != nullptr;
  }

  std::shared_ptr<const SpillFile> file;
  OutputPatterns patterns;
  std::function<void()> matched; ///< empty once it was called, or must not be any more
  boost::asio::steady_timer timer;
  std::optional<OutputWatch> growth;
  std::uint64_t seen = 0; ///< bytes that were looked at
  Clock::time_point may_look;
};

MatchWatch::MatchWatch(const boost::asio::any_io_executor& executor,
                       std::shared_ptr<const SpillFile> file, OutputPatterns patterns,
                       std::function<void()> matched)
    : state_(std::make_shared<State>(executor, std::move(file), std::move(patterns),
                                     std::move(matched)))
{
  state_->begin(executor);
}

MatchWatch::~MatchWatch()
{
  state_->matched = nullptr;
  state_->growth.reset();
  state_->timer.cancel();
}

} // namespace winnow::execute
