//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#if defined(_WIN32)
#include "common/windows_system.hpp"
#else
#include <pthread.h>
#endif

#include <string>

namespace perf_timer::test {

#if defined(_WIN32)
/// The header declares it, and MinGW's library doesn't have it.
inline void set_thread_description(const wchar_t* name) {
  using Set = HRESULT(WINAPI*)(HANDLE, const wchar_t*);
  static const auto set = reinterpret_cast<Set>(reinterpret_cast<void*>(
      ::GetProcAddress(::GetModuleHandleW(L"kernel32.dll"), "SetThreadDescription")));
  set(::GetCurrentThread(), name);
}
#endif

/// Gives the calling thread a name of ASCII, as debuggers show it.
inline void name_this_thread(const std::string& name) {
#if defined(_WIN32)
  set_thread_description(std::wstring(name.begin(), name.end()).c_str());
#elif defined(__APPLE__)
  ::pthread_setname_np(name.c_str());
#else
  ::pthread_setname_np(::pthread_self(), name.c_str());
#endif
}

}  // namespace perf_timer::test
