//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/detail/recorder/recorder.hpp>

#include "common/hangs_after.hpp"
#include "recorders.hpp"

#include "common/waiting.hpp"

#include <optional>
#include <utility>

namespace perf_timer::test {
namespace {

using detail::RecorderPin;

/// Makes and retires an unused recorder. This also frees whatever is no longer used.
void another_comes_and_goes() { const Recording passing; }

/// Whether the states and the observer, with everything that it owns, are destroyed.
bool freed(const std::weak_ptr<Probe>& probe) { return probe.expired(); }

BOOST_AUTO_TEST_SUITE(recorder_lifetime)

BOOST_AUTO_TEST_CASE(freed_at_once_if_nothing_is_under_way) {
  std::optional<Recording> recording(std::in_place);
  const std::weak_ptr probe = recording->probe;
  record(*recording->recorder, 1, 100);
  (*recording)->begin(), (*recording)->fail({});
  record_dropped(*recording->recorder);
  (*recording)->begin(), (*recording)->cancel();
  record(*recording->recorder, {1, 1, 1, LostReason::mixed});
  (*recording)->reset();
  recording.reset();
  BOOST_TEST(freed(probe));
}

BOOST_AUTO_TEST_CASE(stays_while_a_run_is_under_way) {
  for (const int outcome : {0, 1, 2, 3}) {
    std::optional<Recording> recording(std::in_place);
    const std::weak_ptr probe = recording->probe;
    Recorder& recorder = *recording->recorder;
    recorder.begin();
    recording.reset();
    another_comes_and_goes();
    BOOST_TEST(!freed(probe));
    BOOST_TEST(recorder.under_way() == 1u);

    on_another_thread([&] {
      if (outcome == 0) recorder.end({1, 1, 1, {}});
      if (outcome == 1) recorder.end({1, 1, 1, LostReason::mixed});
      if (outcome == 2) recorder.fail({});
      if (outcome == 3) recorder.cancel();
    });
    another_comes_and_goes();
    BOOST_TEST(freed(probe), "outcome " << outcome);
  }
}

BOOST_AUTO_TEST_CASE(stays_while_it_is_pinned) {
  std::optional<Recording> recording(std::in_place);
  const std::weak_ptr probe = recording->probe;
  RecorderPin pin(*recording->recorder);
  RecorderPin copy = pin;
  recording.reset();
  BOOST_TEST(!freed(probe));

  RecorderPin moved = std::move(pin);
  BOOST_TEST(pin.get() == nullptr);  // NOLINT(bugprone-use-after-move)
  copy = RecorderPin();
  another_comes_and_goes();
  BOOST_TEST(!freed(probe));
  record(*moved.get(), 1);  // a pinned recorder may still begin runs

  moved = RecorderPin();
  another_comes_and_goes();
  BOOST_TEST(freed(probe));
}

BOOST_AUTO_TEST_CASE(a_place_that_is_used_again_is_another_recorders) {
  // This thread has had a shard of each of them, one after the other in the same place.
  std::uint64_t last_serial = 0;
  for (int i = 0; i < 3; ++i) {
    Recording recording;
    BOOST_TEST(recording->serial() > last_serial);
    last_serial = recording->serial();
    record(*recording.recorder, 5, i + 1);
    check_runs(recording->snapshot(), static_cast<std::uint64_t>(i + 1));
  }
}

BOOST_AUTO_TEST_CASE(a_thread_that_ends_gives_nothing_to_a_place_that_is_used_again) {
  std::optional<Recording> first(std::in_place);
  Latch used(1), used_again(1);
  std::thread holder([&] {
    record(*first->recorder, 1);
    used.count_down();
    used_again.wait();
  });
  used.wait();
  const std::weak_ptr probe = first->probe;
  first.reset();
  BOOST_TEST(freed(probe));
  const Recording second;
  used_again.count_down();
  holder.join();

  on_another_thread([&] { record(*second.recorder, 1); });  // gets a new shard, as none is free
  check_runs(second->snapshot(), 1);
}

BOOST_AUTO_TEST_CASE(the_timer_goes_while_four_threads_still_end_runs) {
  for (int round = 0; round < 50; ++round) {
    std::optional<Recording> recording(std::in_place);
    const std::weak_ptr probe = recording->probe;
    Recorder& recorder = *recording->recorder;
    Latch begun(4);
    std::vector<std::thread> threads;
    for (int t = 0; t < 4; ++t)
      threads.emplace_back([&] {
        for (int i = 0; i < 100; ++i) recorder.begin();
        begun.count_down();
        for (int i = 0; i < 100; ++i) recorder.end({1, 0, 1, {}});
      });
    begun.wait();
    recording.reset();
    another_comes_and_goes();
    for (auto& thread : threads) thread.join();
    another_comes_and_goes();
    BOOST_REQUIRE(freed(probe));
  }
}

/// An observer that owns a recorder.
struct OwningObserver {
  std::shared_ptr<Recording> owned;
  [[nodiscard]] std::unique_ptr<ObserverState> make_state() const {
    return ProbeObserver(owned->probe).make_state();
  }
};

BOOST_AUTO_TEST_CASE(an_observer_may_own_another_timer, *hangs_after(30)) {
  auto inner = std::make_shared<Recording>();
  const std::weak_ptr probe = inner->probe;
  RecorderOwner outer(&Recorder::make(OwningObserver{inner}, SeriesKept::all));
  inner.reset();
  outer.reset();
  another_comes_and_goes();
  BOOST_TEST(freed(probe));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace perf_timer::test
