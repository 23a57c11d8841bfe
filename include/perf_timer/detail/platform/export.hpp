//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#if defined(__MINGW32__) && !defined(__clang__)
#error \
    "perf_timer doesn't work with MinGW's g++: it frees a thread's variables (thread_local) before their \
destructors run, which then corrupt the heap. Use clang for MinGW, such as clang++ --target=x86_64-w64-mingw32."
#endif

/// Makes a symbol visible outside of the shared object that holds it. The library is compiled with
/// everything else hidden. The macro is the same for a static library: a program can offer its own
/// copy to the plugins that it loads.
///
/// Without it, a shared library that is compiled with `-fvisibility=hidden` can't be linked, and a
/// program and its plugins would each have a thread state of their own.
///
/// A template is visible only if its arguments are: what is compiled into the library for a type of
/// ours needs it on that type, too.
///
/// Microsoft's linker exports no thread_local, so there a shared library can't be made, and a
/// program and its plugins do have a state each.
#if defined(_MSC_VER) && !defined(__clang__)
#define PERF_TIMER_EXPORT
#else
#define PERF_TIMER_EXPORT [[gnu::visibility("default")]]
#endif
