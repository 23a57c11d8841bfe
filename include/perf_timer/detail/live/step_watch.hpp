//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/detail/beacon/watched_thread.hpp>
#include <perf_timer/detail/live/long_step.hpp>
#include <perf_timer/detail/live/tell_limit.hpp>
#include <perf_timer/detail/platform/export.hpp>
#include <perf_timer/detail/report/thread_samples.hpp>
#include <perf_timer/stall_watch.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <span>
#include <vector>

namespace perf_timer::inline v0_1::detail {

/// How far who tells of stalls has come.
struct Telling {
  std::uint64_t reached = 0;          ///< the sink has, or has had, the step of this number
  Ticks names_since = never;          ///< since when it looks for names
  static constexpr Ticks never = -1;  ///< it doesn't
};

/// Looks at the beacons, asks threads that are stuck, and takes notes for who tells. Looking
/// neither allocates nor waits for a lock under which somebody else does: a step may be stuck while
/// nobody gets memory. What it needs was made before, by who takes the notes.
class PERF_TIMER_EXPORT StepWatch {
 public:
  /// Says what time it is. It is asked before and behind what is seen: whoever looks may have to
  /// wait for a processor in between.
  using Now = std::function<Ticks()>;

  /// The options must be valid.
  StepWatch(const StallWatchOptions& options, std::chrono::milliseconds patience,
            SamplingTurn& sampling);

  // For who looks; one thread.

  /// Looks at all threads, and samples what they execute.
  void look(const Now& now) noexcept;
  /// Looks for the last time: nothing begins any more.
  void finish(const Now& now) noexcept;
  /// While nobody takes what was told, nothing more is, and what begins is only counted.
  void hold_all_back(bool all) noexcept { limit_.hold_all_back(all); }
  /// Shows `write` each step that nobody has told in time, and that lasts, until that returns true.
  void show_untold(Ticks now, const Telling& telling,
                   const std::function<bool(const LongStep&)>& write) noexcept;

  // For who takes the notes; one thread.

  /// Makes memory for the threads that there are now. Throws std::bad_alloc.
  void make_memory();
  /// Copies the next note, if there is one. It stays until it is `done`.
  [[nodiscard]] bool next(LongStep& note) noexcept;
  void done() noexcept;
  /// Returns how many steps were held back, and are to be told alone.
  [[nodiscard]] std::uint64_t held_back() noexcept;
  /// Gives what was sampled since the last call to `ThreadSamples`. Throws std::bad_alloc.
  void count_samples();

 private:
  struct Place {
    LongStep step{};
    bool told = false;                 // else it was held back
    bool is_note = false;              // nobody has taken the note that it has begun
    bool is_shown = false;             // by `show_untold`
    bool found = true, is_new = true;  // in this look
    Ticks noted = 0;
    std::chrono::nanoseconds lasted{};  // when it was over
    std::optional<std::chrono::nanoseconds> lasted_at_most{};
  };
  struct Note {
    Place* place;
    bool is_begin, is_end;
  };
  using Lock = std::unique_lock<std::mutex>;

  [[nodiscard]] Ticks see_threads(const Now& now, bool last);
  [[nodiscard]] bool go_on(const WatchedThread& thread, const Beacon& beacon,
                           const Sighting& sighting, Ticks now);
  void begin(const WatchedThread& thread, const Beacon& beacon, const Sighting& sighting,
             Ticks seen, const Now& now);
  void note_begun(Lock& lock, const Now& now, Ticks seen);
  void ask(Lock& lock, std::span<Place* const> places, const Now& now);
  void note_over(Ticks now);
  void sample();

  static constexpr std::size_t spare = 64, most_places = 4096;

  const Ticks longer_than_;
  const bool ask_, backtrace_;
  const int signal_;
  const std::chrono::milliseconds patience_;
  SamplingTurn& sampling_;
  TellLimit limit_;
  std::uint64_t last_number_ = 0;

  // Guards the members below. Nobody allocates or frees while he has it, so room for all places is
  // reserved in each vector.
  std::mutex mutex_;
  std::vector<Place*> free_, lasting_;
  std::vector<Note> notes_;
  std::uint64_t held_back_ = 0;
  std::size_t threads_ = 0;  // that were listed in the last look
  std::vector<ThreadSample> samples_;
  bool has_sampled_ = false, all_sampled_ = true;

  // Of who takes the notes.
  std::vector<std::unique_ptr<Place>> places_;
  std::vector<ThreadSample> counted_;
  std::size_t room_ = 0;  // for so many threads
};

}  // namespace perf_timer::inline v0_1::detail
