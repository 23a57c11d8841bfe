//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/detail/asio/binding_table.hpp>
#include <perf_timer/detail/platform/asio.hpp>

#include PERF_TIMER_ASIO_EXECUTION_HEADER(context.hpp)
#include PERF_TIMER_ASIO_HEADER(execution_context.hpp)
#include PERF_TIMER_ASIO_HEADER(query.hpp)

#include <concepts>

namespace perf_timer::inline v0_1::detail::inline PERF_TIMER_ASIO_KIND {

/// The table of one execution context. It lives as long as the context.
class BindingService : public asio::execution_context::service {
 public:
  using key_type = BindingService;
  static inline asio::execution_context::id id;

  explicit BindingService(asio::execution_context& context)
      : asio::execution_context::service(context) {}

  [[nodiscard]] BindingTable& table() noexcept { return table_; }

 private:
  void shutdown() override {}
  void notify_fork(asio::execution_context::fork_event event) override {
    event == asio::execution_context::fork_prepare ? table_.before_fork() : table_.after_fork();
  }

  BindingTable table_;
};

/// Returns the table of the executor's context. Executors whose context isn't an
/// `execution_context` of Asio's share a table that is never destroyed.
template <class Executor>
[[nodiscard]] BindingTable& binding_table_of(const Executor& executor) {
  if constexpr (requires {
                  {
                    asio::query(executor, asio::execution::context)
                  } -> std::convertible_to<asio::execution_context&>;
                }) {
    return asio::use_service<BindingService>(asio::query(executor, asio::execution::context))
        .table();
  } else {
    static BindingTable* const table = new BindingTable;
    return *table;
  }
}

/// Returns a binding to a timer, and to what the executor is bound to already. If that feeds the
/// timer, it is enough. `timer` is the timer's address. Throws std::bad_alloc.
template <class Executor>
[[nodiscard]] BindingRef bind_to_timer(Recorder& recorder, const void* timer, const Executor& inner,
                                       const BindingRef& also) {
  recorder.wraps_executors();
  if (also.get() && also.get()->feeds(recorder)) return also;
  return also.is_counted() ? bind_counted(recorder, also)
                           : binding_table_of(inner).bind(recorder, timer, also);
}

}  // namespace perf_timer::inline v0_1::detail::inline PERF_TIMER_ASIO_KIND
