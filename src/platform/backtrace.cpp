//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include "backtrace_here.hpp"

#include <perf_timer/detail/platform/backtrace.hpp>
#include <perf_timer/detail/platform/code_place.hpp>

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <string_view>

#include <cxxabi.h>
#include <dlfcn.h>

#if __has_include(<execinfo.h>)
#include <execinfo.h>
#define PERF_TIMER_HAS_BACKTRACE
#endif

namespace perf_timer::inline v0_1::detail {
namespace {

[[nodiscard]] std::string in_hex(std::uintptr_t number) {
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), "0x%llx", static_cast<unsigned long long>(number));
  return text.data();
}

/// For a program that has no dynamic linker.
[[nodiscard]] std::string name_by_kernel(const void* address) {
  CodePlace place{.address = address};
  find_code({&place, 1});
  return std::string(place.file_name()) + (place.file_size != 0 ? "+" : "") + in_hex(place.offset);
}

}  // namespace

void prepare_backtraces() noexcept {
  std::array<const void*, 4> frames{};
  static_cast<void>(backtrace_here(frames, nullptr));
}

std::size_t backtrace_here(std::span<const void*> frames, const void* interrupted) noexcept {
#if defined(PERF_TIMER_HAS_BACKTRACE)
  constexpr std::size_t most = 128;
  std::array<void*, most> found{};
  const int n = ::backtrace(found.data(), static_cast<int>(most));
  const auto* first = found.data();
  const auto* const end = found.data() + (n > 0 ? n : 0);
  const auto* const here = std::find(first, end, interrupted);
  const bool is_known = interrupted && here != end;
  if (is_known) first = here;
  const auto size = std::min<std::size_t>(frames.size(), static_cast<std::size_t>(end - first));
  for (std::size_t i = 0; i < size; ++i)
    frames[i] = static_cast<const char*>(first[i]) - (is_known && i == 0 ? 0 : 1);
  return size;
#else
  if (!interrupted || frames.empty()) return 0;
  frames[0] = interrupted;
  return 1;
#endif
}

std::string linked_name(const void* address) {
  Dl_info info{};
  if (::dladdr(address, &info) == 0) return name_by_kernel(address);
  if (info.dli_sname) {
    int status = 0;
    const std::unique_ptr<char, void (*)(void*)> name(
        abi::__cxa_demangle(info.dli_sname, nullptr, nullptr, &status), &std::free);
    return name ? name.get() : info.dli_sname;
  }
  const std::string_view file = info.dli_fname ? info.dli_fname : "";
  return std::string(file.substr(file.rfind('/') + 1)) + '+' +
         in_hex(reinterpret_cast<std::uintptr_t>(address) -
                reinterpret_cast<std::uintptr_t>(info.dli_fbase));
}

}  // namespace perf_timer::inline v0_1::detail
