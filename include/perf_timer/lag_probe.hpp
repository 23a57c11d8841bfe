//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/asio_perf_timer.hpp>
#include <perf_timer/detail/live/lag_prober.hpp>
#include <perf_timer/detail/platform/asio.hpp>
#include <perf_timer/detail/platform/process_id.hpp>
#include <perf_timer/perf_executor.hpp>

#include PERF_TIMER_ASIO_HEADER(any_io_executor.hpp)

#include <chrono>
#include <memory>
#include <utility>

namespace perf_timer::inline v0_1::inline PERF_TIMER_ASIO_KIND {

class LagProbe;
template <class ExecutorOrContext, TimerClock Clock>
[[nodiscard]] LagProbe lag_probe(ExecutorOrContext&& where, BasicAsioPerfTimer<Clock>& timer,
                                 std::chrono::nanoseconds every = std::chrono::milliseconds{100});

/// Probes an executor as long as it lives; see `lag_probe`. Movable. Thread safety: distinct
/// objects safe.
class LagProbe {
 public:
  LagProbe(LagProbe&&) noexcept = default;  ///< Takes over the probe.
  /// Ends this one, and takes the other over.
  LagProbe& operator=(LagProbe&& other) noexcept {
    end();
    prober_ = std::move(other.prober_);
    process_ = other.process_;
    return *this;
  }
  ~LagProbe() { end(); }

 private:
  template <class ExecutorOrContext, TimerClock Clock>
  friend LagProbe lag_probe(ExecutorOrContext&& where, BasicAsioPerfTimer<Clock>& timer,
                            std::chrono::nanoseconds every);

  LagProbe(asio::any_io_executor executor, std::chrono::nanoseconds every) {
    auto& thread = detail::report_thread_of(executor);
    prober_ = std::make_shared<detail::LagProber>(thread, std::move(executor), every);
    thread.add(prober_);
    prober_->wait();
  }

  void end() noexcept {
    // The child of a fork has no such thread, and maybe a locked mutex.
    if (prober_ && process_ == detail::process_id()) prober_->end();
  }

  std::shared_ptr<detail::LagProber> prober_;
  long process_ = detail::process_id();
};

/// Measures how late an executor is: it submits an empty function every so often, and each is a run
/// of `timer`. `queued` is how long the function waited, so `queued.p99` says how late everything
/// is that is submitted there. The idea is known as loop lag, and from the `io_latency_probe` of
/// others.
///
///     perf_timer::AsioPerfTimer lag{"lag"};
///     const auto probe = perf_timer::lag_probe(context, lag);
///
/// `where` is an executor or an execution context. Give `timer` nothing else to measure. If a
/// function still waits when the next one is due, that one is left out: a context that is stuck has
/// one function in `TimerSnapshot::waiting`, `oldest_waiting` says for how long, and its wait is
/// one long run in the end.
///
/// It is no outstanding work between two functions: `run()` returns as if there were none. Between
/// them it costs nothing. A thread waits for the time, the one of `live_report`. In the child of a
/// fork, nothing is probed.
///
/// Throws `std::invalid_argument` if `every` isn't positive, `std::system_error` if the thread
/// can't be started, `std::logic_error` if the context is being destroyed, and `std::bad_alloc`.
/// The context may be destroyed before the probe. Thread safety: any thread.
template <class ExecutorOrContext, TimerClock Clock>
LagProbe lag_probe(ExecutorOrContext&& where, BasicAsioPerfTimer<Clock>& timer,
                   std::chrono::nanoseconds every) {
  return {timer.wrap(std::forward<ExecutorOrContext>(where)), every};
}

}  // namespace perf_timer::inline v0_1::inline PERF_TIMER_ASIO_KIND
