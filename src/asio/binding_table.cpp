//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/detail/asio/binding_table.hpp>

#include <cstdint>
#include <map>
#include <mutex>
#include <utility>

namespace perf_timer::inline v0_1::detail {

struct BindingTable::State {
  bool forking = false;
  std::mutex mutex;
  std::map<std::pair<std::uint64_t, const Binding*>, std::unique_ptr<Binding>> bindings;
};

BindingTable::BindingTable() : state_(std::make_unique<State>()) {}
BindingTable::~BindingTable() = default;

BindingRef BindingTable::bind(Recorder& recorder, const BindingRef& also) {
  const std::lock_guard lock(state_->mutex);
  auto& binding = state_->bindings[{recorder.serial(), also.get()}];
  if (!binding) {
    binding.reset(new Binding);
    binding->recorder = RecorderPin(recorder);
    binding->comes_on_top_of(also);
  }
  return BindingRef(binding.get());
}

void BindingTable::before_fork() {
  state_->mutex.lock();
  state_->forking = true;
}
void BindingTable::after_fork() {
  if (std::exchange(state_->forking, false)) state_->mutex.unlock();
}

BindingRef bind_to_timer_and_task(Recorder& recorder, const BindingRef& also) {
  auto* const binding = new Binding;
  auto ref = BindingRef::counted(binding);
  binding->recorder = RecorderPin(recorder);
  binding->task = share(also.get()->task);
  binding->comes_on_top_of(also);
  return ref;
}

}  // namespace perf_timer::inline v0_1::detail
