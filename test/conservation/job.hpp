//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include "common/quiet_timer.hpp"
#include "conservation/crowd.hpp"
#include "conservation/tally.hpp"

#include <boost/asio/defer.hpp>
#include <boost/asio/dispatch.hpp>
#include <boost/asio/post.hpp>

#include <cstdint>
#include <utility>

namespace perf_timer::test {

namespace asio = boost::asio;

/// What a job may throw. It reaches the caller of the context's `run`.
struct JobFailed {};

/// What jobs share: a timer that wraps their executor, so each job is a run; a timer with which
/// each job measures a part of itself; and for both, what each thread has done.
struct Jobs {
  QuietTimer<ThreadManualClock> wrapped{"wrapped"}, measured{"measured"};
  Tallies submitted, parts;
  bool may_throw = true;

  /// Call it when all threads are joined and the context is destroyed.
  void check() const {
    const auto check_timer = [](const TimerBase& timer, const Tally& sum) {
      BOOST_TEST_CONTEXT(timer.name()) {
        const auto snapshot = timer.snapshot();
        check_outcomes(snapshot, sum);
        check_series(snapshot.busy, sum);
        check_zeroes(snapshot.queued, sum);  // the wall clock stands still
        check_zeroes(snapshot.elapsed, sum);
      }
    };
    check_timer(wrapped, submitted.sum());
    check_timer(measured, parts.sum());
  }
};

/// A function that submits others, and counts its own outcome.
template <class Executor>
class Job {
 public:
  /// It submits one like itself unless `depth` is zero, and then a small one.
  Job(Jobs& jobs, const Executor& executor, std::uint64_t number, int depth)
      : jobs_(&jobs), executor_(executor), number_(number), depth_(depth) {
    ++jobs.submitted.here().began;
  }
  Job(Job&& other) noexcept
      : jobs_(std::exchange(other.jobs_, nullptr)),
        executor_(std::move(other.executor_)),
        number_(other.number_),
        depth_(other.depth_) {}
  Job& operator=(Job&&) = delete;
  ~Job() {
    if (jobs_) ++jobs_->submitted.here().dropped;
  }

  void operator()() {
    Jobs& jobs = *std::exchange(jobs_, nullptr);
    const auto ticks = 3 + static_cast<std::int64_t>(number_ % 17);
    compute(1);
    execute_part(jobs, ticks);
    if (depth_ > 0) submit_others(jobs);
    if (jobs.may_throw && is_posted() && number_ % 16 == 0) {
      ++jobs.submitted.here().failed;
      throw JobFailed();
    }
    jobs.submitted.here().ran(1 + ticks);
  }

 private:
  static constexpr int inline_at_once = -1;

  /// Only such a job may throw. The exception of one that runs inside another would leave that one
  /// too.
  [[nodiscard]] bool is_posted() const { return depth_ != inline_at_once; }

  /// Measures all but one tick of its time, and ends the run in one of several ways.
  void execute_part(Jobs& jobs, std::int64_t ticks) const {
    auto& tally = jobs.parts.here();
    ++tally.began;
    try {
      auto run = jobs.measured.measure();
      compute(ticks);
      switch (number_ % 8) {
        case 0:
          run.cancel();
          ++tally.cancelled;
          return;
        case 1:
          throw JobFailed();
        case 2:
          run.stop();
          break;
        default:
          break;
      }
      tally.ran(ticks);
    } catch (const JobFailed&) {
      ++tally.failed;
    }
  }

  void submit_others(Jobs& jobs) const {
    if (number_ % 2 == 0)
      asio::post(executor_, Job(jobs, executor_, number_ + 1, depth_ - 1));
    else
      asio::defer(executor_, Job(jobs, executor_, number_ + 1, depth_ - 1));
    asio::dispatch(executor_, Job(jobs, executor_, number_, inline_at_once));
  }

  Jobs* jobs_;  // null after it has run or was moved from
  Executor executor_;
  std::uint64_t number_;
  int depth_;
};

/// Submits jobs from the calling thread, and calls `between(i)` after each.
template <class Executor, class Between>
void submit(Jobs& jobs, const Executor& executor, std::uint64_t many, Between between) {
  for (std::uint64_t i = 0; i < many; ++i) {
    asio::post(executor, Job<Executor>(jobs, executor, i, 2));
    between(i);
  }
}

}  // namespace perf_timer::test
