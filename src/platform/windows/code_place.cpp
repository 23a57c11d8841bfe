//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include "system.hpp"

#include <perf_timer/detail/platform/code_place.hpp>

#include <algorithm>

#include <winternl.h>

namespace perf_timer::inline v0_1::detail {
namespace {

/// What the system writes as the name of a mapped file: the string, and behind it the characters.
struct MappedName {
  UNICODE_STRING name;
  std::array<wchar_t, 1024> space;
};

/// Asks the kernel. GetModuleFileName would lock the loader.
[[nodiscard]] bool find_name(const void* address, MappedName& into) noexcept {
  using Query = NTSTATUS(NTAPI*)(HANDLE, const void*, int, void*, SIZE_T, SIZE_T*);
  constexpr int mapped_file_name = 2;  // MemoryMappedFilenameInformation
  static const auto query = reinterpret_cast<Query>(reinterpret_cast<void*>(
      ::GetProcAddress(::GetModuleHandleW(L"ntdll.dll"), "NtQueryVirtualMemory")));
  SIZE_T size = 0;
  return query &&
         query(::GetCurrentProcess(), address, mapped_file_name, &into, sizeof(into), &size) >= 0;
}

void find_one(CodePlace& place) noexcept {
  place.offset = reinterpret_cast<std::uintptr_t>(place.address);
  place.file_size = 0;
  MEMORY_BASIC_INFORMATION memory{};
  if (::VirtualQuery(place.address, &memory, sizeof(memory)) == 0 || memory.Type != MEM_IMAGE)
    return;
  MappedName mapped{};
  if (!find_name(memory.AllocationBase, mapped)) return;
  const wchar_t* const first = mapped.name.Buffer;
  const wchar_t* const end = first + mapped.name.Length / sizeof(wchar_t);
  const wchar_t* name = end;
  while (name != first && name[-1] != L'\\' && name[-1] != L'/') --name;
  for (; name != end && place.file_size < place.file.size(); ++name)
    place.file[place.file_size++] = *name < 128 ? static_cast<char>(*name) : '?';
  place.offset -= reinterpret_cast<std::uintptr_t>(memory.AllocationBase);
}

}  // namespace

void find_code(std::span<CodePlace> places) noexcept {
  for (CodePlace& place : places) find_one(place);
}

}  // namespace perf_timer::inline v0_1::detail
