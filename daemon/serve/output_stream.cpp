// Reads the file a test writes to, as it grows.
#include "daemon/serve/output_stream.hpp"

#include "daemon/execute/output_watch.hpp"
#include "daemon/serve/run_following.hpp"

#include <algorithm>
#include <optional>
#include <utility>

namespace winnow::serve {
namespace {

constexpr std::size_t bytes_at_once = 256 * 1024;

class OutputStream : public BodyStream {
 public:
  OutputStream(boost::asio::any_io_executor executor, std::shared_ptr<Run> run, std::uint32_t test,
               std::uint64_t from, OutputUntil until)
      : executor_(std::move(executor)), run_(std::move(run)), test_(test), place_(from)
  {
    look_for_file();
    if (until == OutputUntil::now) {
      end_ = file_ ? file_->size() : 0;
    }
  }

  std::string next() override
  {
    look_for_file();
    if (!file_) {
      return "";
    }
    std::uint64_t length = bytes_at_once;
    if (end_) {
      length = std::min(length, *end_ > place_ ? *end_ - place_ : 0);
    }
    std::string bytes = file_->read(place_, length);
    place_ += bytes.size();
    return bytes;
  }

  [[nodiscard]] bool ended() const override
  {
    if (end_) {
      return true; // all that was there has been given
    }
    return file_ ? run_->output_of(test_) != file_ : has_no_output_to_come();
  }

  void when_more(std::function<void()> wake) override
  {
    wake_ = std::move(wake);
    following_.emplace(run_, wake_);
    watch();
  }

 private:
  /// Its execution is over, or it never had one.
  [[nodiscard]] bool has_no_output_to_come() const
  {
    return run_->state_of(test_) != TestState::waiting || run_->ended();
  }

  void look_for_file()
  {
    if (!file_) {
      file_ = run_->output_of(test_);
      watch();
    }
  }

  void watch()
  {
    if (file_ && wake_ && !watch_) {
      watch_.emplace(executor_, *file_, wake_);
    }
  }

  boost::asio::any_io_executor executor_;
  std::shared_ptr<Run> run_;
  std::uint32_t test_;
  std::uint64_t place_;
  std::optional<std::uint64_t> end_; ///< where to stop, whatever is written meanwhile
  std::shared_ptr<const execute::SpillFile> file_;
  std::function<void()> wake_;
  std::optional<RunFollowing> following_;
  std::optional<execute::OutputWatch> watch_;
};

} // namespace

std::shared_ptr<BodyStream> output_stream(const boost::asio::any_io_executor& executor,
                                          std::shared_ptr<Run> run, std::uint32_t test,
                                          std::uint64_t from, OutputUntil until)
{
  return std::make_shared<OutputStream>(executor, std::move(run), test, from, until);
}

} // namespace winnow::serve
