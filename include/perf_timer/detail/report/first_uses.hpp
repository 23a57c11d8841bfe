//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

namespace perf_timer::inline v0_1::detail {

/// Called before a thread of the library starts: does what registers a destructor when it is done
/// for the first time, and what that thread may do. May throw std::bad_alloc.
///
/// On Windows, `exit` holds a lock while it calls destructors, and who registers one needs that
/// lock. A thread that did so while a destructor waits for its end would wait for ever.
void first_uses();

}  // namespace perf_timer::inline v0_1::detail
