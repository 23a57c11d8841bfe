//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//

// Which strand is the bottleneck? A timer wrapped around each strand tells how long the strand's
// functions execute, and how long they waited for the strand.
#include <perf_timer.hpp>

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/strand.hpp>

#include <chrono>
#include <functional>
#include <iostream>
#include <string_view>
#include <thread>

namespace asio = boost::asio;
using namespace std::chrono_literals;

namespace {

const perf_timer::TimerOptions quiet{
    .log = [](std::string_view) {}};  // the table at the end is enough
perf_timer::AsioPerfTimer orders_timer{"orders strand", quiet};
perf_timer::AsioPerfTimer audit_timer{"audit strand", quiet};

void compute(std::chrono::microseconds duration) {
  const auto end = std::chrono::steady_clock::now() + duration;
  while (std::chrono::steady_clock::now() < end) continue;
}

}  // namespace

int main() {
  asio::io_context context{2};

  // Wrap the strand, and never make a strand of a wrapped executor: a strand executes everything
  // that has piled up in it as one function.
  const auto orders = orders_timer.wrap(asio::make_strand(context));

  // The type can be erased, as most of Asio's interfaces do.
  const asio::any_io_executor audit = audit_timer.wrap(asio::make_strand(context));

  int placed = 0, audited = 0;  // each is used on one strand only, so no mutex is needed
  std::function<void()> place_order = [&] {
    compute(50us);
    asio::post(audit, [&] {
      compute(150us);
      ++audited;
    });
    if (++placed < 100) asio::post(orders, place_order);
  };
  asio::post(orders, place_order);
  std::thread second{[&] { context.run(); }};
  context.run();
  second.join();

  std::cout
      << "Orders are placed faster than they are audited, and pile up before the audit's strand.\n"
         "Neither looks slow by its busy time:\n\n";
  perf_timer::write_report(std::cout);
  return placed == 100 && audited == 100 ? 0 : 1;
}
