//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/detail/clock/steady_now.hpp>
#include <perf_timer/detail/live/stall_detector.hpp>
#include <perf_timer/detail/platform/files.hpp>
#include <perf_timer/detail/platform/process_id.hpp>
#include <perf_timer/detail/platform/signals_blocked.hpp>
#include <perf_timer/detail/platform/terminal.hpp>
#include <perf_timer/stall_watch.hpp>

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <sstream>
#include <thread>
#include <utility>

namespace perf_timer::inline v0_1 {
namespace {

void write_to_standard_error(const Stall& stall) {
  std::ostringstream text;
  text << "perf_timer: " << stall << '\n';
  detail::write_all(detail::standard_error, std::move(text).str());
}

/// A thread has so long to say where it is. It is interrupted, and needs some microseconds; more if
/// others have the processors.
[[nodiscard]] std::chrono::milliseconds patience(std::chrono::nanoseconds longer_than) {
  using std::chrono::milliseconds;
  return std::clamp(std::chrono::duration_cast<milliseconds>(longer_than / 4), milliseconds(25),
                    milliseconds(100));
}

/// Returns how often to look. What makes no sense is refused later.
[[nodiscard]] std::chrono::nanoseconds period(const StallWatchOptions& options) {
  auto period = std::min<std::chrono::nanoseconds>(options.longer_than, std::chrono::hours(4));
  if (options.open_longer_than.count() > 0) period = std::min(period, options.open_longer_than);
  return period / 4;
}

}  // namespace

struct StallWatch::Watching {
  explicit Watching(StallWatchOptions options)
      : sink(options.sink ? std::exchange(options.sink, {}) : write_to_standard_error),
        every(period(options)),
        detector(std::move(options), patience(options.longer_than)) {
    const detail::SignalsBlocked blocked;
    thread = std::thread([this] { watch(); });
  }
  Watching(const Watching&) = delete;
  Watching& operator=(const Watching&) = delete;
  ~Watching() {
    {
      const std::lock_guard lock(mutex);
      is_over = true;
    }
    over.notify_one();
    thread.join();
  }

  void watch() noexcept {
    try {
      detector.prepare();
    } catch (...) {  // no memory; then the first stall is told late
    }
    std::unique_lock lock(mutex);
    while (!is_over) {
      lock.unlock();
      look(false);
      lock.lock();
      over.wait_for(lock, every, [this] { return is_over; });
    }
    lock.unlock();
    look(true);
  }

  void look(bool last) noexcept {
    try {
      const auto now = detail::steady_now();
      for (const Stall& stall : last ? detector.finish(now) : detector.look(now)) {
        try {
          sink(stall);
        } catch (...) {  // the next stall may do better
        }
      }
    } catch (...) {  // no memory; the next look may have some
    }
  }

  const std::function<void(const Stall&)> sink;
  const std::chrono::nanoseconds every;
  const long process = detail::process_id();
  detail::StallDetector detector;  // used by the thread only
  std::mutex mutex;
  std::condition_variable over;
  bool is_over = false;  // guarded by `mutex`
  std::thread thread;
};

StallWatch::StallWatch(std::unique_ptr<Watching> watching) noexcept
    : watching_(std::move(watching)) {}
StallWatch::StallWatch(StallWatch&&) noexcept = default;
StallWatch& StallWatch::operator=(StallWatch&& other) noexcept {
  StallWatch ends(std::move(*this));
  watching_ = std::move(other.watching_);
  return *this;
}
StallWatch::~StallWatch() {
  // The child of a fork has no such thread, and maybe a locked mutex. It leaves them in memory.
  if (watching_ && watching_->process != detail::process_id())
    static_cast<void>(watching_.release());
}

StallWatch watch_stalls(StallWatchOptions options) {
  return StallWatch(std::make_unique<StallWatch::Watching>(std::move(options)));
}

}  // namespace perf_timer::inline v0_1
