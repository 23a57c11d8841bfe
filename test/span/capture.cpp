//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/detail/span/capture.hpp>

#include "driver.hpp"
#include "span/span_ref.hpp"

#include <algorithm>
#include <cstdint>
#include <map>
#include <set>
#include <utility>
#include <vector>

namespace perf_timer::test {
namespace {

BOOST_FIXTURE_TEST_SUITE(capture, CleanThread)

BOOST_AUTO_TEST_CASE(is_one_word) { BOOST_TEST(sizeof(Capture) == sizeof(void*)); }

BOOST_AUTO_TEST_CASE(nothing_captured_yet) {
  const Capture capture;
  BOOST_TEST(!capture.made());
  BOOST_TEST(capture.span() == nullptr);
  BOOST_TEST(capture.in() == 0u);
}

BOOST_AUTO_TEST_CASE(that_there_was_no_span) {
  for (const detail::StepId step : {0u, 1u, 77u}) {
    const auto capture = Capture::no_span(step);
    BOOST_TEST(capture.made());
    BOOST_TEST(capture.span() == nullptr);
    BOOST_TEST(capture.in() == step);
  }
}

BOOST_AUTO_TEST_CASE(a_span) {
  const SpanRef span(SpanPool<Span>::make());
  {
    const auto capture = Capture::of(*span.get(), 77);
    BOOST_TEST(capture.made());
    BOOST_TEST(capture.span() == span.get());
    BOOST_TEST(capture.in() == 77u);
    BOOST_TEST(span.get()->references.load() == 2u);
  }
  BOOST_TEST(span.get()->references.load() == 1u);
}

BOOST_AUTO_TEST_CASE(neighbours_have_different_numbers) {
  const SpanRef span(SpanPool<Span>::make());
  BOOST_TEST(Capture().number() == 0u);
  std::vector<Capture> captures;
  for (detail::StepId step = 0; step < 50; ++step) {
    captures.push_back(Capture::no_span(step));
    captures.push_back(Capture::of(*span.get(), step));
  }
  // The heap may put two records far apart. Such are no neighbours.
  constexpr std::uintptr_t far = std::uintptr_t{1} << 19;
  std::map<std::uint16_t, std::uintptr_t> of_records;
  std::set<std::uint16_t> of_steps;
  for (const auto& capture : captures) {
    BOOST_TEST(capture.number() % 2 == 1);
    if (!capture.span()) {
      of_steps.insert(capture.number());
      continue;
    }
    const auto record = reinterpret_cast<std::uintptr_t>(capture.ordinary());
    const auto [other, differs] = of_records.emplace(capture.number(), record);
    if (!differs)
      BOOST_TEST(std::max(record, other->second) - std::min(record, other->second) >= far);
  }
  BOOST_TEST(of_steps.size() == 50u);
}

BOOST_AUTO_TEST_CASE(so_do_those_that_are_powers_of_two_apart) {
  for (int bits = 14; bits < 26; ++bits) {
    std::vector<Capture> captures;
    std::set<std::uint16_t> numbers;
    for (detail::StepId step = 0; step < 4; ++step)
      numbers.insert(captures.emplace_back(Capture::no_span(step << bits)).number());
    BOOST_TEST(numbers.size() == 4u, bits << " bits");
  }
}

BOOST_AUTO_TEST_CASE(copies_share_one_record) {
  const SpanRef span(SpanPool<Span>::make());
  auto capture = Capture::of(*span.get(), 77);
  auto copy = capture;
  BOOST_TEST(copy.span() == span.get());
  BOOST_TEST(copy.in() == 77u);
  BOOST_TEST(span.get()->references.load() == 2u);  // the timer's record holds one

  const auto moved = std::move(capture);
  BOOST_TEST(!capture.made());  // NOLINT(bugprone-use-after-move)
  BOOST_TEST(moved.span() == span.get());

  copy = Capture::no_span(5);
  BOOST_TEST(copy.in() == 5u);
  copy = moved;
  copy = *&copy;
  BOOST_TEST(copy.span() == span.get());
  copy = Capture();
  BOOST_TEST(!copy.made());
  BOOST_TEST(span.get()->references.load() == 2u);
}

BOOST_AUTO_TEST_CASE(copies_of_the_others_share_nothing) {
  const auto none = Capture::no_span(3);
  const auto copy = none;  // NOLINT(performance-unnecessary-copy-initialization)
  BOOST_TEST(copy.made());
  BOOST_TEST(copy.in() == 3u);
  const Capture empty;
  const auto another = empty;  // NOLINT(performance-unnecessary-copy-initialization)
  BOOST_TEST(!another.made());
}

BOOST_AUTO_TEST_CASE(where_the_executor_was_told_never_to_block) {
  Capture told, elsewhere;
  told.told_never_to_block(3);
  elsewhere.told_never_to_block(4);
  BOOST_TEST(told.word() != elsewhere.word());
  BOOST_TEST(told.word() != Capture().word());
  BOOST_TEST(Capture(told).word() == told.word());
  // Nothing else is different: nothing was captured.
  BOOST_TEST(!told.made());
  BOOST_TEST(!told.span());
  BOOST_TEST(!told.is_of_run());
  BOOST_TEST(told.in() == 0u);
  BOOST_TEST(told.number() == 0u);
}

BOOST_AUTO_TEST_CASE(what_was_captured_is_kept_where_it_is_told_never_to_block) {
  const SpanRef span(SpanPool<Span>::make());
  const Capture captures[]{Capture::no_span(3), Capture::of(*span.get(), 3),
                           Capture::of_run(*span.get()),
                           Capture::nobody_known(3, detail::QueueTime::now())};
  for (const Capture& capture : captures) {
    Capture told = capture;
    told.told_never_to_block(4);
    BOOST_TEST(told.word() == capture.word());
  }
}

BOOST_AUTO_TEST_CASE_TEMPLATE(outside_of_every_step, Clock, Clocks) {
  const auto none = capture_here<Clock>(nullptr);
  BOOST_TEST(none.made());
  BOOST_TEST(none.span() == nullptr);
  BOOST_TEST(none.in() == 0u);

  OpenRun<Clock> run;
  const auto open = capture_here<Clock>(nullptr);
  BOOST_TEST(open.span() == thread_state<Clock>().current);
  BOOST_TEST(open.in() != 0u);
  BOOST_TEST(capture_here<Clock>(nullptr).in() == open.in());
  static_cast<void>(run.close());

  OpenRun<Clock> later;
  BOOST_TEST(capture_here<Clock>(nullptr).in() != open.in());
  static_cast<void>(later.close());
}

BOOST_AUTO_TEST_CASE_TEMPLATE(in_a_step, Clock, Clocks) {
  in_step<Clock>([] {
    const auto none = capture_here<Clock>(nullptr);
    BOOST_TEST(none.made());
    BOOST_TEST(none.span() == nullptr);
    BOOST_TEST(none.in() == thread_state<Clock>().step->id());

    OpenRun<Clock> run;
    const auto open = capture_here<Clock>(nullptr);
    BOOST_TEST(open.span() == thread_state<Clock>().current);
    BOOST_TEST(open.in() == none.in());
    in_step<Clock>([&] { BOOST_TEST(capture_here<Clock>(nullptr).in() != open.in()); });
    BOOST_TEST(capture_here<Clock>(nullptr).in() == open.in());
    static_cast<void>(run.close());
  });
}

BOOST_AUTO_TEST_CASE_TEMPLATE(spans_of_one_clock_know_nothing_of_anothers, Clock, Clocks) {
  using Other =
      std::conditional_t<std::same_as<Clock, ManualClock>, ThreadManualClock, ManualClock>;
  in_step<Other>([] {
    OpenRun<Other> run;
    const auto capture = capture_here<Clock>(nullptr);
    BOOST_TEST(capture.span() == nullptr);
    BOOST_TEST(capture.in() == 0u);
    static_cast<void>(run.close());
  });
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace perf_timer::test
