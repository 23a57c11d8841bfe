//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
// Races that TSan must report in spite of `common/tsan_asio.hpp`, and code without a race that it
// must accept because of it. `planted_race executor | record` has a race, `planted_race none` has
// none.
//
// Each race happens on every execution. The second thread waits for the first one by relaxed reads,
// which order nothing else.
#include <perf_timer.hpp>

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/strand.hpp>

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdio>
#include <string_view>
#include <thread>
#include <utility>

namespace perf_timer::test {
namespace {

namespace asio = boost::asio;

/// A flag that one thread sets and another waits for, without ordering anything.
class Flag {
 public:
  void raise() noexcept { raised_.store(true, std::memory_order_relaxed); }
  void await() const noexcept {
    while (!raised_.load(std::memory_order_relaxed)) std::this_thread::yield();
  }

 private:
  std::atomic<bool> raised_ = false;
};

/// Posts two functions through an instrumented executor, and runs each on its own thread.
template <class First, class Second>
void run_on_two_threads(First first, Second second) {
  asio::io_context context(2);
  const asio::any_io_executor executor = instrument(context);
  Flag second_began;
  asio::post(executor, [&, first = std::move(first)]() mutable {
    second_began.await();
    first();
  });
  asio::post(executor, [&, second = std::move(second)]() mutable {
    second_began.raise();
    second();
  });
  std::thread other([&] { context.run(); });
  context.run();
  other.join();
}

/// An instrumented executor that is too large for `any_io_executor` to store inline, so copies
/// share a reference count.
asio::any_io_executor counted_executor(asio::io_context& context) {
  auto strand = asio::make_strand(instrument(context));
  static_assert(sizeof(strand) > 3 * sizeof(void*));
  return strand;
}

[[gnu::noinline]] void count_without_order(long& count) { ++count; }

/// Both functions count, and each releases a reference to an executor: the first after it has
/// counted, the second before it counts. Neither reference is the last one, so the two counts are
/// not ordered.
void race_through_an_executor() {
  asio::io_context owner;
  const asio::any_io_executor kept = counted_executor(owner);
  long count = 0;
  Flag counted;
  run_on_two_threads(
      [&, executor = kept]() mutable {
        count_without_order(count);
        executor = {};
        counted.raise();
      },
      [&, executor = kept]() mutable {
        counted.await();
        executor = {};
        count_without_order(count);
      });
  std::printf("counted to %ld\n", count);
}

/// One thread reads an executor and then releases its reference. The other releases the last
/// reference, and so destroys the executor.
void no_race_through_an_executor() {
  asio::io_context owner;
  asio::any_io_executor first = counted_executor(owner), second = first;
  Flag released;
  run_on_two_threads(
      [&, executor = std::move(first)]() mutable {
        asio::post(executor, [] {});
        executor = {};
        released.raise();
      },
      [&, executor = std::move(second)]() mutable {
        released.await();
        executor = {};
      });
  owner.run();
}

/// Like the queue of samples of one thread, but without its memory order.
struct SloppyQueue {
  std::array<long, 64> samples{};
  std::size_t written = 0;

  [[gnu::noinline]] void push_without_order(long sample) noexcept {
    samples[written % samples.size()] = sample;
    ++written;
  }
};

void race_in_a_record() {
  SloppyQueue queue;
  Flag pushed;
  std::thread writer([&] {
    queue.push_without_order(7);
    pushed.raise();
  });
  pushed.await();
  queue.push_without_order(7);
  writer.join();
  std::printf("pushed %zu\n", queue.written);
}

}  // namespace
}  // namespace perf_timer::test

int main(int argc, char** argv) {
  const std::string_view what = argc == 2 ? argv[1] : "";
  if (what == "executor") {
    perf_timer::test::race_through_an_executor();
  } else if (what == "record") {
    perf_timer::test::race_in_a_record();
  } else if (what == "none") {
    perf_timer::test::no_race_through_an_executor();
  } else {
    std::fputs("planted_race executor | record | none\n", stderr);
    return 2;
  }
}
