//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/detail/platform/type_name.hpp>

#include <atomic>
#include <string_view>

namespace perf_timer::inline v0_1::detail {

/// Of a type of Asio's operations, `pointer<Handler>`: most tell their handler's type so.
template <class Operation>
concept TellsHandler = requires(typename Operation::ptr pointer) { *pointer.h; };

class Operation;
struct NamedOperation;

/// One type of Asio's operations. Static, so its address tells types apart.
struct OperationSite {
  /// The compiler's text with the type of its handler, or, if that isn't told, with the type of the
  /// operation, of which the handler is an argument.
  const char* type;
  bool is_awaited;  ///< its handler resumes a coroutine of Asio's

  /// The operation of this type that was first started without a location; null before. Nearly all
  /// types have one.
  std::atomic<const NamedOperation*> usual{nullptr};
};

/// An operation as it is started at one place. The names are literals.
struct NamedOperation {
  const char* object;
  const char* name;
  Operation& operation;
  bool goes_on = false;  ///< a further step of a composed operation
};

template <class Operation>
[[nodiscard]] constexpr const char* handler_of() noexcept {
  if constexpr (TellsHandler<Operation>)
    return signature_with<decltype(Operation::ptr::h)>();
  else
    return signature_with<Operation>();
}

template <class Operation>
inline constinit OperationSite operation_site{
    handler_of<Operation>(),
    std::string_view(handler_of<Operation>()).find("::awaitable_") != std::string_view::npos};

}  // namespace perf_timer::inline v0_1::detail
