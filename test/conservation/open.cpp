//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
// At any moment, what has begun is what has ended and what is open.
#include <perf_timer/asio_perf_timer.hpp>
#include <perf_timer/histogram_observer.hpp>
#include <perf_timer/p_square_observer.hpp>
#include <perf_timer/thread_perf_timer.hpp>
#include <perf_timer/timer_snapshot.hpp>

#include "conservation/crowd.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include <array>
#include <atomic>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <thread>
#include <utility>

namespace perf_timer::test {
namespace {

/// What the program itself knows of the runs of a timer, at any moment.
struct Known {
  std::atomic<std::uint64_t> least_begun = 0, most_begun = 0;
  std::atomic<std::uint64_t> least_ended = 0, most_ended = 0;

  template <class Begin>
  void begin(Begin begin) {
    ++most_begun;
    begin();
    ++least_begun;
  }
  template <class End>
  void end(End end) {
    ++most_ended;
    end();
    ++least_ended;
  }
};

/// Looks at a timer without pause, from construction to `stop`.
class Look {
 public:
  /// No more runs than `most_open` are ever open.
  Look(const TimerBase& timer, const Known& known, std::uint64_t most_open)
      : timer_(timer), known_(known), most_open_(most_open), looker_([this] { look(); }) {}
  Look(const Look&) = delete;
  Look& operator=(const Look&) = delete;
  ~Look() {
    if (looker_.joinable()) stop();
  }

  [[nodiscard]] std::uint64_t looks() const { return looks_; }

  void stop() {
    over_ = true;
    looker_.join();
    BOOST_TEST(fault_ == "");
  }

 private:
  void look() {
    for (bool more = true; more; ++looks_) {
      more = !over_;
      const std::uint64_t least_ended = known_.least_ended, least_begun = known_.least_begun;
      const auto now = timer_.snapshot();
      const std::uint64_t most_begun = known_.most_begun, most_ended = known_.most_ended;
      const auto ended = now.runs + now.failed + now.lost + now.dropped;
      if (ended < least_ended || ended > most_ended) fault("ended", ended, least_ended, most_ended);
      const auto begun = ended + now.open;
      if (begun < least_begun || begun > most_begun) fault("begun", begun, least_begun, most_begun);
      if (now.open > most_open_) fault("open", now.open, 0, most_open_);
      if (now.waiting > now.open) fault("waiting", now.waiting, 0, now.open);
    }
  }
  void fault(std::string_view what, std::uint64_t is, std::uint64_t least, std::uint64_t most) {
    if (fault_.empty())
      fault_ = std::string(what) + " is " + std::to_string(is) + ", not from " +
               std::to_string(least) + " to " + std::to_string(most);
  }

  const TimerBase& timer_;
  const Known& known_;
  const std::uint64_t most_open_;
  std::atomic<bool> over_ = false;
  std::atomic<std::uint64_t> looks_ = 0;
  std::string fault_;
  std::thread looker_;
};

constexpr std::uint64_t least_looks = 10;

TimerOptions silent(Observer observer = HistogramObserver{}) {
  return {.observer = std::move(observer), .log = [](std::string_view) {}};
}

/// Scopes, one inside the other, that end in each way there is.
void check_scopes(int threads, Observer observer) {
  BasicThreadPerfTimer<ThreadManualClock> timer("watched", silent(std::move(observer)));
  Known known;
  Look look(timer, known, 2 * static_cast<std::uint64_t>(threads));
  const auto rounds = share(20'000, threads);
  all_at_once(threads, [&](int) {
    using Run = decltype(timer)::Run;
    for (std::uint64_t i = 0; i < rounds || look.looks() < least_looks; ++i) {
      std::unique_ptr<Run> outer, inner;
      const auto measure = [&](auto& run) {
        known.begin([&] { run.reset(new Run(timer.measure())); });
      };
      measure(outer);
      measure(inner);
      if (i % 8 == 0) compute(-1);  // lost
      known.end([&] { inner.reset(); });
      known.end([&] { outer.reset(); });
      if (i % 8 == 1) {
        try {
          std::unique_ptr<Run> failed;
          measure(failed);
          ++known.most_ended;
          throw 0;
        } catch (int) {
          ++known.least_ended;
        }
      }
    }
  });
  look.stop();
  BOOST_TEST(timer.snapshot().open == 0u);
}

BOOST_AUTO_TEST_SUITE(open)

BOOST_DATA_TEST_CASE(scopes, thread_counts, threads) { check_scopes(threads, HistogramObserver{}); }

BOOST_DATA_TEST_CASE(scopes_in_a_state_that_all_share, thread_counts, threads) {
  check_scopes(threads, PSquareObserver{});
}

// Each thread takes runs out of a common place, ends them, and leaves others there, of which some
// are partial.
BOOST_DATA_TEST_CASE(runs_that_end_on_another_thread, thread_counts, threads) {
  using Timer = BasicAsioPerfTimer<LoneClock>;
  constexpr std::size_t places = 256;
  Timer timer("watched", silent());
  Known known;
  std::array<std::atomic<Timer::StartedRun*>, places> open{};
  const auto start = [&] {
    Timer::StartedRun* made = nullptr;
    known.begin([&] { made = new Timer::StartedRun(timer.start()); });
    return made;
  };
  for (auto& place : open) place = start();
  Look look(timer, known, places + static_cast<std::uint64_t>(threads));
  const auto rounds = share(20'000, threads);
  all_at_once(threads, [&](int lane) {
    auto at = static_cast<std::size_t>(lane);
    for (std::uint64_t i = 0; i < rounds || look.looks() < least_looks; ++i) {
      std::unique_ptr<Timer::Run> partial;  // as it isn't on the stack
      known.begin([&] { partial.reset(new Timer::Run(timer.measure())); });
      known.end([&] { partial->stop(); });
      at = (at * 5 + 3) % places;
      if (auto* const old = open[at].exchange(nullptr)) {
        known.end([&] { i % 4 == 0 ? old->fail() : old->stop(); });
        delete old;
        if (auto* const other = open[at].exchange(start())) {
          known.end([&] { other->stop(); });
          delete other;
        }
      }
    }
  });
  look.stop();
  std::uint64_t left = 0;
  for (auto& place : open) left += place != nullptr;
  BOOST_TEST(timer.snapshot().open == left);
  BOOST_TEST(timer.snapshot().partial > 0u);
  for (auto& place : open) delete place.load();
  BOOST_TEST(timer.snapshot().open == 0u);
}

BOOST_DATA_TEST_CASE(functions_that_wait_and_run_on_another_thread, thread_counts, threads) {
  using Timer = BasicAsioPerfTimer<ThreadManualClock>;
  constexpr int pending = 256;
  Timer timer("watched", silent());
  Known known;
  boost::asio::io_context context;
  using Executor = decltype(timer.wrap(context));
  const Executor wrapped = timer.wrap(context);
  const auto many = scaled(20'000);
  std::atomic<std::uint64_t> ended = 0;
  Look look(timer, known, pending + 2 * static_cast<std::uint64_t>(threads));
  // Each posts the next one, so that never fewer wait than at the end.
  struct Again {
    void operator()() const {
      ++known.most_ended;  // it ends after it returns
      if (++ended < many || look.looks() < least_looks)
        known.begin([&] { boost::asio::post(wrapped, *this); });
    }
    Known& known;
    std::atomic<std::uint64_t>& ended;
    const Look& look;
    const std::uint64_t many;
    const Executor& wrapped;
  };
  for (int i = 0; i < pending; ++i)
    known.begin([&] { boost::asio::post(wrapped, Again{known, ended, look, many, wrapped}); });
  BOOST_TEST(timer.snapshot().waiting == std::uint64_t{pending});
  all_at_once(threads, [&](int) { context.run(); });
  look.stop();
  BOOST_TEST(timer.snapshot().runs == ended);
  BOOST_TEST(timer.snapshot().open == 0u);
  BOOST_TEST(timer.snapshot().waiting == 0u);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace perf_timer::test
