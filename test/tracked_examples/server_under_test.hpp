//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once
// Servers of others in this process, their clients on another thread, and what the library counted
// of the servers. The clients do nothing asynchronously, so no operation is theirs.

#include <perf_timer/operations.hpp>

#include <boost/asio/buffer.hpp>
#include <boost/asio/completion_condition.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/write.hpp>
#include <boost/test/unit_test.hpp>

#include <cstdint>
#include <fstream>
#include <string>
#include <string_view>
#include <thread>
#include <utility>

namespace perf_timer::test {

namespace asio = boost::asio;
using asio::ip::tcp;

/// Returns an endpoint on loopback where nobody listens.
[[nodiscard]] inline tcp::endpoint unused_endpoint() {
  asio::io_context context;
  return tcp::acceptor(context, {asio::ip::address_v4::loopback(), 0}).local_endpoint();
}

/// A client that blocks.
class BlockingClient {
 public:
  /// Connects. Tries again until somebody listens.
  explicit BlockingClient(const tcp::endpoint& server) {
    for (boost::system::error_code error;; std::this_thread::yield()) {
      socket_ = tcp::socket(context_);
      socket_.connect(server, error);
      if (error != asio::error::connection_refused) break;
    }
  }

  void send(std::string_view text) { asio::write(socket_, asio::buffer(text)); }
  /// Says that nothing more is sent.
  void finish() { socket_.shutdown(tcp::socket::shutdown_send); }
  /// Returns what comes until the server closes.
  std::string rest() {
    boost::system::error_code error;
    asio::read(socket_, asio::dynamic_buffer(received_), error);
    return std::exchange(received_, {});
  }
  /// Returns the next line with its end.
  std::string line() {
    const std::size_t n = asio::read_until(socket_, asio::dynamic_buffer(received_), '\n');
    const std::string line = received_.substr(0, n);
    received_.erase(0, n);
    return line;
  }
  /// Returns the next bytes.
  std::string bytes(std::size_t n) {
    if (received_.size() < n)
      asio::read(socket_, asio::dynamic_buffer(received_),
                 asio::transfer_exactly(n - received_.size()));
    const std::string bytes = received_.substr(0, n);
    received_.erase(0, n);
    return bytes;
  }

 private:
  asio::io_context context_;
  tcp::socket socket_{context_};
  std::string received_;
};

/// Executes the clients' part on another thread while the calling thread serves.
template <class Serve, class Clients>
void serve_clients(Serve serve, Clients clients) {
  std::thread thread(clients);
  serve();
  thread.join();
}

/// How often something happened, by the library's count.
struct Counted {
  std::uint64_t count = 0, failed = 0, cancelled = 0, dropped = 0, open = 0;

  Counted& operator+=(const OperationSnapshot& operation) {
    count += operation.count;
    failed += operation.failed;
    cancelled += operation.cancelled;
    dropped += operation.dropped;
    open += operation.open;
    return *this;
  }
  bool operator==(const Counted&) const = default;
};

inline std::ostream& operator<<(std::ostream& out, const Counted& c) {
  return out << c.count << " (" << c.failed << " failed, " << c.cancelled << " cancelled, "
             << c.dropped << " dropped, " << c.open << " open)";
}

/// What was counted of the operations that are selected. It has to hold for all of the program, so
/// each test has a server of its own, whose operations differ from those of other tests.
template <class Select>
[[nodiscard]] Counted counted(Select select) {
  Counted sum;
  for (const OperationSnapshot& operation : operations())
    if (select(operation)) sum += operation;
  return sum;
}

/// Returns the line of the first text in an example, from 1. The example is a file of its own.
[[nodiscard]] inline unsigned line_of(const std::string& path, std::string_view text) {
  std::ifstream file(path);
  BOOST_REQUIRE_MESSAGE(file, path);
  std::string read;
  for (unsigned line = 1; std::getline(file, read); ++line)
    if (read.find(text) != std::string::npos) return line;
  BOOST_FAIL(path << " has no such line: " << text);
  return 0;
}

/// What was counted of the operations of this name that are awaited there.
[[nodiscard]] inline Counted at(std::string_view file, unsigned line, std::string_view operation) {
  return counted([&](const OperationSnapshot& o) {
    return o.file.ends_with(file) && o.line == line && o.operation == operation;
  });
}

}  // namespace perf_timer::test
