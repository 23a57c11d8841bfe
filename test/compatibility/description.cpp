//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
// What this build is made of, as its compiler knows it. tools/compatibility finds the text in the
// program, so that it needn't run here.
#if defined(PERF_TIMER_STANDALONE_ASIO)
#include <asio/version.hpp>
#else
#include <boost/asio/version.hpp>
#endif
#include <boost/version.hpp>

#include <cstdio>
#include <version>

#define TEXT_OF(what) #what
#define TEXT(what) TEXT_OF(what)

#if defined(__APPLE__)
#define SYSTEM "macOS"
#elif defined(_WIN32)
#define SYSTEM "Windows"
#elif defined(__linux__)
#define SYSTEM "Linux"
#else
#define SYSTEM "another system"
#endif

#if defined(__x86_64__) || defined(_M_X64)
#define PROCESSOR "x86-64"
#elif defined(__aarch64__) || defined(_M_ARM64)
#define PROCESSOR "ARM64"
#elif defined(__arm__)
#define PROCESSOR "ARM, 32 bits"
#else
#define PROCESSOR "another processor"
#endif

#if defined(__clang__)
#define COMPILER "clang " TEXT(__clang_major__) "." TEXT(__clang_minor__)
#elif defined(_MSC_VER)
#define COMPILER "MSVC " TEXT(_MSC_VER)
#else
#define COMPILER "g++ " TEXT(__GNUC__) "." TEXT(__GNUC_MINOR__)
#endif

#if defined(_LIBCPP_VERSION)
#define LIBRARY "libc++ " TEXT(_LIBCPP_VERSION)
#elif defined(_GLIBCXX_RELEASE)
#define LIBRARY "libstdc++ " TEXT(_GLIBCXX_RELEASE)
#else
#define LIBRARY "another library"
#endif

#if defined(__GLIBC__)
#define C_LIBRARY "glibc " TEXT(__GLIBC__) "." TEXT(__GLIBC_MINOR__)
#elif defined(__linux__)
#define C_LIBRARY "musl"  // which doesn't tell
#elif defined(__MINGW64_VERSION_MAJOR)
#define C_LIBRARY "MinGW-w64 " TEXT(__MINGW64_VERSION_MAJOR) "." TEXT(__MINGW64_VERSION_MINOR)
#else
#define C_LIBRARY ""
#endif

#if defined(PERF_TIMER_STANDALONE_ASIO)
#define WHICH_ASIO "standalone"
#define VERSION_OF_ASIO TEXT(ASIO_VERSION)
#else
#define WHICH_ASIO ""
#define VERSION_OF_ASIO TEXT(BOOST_ASIO_VERSION)
#endif

int main() {
  std::puts("PERF_TIMER_BUILD{\"system\": \"" SYSTEM "\", \"processor\": \"" PROCESSOR
            "\", \"compiler\": \"" COMPILER "\", \"library\": \"" LIBRARY
            "\", \"c_library\": \"" C_LIBRARY "\", \"which_asio\": \"" WHICH_ASIO
            "\", \"asio\": \"" VERSION_OF_ASIO "\", \"boost\": \"" BOOST_LIB_VERSION
            "\", \"flags\": \"" BUILD_FLAGS "\", \"macros\": \"" ASIO_MACROS
            "\", \"emulator\": \"" EMULATOR "\"}");
}
