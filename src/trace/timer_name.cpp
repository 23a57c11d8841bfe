//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/detail/platform/at_fork.hpp>
#include <perf_timer/detail/trace/timer_name.hpp>

#include <mutex>
#include <new>
#include <utility>

namespace perf_timer::inline v0_1::detail {

namespace {

/// Of a timer that has gone.
struct KeptName {
  TracedTimer timer;
  std::string name;
  KeptName* next;
};

}  // namespace

/// Timers are made before and destroyed after everything else, so nothing here needs either.
struct TimerNames {
  std::mutex mutex;
  TimerName* first = nullptr;
  KeptName* kept = nullptr;
  std::size_t room = 0;  // bytes for more of them

  [[nodiscard]] KeptName* forget_kept() noexcept {
    const std::lock_guard lock(mutex);
    return std::exchange(kept, nullptr);
  }

  void keep(const TimerName& name) noexcept {
    const std::size_t bytes = sizeof(KeptName) + name.name_.size();
    if (bytes > room) return;
    try {
      kept = new KeptName{name.timer_, name.name_, kept};
      room -= bytes;
    } catch (const std::bad_alloc&) {  // then the trace says only that there was a timer
    }
  }

  [[nodiscard]] std::map<TracedTimer, std::string> all() {
    std::map<TracedTimer, std::string> names;
    const std::lock_guard lock(mutex);
    for (const KeptName* k = kept; k; k = k->next) names[k->timer] = k->name;
    for (const TimerName* n = first; n; n = n->next_) names[n->timer_] = n->name_;
    return names;
  }
};

namespace {

constinit TimerNames names;

[[maybe_unused]] const bool registered =
    at_fork([] { names.mutex.lock(); }, [] { names.mutex.unlock(); }, [] { names.mutex.unlock(); });

}  // namespace

TimerName::TimerName(std::uint64_t serial, const std::string& name) noexcept
    : timer_(static_cast<TracedTimer>(serial)), name_(name) {
  const std::lock_guard lock(names.mutex);
  next_ = names.first;
  if (next_) next_->previous_ = this;
  names.first = this;
}

TimerName::~TimerName() {
  const std::lock_guard lock(names.mutex);
  (previous_ ? previous_->next_ : names.first) = next_;
  if (next_) next_->previous_ = previous_;
  if (names.room != 0) names.keep(*this);
}

std::map<TracedTimer, std::string> TimerName::all() { return names.all(); }

void TimerName::keep(std::size_t bytes) noexcept {
  for (KeptName* k = names.forget_kept(); k;) delete std::exchange(k, k->next);
  const std::lock_guard lock(names.mutex);
  names.room = bytes;
}

}  // namespace perf_timer::inline v0_1::detail
