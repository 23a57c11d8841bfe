//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include "stall_teller.hpp"

#include <perf_timer/detail/clock/steady_now.hpp>
#include <perf_timer/detail/live/plain_report.hpp>
#include <perf_timer/detail/live/stall_detector.hpp>
#include <perf_timer/detail/platform/files.hpp>
#include <perf_timer/detail/platform/process_id.hpp>
#include <perf_timer/detail/platform/signals_blocked.hpp>
#include <perf_timer/detail/report/first_uses.hpp>
#include <perf_timer/stall_watch.hpp>

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>
#include <vector>

namespace perf_timer::inline v0_1 {
namespace {

/// A thread has so long to say where it is. It is interrupted, and needs some microseconds; but
/// many milliseconds if there are ten threads for each processor, and that is when steps are long.
/// One that can't answer costs so long once for each of its long steps.
[[nodiscard]] std::chrono::milliseconds patience(std::chrono::nanoseconds longer_than) {
  using std::chrono::milliseconds;
  return std::clamp(std::chrono::duration_cast<milliseconds>(longer_than / 4), milliseconds(100),
                    milliseconds(250));
}

/// Returns how often to look. What makes no sense is refused later.
[[nodiscard]] std::chrono::nanoseconds period(const StallWatchOptions& options) {
  auto period = std::min<std::chrono::nanoseconds>(options.longer_than, std::chrono::hours(4));
  if (options.open_longer_than.count() > 0) period = std::min(period, options.open_longer_than);
  return period / 4;
}

}  // namespace

/// Three threads. One looks, and allocates nothing. Another one makes stalls of what it has seen.
/// The third tells them, and may wait for anything.
struct StallWatch::Watching {
  Watching(StallWatchOptions options, std::function<void(const Stall&)> sink)
      : every(period(options)),
        plain_to(options.plain_to),
        detector(std::move(options), patience(options.longer_than)) {
    detail::first_uses();
    const detail::SignalsBlocked blocked;
    teller.emplace(detector, std::move(sink));
    notes = std::thread([this] { take_notes(); });
    try {
      thread = std::thread([this] { watch(); });
    } catch (...) {
      end(notes);
      throw;
    }
  }
  Watching(const Watching&) = delete;
  Watching& operator=(const Watching&) = delete;
  ~Watching() {
    end(thread);
    end(notes);
  }

  void watch() noexcept {
    const detail::StallDetector::Now now = &detail::steady_now;
    const std::function<bool(const detail::LongStep&)> write =
        [this](const detail::LongStep& step) {
          const detail::PlainReport report(step, detail::steady_now());
          return plain_to < 0 || detail::write_at_once(plain_to, report.text());
        };
    detail::StepWatch& steps = detector.steps();
    std::unique_lock lock(mutex);
    while (phase == Phase::looks) {
      lock.unlock();
      steps.hold_all_back(teller->is_full());
      steps.look(now);
      steps.show_untold(now(), teller->telling(), write);
      lock.lock();
      ++looks;
      changed.notify_all();
      changed.wait_for(lock, every, [this] { return phase != Phase::looks; });
    }
    lock.unlock();
    steps.finish(now);
  }

  void take_notes() noexcept {
    std::uint64_t seen = 0;
    for (bool last = false; !last;) {
      {
        std::unique_lock lock(mutex);
        changed.wait(lock, [&] { return looks != seen || phase == Phase::is_over; });
        seen = looks;
        last = phase == Phase::is_over;
      }
      tell(last);
    }
  }

  void tell(bool last) noexcept {
    std::vector<detail::StallDetector::Told> told;
    try {
      detector.hold_runs_back(teller->is_full());
      detector.tell(&detail::steady_now, told, last);
    } catch (...) {  // no memory; the next time there may be some
    }
    try {
      teller->tell(std::move(told));
    } catch (...) {  // likewise
    }
  }

  /// Lets one of the threads end, and waits for that; first the one that looks.
  void end(std::thread& which) {
    {
      const std::lock_guard lock(mutex);
      phase = &which == &notes ? Phase::is_over : Phase::looks_no_more;
    }
    changed.notify_all();
    which.join();
  }

  enum class Phase { looks, looks_no_more, is_over };

  const std::chrono::nanoseconds every;
  const int plain_to;
  const long process = detail::process_id();
  detail::StallDetector detector;
  std::optional<detail::StallTeller> teller;
  std::mutex mutex;  // nobody allocates while he has it
  std::condition_variable changed;
  Phase phase = Phase::looks;  // guarded by `mutex`
  std::uint64_t looks = 0;     // likewise
  std::thread notes, thread;
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
  auto sink = std::exchange(options.sink, {});
  return StallWatch(std::make_unique<StallWatch::Watching>(std::move(options), std::move(sink)));
}

}  // namespace perf_timer::inline v0_1
