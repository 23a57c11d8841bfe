//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//

// A server in callbacks: which part of a connection's time does the server compute, and which does
// it wait? The connection keeps its run, because no scope lasts from its first callback to its
// last.
#include <perf_timer.hpp>

#include <boost/asio/bind_executor.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/asio/write.hpp>

#include <chrono>
#include <iostream>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;
using namespace std::chrono_literals;

namespace {

const perf_timer::TimerOptions quiet{
    .log = [](std::string_view) {}};  // the table at the end is enough
perf_timer::AsioPerfTimer connection_timer{"connection", quiet};
perf_timer::AsioPerfTimer request_timer{"request", quiet};
perf_timer::AsioPerfTimer client_timer{"client", quiet};

void compute(std::chrono::microseconds duration) {
  const auto end = std::chrono::steady_clock::now() + duration;
  while (std::chrono::steady_clock::now() < end) continue;
}

/// Answers each line with that line.
class Connection : public std::enable_shared_from_this<Connection> {
 public:
  /// The socket gets an executor on which everything is on behalf of the run.
  Connection(tcp::socket socket, asio::thread_pool& pool)
      : pool_(pool), socket_(run_.wrap(socket.get_executor()), tcp::v4(), socket.release()) {}

  void read() {
    request_.reset();
    asio::async_read_until(socket_, asio::dynamic_buffer(input_), '\n',
                           [self = shared_from_this()](error_code error, std::size_t length) {
                             if (!error) self->answer(length);
                           });
  }

 private:
  /// A request begins when its line is there, and ends when the answer is sent. The pool works on
  /// its behalf.
  void answer(std::size_t length) {
    request_.emplace(request_timer.start());
    compute(50us);  // the connection's
    asio::post(request_->wrap(pool_), [self = shared_from_this(), length] {
      compute(500us);  // the request's
      asio::post(self->socket_.get_executor(), [self, length] { self->write(length); });
    });
  }

  void write(std::size_t length) {
    asio::async_write(socket_, asio::buffer(input_.data(), length),
                      [self = shared_from_this(), length](error_code error, std::size_t) {
                        self->input_.erase(0, length);
                        if (!error) self->read();
                      });
  }

  perf_timer::AsioPerfTimer::StartedRun run_ = connection_timer.start();
  std::optional<perf_timer::AsioPerfTimer::StartedRun> request_;
  asio::thread_pool& pool_;
  tcp::socket socket_;
  std::string input_;
};

void accept(tcp::acceptor& acceptor, asio::thread_pool& pool, int connections) {
  acceptor.async_accept([&, connections](error_code error, tcp::socket socket) {
    if (error) return;
    std::make_shared<Connection>(std::move(socket), pool)->read();
    if (connections > 1) accept(acceptor, pool, connections - 1);
  });
}

/// Sends some lines, and reads the answers. Its handlers are bound to the run's executor; the
/// socket knows nothing of it.
class Client : public std::enable_shared_from_this<Client> {
 public:
  Client(asio::io_context& context, int& answers)
      : socket_(context), executor_(run_.wrap(context)), answers_(answers) {}

 private:
  template <class Next>
  auto bound(Next next) {
    return asio::bind_executor(
        executor_, [self = shared_from_this(), next](error_code error, std::size_t = 0) {
          error ? self->run_.fail() : next(*self);
        });
  }

 public:
  void start(const tcp::endpoint& server) {
    socket_.async_connect(server, bound([](Client& self) { self.send(); }));
  }

 private:
  void send() {
    asio::async_write(socket_, asio::buffer(line_), bound([](Client& self) { self.receive(); }));
  }
  void receive() {
    asio::async_read_until(socket_, asio::dynamic_buffer(input_), '\n',
                           bound([](Client& self) { self.received(); }));
  }
  void received() {
    if (input_ == line_) ++answers_;
    input_.clear();
    ++sent_ < 5 ? send() : run_.stop();
  }

  perf_timer::AsioPerfTimer::StartedRun run_ = client_timer.start();
  tcp::socket socket_;
  perf_timer::PerfExecutor<asio::io_context::executor_type> executor_;
  int& answers_;
  std::string input_;
  const std::string line_ = "what time is it?\n";
  int sent_ = 0;
};

}  // namespace

int main() {
  constexpr int clients = 4;
  int answers = 0;
  asio::io_context context;
  asio::thread_pool pool{2};
  tcp::acceptor acceptor{context, {asio::ip::address_v4::loopback(), 0}};
  accept(acceptor, pool, clients);
  for (int i = 0; i < clients; ++i)
    std::make_shared<Client>(context, answers)->start(acceptor.local_endpoint());
  context.run();
  pool.join();

  std::cout << "A connection waits for its client most of the time, and a request computes:\n\n";
  perf_timer::write_report(std::cout);
  const auto connections = connection_timer.snapshot(), requests = request_timer.snapshot();
  const bool right = answers == 5 * clients && connections.runs == clients &&
                     requests.runs == 5 * clients && client_timer.snapshot().runs == clients &&
                     connections.lost + requests.lost == 0 && requests.busy.min >= 500us &&
                     connections.busy.min >= 5 * 50us;
  return right ? 0 : 1;
}
