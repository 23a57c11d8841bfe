//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

/// \file
/// What changes a name for the linker. g++ and clang know both. For a compiler that doesn't, each
/// may be defined as nothing. Then a program of which some files are tracked and others aren't is
/// not refused.

/// Makes a tag part of all names that have to do with a class.
#if defined(_MSC_VER) && !defined(__clang__)
#define PERF_TIMER_ABI_TAG(tag)
#else
#define PERF_TIMER_ABI_TAG(tag) [[gnu::abi_tag(tag)]]
#endif

/// Gives a variable another name, which may be one of a function.
#if defined(_MSC_VER) && !defined(__clang__)
#define PERF_TIMER_NAME(name)
#else
#define PERF_TIMER_NAME(name) __asm__(name)
#endif
