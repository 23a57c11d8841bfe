//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
// An observer's `make_state` is the user's code. It is called when a thread first uses a timer, by
// a snapshot and by a reset. If the library held a lock then, code that uses timers there would
// deadlock.
#include <perf_timer/detail/recorder/recorder.hpp>

#include <perf_timer/average_observer.hpp>

#include "common/hangs_after.hpp"
#include "recorders.hpp"

#include "common/waiting.hpp"

#include <functional>
#include <mutex>
#include <stdexcept>

namespace perf_timer::test {
namespace {

/// Calls a function, then makes the state of another observer. The function may make further
/// states, of this observer or another, but not endlessly.
struct Busybody {
  std::shared_ptr<std::function<void()>> deed = std::make_shared<std::function<void()>>();

  [[nodiscard]] std::unique_ptr<ObserverState> make_state() const {
    static thread_local int deeds = 0;
    if (deeds < 2 && *deed) {
      ++deeds;
      const std::unique_ptr<int, void (*)(int*)> over(&deeds, [](int* count) { --*count; });
      (*deed)();
    }
    return AverageObserver{}.make_state();
  }
};

/// A recorder, and every operation that makes its observer make a state.
struct Observed {
  Busybody observer;
  RecorderOwner recorder{&Recorder::make(observer, SeriesKept::all)};

  void use() const {
    record(*recorder, 1);
    on_another_thread([&] { record(*recorder, 1); });
    static_cast<void>(recorder->snapshot());
    recorder->reset();
  }
};

// After this many seconds a deadlock fails the test.
BOOST_AUTO_TEST_SUITE(observer_calls, *hangs_after(60))

BOOST_AUTO_TEST_CASE(it_records_in_the_same_timer) {
  const Observed observed;
  std::uint64_t more = 0;
  *observed.observer.deed = [&] { record(*observed.recorder, 1), ++more; };
  record(*observed.recorder, 1);
  on_another_thread([&] { record(*observed.recorder, 1); });
  BOOST_TEST(more == 1u * states_of_shard);  // the first thread needed none
  static_cast<void>(observed.recorder->snapshot());
  BOOST_TEST(more == 1u * states_of_shard + states_of_snapshot);
  *observed.observer.deed = nullptr;
  check_runs(observed.recorder->snapshot(), 2 + more);
  BOOST_TEST(observed.recorder->under_way() == 0u);
}

BOOST_AUTO_TEST_CASE(it_looks_at_the_same_timer) {
  const Observed observed;
  int looked = 0;
  *observed.observer.deed = [&] {
    static_cast<void>(observed.recorder->snapshot());
    static_cast<void>(observed.recorder->under_way());
    ++looked;
  };
  observed.use();
  BOOST_TEST(looked > 0);
}

BOOST_AUTO_TEST_CASE(it_resets_the_same_timer) {
  const Observed observed;
  *observed.observer.deed = [&] { observed.recorder->reset(); };
  observed.use();
  *observed.observer.deed = nullptr;
  check_runs(observed.recorder->snapshot(), 0);
}

BOOST_AUTO_TEST_CASE(it_uses_a_timer_whose_observer_uses_this_one) {
  const Observed one, other;
  const auto use_here = [](Recorder& recorder) {
    record(recorder, 1);
    static_cast<void>(recorder.snapshot());
    recorder.reset();
  };
  *one.observer.deed = [&] { use_here(*other.recorder); };
  *other.observer.deed = [&] { use_here(*one.recorder); };
  one.use();
  other.use();
  BOOST_TEST(one.recorder->under_way() == 0u);
  BOOST_TEST(other.recorder->under_way() == 0u);
}

BOOST_AUTO_TEST_CASE(it_makes_timers) {
  const Observed observed;
  *observed.observer.deed = [] { static_cast<void>(Recording()); };
  observed.use();
  BOOST_TEST(observed.recorder->under_way() == 0u);
}

// One thread holds the observer's lock and wants the timer's. The other thread does the opposite.
BOOST_AUTO_TEST_CASE(it_takes_a_lock_under_which_another_thread_looks) {
  const std::function<void(const Recorder&)> uses[] = {
      [](const Recorder& recorder) { static_cast<void>(recorder.snapshot()); },
      [](const Recorder& recorder) { record(const_cast<Recorder&>(recorder), 1); },
      [](const Recorder& recorder) { const_cast<Recorder&>(recorder).reset(); }};
  for (const auto& use : uses) {
    const Observed observed;
    record(*observed.recorder, 1);  // so that another thread needs states
    std::recursive_mutex mutex;
    Semaphore about_to_lock(0);
    *observed.observer.deed = [&] {
      about_to_lock.release();
      const std::lock_guard lock(mutex);
    };
    std::unique_lock lock(mutex);
    std::thread user([&] { use(*observed.recorder); });
    about_to_lock.acquire();
    static_cast<void>(observed.recorder->snapshot());
    lock.unlock();
    user.join();
    BOOST_TEST(observed.recorder->under_way() == 0u);
  }
}

BOOST_AUTO_TEST_CASE(it_throws_at_first_and_a_later_try_succeeds) {
  const Observed observed;
  record(*observed.recorder, 1);  // so that another thread needs states
  *observed.observer.deed = [] { throw std::runtime_error("not yet"); };
  on_another_thread([&] {
    record(*observed.recorder, 1);
    *observed.observer.deed = nullptr;
    record(*observed.recorder, 1);
  });
  check_runs(observed.recorder->snapshot(), 3);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace perf_timer::test
