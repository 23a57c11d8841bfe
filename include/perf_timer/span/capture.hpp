//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/span/step_base.hpp>
#include <perf_timer/span/thread_state.hpp>

#include <atomic>
#include <cstdint>
#include <new>
#include <utility>

namespace perf_timer::detail {

/// A span, and the step in which an executor captured it.
struct CapturedSpan : Recycled<CapturedSpan> {
  std::atomic<std::uint32_t> references{1};
  Span* span = nullptr;  ///< owned, not null
  StepId in = 0;
};

/// What an executor carries: nothing captured yet; or that there was no span, and in which step; or
/// a span. One word, for the executor must fit where `any_io_executor` needn't allocate. Copies of
/// the first two share nothing.
///
/// Asio captures where it lets nothing throw. Where there is no memory to say in which step, the
/// span must do: a capture that was made late (rule 5) isn't seen as such, and rule 7 flags it.
class Capture {
 public:
  Capture() noexcept = default;
  Capture(const Capture& other) noexcept : bits_(other.bits_) {
    if (auto* record = this->record())
      record->references.fetch_add(1, std::memory_order_relaxed);
    else
      share(bare_span());
  }
  Capture(Capture&& other) noexcept : bits_(std::exchange(other.bits_, 0)) {}
  Capture& operator=(Capture other) noexcept {
    std::swap(bits_, other.bits_);
    return *this;
  }
  ~Capture() {
    auto* const record = this->record();
    if (record && record->references.fetch_sub(1, std::memory_order_acq_rel) == 1) {
      release(record->span);
      delete record;
    }
    release(bare_span());
  }

  [[nodiscard]] static Capture no_span(StepId in) noexcept {
    Capture capture;
    capture.bits_ = (in << 1) | none;
    return capture;
  }
  [[nodiscard]] static Capture of(Span& span, StepId in) noexcept {
    Capture capture;
    if (auto* const record = new (std::nothrow) CapturedSpan) {
      record->span = share(&span);
      record->in = in;
      capture.bits_ = reinterpret_cast<std::uintptr_t>(record);
    } else {
      capture.bits_ = reinterpret_cast<std::uintptr_t>(share(&span)) | bare;
    }
    return capture;
  }

  [[nodiscard]] bool made() const noexcept { return bits_ != 0; }
  [[nodiscard]] Span* span() const noexcept { return record() ? record()->span : bare_span(); }
  [[nodiscard]] StepId in() const noexcept {
    return record() ? record()->in : bits_ & none ? bits_ >> 1 : 0;
  }

 private:
  // In a word that is no pointer to a record: the rest is the step, or a pointer to a span.
  static constexpr std::uint64_t none = 1, bare = 2;

  [[nodiscard]] CapturedSpan* record() const noexcept {
    return bits_ & (none | bare)
               ? nullptr
               : reinterpret_cast<CapturedSpan*>(static_cast<std::uintptr_t>(bits_));
  }
  [[nodiscard]] Span* bare_span() const noexcept {
    return (bits_ & none) || !(bits_ & bare)
               ? nullptr
               : reinterpret_cast<Span*>(static_cast<std::uintptr_t>(bits_ & ~bare));
  }

  std::uint64_t bits_ = 0;
};

/// Where the thread is: in which step, or in which stretch of a run on the stack; 0 for neither.
[[nodiscard]] inline StepId stretch_id(ThreadState& state) noexcept {
  if (state.step) return state.step->id();
  if (!state.current) return 0;
  return state.stretch ? state.stretch : state.stretch = next_step_id();
}

/// Rules 4 and 6: what an executor bound to `task` (or to none) captures here and now. Outside of
/// the task's own steps it is nothing: what is open in the task when the function starts will do.
template <class Clock>
[[nodiscard, gnu::noinline]] Capture capture_here(const Task* task) noexcept {
  ThreadState& state = thread_state<Clock>();
  if (task && !(state.step && state.step->task() == task)) return {};
  const StepId in = stretch_id(state);
  if (!state.current) return Capture::no_span(in);
  settle<Clock>(state);
  return Capture::of(*state.current, in);
}

}  // namespace perf_timer::detail
