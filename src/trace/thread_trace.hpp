//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/detail/trace/event.hpp>
#include "open_steps.hpp"
#include "trace_buffer.hpp"

#include <perf_timer/detail/platform/attributes.hpp>
#include <perf_timer/detail/trace/hooks.hpp>

#include <cstdint>
#include <utility>

namespace perf_timer::inline v0_1::detail {

/// What a thread needs to record. Trivially destructible, so that it can be read to the very end of
/// the thread.
class ThreadTrace {
 public:
  /// Returns whether events on this timeline are recorded now. What the thread records next is for
  /// that trace, and for no later one.
  [[nodiscard]] static bool traced(const void* timeline) noexcept;
  static void record(const Event& event) noexcept { this_thread_.append(event); }
  /// From now on, nothing that the thread does is traced, or all is. Returns what it was before.
  static bool hide(bool hidden) noexcept { return std::exchange(this_thread_.hidden_, hidden); }
  [[nodiscard]] static TraceThread number() noexcept;
  static void remember(const Closing& closing) noexcept;
  [[nodiscard]] static Closing last_closing() noexcept;

  // Each tells `slow_events` if what ended was slow.
  static void began(const OpenSteps::Step& step) noexcept;
  static void step_ended(Ticks at, const void* step) noexcept;
  static void function_ended(Ticks at, const FunctionEnded& function) noexcept;
  static void run_ended(Ticks opened, const RunEnded& run) noexcept;

  [[nodiscard]] static bool has(const Chunk& chunk) noexcept {
    return this_thread_.chunk_ == &chunk;
  }

 private:
  static void give_back(void*) noexcept;
  void append(const Event& event) noexcept;
  [[nodiscard]] bool take_another(TraceBuffer& buffer) noexcept;

  Chunk* chunk_ = nullptr;
  std::uint32_t chunk_is_of_ = 0;  // a trace
  std::uint32_t records_for_ = 0;  // likewise
  std::uint32_t place_ = 0;        // of the next chunk
  TraceThread number_ = 0;
  bool closed_ = false;
  bool hidden_ = false;
  std::uint32_t closing_in_ = 0;  // in which trace
  Closing closing_;
  OpenSteps steps_;
  std::uint32_t steps_in_ = 0;  // in which trace
  Ticks last_slow_began_ = 0;   // of the last step or handler that was told

  PERF_TIMER_INITIAL_EXEC static constinit thread_local ThreadTrace this_thread_;
};

}  // namespace perf_timer::inline v0_1::detail
