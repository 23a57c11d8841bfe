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
#include <cstddef>
#include <deque>
#include <functional>
#include <iterator>
#include <mutex>
#include <optional>
#include <sstream>
#include <thread>
#include <utility>
#include <vector>

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

namespace detail {

/// Tells stalls, on a thread of its own: neither symbols nor the sink, which may take long, keep
/// the watch from looking.
class StallTeller {
 public:
  StallTeller(const StallDetector& detector, std::function<void(const Stall&)> sink)
      : detector_(detector), sink_(std::move(sink)), thread_([this] { tell_all(); }) {}
  StallTeller(const StallTeller&) = delete;
  StallTeller& operator=(const StallTeller&) = delete;
  /// Tells what is left.
  ~StallTeller() {
    {
      const std::lock_guard lock(mutex_);
      is_over_ = true;
    }
    more_.notify_one();
    thread_.join();
  }

  /// Throws std::bad_alloc.
  void tell(std::vector<Stall> stalls) {
    if (stalls.empty()) return;
    {
      const std::lock_guard lock(mutex_);
      std::ranges::move(stalls, std::back_inserter(waiting_));
    }
    more_.notify_one();
  }

  /// Returns whether so much waits that it had better not become more.
  [[nodiscard]] bool is_full() {
    const std::lock_guard lock(mutex_);
    return waiting_.size() >= most_waiting;
  }

 private:
  static constexpr std::size_t most_waiting = 1000;

  void tell_all() noexcept {
    try {
      detector_.prepare();
    } catch (...) {  // no memory; then the first stall is told late
    }
    std::unique_lock lock(mutex_);
    for (;;) {
      more_.wait(lock, [this] { return is_over_ || !waiting_.empty(); });
      if (waiting_.empty()) return;
      Stall stall = std::move(waiting_.front());
      waiting_.pop_front();
      lock.unlock();
      tell(stall);
      lock.lock();
    }
  }

  void tell(Stall& stall) noexcept {
    try {
      detector_.name_frames(stall);
    } catch (...) {  // no memory; addresses say something, too
    }
    try {
      sink_(stall);
    } catch (...) {  // the next stall may do better
    }
  }

  const StallDetector& detector_;
  const std::function<void(const Stall&)> sink_;
  std::mutex mutex_;
  std::condition_variable more_;
  std::deque<Stall> waiting_;  // guarded by `mutex_`
  bool is_over_ = false;       // likewise
  std::thread thread_;
};

}  // namespace detail

struct StallWatch::Watching {
  Watching(StallWatchOptions options, std::function<void(const Stall&)> sink)
      : every(period(options)), detector(std::move(options), patience(options.longer_than)) {
    const detail::SignalsBlocked blocked;
    teller.emplace(detector, sink ? std::move(sink) : write_to_standard_error);
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
      const auto now = &detail::steady_now;
      detector.hold_all_back(teller->is_full());
      teller->tell(last ? detector.finish(now) : detector.look(now));
    } catch (...) {  // no memory; the next look may have some
    }
  }

  const std::chrono::nanoseconds every;
  const long process = detail::process_id();
  detail::StallDetector detector;  // used by `thread`, but for what any thread may call
  std::optional<detail::StallTeller> teller;
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
  auto sink = std::exchange(options.sink, {});
  return StallWatch(std::make_unique<StallWatch::Watching>(std::move(options), std::move(sink)));
}

}  // namespace perf_timer::inline v0_1
