//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/detail/span/capture.hpp>

namespace perf_timer::inline v0_1::detail {

void Capture::add_reference() const noexcept {
  if (bits_ & bare)
    static_cast<void>(share(bare_span()));
  else
    record()->references.fetch_add(1, std::memory_order_relaxed);
}

void Capture::drop_reference() noexcept {
  if (bits_ & bare) return release(bare_span());
  if (record()->references.fetch_sub(1, std::memory_order_acq_rel) != 1) return;
  release(record()->span);
  delete record();
}

}  // namespace perf_timer::inline v0_1::detail
