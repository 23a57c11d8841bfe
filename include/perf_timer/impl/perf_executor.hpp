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

// Inlined by force, because the compiler would otherwise stop inlining what calls it, for one
// branch.

/// Called where an executor is told something. `post` and `defer` tell it never to block before
/// they submit a function.
template <class Property, class Clock>
PERF_TIMER_ALWAYS_INLINE inline void another_submission() noexcept {
  if constexpr (std::same_as<Property, asio::execution::blocking_t::never_t>)
    if (erased_strands_are_used.load(std::memory_order_relaxed)) [[unlikely]]
      never_blocks<Clock>();
}

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
  } else if constexpr (detail::is_possibly_blocking<Property>) {
    decltype(auto) blocking = ask(property);
    if constexpr (!detail::all_handlers_are_followed<Clock>) {
      if (blocking == asio::execution::blocking.possibly)
        detail::may_execute_inline<Clock>(capture_);
      else if (blocking == asio::execution::blocking.never)
        if (!task())
          detail::may_be_queued<Clock>(capture_);  // all that a task's executes is its own
    }
    return static_cast<decltype(blocking)>(blocking);
  } else {
    return ask(property);
  }
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
  detail::another_submission<Property, Clock>();
  return with(*this, property, asio::require);
}
template <class Inner, TimerClock Clock>
template <class Property>
  requires asio::can_require<const Inner&, Property>::value
PERF_TIMER_ALWAYS_INLINE inline auto PerfExecutor<Inner, Clock>::require(
    const Property& property) && {
  detail::another_submission<Property, Clock>();
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
  if constexpr (asio::can_query<const Inner&, asio::execution::blocking_t>::value) {
    if (detail::erased_strands_are_used.load(std::memory_order_relaxed)) [[unlikely]] {
      const auto blocks = [this] {
        const detail::Submitting<Clock> guard(binding_.get());  // it is only asked
        return asio::query(inner_.get(), asio::execution::blocking);
      };
      if (detail::is_offered<Clock>(capture_) && blocks() == asio::execution::blocking.never)
        detail::is_not_queued<Clock>();
    }
  }
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
auto PerfExecutor<Inner, Clock>::with(Self&& self, const Property& property, const Apply& apply) {
  if constexpr (std::same_as<Property, asio::execution::blocking_t::never_t>)
    if (self.capture_.made()) detail::never_blocks<Clock>(self.capture_);
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
        if (!self.capture_.made())
          return PerfExecutor<NewInner, Clock>(
              std::move(inner), std::forward<Self>(self).binding_,
              detail::capture_here<Clock, PERF_TIMER_ASIO_ASKS_LATE>(self.task(), asked));
        detail::Capture capture = self.capture_.is_of_run()
                                      ? detail::capture_inside_run<Clock>(self.capture_)
                                      : std::forward<Self>(self).capture_;
        detail::captured_before<Clock>(capture, asked);
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
