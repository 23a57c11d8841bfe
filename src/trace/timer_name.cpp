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

/// The list of timers' names. Timers may be created before and destroyed after everything else, so
/// it needs neither construction nor destruction.
struct TimerNames {
  /// The name of a timer that is gone.
  struct KeptName {
    TracedTimer timer;
    std::string name;
    KeptName* next;
  };

  std::mutex mutex;
  TimerName* first = nullptr;
  KeptName* kept = nullptr;    // from the oldest
  KeptName* newest = nullptr;  // if there is any
  std::size_t room = 0;        // bytes left for more of them
  bool keeps = false;

  [[nodiscard]] static std::size_t bytes_of(const std::string& name) noexcept {
    return sizeof(KeptName) + name.size();
  }

  /// Returns those that were kept.
  [[nodiscard]] KeptName* begin_anew(std::size_t bytes) noexcept {
    const std::lock_guard lock(mutex);
    room = bytes;
    keeps = bytes != 0;
    return std::exchange(kept, nullptr);
  }

  /// The oldest make room.
  void keep(const TimerName& name) noexcept {
    const std::size_t bytes = bytes_of(name.name_);
    while (bytes > room && kept) {
      KeptName* const oldest = std::exchange(kept, kept->next);
      room += bytes_of(oldest->name);
      delete oldest;
    }
    if (bytes > room) return;
    try {
      auto* const made = new KeptName{name.timer_, name.name_, nullptr};
      (kept ? newest->next : kept) = made;
      newest = made;
      room -= bytes;
    } catch (const std::bad_alloc&) {  // then the trace says only that there was a timer
    }
  }

  [[nodiscard]] std::vector<std::pair<TracedTimer, std::string>> all() {
    std::vector<std::pair<TracedTimer, std::string>> names;
    const std::lock_guard lock(mutex);
    for (const KeptName* k = kept; k; k = k->next) names.emplace_back(k->timer, k->name);
    for (const TimerName* n = first; n; n = n->next_) names.emplace_back(n->timer_, n->name_);
    return names;
  }
};

namespace {

constinit TimerNames timer_names;

[[maybe_unused]] const bool forks_lock_timer_names =
    at_fork([] { timer_names.mutex.lock(); }, [] { timer_names.mutex.unlock(); },
            [] { timer_names.mutex.unlock(); });

}  // namespace

TimerName::TimerName(std::uint64_t serial, const std::string& name) noexcept
    : timer_(static_cast<TracedTimer>(serial)), name_(name) {
  const std::lock_guard lock(timer_names.mutex);
  next_ = timer_names.first;
  if (next_) next_->previous_ = this;
  timer_names.first = this;
}

TimerName::~TimerName() {
  const std::lock_guard lock(timer_names.mutex);
  (previous_ ? previous_->next_ : timer_names.first) = next_;
  if (next_) next_->previous_ = previous_;
  if (timer_names.keeps) timer_names.keep(*this);
}

std::vector<std::pair<TracedTimer, std::string>> TimerName::all() { return timer_names.all(); }

void TimerName::keep(std::size_t bytes) noexcept {
  for (TimerNames::KeptName* k = timer_names.begin_anew(bytes); k;)
    delete std::exchange(k, k->next);
}

}  // namespace perf_timer::inline v0_1::detail
