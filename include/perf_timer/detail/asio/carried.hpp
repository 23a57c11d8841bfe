//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/detail/asio/binding.hpp>
#include <perf_timer/detail/platform/asio.hpp>
#include <perf_timer/detail/platform/attributes.hpp>
#include <perf_timer/detail/platform/export.hpp>
#include <perf_timer/detail/span/capture.hpp>

#include PERF_TIMER_ASIO_EXECUTION_HEADER(context.hpp)
#include PERF_TIMER_ASIO_HEADER(query.hpp)

#include <utility>

namespace perf_timer::inline v0_1::detail {

/// What an instrumented executor carries.
struct Carried {
  BindingRef binding;
  Capture capture;
};

/// What a thread asks of an executor. An `any_io_executor` doesn't tell what it holds, but passes a
/// query for its context on. A `PerfExecutor` that is queried answers then. It answers by value,
/// because it may be a temporary that another executor's `query` made.
struct Question {
  bool answered = false;
  Carried* parts = nullptr;  ///< where the answer goes; null if nobody asked for it
};

template <class Clock>
PERF_TIMER_EXPORT PERF_TIMER_INITIAL_EXEC inline constinit thread_local Question question_of{};

// Not inlined, because coroutines call these; see `thread_state_of`.
template <class Clock>
[[nodiscard]] PERF_TIMER_NOINLINE Question& this_question() noexcept {
  return question_of<Clock>;
}

PERF_TIMER_COLD PERF_TIMER_NOINLINE inline void put_parts(Carried& parts, const BindingRef& binding,
                                                          const Capture& capture) noexcept {
  parts = {binding, capture};
}

template <class Clock>
PERF_TIMER_NOINLINE void answer(const BindingRef& binding, const Capture& capture) noexcept {
  Question& question = question_of<Clock>;
  question.answered = true;
  if (question.parts) [[unlikely]]
    put_parts(*question.parts, binding, capture);
}

/// Returns whether a coroutine on this executor carries spans of this clock.
template <class Clock, class Executor>
[[nodiscard]] bool is_instrumented(const Executor& executor) {
  Question& question = this_question<Clock>();
  question.answered = false;
  if constexpr (asio::can_query<const Executor&, asio::execution::context_t>::value)
    static_cast<void>(asio::query(executor, asio::execution::context));
  return question.answered;
}

/// Returns what the outermost `PerfExecutor` of this clock inside `executor` carries. That one
/// answers last.
template <class Clock, class Executor>
[[nodiscard]] Carried carried_inside(const Executor& executor) {
  struct Asking {
    Question& question;
    Carried* const before;
    ~Asking() { question.parts = before; }
  };
  Carried parts;
  Question& question = this_question<Clock>();
  const Asking asking{question, std::exchange(question.parts, &parts)};
  static_cast<void>(is_instrumented<Clock>(executor));
  return parts;
}

}  // namespace perf_timer::inline v0_1::detail
