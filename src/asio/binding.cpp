//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/detail/asio/binding.hpp>
#include <perf_timer/detail/beacon/watched_thread.hpp>

namespace perf_timer::inline v0_1::detail {

void Binding::wait_until_nobody_looks() noexcept { static_cast<void>(WatchedThreads()); }

void BindingRef::add_reference() const noexcept {
  get()->references.fetch_add(1, std::memory_order_relaxed);
}

void BindingRef::drop_reference() noexcept {
  if (get()->references.fetch_sub(1, std::memory_order_acq_rel) == 1) delete get();
}

BindingRef bind_to_new_task(BindingRef also) {
  auto* const binding = new Binding;
  auto ref = BindingRef::counted(binding);
  binding->task = new Task;
  binding->comes_on_top_of(std::move(also));
  return ref;
}

BindingRef bind_to_task_of(const BindingRef& other) {
  if (!other.get() || !other.get()->task) return {};
  auto* const binding = new Binding;
  binding->task = share(other.get()->task);
  return BindingRef::counted(binding);
}

}  // namespace perf_timer::inline v0_1::detail
