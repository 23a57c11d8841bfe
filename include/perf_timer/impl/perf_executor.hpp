//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/detail/asio/carried.hpp>
#include <perf_timer/detail/asio/followed_program.hpp>
#include <perf_timer/detail/asio/step_function.hpp>
#include <perf_timer/detail/span/strand_questions.hpp>
#include <perf_timer/perf_executor.hpp>

#include PERF_TIMER_ASIO_EXECUTION_HEADER(blocking.hpp)

#include <atomic>
#include <concepts>
#include <type_traits>

namespace perf_timer::inline v0_1 {
namespace detail {

struct AskingAPlainOne {};
template <class Inner, class Clock>
using AskingFor = std::conditional_t<is_plain<Inner>, AskingAPlainOne, OnlyAsking<Clock>>;

}  // namespace detail

template <class Inner, TimerClock Clock>
template <class Property>
  requires asio::can_query<const Inner&, Property>::value
decltype(auto) PerfExecutor<Inner, Clock>::query(const Property& property) const
    noexcept(asio::is_nothrow_query<const Inner&, Property>::value) {
  if constexpr (detail::is_context<Property>) {
    // Who must know whether an `any_io_executor` holds one of these asks for the context, see
    // `carried.hpp`. Afterwards, so that the outermost one answers last.
    decltype(auto) context = asio::query(inner_.base(), property);
    detail::answer<Clock>(binding_, capture_);
    return static_cast<decltype(context)>(context);
  } else if constexpr (detail::all_handlers_are_followed<Clock>) {
    return ask(property);
  } else if constexpr (detail::is_kind_of_blocking<Property>) {
    decltype(auto) blocking = ask(property);
    asked_by_a_strand(blocking);
    return static_cast<decltype(blocking)>(blocking);
  } else if constexpr (detail::is_blocking<Property>) {
    if (detail::strands_of_others_are_used.load(std::memory_order_relaxed)) [[unlikely]]
      PerfExecutor(*this).may_be_asked_by_a_strand();
    return ask(property);
  } else {
    return ask(property);
  }
}

template <class Inner, TimerClock Clock>
void PerfExecutor<Inner, Clock>::asked_by_a_strand(asio::execution::blocking_t answer,
                                                   bool directly) const noexcept {
  if (answer == asio::execution::blocking.possibly)
    detail::may_execute_inline<Clock>(capture_, directly);
  else if (answer == asio::execution::blocking.never && !task())
    detail::may_be_queued<Clock>(capture_, directly);  // all that a task's executes is its own
}

/// The same of a question that an `any_executor` asks too, where it is made. To be called on a
/// copy, because the compiler keeps an executor in registers unless somebody knows its address.
template <class Inner, TimerClock Clock>
PERF_TIMER_COLD PERF_TIMER_NOINLINE void PerfExecutor<Inner, Clock>::may_be_asked_by_a_strand()
    const noexcept {
  const asio::execution::blocking_t answer = ask(asio::execution::blocking);
  if (answer != asio::execution::blocking.never || detail::was_just_told<Clock>(capture_))
    asked_by_a_strand(answer, true);
}

template <class Inner, TimerClock Clock>
template <class Property>
decltype(auto) PerfExecutor<Inner, Clock>::ask(const Property& property) const {
  [[maybe_unused]] const detail::AskingFor<Inner, Clock> guard;
  return inner_.query(property);
}

template <class Inner, TimerClock Clock>
template <class Property>
  requires asio::can_require<const Inner&, Property>::value
PERF_TIMER_ALWAYS_INLINE inline auto PerfExecutor<Inner, Clock>::require(
    const Property& property) const& {
  return with(*this, property, asio::require);
}
template <class Inner, TimerClock Clock>
template <class Property>
  requires asio::can_require<const Inner&, Property>::value
PERF_TIMER_ALWAYS_INLINE inline auto PerfExecutor<Inner, Clock>::require(
    const Property& property) && {
  return with(std::move(*this), property, asio::require);
}

template <class Inner, TimerClock Clock>
template <class Property>
  requires asio::can_prefer<const Inner&, Property>::value
auto PerfExecutor<Inner, Clock>::prefer(const Property& property) const& {
  return with(*this, property, asio::prefer);
}
template <class Inner, TimerClock Clock>
template <class Property>
  requires asio::can_prefer<const Inner&, Property>::value
auto PerfExecutor<Inner, Clock>::prefer(const Property& property) && {
  return with(std::move(*this), property, asio::prefer);
}

template <class Inner, TimerClock Clock>
template <class Function>
  requires(std::invocable<std::decay_t<Function>&> || std::invocable<std::decay_t<Function>>)
void PerfExecutor<Inner, Clock>::execute(Function&& function) const {
  auto stepped = step(std::forward<Function>(function));
  const auto submit = [&](const Inner& inner) {
    PERF_TIMER_ASIO_EXECUTE(inner, std::move(stepped));
  };
  if constexpr (detail::is_plain<Inner>) {
    inner_.use(submit);
  } else {
    stepped.hand_over();
    const detail::Submitting<Clock> guard(binding_.get());
    inner_.use(submit);
  }
}

/// The executor with a property, copied or moved. `apply` is `asio::require` or `prefer`.
template <class Inner, TimerClock Clock>
template <class Self, class Property, class Apply>
PERF_TIMER_ALWAYS_INLINE inline auto PerfExecutor<Inner, Clock>::with(Self&& self,
                                                                      const Property& property,
                                                                      const Apply& apply) {
  auto changed = make(std::forward<Self>(self), property, apply);
  if constexpr (std::same_as<Property, asio::execution::blocking_t::never_t>)
    if (changed.capture_.made() || detail::erased_strands_are_used.load(std::memory_order_relaxed))
        [[unlikely]]
      detail::never_blocks<Clock>(changed.capture_);
  return changed;
}

/// The same, whatever follows from the property. Both are inlined by force, because the compiler
/// would otherwise stop inlining what calls them.
template <class Inner, TimerClock Clock>
template <class Self, class Property, class Apply>
PERF_TIMER_ALWAYS_INLINE inline auto PerfExecutor<Inner, Clock>::make(Self&& self,
                                                                      const Property& property,
                                                                      const Apply& apply) {
  [[maybe_unused]] const detail::AskingFor<Inner, Clock> guard;
  if constexpr (detail::InnerExecutor<Inner>::template remembers<Property>) {
    PerfExecutor changed(std::forward<Self>(self));
    changed.inner_.template remember<Property>();
    return changed;
  } else {
    using NewInner = std::decay_t<decltype(apply(self.inner_.get(), property))>;
    if constexpr (detail::changes_nothing<Inner, NewInner, Property>) {
      return PerfExecutor(std::forward<Self>(self));
    } else {
      NewInner inner = apply(self.inner_.get(), property);
      if constexpr (detail::is_tracked<Property>) {
        const void* const asked = &self.capture_;
        constexpr bool plainly =
            std::same_as<Property, asio::execution::outstanding_work_t::tracked_t>;
        if (!self.capture_.made())
          return PerfExecutor<NewInner, Clock>(
              std::move(inner), std::forward<Self>(self).binding_,
              detail::capture_here<Clock, PERF_TIMER_ASIO_ASKS_LATE>(self.task(), asked, plainly));
        detail::Capture capture = self.capture_.is_of_run()
                                      ? detail::capture_inside_run<Clock>(self.capture_)
                                      : std::forward<Self>(self).capture_;
        detail::captured_before<Clock>(capture, asked, plainly);
        return PerfExecutor<NewInner, Clock>(std::move(inner), std::forward<Self>(self).binding_,
                                             std::move(capture));
      }
      detail::Capture capture = std::forward<Self>(self).capture_;
      return PerfExecutor<NewInner, Clock>(std::move(inner), std::forward<Self>(self).binding_,
                                           std::move(capture));
    }
  }
}

template <class Inner, TimerClock Clock>
template <class Function>
auto PerfExecutor<Inner, Clock>::step(Function&& function) const {
  using Wait = detail::WaitOf<Inner>;
  using Step = detail::StepFunction<Clock, std::decay_t<Function>, Wait>;
  if constexpr (std::same_as<Wait, detail::ThreadWait>)
    return Step(binding_, capture_, std::forward<Function>(function));
  else
    return Step(inner_.wait(), binding_, capture_, std::forward<Function>(function));
}

}  // namespace perf_timer::inline v0_1
