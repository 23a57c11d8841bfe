//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once
// Included by the compiler before every file of a TSan build.
//
// Asio decrements the reference count of a type-erased executor with release order. The thread that
// reaches zero executes an acquire fence before it deletes the executor. TSan doesn't model fences,
// so it reports a race in plain Asio. An acquiring read of the count, `a`, in place of the fence
// gives the same order and no more: a thread whose reference wasn't the last acquires nothing, so
// TSan still sees a race between two such threads. `test/planted_race` shows that it does.

#include <atomic>
#include <boost/asio/detail/config.hpp>

#define atomic_thread_fence(order) atomic_load_explicit(&a, order)
#include <boost/asio/detail/atomic_count.hpp>
#undef atomic_thread_fence
