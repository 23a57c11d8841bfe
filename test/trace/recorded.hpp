//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include "common/manual_clock.hpp"

#include <perf_timer/detail/recorder/lost_reason.hpp>
#include <perf_timer/detail/trace/recorded_trace.hpp>
#include <perf_timer/trace.hpp>

#include <boost/test/unit_test.hpp>

#include <cstddef>
#include <sstream>
#include <string>
#include <type_traits>
#include <variant>
#include <vector>

namespace perf_timer::test {

using detail::recorded_trace;
using detail::RecordedTrace;

/// Starts a trace of the manual clock. The destructor clears it.
struct Traced {
  explicit Traced(std::size_t memory = 1 << 20) { start_trace<ManualClock>({.memory = memory}); }
  Traced(const Traced&) = delete;
  Traced& operator=(const Traced&) = delete;
  ~Traced() { clear_trace(); }
};

/// An event as a row of a table. Times count from the start of the trace.
inline std::string row(const RecordedTrace& trace, const detail::Event& event) {
  std::ostringstream out;
  out << event.time - trace.started << ' ';
  const auto timer = [&](auto number) {
    const auto name = trace.timers.find(number);
    return name == trace.timers.end() ? std::string("?") : name->second;
  };
  const auto outcome = [&](const auto& told) {
    if (told.outcome == detail::RunOutcome::failed) out << " failed";
    if (told.outcome == detail::RunOutcome::cancelled) out << " cancelled";
    if constexpr (requires { told.lost; })
      if (told.lost != 0) out << " lost";
  };
  std::visit(
      [&](const auto& what) {
        using What = std::decay_t<decltype(what)>;
        if constexpr (std::is_same_v<What, detail::StepBegan>) {
          out << "step";
          if (what.span) out << " of " << timer(what.timer);
          if (what.by != 0) out << ", submitted " << what.submitted - trace.started;
        } else if constexpr (std::is_same_v<What, detail::StepEnded>) {
          out << "step ended";
        } else if constexpr (std::is_same_v<What, detail::FunctionEnded>) {
          out << "was " << timer(what.timer) << " busy " << what.busy << " queued " << what.queued;
          outcome(what);
        } else if constexpr (std::is_same_v<What, detail::RunBegan>) {
          out << timer(what.timer) << " began";
        } else if constexpr (std::is_same_v<What, detail::RunGoesOn>) {
          out << (what.span ? timer(what.timer) : "nobody") << " goes on";
        } else if constexpr (std::is_same_v<What, detail::HandlerBegan>) {
          out << "handler began" << (what.is_step ? " as a step" : "") << ", started "
              << what.started - trace.started << " ready " << what.ready - trace.started;
          if (what.span) out << " of " << timer(what.timer);
          if (what.only_executes) out << " only executes";
          outcome(what);
        } else if constexpr (std::is_same_v<What, detail::HandlerEnded>) {
          out << "handler ended";
        } else {
          out << timer(what.timer) << " ended, busy " << what.busy << " queued " << what.queued
              << " elapsed " << what.elapsed;
          outcome(what);
        }
      },
      event.what);
  return out.str();
}

/// All events, thread by thread.
inline std::vector<std::string> rows(const RecordedTrace& trace) {
  std::vector<std::string> all;
  for (const auto& thread : trace.threads)
    for (const auto& event : thread.events) all.push_back(row(trace, event));
  return all;
}

inline void check_rows(const std::vector<std::string>& expected) {
  const auto found = rows(recorded_trace());
  BOOST_TEST(found == expected, boost::test_tools::per_element());
}

}  // namespace perf_timer::test
