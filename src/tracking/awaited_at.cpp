//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/detail/tracking/tracking_thread.hpp>

#include <version>

// Clang 14 doesn't have it.
#if defined(__cpp_lib_source_location)
#include <perf_timer/detail/tracking/awaited_at.hpp>
#endif

namespace perf_timer::inline v0_1::detail {

#if defined(__cpp_lib_source_location)
void AwaitedAt::remember() const noexcept { tracking_thread.awaits.remember(*this); }

// What Asio's own coroutines await is what the program's awaits: a branch of `&&`, for one.
void AwaitedLine::remember(const AwaitedAt& at) noexcept {
  if (at.is_of_asio()) {
    if (line_.file) through_asio_ = true;
    return;
  }
  nested_ = nested_ || through_asio_;
  through_asio_ = false;
  line_ = {at.at().file_name(), at.at().function_name(), at.at().line()};
}
#endif

SourceLine AwaitedLine::take() noexcept {
  const SourceLine taken = line_;
  if (!through_asio_ || nested_) *this = {};
  return taken;
}

}  // namespace perf_timer::inline v0_1::detail
