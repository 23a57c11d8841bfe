//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once
// Boost.Beast's own examples, whose sources Debian installs, advance the tests' clocks. Writing the
// version of a server or client takes 7 ticks, and printing what was received takes 100. Include
// this after Beast's headers and before the examples. Each example is included in its own
// namespace, after all headers that it includes itself.

#include "common/manual_clock.hpp"
#include "common/quiet_timer.hpp"
#include "common/world.hpp"

#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/version.hpp>

#include <filesystem>
#include <fstream>
#include <iostream>
#include <memory>
#include <streambuf>
#include <string>

namespace perf_timer::test {

/// Advances both clocks, as tests measure with either.
inline void compute_on_both(int n) {
  ManualClock::advance(n);
  ThreadManualClock::advance(n);
}

inline constexpr int version_ticks = 7;
inline const char* version_that_computes() {
  compute_on_both(version_ticks);
  return "Beast";
}

inline constexpr int print_ticks = 100;
/// While it lives, std::cout prints nothing, and each flush takes time.
class PrintingComputes : public std::streambuf {
 public:
  PrintingComputes() : before_(std::cout.rdbuf(this)) {}
  ~PrintingComputes() override { std::cout.rdbuf(before_); }
  PrintingComputes(const PrintingComputes&) = delete;
  PrintingComputes& operator=(const PrintingComputes&) = delete;

 protected:
  int_type overflow(int_type c) override { return traits_type::not_eof(c); }
  std::streamsize xsputn(const char*, std::streamsize n) override { return n; }
  int sync() override {
    compute_on_both(print_ticks);
    return 0;
  }

 private:
  std::streambuf* before_;
};

/// A folder with one page.
class Site {
 public:
  Site() { std::ofstream(folder_ / "page.html") << "<p>page</p>\n"; }
  ~Site() { std::filesystem::remove_all(folder_); }
  Site(const Site&) = delete;
  Site& operator=(const Site&) = delete;
  [[nodiscard]] std::shared_ptr<const std::string> root() const {
    return std::make_shared<const std::string>(folder_.string());
  }

 private:
  static std::filesystem::path make_folder() {
    std::string name = (std::filesystem::temp_directory_path() / "perf_timer_XXXXXX").string();
    BOOST_REQUIRE(mkdtemp(name.data()) != nullptr);
    return name;
  }
  const std::filesystem::path folder_ = make_folder();
};
inline constexpr const char* targets[] = {"/page.html", "/missing.html"};

/// Accepts a number of connections on loopback.
class Acceptor {
 public:
  explicit Acceptor(asio::any_io_executor executor)
      : acceptor_(std::move(executor), {asio::ip::address_v4::loopback(), 0}),
        port_(std::to_string(acceptor_.local_endpoint().port())) {}

  [[nodiscard]] const char* port() const { return port_.c_str(); }

  /// Calls `serve(socket)` for each connection. `make` returns the executor of each socket.
  template <class Make, class Serve>
  asio::awaitable<void> accept(int connections, Make make, Serve serve) {
    for (int i = 0; i < connections; ++i)
      serve(asio::ip::tcp::socket(co_await acceptor_.async_accept(make(), asio::use_awaitable)));
  }

 private:
  asio::ip::tcp::acceptor acceptor_;
  const std::string port_;
};

/// Calls `program(world, make)`, where `make()` returns a session's executor: with every kind of
/// executor on one thread, and on four threads, where Beast's streams need a strand.
template <class Program>
void in_places_for_sessions(Program program) {
  for (const Place place : single_threaded) {
    BOOST_TEST_CONTEXT("one thread, " << place) {
      World<ManualClock> world(place);
      program(world, [&] { return world.executor(); });
    }
  }
  BOOST_TEST_CONTEXT("four threads") {
    World<ThreadManualClock> world(Place::four_threads);
    program(world, [&] {
      return asio::any_io_executor(
          instrument<ThreadManualClock>(asio::make_strand(world.context())));
    });
  }
}

/// Starts a session of callbacks as a run, which lasts until the session is destroyed. Its socket
/// is on the run's executor. The acceptor's step, in which this is called, has no part in it.
template <class Session, class Clock, class... Arguments>
void start_measured(QuietTimer<Clock>& timer, asio::ip::tcp::socket socket,
                    Arguments... arguments) {
  const auto run = std::make_shared<typename QuietTimer<Clock>::StartedRun>(timer.start());
  const auto executor = socket.get_executor();
  asio::ip::tcp::socket on_run(run->wrap(executor), asio::ip::tcp::v4(), socket.release());
  const std::shared_ptr<Session> session(new Session(std::move(on_run), arguments...),
                                         [run](Session* ended) {
                                           delete ended;
                                           run->stop();
                                         });
  session->run();
}

}  // namespace perf_timer::test

#undef BOOST_BEAST_VERSION_STRING
#define BOOST_BEAST_VERSION_STRING ::perf_timer::test::version_that_computes()
