// A body of a response that is not all there yet.
#pragma once

#include <functional>
#include <string>

namespace winnow::serve {

/// Pulled by who sends it, so that a slow reader costs no memory. One thread.
class BodyStream {
 public:
  virtual ~BodyStream() = default;

  /// The next bytes, a bounded number; "" if there are none now.
  virtual std::string next() = 0;
  /// Whether nothing will come any more. Ask when next() gave nothing.
  [[nodiscard]] virtual bool ended() const = 0;
  /// `wake` is called whenever next() or ended() may answer otherwise than before.
  virtual void when_more(std::function<void()> wake) = 0;
};

} // namespace winnow::serve
