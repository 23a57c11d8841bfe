//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//

// A web server whose report tells why each of its routes takes long. Begin with routes.cpp and
// instrumentation.cpp: they have all that it takes to measure a server.
#include "instrumentation.hpp"
#include "options.hpp"
#include "routes.hpp"
#include "server.hpp"
#include "upstream_server.hpp"

#include <perf_timer.hpp>
#include <perf_timer/report_on_signal.hpp>
#include <perf_timer/stall_watch.hpp>
#include <perf_timer/write_html.hpp>
#ifdef HTTP_SERVER_HAS_HTML
#include <perf_timer/html_page.hpp>
#endif
#ifdef HTTP_SERVER_HAS_HTTP
#include <perf_timer/serve.hpp>
#endif
#ifdef HTTP_SERVER_HAS_JSON
#include <perf_timer/flight_recorder.hpp>
#endif
#ifdef HTTP_SERVER_HAS_STACKTRACE
#include <perf_timer/stacktrace_symbols.hpp>
#endif

#include <boost/asio/io_context.hpp>
#include <boost/asio/signal_set.hpp>

#include <chrono>
#include <csignal>
#include <exception>
#include <fstream>
#include <iostream>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace {

using namespace std::chrono_literals;

void write_page([[maybe_unused]] const std::string& file) {
#ifdef HTTP_SERVER_HAS_HTML
  std::ofstream out{file, std::ios::binary};
  perf_timer::write_html(out);
  if (!out.flush()) throw std::runtime_error{"can't write " + file};
#endif
}

/// Tells steps that block a thread, and samples what the threads execute.
std::optional<perf_timer::StallWatch> watch_threads(bool measured) {
  if (!measured) return {};
  perf_timer::StallWatchOptions options;
#ifdef HTTP_SERVER_HAS_STACKTRACE
  options.symbols = perf_timer::stacktrace_symbols;
#endif
  return perf_timer::watch_stalls(std::move(options));
}

void run(const http_server::Options& options) {
#ifdef HTTP_SERVER_HAS_JSON
  std::optional<perf_timer::FlightRecorder> recorder;
  if (!options.flight.empty())
    recorder.emplace(perf_timer::FlightRecorderOptions{
        .directory = options.flight, .slower_than = std::chrono::milliseconds{100}});
#endif
  const http_server::UpstreamServer upstream;
  const http_server::Instrumentation instrumentation{options.timers};
  boost::asio::io_context context{options.threads};
  http_server::Routes routes{context, instrumentation, upstream.endpoint()};
  http_server::Server server{context, instrumentation, routes, {options.address, options.port}};

  perf_timer::report_on_signal(context, SIGUSR1);
  const auto watch = watch_threads(options.timers);
  std::string shown;
#ifdef HTTP_SERVER_HAS_HTTP
  const auto service = perf_timer::serve({.port = options.perf_port});
  shown = "; what it does is shown on " + service.address();
#endif
  boost::asio::signal_set signals{context, SIGINT, SIGTERM};
  signals.async_wait([&](boost::system::error_code, int) {
    signals.clear();  // a second Ctrl-C ends the program at once
    server.stop();
  });

  std::cout << "listening on http://" << server.endpoint() << " with " << options.threads
            << (options.threads == 1 ? " thread" : " threads")
            << (options.timers ? "" : " and no timers") << shown << "; Ctrl-C stops it"
            << std::endl;
  {
    std::vector<std::jthread> threads;
    for (int i = 1; i < options.threads; ++i) threads.emplace_back([&] { context.run(); });
    context.run();
  }
  if (options.timers) perf_timer::write_report(std::cout);
  if (!options.html.empty()) write_page(options.html);
}

}  // namespace

int main(int argc, char** argv) try {
  const auto options = http_server::parse_options(std::span{argv, argv + argc}.subspan(1));
  if (options.help) {
    http_server::write_usage(std::cout);
  } else {
    run(options);
  }
} catch (const std::invalid_argument& error) {
  std::cerr << "http_server: " << error.what() << '\n';
  return 2;
} catch (const std::exception& error) {
  std::cerr << "http_server: " << error.what() << '\n';
  return 1;
}
