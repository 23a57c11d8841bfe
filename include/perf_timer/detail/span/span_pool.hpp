//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/detail/platform/attributes.hpp>
#include <perf_timer/detail/platform/export.hpp>

#include <cstddef>
#include <utility>

namespace perf_timer::inline v0_1::detail {

struct PERF_TIMER_EXPORT Span;  // what plugins need of its pool is as visible as it is

/// A thread's own free spans. Trivially destructible, so that it works to the very end of the
/// thread.
struct NearSpans {
  Span* first = nullptr;  ///< the next one is its parent
  std::size_t room = 0;   ///< how many more may be added
};

/// Where spans live. Any thread may look at all of them at any time, whoever makes and frees them
/// meanwhile. So a span that is free is an object, too, and its memory is never given back: a
/// process keeps as many spans as were ever in use at once. Making and freeing are as `FreeListOf`
/// does it: the calling thread's own list comes first. With AddressSanitizer every span is
/// allocated and freed by itself, so that leaks and uses after free are seen.
template <class S>
class PERF_TIMER_EXPORT SpanPool {
 public:
  /// Returns a span that is as if just constructed, but for what says when it is opened; null if
  /// there was no memory. Inlined, so only functions that aren't inlined may call it;
  /// `thread_state_of` says why.
  [[nodiscard]] static S* make_here() noexcept {
    auto* span = static_cast<S*>(near_.first);
    if (span) [[likely]] {
      near_.first = span->parent;
      ++near_.room;
    } else {
      span = make_slowly();
      if (!span) [[unlikely]]
        return nullptr;
    }
    span->renew();
    return span;
  }
  static void free_here(S* span) noexcept {
    if (near_.room != 0) [[likely]] {
      span->parent = std::exchange(near_.first, span);
      --near_.room;
    } else {
      free_slowly(span);
    }
  }

  /// The same, not inlined. Its run is opened at zero.
  [[nodiscard]] static S* make() noexcept;
  static void free(S* span) noexcept;

  /// Calls `visit(context, span)` for each span, be it in use or not. Exceptions pass through.
  static void for_each(void (*visit)(void* context, const Span& span), void* context);

 private:
  [[nodiscard]] static S* make_slowly() noexcept;
  static void free_slowly(S* span) noexcept;

  PERF_TIMER_EXPORT PERF_TIMER_INITIAL_EXEC static constinit thread_local NearSpans near_;
};

}  // namespace perf_timer::inline v0_1::detail
