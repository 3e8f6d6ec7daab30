// Accepts connections of this user and leaves when idle.
#include "daemon/serve/http_server.hpp"

#include "daemon/execute/abandoned_run.hpp"
#include "daemon/execute/process.hpp"
#include "daemon/serve/clock.hpp"
#include "daemon/serve/http_session.hpp"
#include "daemon/serve/routes.hpp"
#include "daemon/serve/run_service.hpp"
#include "daemon/store/store.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/local/stream_protocol.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/steady_timer.hpp>
#include <spdlog/spdlog.h>
#include <sys/socket.h>

#include <unistd.h>

#include <csignal>
#include <optional>
#include <utility>

namespace winnow::serve {
namespace {

namespace asio = boost::asio;
using Protocol = asio::local::stream_protocol;
using ErrorCode = boost::system::error_code;

constexpr std::chrono::milliseconds accept_pause{100};
/// All clients wait while the loop waits for another process's lock; what fails is tried again.
constexpr std::chrono::milliseconds store_patience{500};

/// Ends what is left of runs whose daemon has died, then says in the store that they have ended: in
/// this order, so that nothing is forgotten if we die in between.
Result<void> close_abandoned_runs(store::Store& store)
{
  const Result<std::vector<std::string>> abandoned = store.abandoned_runs();
  if (!abandoned) {
    return abandoned.error();
  }
  for (const std::string& run : *abandoned) {
    for (const std::string& process : execute::end_processes_of_run(run, store.output_path(run))) {
      spdlog::warn("ended what was left of run {}: {}", run, process);
    }
    if (const Result<void> ended = store.end_run(run, RunEnd::incomplete, now_us()); !ended) {
      return ended;
    }
  }
  return {};
}

bool is_own_user(int connected)
{
  ucred peer{};
  socklen_t size = sizeof peer;
  return ::getsockopt(connected, SOL_SOCKET, SO_PEERCRED, &peer, &size) == 0 &&
         peer.uid == ::geteuid();
}

} // namespace

struct HttpServer::State {
  State(store::Store its_store, const ServerOptions& options)
      : store(std::move(its_store)),
        service(loop.get_executor(), store, own_machine_within(options.memory), options.commits),
        routes(std::make_shared<Routes>(loop.get_executor(), service, store)),
        leaving(loop),
        accepting(loop),
        acceptor(loop),
        termination(loop),
        idle_time(options.idle_time)
  {}

  void accept()
  {
    acceptor.async_accept([this](ErrorCode error, Protocol::socket socket) {
      if (error == asio::error::operation_aborted) {
        return;
      }
      if (error) {
        spdlog::warn("cannot accept a connection: {}", error.message());
        accept_later();
        return;
      }
      serve(std::move(socket));
      accept();
    });
  }

  /// Out of descriptors, say: trying again at once would only spin.
  void accept_later()
  {
    accepting.expires_after(accept_pause);
    accepting.async_wait([this](ErrorCode error) {
      if (!error) {
        accept();
      }
    });
  }

  void serve(Protocol::socket socket)
  {
    if (!is_own_user(socket.native_handle())) {
      spdlog::warn("refused a connection of another user");
      return;
    }
    ++connections;
    leaving.cancel();
    serve_connection(std::move(socket), routes,
                     {[this] {
                        --connections;
                        leave_later();
                      },
                      [this] { leave_when_idle(); }});
  }

  /// Once the living runs have ended, whoever is connected.
  void leave_when_idle()
  {
    asked_to_leave = true;
    if (service.living_count() == 0) {
      leave_in(std::chrono::milliseconds(0));
    }
  }

  void leave_later()
  {
    if (service.living_count() > 0) {
      return;
    }
    if (asked_to_leave) {
      leave_in(std::chrono::milliseconds(0));
    } else if (idle_time.count() > 0 && connections == 0) {
      leave_in(idle_time);
    }
  }

  void leave_in(std::chrono::milliseconds time)
  {
    leaving.expires_after(time);
    leaving.async_wait([this](ErrorCode error) {
      if (!error && service.living_count() == 0) {
        spdlog::info("leaving");
        loop.stop();
      }
    });
  }

  asio::io_context loop{1};
  store::Store store;
  RunService service;
  std::shared_ptr<Routes> routes; ///< sessions see by it whether the rest still lives
  asio::steady_timer leaving;
  asio::steady_timer accepting;
  Protocol::acceptor acceptor;
  asio::signal_set termination;
  std::chrono::milliseconds idle_time;
  std::size_t connections = 0;
  bool asked_to_leave = false;
};

HttpServer::HttpServer(std::unique_ptr<State> state) : state_(std::move(state)) {}

HttpServer::~HttpServer() = default;

Result<std::unique_ptr<HttpServer>> HttpServer::create(const ServerOptions& options)
{
  execute::expect_children();
  Result<store::Store> store = store::Store::open(options.state_dir);
  if (!store) {
    return store.error();
  }
  if (!store->notice().empty()) {
    spdlog::warn("{}", store->notice());
  }
  if (const auto closed = close_abandoned_runs(*store); !closed) {
    spdlog::warn("{}", closed.error().message);
  }
  if (const auto pruned = store->prune(Retention{}.runs); !pruned) {
    spdlog::warn("{}", pruned.error().message);
  }
  store->set_patience(store_patience);
  auto state = std::make_unique<State>(std::move(*store), options);
  state->service.when_idle([raw = state.get()] { raw->leave_later(); });
  state->leave_later();
  return std::unique_ptr<HttpServer>(new HttpServer(std::move(state)));
}

void HttpServer::listen(int listener)
{
  state_->acceptor.assign(Protocol(), listener);
  state_->accept();
  state_->termination.add(SIGTERM);
  state_->termination.async_wait([raw = state_.get()](ErrorCode error, int) {
    if (!error) {
      spdlog::info("told to end");
      raw->loop.stop();
    }
  });
}

void HttpServer::adopt(int connected)
{
  asio::post(state_->loop, [state = state_.get(), connected] {
    state->serve(Protocol::socket(state->loop, Protocol(), connected));
  });
}

void HttpServer::run()
{
  const auto work = asio::make_work_guard(state_->loop);
  state_->loop.run();
}

void HttpServer::stop()
{
  state_->loop.stop();
}

} // namespace winnow::serve
