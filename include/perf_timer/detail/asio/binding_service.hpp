//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/detail/asio/binding.hpp>

#include <boost/asio/execution/context.hpp>
#include <boost/asio/execution_context.hpp>
#include <boost/asio/query.hpp>

#include <concepts>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <utility>

namespace perf_timer::inline v0_1::detail {

/// The bindings of one execution context's executors to timers: one for each timer, however often
/// it is wrapped, so that executors needn't count who uses them. Thread safety: all members.
class BindingTable {
 public:
  /// `also` is not counted. Throws std::bad_alloc.
  [[nodiscard]] BindingRef bind(Recorder& recorder, const BindingRef& also) {
    const std::lock_guard lock(mutex_);
    auto& binding = bindings_[{recorder.serial(), also.get()}];
    if (!binding) {
      binding.reset(new Binding);
      binding->feeds_timers = true;
      binding->recorder = RecorderPin(recorder);
      binding->also = also;
    }
    return BindingRef(binding.get());
  }

  /// Around a fork, so that no other thread has the lock then.
  void before_fork() {
    mutex_.lock();
    forking_ = true;
  }
  void after_fork() {
    if (std::exchange(forking_, false)) mutex_.unlock();
  }

 private:
  bool forking_ = false;
  std::mutex mutex_;
  std::map<std::pair<std::uint64_t, const Binding*>, std::unique_ptr<Binding>> bindings_;
};

/// The context's own table, which lives as long as it does.
class BindingService : public boost::asio::execution_context::service, public BindingTable {
 public:
  using key_type = BindingService;
  static inline boost::asio::execution_context::id id;

  explicit BindingService(boost::asio::execution_context& context)
      : boost::asio::execution_context::service(context) {}

 private:
  void shutdown() override {}
  void notify_fork(boost::asio::execution_context::fork_event event) override {
    event == boost::asio::execution_context::fork_prepare ? before_fork() : after_fork();
  }
};

/// The table of the executor's context. Executors whose context isn't a
/// `boost::asio::execution_context` share one that is never destroyed.
template <class Executor>
[[nodiscard]] BindingTable& binding_table_of(const Executor& executor) {
  if constexpr (requires {
                  {
                    boost::asio::query(executor, boost::asio::execution::context)
                  } -> std::convertible_to<boost::asio::execution_context&>;
                }) {
    return boost::asio::use_service<BindingService>(
        boost::asio::query(executor, boost::asio::execution::context));
  } else {
    static BindingTable* const table = new BindingTable;
    return *table;
  }
}

/// Bound to a timer, besides what the executor is bound to already.
template <class Executor>
[[nodiscard]] BindingRef bind_to_timer(Recorder& recorder, const Executor& inner,
                                       const BindingRef& also) {
  recorder.wraps_executors();
  if (!also.is_counted()) return binding_table_of(inner).bind(recorder, also);
  // A task's: its executors come and go, and so does the binding.
  auto* const binding = new Binding;
  auto ref = BindingRef::counted(binding);
  binding->feeds_timers = true;
  binding->recorder = RecorderPin(recorder);
  binding->task = share(also.get()->task);
  binding->also = also;
  return ref;
}

}  // namespace perf_timer::inline v0_1::detail
