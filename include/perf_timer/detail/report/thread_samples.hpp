//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/detail/platform/export.hpp>
#include <perf_timer/detail/span/span.hpp>
#include <perf_timer/thread_snapshots.hpp>

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <map>
#include <mutex>
#include <span>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

namespace perf_timer::inline v0_1::detail {

/// What a thread was seen to do at one moment, or at several.
struct ThreadSample {
  std::uint64_t thread = 0;  ///< a `WatchedThread::number`
  bool in_step = false;
  ListedRun run = not_listed;       ///< the timer of the innermost open run
  ListedRun executor = not_listed;  ///< the timer of the innermost function that has one
  std::uint64_t times = 1;

  /// Returns whether the same thread did the same.
  [[nodiscard]] bool is_same(const ThreadSample& other) const noexcept {
    return thread == other.thread && in_step == other.in_step && run == other.run &&
           executor == other.executor;
  }
};

/// Counts samples of all threads. Thread safety: all members.
class PERF_TIMER_EXPORT ThreadSamples {
 public:
  /// The program's; never destroyed.
  [[nodiscard]] static ThreadSamples& instance();

  ThreadSamples() = default;
  ThreadSamples(const ThreadSamples&) = delete;
  ThreadSamples& operator=(const ThreadSamples&) = delete;

  /// Adds what a look at all threads, or several, have seen. If that is of `all` threads, those
  /// that aren't in it have ended. Throws std::bad_alloc.
  void add(std::span<const ThreadSample> look, bool all = true);

  /// Fills in what was counted of a thread.
  void tell(std::uint64_t thread, ThreadSnapshot& to);
  /// Returns all that was counted of threads that aren't any of these; `ended` says of how many.
  [[nodiscard]] ThreadSnapshot ended(std::span<const std::uint64_t> alive);

 private:
  friend class SamplingTurn;
  static constexpr std::size_t most_names = 1000;

  struct Counts {
    std::uint64_t samples = 0, idle = 0;
    std::map<std::pair<std::size_t, std::size_t>, std::uint64_t> executed{};

    void add(const Counts& other);
  };

  void know(std::span<const ThreadSample> look);
  [[nodiscard]] std::size_t name_of(ListedRun timer) const;
  [[nodiscard]] std::size_t place_of(std::string name);
  void tell(const Counts& counts, ThreadSnapshot& to) const;

  std::atomic<const void*> sampler_{nullptr};  // whose turn it is
  std::mutex mutex_;                           // guards the members below
  std::unordered_map<std::uint64_t, Counts> threads_;
  Counts ended_;
  std::uint64_t ended_threads_ = 0;
  std::vector<std::string> names_{""};
  std::unordered_map<std::string, std::size_t> places_{{"", 0}};
  std::unordered_map<ListedRun, std::size_t> known_{{not_listed, 0}};
};

/// Of several watches, one samples, so that the samples of a thread are evenly spread over time.
/// When that is gone, it is another one's turn.
class PERF_TIMER_EXPORT SamplingTurn {
 public:
  SamplingTurn() = default;
  SamplingTurn(const SamplingTurn&) = delete;
  SamplingTurn& operator=(const SamplingTurn&) = delete;
  ~SamplingTurn();

  [[nodiscard]] bool is_mine() noexcept;
};

}  // namespace perf_timer::inline v0_1::detail
