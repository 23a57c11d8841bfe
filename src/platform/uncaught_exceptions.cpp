//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/detail/platform/attributes.hpp>
#include <perf_timer/detail/platform/uncaught_exceptions.hpp>

#include <exception>

#if defined(__has_include)
#if __has_include(<cxxabi.h>)
#include <cxxabi.h>
#endif
#endif

#if defined(_LIBCPPABI_VERSION)
// libc++abi has it, but doesn't declare it.
namespace __cxxabiv1 {
extern "C" void* __cxa_get_globals() noexcept;
}
#endif

namespace perf_timer::inline v0_1::detail {

PERF_TIMER_INITIAL_EXEC constinit thread_local const ThreadExceptions* thread_exceptions = nullptr;

// The standard library looks up the thread's exceptions each time. The Itanium C++ ABI says where
// they are, as Boost.Core relies on too. They stay there as long as the thread lives.
#if defined(__GLIBCXX__) || defined(_LIBCPPABI_VERSION)
namespace {

PERF_TIMER_COLD PERF_TIMER_NOINLINE int find_uncaught_exceptions() noexcept {
  thread_exceptions =
      static_cast<const ThreadExceptions*>(static_cast<void*>(abi::__cxa_get_globals()));
  return static_cast<int>(thread_exceptions->uncaught);
}

}  // namespace

int uncaught_exceptions() noexcept {
  if (!thread_exceptions) [[unlikely]]
    return find_uncaught_exceptions();
  return static_cast<int>(thread_exceptions->uncaught);
}
#else
int uncaught_exceptions() noexcept { return std::uncaught_exceptions(); }
#endif

}  // namespace perf_timer::inline v0_1::detail
