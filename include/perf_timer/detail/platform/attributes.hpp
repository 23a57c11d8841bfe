//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

/// \file
/// Attributes that standard C++ doesn't have. g++ and clang know all of these. For a compiler that
/// doesn't, each may be defined as nothing, except `PERF_TIMER_NOINLINE`.

/// Keeps a function out of its callers. A coroutine can be resumed on another thread than the one
/// that suspended it. If code that uses a thread_local were inlined into it, the compiler could
/// keep the address of the first thread's variable. Without this attribute such programs are wrong.
#define PERF_TIMER_NOINLINE [[gnu::noinline]]

/// Marks code that hardly ever runs, so that its callers stay short. Without it, programs are
/// slower.
#define PERF_TIMER_COLD [[gnu::cold]]

/// Inlines a function that the compiler finds too long. Without it, a step costs a call more.
#define PERF_TIMER_ALWAYS_INLINE [[gnu::always_inline]]

/// Places a thread_local where one load finds it, even in position-independent code. Without it,
/// each access in a shared library is a function call. A definition must repeat it.
#define PERF_TIMER_INITIAL_EXEC [[gnu::tls_model("initial-exec")]]

/// Keeps a variable that nobody uses in the object file, where the linker sees it. Other libraries
/// don't see it.
#define PERF_TIMER_KEPT [[gnu::used, gnu::visibility("hidden")]]
