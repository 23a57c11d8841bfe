//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include "thread_information.hpp"

#include <algorithm>
#include <array>
#include <cstddef>

#include <winternl.h>

namespace perf_timer::inline v0_1::detail {
namespace {

using Ask = LONG(NTAPI*)(HANDLE, int, void*, ULONG, ULONG*);

/// Windows documents neither this way to ask nor the number of the question. They have been there
/// since threads have had names.
[[nodiscard]] Ask find_ask() noexcept {
  const HMODULE system = ::GetModuleHandleW(L"ntdll.dll");
  return system ? reinterpret_cast<Ask>(
                      reinterpret_cast<void*>(::GetProcAddress(system, "NtQueryInformationThread")))
                : nullptr;
}
const Ask ask = find_ask();

constexpr int name_information = 38;

/// Of a longer name, nothing is told: the system has no part of a name.
struct NameRoom {
  UNICODE_STRING name;
  std::array<wchar_t, 512> text;
};

}  // namespace

ThreadName name_of_thread(HANDLE thread) noexcept {
  ThreadName name{};
  NameRoom room{};
  ULONG size = 0;
  if (!ask || ask(thread, name_information, &room, sizeof room, &size) < 0) return name;
  std::array<char, 3 * std::tuple_size_v<decltype(room.text)>> text{};
  const int length = ::WideCharToMultiByte(
      CP_UTF8, 0, room.name.Buffer, static_cast<int>(room.name.Length / sizeof(wchar_t)),
      text.data(), static_cast<int>(text.size()), nullptr, nullptr);
  std::size_t end = std::min(static_cast<std::size_t>(std::max(length, 0)), name.size() - 1);
  const auto goes_on = [&] { return (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80; };
  while (end != 0 && goes_on()) --end;
  std::copy_n(text.begin(), end, name.begin());
  return name;
}

}  // namespace perf_timer::inline v0_1::detail
