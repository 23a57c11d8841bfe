//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/detail/platform/at_fork.hpp>
#include <perf_timer/detail/platform/static_mutex.hpp>
#include <perf_timer/detail/trace/timer_name.hpp>

#include <atomic>
#include <cstddef>
#include <mutex>
#include <new>
#include <thread>
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

  // Nobody allocates or frees while he has it: see `copy`.
  StaticMutex mutex;
  TimerName* first = nullptr;
  KeptName* kept = nullptr;    // from the oldest
  KeptName* newest = nullptr;  // if there is any
  std::size_t room = 0;        // bytes left for more of them
  std::atomic<bool> keeps = false;

  [[nodiscard]] static std::size_t bytes_of(const std::string& name) noexcept {
    return sizeof(KeptName) + name.size();
  }
  static void destroy(KeptName* names) noexcept {
    while (names) delete std::exchange(names, names->next);
  }
  [[nodiscard]] static KeptName* copy_of(const TimerName& name) noexcept try {
    return new KeptName{name.timer_, name.name_, nullptr};
  } catch (const std::bad_alloc&) {  // then the trace says only that there was a timer
    return nullptr;
  }

  /// Returns those that were kept.
  [[nodiscard]] KeptName* begin_anew(std::size_t bytes) noexcept {
    const std::lock_guard lock(mutex);
    room = bytes;
    keeps = bytes != 0;
    return std::exchange(kept, nullptr);
  }

  /// The oldest make room. Returns what is to be destroyed.
  [[nodiscard]] KeptName* keep(KeptName* name) noexcept {
    const std::size_t bytes = bytes_of(name->name);
    KeptName* gone = nullptr;
    while (bytes > room && kept) {
      KeptName* const oldest = std::exchange(kept, kept->next);
      room += bytes_of(oldest->name);
      oldest->next = std::exchange(gone, oldest);
    }
    if (!keeps || bytes > room) {
      name->next = gone;
      return name;
    }
    (kept ? newest->next : kept) = name;
    newest = name;
    room -= bytes;
    return gone;
  }

  /// Calls `action(timer, name)` for each.
  void for_each(auto action) const {
    for (const KeptName* k = kept; k; k = k->next) action(k->timer, k->name);
    for (const TimerName* n = first; n; n = n->next_) action(n->timer_, n->name_);
  }

  [[nodiscard]] std::vector<std::pair<TracedTimer, std::string>> all() {
    struct Found {
      TracedTimer timer;
      std::size_t begin, size;
    };
    std::vector<Found> found;
    std::string text;  // of all names
    std::unique_lock lock(mutex);
    for (;;) {
      std::size_t names = 0, bytes = 0;
      for_each([&](TracedTimer, const std::string& name) {
        ++names;
        bytes += name.size();
      });
      if (names <= found.capacity() && bytes <= text.capacity()) break;
      lock.unlock();
      found.reserve(names + 16);
      text.reserve(bytes + 256);
      lock.lock();
    }
    for_each([&](TracedTimer timer, const std::string& name) {
      found.push_back({timer, text.size(), name.size()});
      text += name;
    });
    lock.unlock();
    std::vector<std::pair<TracedTimer, std::string>> names;
    names.reserve(found.size());
    for (const Found& one : found) names.emplace_back(one.timer, text.substr(one.begin, one.size));
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
  TimerNames::KeptName* gone = timer_names.keeps ? TimerNames::copy_of(*this) : nullptr;
  {
    const std::lock_guard lock(timer_names.mutex);
    (previous_ ? previous_->next_ : timer_names.first) = next_;
    if (next_) next_->previous_ = previous_;
    if (gone) gone = timer_names.keep(gone);
  }
  TimerNames::destroy(gone);
}

std::vector<std::pair<TracedTimer, std::string>> TimerName::all() { return timer_names.all(); }

std::size_t TimerName::copy(TracedTimer timer, std::span<char> to) noexcept {
  std::unique_lock lock(timer_names.mutex, std::defer_lock);
  // A fork has it, too, and may be stuck.
  for (int tries = 1000; !lock.try_lock(); --tries) {
    if (tries == 0) return 0;
    std::this_thread::yield();
  }
  for (const TimerName* n = timer_names.first; n; n = n->next_)
    if (n->timer_ == timer) return n->name_.copy(to.data(), to.size());
  return 0;
}

void TimerName::keep(std::size_t bytes) noexcept {
  TimerNames::destroy(timer_names.begin_anew(bytes));
}

}  // namespace perf_timer::inline v0_1::detail
