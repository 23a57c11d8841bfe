//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/detail/span/span.hpp>

#include <utility>

namespace perf_timer::test {

using detail::Span;
using detail::SpanPool;

/// A reference to a span, or to none.
class SpanRef {
 public:
  SpanRef() noexcept = default;
  /// Takes over a reference.
  explicit SpanRef(Span* owned) noexcept : span_(owned) {}
  SpanRef(SpanRef&& other) noexcept : span_(std::exchange(other.span_, nullptr)) {}
  SpanRef(const SpanRef& other) noexcept : span_(detail::share(other.span_)) {}
  SpanRef& operator=(SpanRef other) noexcept {
    std::swap(span_, other.span_);
    return *this;
  }
  ~SpanRef() { detail::release(span_); }

  [[nodiscard]] Span* get() const noexcept { return span_; }
  [[nodiscard]] Span* detach() noexcept { return std::exchange(span_, nullptr); }
  explicit operator bool() const noexcept { return span_ != nullptr; }

 private:
  Span* span_ = nullptr;
};
}  // namespace perf_timer::test
