//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once
// Included by the compiler before every file of a TSan build.
//
// Asio counts the references to a type-erased executor down with release, and who counted to zero
// has an acquire fence before it deletes. TSan doesn't model fences, and sees a race in plain Asio.
// An acquiring read of the count, `a`, where the fence stands is the same order, and no more than
// that: who released a reference that wasn't the last has acquired nothing, so that a race between
// two such threads stays visible. `test/planted_race` shows that it does.

#include <atomic>
#include <boost/asio/detail/config.hpp>

#define atomic_thread_fence(order) atomic_load_explicit(&a, order)
#include <boost/asio/detail/atomic_count.hpp>
#undef atomic_thread_fence
