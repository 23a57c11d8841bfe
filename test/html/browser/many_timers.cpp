//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
// A program with many timers, which serves the page until it is interrupted:
//
//   many_timers [--timers N] [--perf-port N] [--labels 1]
//
// Each second it records 20 runs of each timer, executes functions on strands, and has runs open.
#include <perf_timer.hpp>
#include <perf_timer/serve.hpp>
#include <perf_timer/stall_watch.hpp>

#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/strand.hpp>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdlib>
#include <iostream>
#include <memory>
#include <random>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace {

namespace asio = boost::asio;
using namespace std::chrono_literals;
using perf_timer::AsioPerfTimer;

constexpr std::size_t most_strands = 40;

std::string name_of(std::size_t number) {
  constexpr std::string_view methods[] = {"GET", "POST", "PUT", "DELETE"};
  constexpr std::string_view things[] = {"orders",  "invoices", "customers", "shipments",
                                         "carts",   "payments", "reviews",   "sessions",
                                         "reports", "images"};
  return std::string(methods[number % 4]) + " /api/v1/" + std::string(things[number / 4 % 10]) +
         (number < 40 ? "" : "/" + std::to_string(number / 40));
}

class Program {
 public:
  /// With labels, all but the first timer have a method, and each second one has a zone.
  Program(std::size_t count, bool has_labels) {
    for (std::size_t i = 0; i < count; ++i) {
      perf_timer::TimerOptions options{.log = perf_timer::silent};
      if (has_labels && i != 0) options.labels = {{"method", i % 3 == 0 ? "GET" : "PUT"}};
      if (has_labels && i % 2 != 0) options.labels.emplace_back("zone", "eu");
      timers_.push_back(std::make_unique<AsioPerfTimer>(name_of(i), options));
    }
    for (std::size_t i = 0; i < std::min(count / 3 + 1, most_strands); ++i) {
      strand_timers_.push_back(std::make_unique<AsioPerfTimer>(
          "strand of " + name_of(i), perf_timer::TimerOptions{.log = perf_timer::silent}));
      strands_.emplace_back(strand_timers_.back()->wrap(asio::make_strand(context_)));
    }
    for (std::size_t i = 0; i < count; i += 4) open_.push_back(timers_[i]->start());
    record();
    execute();
    block();
  }

  asio::io_context& context() { return context_; }

 private:
  using Executor = decltype(std::declval<AsioPerfTimer&>().wrap(
      asio::make_strand(std::declval<asio::io_context&>())));

  void record() {
    std::lognormal_distribution<double> times{0, 1};
    for (std::size_t i = 0; i < timers_.size(); ++i)
      for (int run = 0; run < 20; ++run)
        timers_[i]->observe(std::chrono::nanoseconds(
            static_cast<long>((1e4 + 1e3 * static_cast<double>(i % 97)) * times(random_))));
    recording_.expires_after(1s);
    recording_.async_wait([this](const boost::system::error_code& error) {
      if (!error) record();
    });
  }

  void execute() {
    for (std::size_t i = 0; i < strands_.size(); ++i)
      for (std::size_t function = 0; function < 1 + i % 4; ++function)
        asio::post(strands_[i], [this, i] {
          const auto run = timers_[i % timers_.size()]->measure();
          const auto end = std::chrono::steady_clock::now() + 20us * (i % 11);
          while (std::chrono::steady_clock::now() < end) continue;
        });
    executing_.expires_after(20ms);
    executing_.async_wait([this](const boost::system::error_code& error) {
      if (!error) execute();
    });
  }

  // A function that blocks its thread for so long that the stall watch tells of it.
  void block() {
    asio::post(strands_.front(), [this] {
      const auto run = timers_.front()->measure();
      std::this_thread::sleep_for(400ms);
    });
    blocking_.expires_after(7s);
    blocking_.async_wait([this](const boost::system::error_code& error) {
      if (!error) block();
    });
  }

  asio::io_context context_;
  std::mt19937 random_{1};
  std::vector<std::unique_ptr<AsioPerfTimer>> timers_, strand_timers_;
  std::vector<Executor> strands_;
  std::vector<AsioPerfTimer::StartedRun> open_;
  asio::steady_timer recording_{context_}, executing_{context_}, blocking_{context_};
};

}  // namespace

int main(int count, char** arguments) {
  std::size_t timers = 1000;
  bool labels = false;
  int port = 0;
  for (int i = 1; i + 1 < count; i += 2) {
    const std::string_view option = arguments[i];
    if (option == "--timers") timers = static_cast<std::size_t>(std::atoi(arguments[i + 1]));
    if (option == "--labels") labels = std::atoi(arguments[i + 1]) != 0;
    if (option == "--perf-port") port = std::atoi(arguments[i + 1]);
  }
  Program program{timers, labels};
  const auto watch = perf_timer::watch_stalls({.longer_than = 100ms, .sink = [](const auto&) {}});
  const auto service = perf_timer::serve({.port = static_cast<std::uint16_t>(port)});
  // As the example server says it.
  std::cout << "listening on http://127.0.0.1:" << service.port() << " and shown on "
            << service.address() << "; Ctrl-C ends it" << std::endl;
  asio::signal_set signals{program.context(), SIGINT, SIGTERM};
  signals.async_wait([&](auto, auto) { program.context().stop(); });
  std::vector<std::jthread> threads;
  for (int i = 0; i < 2; ++i) threads.emplace_back([&] { program.context().run(); });
}
