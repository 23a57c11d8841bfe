//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
// Uses a bit of everything, and looks whether the report has it all.

#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <perf_timer.hpp>

#include <iostream>
#include <sstream>
#include <stdexcept>
#include <string>
#include <thread>

namespace asio = boost::asio;

namespace {

perf_timer::PerfTimer set_up{"set up"};
perf_timer::ThreadPerfTimer on_threads{"on threads"};
perf_timer::AsioPerfTimer wrapped{"wrapped"};
perf_timer::AsioPerfTimer requests{"request"};
perf_timer::AsioPerfTimer steps{"step"};

asio::awaitable<int> answer() {
  const auto run = steps.measure();
  co_await asio::post(asio::use_awaitable);
  co_return 42;
}

asio::awaitable<void> request() {
  const int got = co_await answer();  // g++ 12 compiles it wrongly inside the condition
  if (got != 42) throw std::logic_error{"the answer is wrong"};
}

void serve() {
  asio::io_context context{1};
  auto decorated = requests.decorate(request);
  for (int i = 0; i < 3; ++i) {
    asio::co_spawn(perf_timer::instrument(context), decorated(), asio::detached);
  }
  asio::post(wrapped.wrap(context), [] {});
  context.run();
}

// A thrown exception is a failed run, which needs to be told from a run that ends well.
void fail() {
  try {
    const auto run = on_threads.measure();
    throw std::runtime_error{"on purpose"};
  } catch (const std::runtime_error&) {
  }
}

bool expect(bool holds, const char* what) {
  if (!holds) std::cerr << "Wrong: " << what << '\n';
  return holds;
}

}  // namespace

int main() {
  {
    const auto run = set_up.measure();
    std::thread{serve}.join();
    std::thread{fail}.join();
  }
  std::ostringstream out;
  perf_timer::write_report(out);
  std::cout << out.str();
  bool good = true;
  for (const char* name : {"set up", "on threads", "wrapped", "request", "step"}) {
    good &= expect(out.str().find(name) != std::string::npos, name);
  }
  good &= expect(set_up.snapshot().runs == 1, "runs of 'set up'");
  good &= expect(on_threads.snapshot().failed == 1, "what failed on threads");
  good &= expect(wrapped.snapshot().runs == 1, "runs of 'wrapped'");
  good &= expect(requests.snapshot().runs == 3, "runs of 'request'");
  good &= expect(steps.snapshot().runs == 3, "runs of 'step'");
  return good ? 0 : 1;
}
