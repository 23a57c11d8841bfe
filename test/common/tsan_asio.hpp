//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once
// Included by the compiler before every file of a TSan build.
//
// Asio counts the references to a type-erased executor down with release, and before it deletes
// it has an acquire fence. TSan doesn't model fences, and sees a race in plain Asio. With acquire
// in the decrement itself it sees the order that is there, and nothing needs to be suppressed.

#include <atomic>
#include <boost/asio/detail/config.hpp>

#define memory_order_release memory_order_acq_rel
#include <boost/asio/detail/atomic_count.hpp>
#undef memory_order_release
