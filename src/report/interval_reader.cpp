//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/interval_reader.hpp>

#include <perf_timer/detail/report/registry.hpp>

#include <utility>

namespace perf_timer::inline v0_1 {

struct IntervalReader::State {
  struct Moment {
    std::chrono::system_clock::time_point date = std::chrono::system_clock::now();
    std::chrono::steady_clock::time_point time = std::chrono::steady_clock::now();
  };

  detail::Registry::Marks marks;
  Moment begin;
};

IntervalReader::IntervalReader() : state_(std::make_unique<State>()) { static_cast<void>(next()); }

IntervalReader::IntervalReader(IntervalReader&&) noexcept = default;
IntervalReader& IntervalReader::operator=(IntervalReader&&) noexcept = default;
IntervalReader::~IntervalReader() = default;

Interval IntervalReader::next() {
  Interval interval;
  const State::Moment end;
  interval.timers = detail::Registry::instance().snapshots_since(state_->marks);
  const State::Moment begin = std::exchange(state_->begin, end);
  interval.begin = begin.date;
  interval.end = end.date;
  interval.length = end.time - begin.time;
  return interval;
}

}  // namespace perf_timer::inline v0_1
