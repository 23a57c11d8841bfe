//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include "row.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>

namespace perf_timer::rows {

template <class Clock>
struct TwoReadings {
  void operator()(auto& loop) const {
    while (loop.KeepRunning()) {
      use(Clock::now());
      use(Clock::now());
    }
  }
};

/// The loop itself, without work.
struct Nothing {
  void operator()(auto& loop) const {
    while (loop.KeepRunning()) clobber();
  }
};

void measure_scopes(auto& timer, auto& loop) {
  while (loop.KeepRunning()) {
    const auto run = timer.measure();
    clobber();
  }
}

template <class Timer>
struct Scope {
  Observer observer = HistogramObserver{};
  bool enabled = true;
  void operator()(auto& loop) const {
    Timer timer("scope", silent(observer));
    timer.enabled(enabled);
    measure_scopes(timer, loop);
  }
};

/// A causal run inside of a step, as most runs are.
struct ScopeInAStep {
  void operator()(auto& loop) const {
    AsioPerfTimer timer("scope", silent());
    boost::asio::io_context context(1);
    boost::asio::post(instrument(context), [&] { measure_scopes(timer, loop); });
    context.run();
  }
};

/// As with the id of its trace.
template <class Timer>
struct LabelledScope {
  void operator()(auto& loop) const {
    Timer timer("scope", silent());
    while (loop.KeepRunning()) {
      auto run = timer.measure();
      run.label("trace_id", "4bf92f3577b34da6a3ce929d0e0e4736");
      clobber();
    }
  }
};

struct DecoratedFunction {
  void operator()(auto& loop) const {
    PerfTimer timer("function", silent());
    auto function = timer.decorate([] { clobber(); });
    while (loop.KeepRunning()) function();
  }
};

}  // namespace perf_timer::rows
