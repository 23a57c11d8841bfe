//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/detail/platform/attributes.hpp>
#include <perf_timer/detail/platform/backtrace.hpp>
#include <perf_timer/instrument.hpp>

#include "common/name_this_thread.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>

#include <condition_variable>
#include <cstddef>
#include <functional>
#include <mutex>
#include <string>
#include <thread>
#include <utility>

#include "common/name_this_thread.hpp"

namespace perf_timer::test {

/// Something that happens once, and that threads wait for.
class Event {
 public:
  void happen() {
    const std::lock_guard lock(mutex_);
    has_happened_ = true;
    changed_.notify_all();
  }
  void wait() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return has_happened_; });
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  bool has_happened_ = false;
};

/// What a backtrace of it has at least.
inline constexpr std::size_t fewest_frames = detail::backtraces_have_callers ? 4 : 1;

/// The name to be found in a backtrace. It doesn't end by a tail call, which would leave it out.
PERF_TIMER_NOINLINE inline void blocks_its_thread(Event& until) {
  until.wait();
  static volatile int after = 0;
  after = after + 1;
}

/// What most of them execute on: every function is a step.
inline constexpr auto instrumented = [](auto& context) { return instrument(context); };

/// A thread that executes a function on an executor of a context. The function tells that it has
/// begun, and blocks until it may go on, or until this is destroyed.
class StuckThread {
 public:
  /// `on` makes the executor: a function of `asio::io_context&`.
  template <class MakeExecutor>
  explicit StuckThread(MakeExecutor on, std::string name = "stuck")
      : StuckThread(std::move(on), [this] { blocks_its_thread(may_go_on_); }, std::move(name)) {}

  /// `block` must return when the test says so.
  template <class MakeExecutor>
  StuckThread(MakeExecutor on, std::function<void()> block, std::string name) {
    boost::asio::post(on(context_), [this, block = std::move(block)] {
      began_.happen();
      block();
    });
    thread_ = std::thread([this, name = std::move(name)] {
      name_this_thread(name);
      context_.run();
      ended_.happen();  // the step, and not the thread
      may_end_.wait();
    });
    began_.wait();
  }
  StuckThread(const StuckThread&) = delete;
  StuckThread& operator=(const StuckThread&) = delete;
  ~StuckThread() {
    go_on();
    may_end_.happen();
    thread_.join();
  }

  /// Ends the step, and waits for that.
  void go_on() {
    may_go_on_.happen();
    ended_.wait();
  }

 private:
  boost::asio::io_context context_;
  Event began_, may_go_on_, ended_, may_end_;
  std::thread thread_;
};

}  // namespace perf_timer::test
