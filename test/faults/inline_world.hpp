//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include "common/manual_clock.hpp"
#include "common/quiet_timer.hpp"

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/strand.hpp>

#include <ostream>

namespace perf_timer::test {

namespace asio = boost::asio;
using Clock = ManualClock;
using Timer = QuietTimer<Clock>;

/// Executors on which a handler can dispatch another one inline.
enum class Kind {
  wrapped,
  wrapped_erased,
  wrapped_strand,
  wrapped_strand_erased,
  instrumented,
  instrumented_strand,
  task
};

inline constexpr Kind every_kind[] = {Kind::wrapped,
                                      Kind::wrapped_erased,
                                      Kind::wrapped_strand,
                                      Kind::wrapped_strand_erased,
                                      Kind::instrumented,
                                      Kind::instrumented_strand,
                                      Kind::task};

inline std::ostream& operator<<(std::ostream& out, Kind kind) {
  constexpr const char* names[] = {"wrapped",
                                   "wrapped, erased",
                                   "wrapped strand",
                                   "wrapped strand, erased",
                                   "instrumented",
                                   "instrumented strand",
                                   "task"};
  return out << names[static_cast<int>(kind)];
}

/// A context with executors of one kind.
class InlineWorld {
 public:
  explicit InlineWorld(Kind kind) : kind_(kind) {}

  [[nodiscard]] asio::io_context& context() { return context_; }

  /// Whether a handler's exception passes through the handlers that dispatched it inline.
  [[nodiscard]] bool exceptions_pass() const {
    return kind_ == Kind::wrapped_strand || kind_ == Kind::wrapped_strand_erased ||
           kind_ == Kind::instrumented_strand;
  }
  [[nodiscard]] bool feeds_timers() const {
    return kind_ != Kind::instrumented && kind_ != Kind::instrumented_strand && kind_ != Kind::task;
  }

  /// Calls `use(executor)`. Functions on all executors of one world run inline in one another.
  template <class Use>
  void with_executor(Timer& timer, Use use) {
    switch (kind_) {
      case Kind::wrapped:
        return use(timer.wrap(context_));
      case Kind::wrapped_erased:
        return use(asio::any_io_executor(timer.wrap(context_)));
      case Kind::wrapped_strand:
        return use(timer.wrap(strand_));
      case Kind::wrapped_strand_erased:
        return use(asio::any_io_executor(timer.wrap(asio::any_io_executor(strand_))));
      case Kind::instrumented:
        return use(instrument<Clock>(context_));
      case Kind::instrumented_strand:
        return use(instrument<Clock>(strand_));
      case Kind::task:
        return use(task_);
    }
  }

 private:
  const Kind kind_;
  asio::io_context context_;
  asio::strand<asio::io_context::executor_type> strand_ = asio::make_strand(context_);
  asio::any_io_executor task_ = perf_timer::task<Clock>(context_);
};

/// Checks that no span is current on this thread, and that a new run is exact.
inline void check_thread_is_clean() {
  BOOST_CHECK_THROW(static_cast<void>(asio_perf_counter<Clock>()), std::logic_error);
  asio::io_context context;
  Timer outer("outer"), inner("inner"), step("step");
  {
    const auto run = outer.measure();
    Clock::advance(2);
    asio::post(step.wrap(context), [&] {
      const auto nested = inner.measure();
      Clock::advance(3);
    });
    context.run();
  }
  check_busy(outer, 5);
  check_busy(inner, 3);
  check_busy(step, 3);
}

}  // namespace perf_timer::test
