// Follows the event log of a run.
#include "daemon/serve/run_event_stream.hpp"

#include "analyzer/report/run_json.hpp"
#include "daemon/serve/run_following.hpp"

#include <utility>

namespace winnow::serve {
namespace {

/// Bounds the memory of a slow follower.
constexpr std::size_t events_at_once = 500;

class RunEventStream : public BodyStream {
 public:
  explicit RunEventStream(std::shared_ptr<Run> run) : run_(std::move(run)) {}

  std::string next() override
  {
    std::string lines;
    const EventLog& events = run_->events();
    for (std::size_t i = 0; i < events_at_once && place_ < events.size(); ++i, ++place_) {
      lines += report::run_event_to_json(events[place_]);
      lines += '\n';
    }
    return lines;
  }

  [[nodiscard]] bool ended() const override
  {
    return run_->ended() && place_ == run_->events().size();
  }

  void when_more(std::function<void()> wake) override { following_.emplace(run_, std::move(wake)); }

 private:
  std::shared_ptr<Run> run_;
  std::size_t place_ = 0; ///< of the next event
  std::optional<RunFollowing> following_;
};

} // namespace

std::shared_ptr<BodyStream> run_event_stream(std::shared_ptr<Run> run)
{
  return std::make_shared<RunEventStream>(std::move(run));
}

} // namespace winnow::serve
