//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//

// What did each thread do when, and what woke it? Writes a trace to the given file, or to
// strands.trace.json in the folder for temporary files. Open it with https://ui.perfetto.dev or
// chrome://tracing.
#include <perf_timer.hpp>
#include <perf_timer/write_trace.hpp>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/strand.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <string_view>
#include <thread>

namespace asio = boost::asio;
using namespace std::chrono_literals;

namespace {

const perf_timer::TimerOptions quiet{.log = [](std::string_view) {}};
perf_timer::AsioPerfTimer request_timer{"request", quiet};
perf_timer::AsioPerfTimer audit_timer{"audit strand", quiet};
perf_timer::ThreadPerfTimer parse_timer{"parse", quiet};

void compute(std::chrono::microseconds duration) {
  const auto end = std::chrono::steady_clock::now() + duration;
  while (std::chrono::steady_clock::now() < end) continue;
}

asio::awaitable<void> serve(auto audit) {
  const auto run = request_timer.measure();
  {
    const auto parse = parse_timer.measure();
    compute(100us);
  }
  asio::post(audit, [] { compute(150us); });
  asio::steady_timer database(co_await asio::this_coro::executor, 1ms);
  co_await database.async_wait(asio::use_awaitable);
  compute(50us);
}

}  // namespace

int main(int argc, char** argv) {
  const auto path = argc > 1 ? std::filesystem::path(argv[1])
                             : std::filesystem::temp_directory_path() / "strands.trace.json";

  perf_timer::start_trace({.memory = 1 << 20});

  asio::io_context context{2};
  const auto audit = audit_timer.wrap(asio::make_strand(context));
  for (int i = 0; i < 10; ++i)
    asio::co_spawn(perf_timer::instrument(context), serve(audit), asio::detached);
  std::thread second{[&] { context.run(); }};
  context.run();
  second.join();

  perf_timer::stop_trace();
  std::ofstream file(path);
  perf_timer::write_trace(file);
  file.close();
  if (!file) {
    std::cerr << "trace: can't write " << path << '\n';
    return 1;
  }
  std::cout << "Written to " << path << ": open it with https://ui.perfetto.dev\n";
}
