//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/detail/recorder/recorder.hpp>

#include "recorders.hpp"

#include <functional>
#include <list>
#include <optional>

namespace perf_timer::test {
namespace {

/// What the time is, and what happens while somebody reads it.
Ticks time_is = 0;
std::function<void()> meanwhile;

Ticks read_time() noexcept {
  if (meanwhile) meanwhile();
  return time_is;
}

std::optional<Ticks> oldest(const Recording& recording, Ticks at) {
  time_is = at;
  return recording->oldest_waiting(&read_time);
}

constexpr auto none = std::nullopt;

struct NothingHappens {
  ~NothingHappens() { meanwhile = nullptr; }
};

BOOST_FIXTURE_TEST_SUITE(oldest_waiting, NothingHappens)

BOOST_AUTO_TEST_CASE(of_one_thread) {
  for (const bool mergeable : {true, false}) {
    const Recording recording(mergeable);
    BOOST_TEST((oldest(recording, 5) == none));
    recording->begin();
    BOOST_TEST((oldest(recording, 5) == none));  // it doesn't wait
    Function first(*recording.recorder, 10), second(*recording.recorder, 20);
    Function third(*recording.recorder, 30);
    BOOST_TEST((oldest(recording, 30) == Ticks{20}));
    first.start();
    BOOST_TEST((oldest(recording, 30) == Ticks{10}));
    second.drop();
    BOOST_TEST((oldest(recording, 30) == Ticks{0}));
    recording->reset();
    BOOST_TEST((oldest(recording, 40) == Ticks{10}));
    third.start();
    BOOST_TEST((oldest(recording, 40) == none));
    for (int i = 0; i < 3; ++i) recording->cancel();
  }
}

BOOST_AUTO_TEST_CASE(of_several_threads) {
  const Recording recording;
  std::list<Function> functions;
  for (const Ticks since : {40, 20, 30})
    on_another_thread([&] { functions.emplace_back(*recording.recorder, since); });
  BOOST_TEST((oldest(recording, 100) == Ticks{80}));
  on_another_thread([&] { std::next(functions.begin())->start(); });
  BOOST_TEST((oldest(recording, 100) == Ticks{70}));
  for (auto function : {functions.begin(), std::prev(functions.end())}) function->start();
  BOOST_TEST((oldest(recording, 100) == none));
  for (int i = 0; i < 3; ++i) recording->cancel();
}

// It isn't the oldest of any moment that is told, but that of the end.
BOOST_AUTO_TEST_CASE(one_that_starts_while_somebody_looks) {
  const Recording recording;
  Function first(*recording.recorder, 1), second(*recording.recorder, 2);
  int readings = 0;
  meanwhile = [&] {
    if (++readings == 2) first.start();
    ++time_is;
  };
  BOOST_TEST((oldest(recording, 10) == Ticks{12}));  // at 14
  second.start();
  for (int i = 0; i < 2; ++i) recording->cancel();
}

BOOST_AUTO_TEST_CASE(one_that_comes_while_somebody_looks) {
  const Recording recording;
  Function first(*recording.recorder, 5);
  std::optional<Function> late;
  meanwhile = [&] {
    if (!late) late.emplace(*recording.recorder, 20);
  };
  BOOST_TEST((oldest(recording, 10) == Ticks{5}));
  first.start();
  BOOST_TEST((oldest(recording, 10) == none));  // it will have been submitted later
  late->start();
  for (int i = 0; i < 2; ++i) recording->cancel();
}

// Nothing is told rather than something that isn't the oldest.
BOOST_AUTO_TEST_CASE(they_start_faster_than_one_can_look) {
  const Recording recording;
  std::optional<Function> waits(std::in_place, *recording.recorder, time_is);
  int starts = 0;
  meanwhile = [&] {
    waits->start();
    recording->cancel();
    ++starts;
    waits.emplace(*recording.recorder, ++time_is);
  };
  BOOST_TEST((oldest(recording, 10) == none));
  BOOST_TEST(starts == 32);
  meanwhile = nullptr;
  waits->start();
  recording->cancel();
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace perf_timer::test
