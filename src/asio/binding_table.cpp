//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/detail/asio/binding_table.hpp>
#include <perf_timer/detail/platform/static_storage.hpp>

#include <algorithm>
#include <cstdint>
#include <map>
#include <mutex>
#include <utility>

namespace perf_timer::inline v0_1::detail {

struct BindingTable::State {
  bool forking = false;
  std::mutex mutex;
  std::map<std::pair<std::uint64_t, const Binding*>, std::unique_ptr<Binding>> bindings;
  std::size_t kept = 0;  // of these, those of timers that aren't static
  bool come_and_go = false;

  /// Returns whether it may keep one more.
  [[nodiscard]] bool keeps_another() {
    if (come_and_go) return false;
    const auto gone = std::ranges::count_if(
        bindings, [](const auto& entry) { return entry.second->recorder.get()->retired(); });
    come_and_go = kept >= most_kept || static_cast<std::size_t>(gone) >= most_gone;
    return !come_and_go;
  }
};

BindingTable::BindingTable() : state_(std::make_unique<State>()) {}
BindingTable::~BindingTable() = default;

BindingRef BindingTable::bind(Recorder& recorder, const void* timer, const BindingRef& also) {
  const std::lock_guard lock(state_->mutex);
  const std::pair key(recorder.serial(), also.get());
  if (const auto found = state_->bindings.find(key); found != state_->bindings.end())
    return BindingRef(found->second.get());
  const bool is_static = in_static_storage(timer);
  if (!is_static && !state_->keeps_another()) return bind_counted(recorder, also);
  auto& binding =
      state_->bindings.emplace(key, std::unique_ptr<Binding>(new Binding)).first->second;
  binding->recorder = RecorderPin(recorder);
  binding->comes_on_top_of(also);
  if (!is_static) ++state_->kept;
  return BindingRef(binding.get());
}

void BindingTable::before_fork() {
  state_->mutex.lock();
  state_->forking = true;
}
void BindingTable::after_fork() {
  if (std::exchange(state_->forking, false)) state_->mutex.unlock();
}

BindingRef bind_counted(Recorder& recorder, const BindingRef& also) {
  auto* const binding = new Binding;
  auto ref = BindingRef::counted(binding);
  binding->recorder = RecorderPin(recorder);
  if (also.get()) binding->task = share(also.get()->task);
  binding->comes_on_top_of(also);
  return ref;
}

}  // namespace perf_timer::inline v0_1::detail
