//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

/// \file
/// Attributes that standard C++ doesn't have. g++ and clang know all of these. For a compiler that
/// doesn't, each may be defined as nothing, except `PERF_TIMER_NOINLINE`. Attributes of the
/// standard's come before them in a declaration, because Microsoft's compiler wants it so.

#if defined(_MSC_VER) && !defined(__clang__)
#define PERF_TIMER_IS_MSVC 1
#else
#define PERF_TIMER_IS_MSVC 0
#endif

/// Keeps a function out of its callers. A coroutine can be resumed on another thread than the one
/// that suspended it. If code that uses a thread_local were inlined into it, the compiler could
/// keep the address of the first thread's variable. Without this attribute such programs are wrong.
#if PERF_TIMER_IS_MSVC
#define PERF_TIMER_NOINLINE __declspec(noinline)
#else
#define PERF_TIMER_NOINLINE [[gnu::noinline]]
#endif

/// Marks code that hardly ever runs, so that its callers stay short. Without it, programs are
/// slower.
#if PERF_TIMER_IS_MSVC
#define PERF_TIMER_COLD
#else
#define PERF_TIMER_COLD [[gnu::cold]]
#endif

/// Inlines a function that the compiler finds too long. Without it, a step costs a call more.
#if PERF_TIMER_IS_MSVC
#define PERF_TIMER_ALWAYS_INLINE __forceinline
#else
#define PERF_TIMER_ALWAYS_INLINE [[gnu::always_inline]]
#endif

/// Places a thread_local where one load finds it, even in position-independent code. Without it,
/// each access in a shared library is a function call. A definition must repeat it.
#if PERF_TIMER_IS_MSVC
#define PERF_TIMER_INITIAL_EXEC
#else
#define PERF_TIMER_INITIAL_EXEC [[gnu::tls_model("initial-exec")]]
#endif

/// Keeps a variable that nobody uses in the object file, where the linker sees it. Other libraries
/// don't see it.
#if PERF_TIMER_IS_MSVC
#define PERF_TIMER_KEPT
#else
#define PERF_TIMER_KEPT [[gnu::used, gnu::visibility("hidden")]]
#endif
