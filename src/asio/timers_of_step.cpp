//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/detail/asio/timers_of_step.hpp>

#include <new>

namespace perf_timer::inline v0_1::detail {
namespace {

[[nodiscard]] bool feeds(const Handover* around, const Recorder& timer) noexcept {
  for (; around; around = around->outer)
    if (around->binding && around->binding->feeds(timer)) return true;
  return false;
}

void drop_run(Recorder& timer, const WaitingRef& waits) noexcept {
  WaitingSlot& slot = WaitingTimes::remove(waits);
  if (timer.enabled()) return timer.drop(slot);
  timer.start(slot);
  timer.cancel();
}

}  // namespace

void TimersOfStep::submit(const Binding& binding, Ticks since, const Handover* around) noexcept {
  OneOfSeveral* list = nullptr;
  for (const Binding* b = &binding; b; b = b->also.get()) {
    Recorder* const timer = b->recorder.get();
    if (!timer || !timer->enabled() || feeds(around, *timer)) continue;
    if (timer == binding.only_timer()) return submit(*timer, since);
    auto* const one = new (std::nothrow) OneOfSeveral;
    if (!one) {
      timer->begin();
      timer->end({0, 0, 0, LostReason::no_memory});
      continue;
    }
    one->timer = timer;
    timer->submit(since, one->waits);
    one->next = list;
    list = one;
  }
  if (list) {
    waits_.set(list);
    waits_.bits |= WaitingRef::has_none;
  } else {
    waits_.bits &= handed_over;
  }
}

bool TimersOfStep::start(const Binding& binding) const noexcept {
  if (has_slot()) [[likely]]
    return binding.only_timer()->start(waits_.slot());
  return start_otherwise(binding);
}

bool TimersOfStep::start_otherwise(const Binding& binding) const noexcept {
  if (!first()) return binding.only_timer()->start(WaitingTimes::remove(waits_));
  bool sampled = false;
  for (const OneOfSeveral* one = first(); one; one = one->next)
    sampled = one->timer->start(WaitingTimes::remove(one->waits)) || sampled;
  return sampled;
}

void TimersOfStep::drop(const Binding& binding) const noexcept {
  if (!first()) return drop_run(*binding.only_timer(), waits_);
  for (const OneOfSeveral* one = first(); one; one = one->next) drop_run(*one->timer, one->waits);
  forget_several();
}

void TimersOfStep::forget_several() const noexcept {
  for (const OneOfSeveral* one = first(); one;) {
    const OneOfSeveral* const next = one->next;
    delete one;
    one = next;
  }
}

}  // namespace perf_timer::inline v0_1::detail
