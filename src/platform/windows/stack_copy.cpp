//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include "stack_copy.hpp"

#include <cstdint>
#include <cstring>

namespace perf_timer::inline v0_1::detail {

#if defined(__x86_64__) || defined(_M_X64)

namespace {

/// Returns how far the memory goes that holds a stack from here on.
[[nodiscard]] std::size_t size_from(DWORD64 top) noexcept {
  MEMORY_BASIC_INFORMATION region{};
  const auto* const address = reinterpret_cast<const void*>(top);
  if (::VirtualQuery(address, &region, sizeof region) == 0 || region.State != MEM_COMMIT ||
      region.Protect != PAGE_READWRITE)
    return 0;
  return static_cast<std::size_t>(reinterpret_cast<std::uintptr_t>(region.BaseAddress) +
                                  region.RegionSize - top);
}

constexpr DWORD64 word = sizeof(DWORD64);

}  // namespace

void StackCopy::copy() noexcept {
  size_ = 0;
  const DWORD64 top = context_.Rsp;
  const std::size_t size = size_from(top);
  if (!memory_ || size == 0 || size > most || top % word != 0) return;
  // Keeps what it has got.
  if (!::VirtualAlloc(memory_, size + beyond, MEM_COMMIT, PAGE_READWRITE)) return;
  std::memcpy(memory_, reinterpret_cast<const void*>(top), size);
  size_ = size;
}

bool StackCopy::is_inside(DWORD64 address) const noexcept {
  return address - reinterpret_cast<DWORD64>(memory_) < size_;
}

/// What points into the stack then points into the copy.
void StackCopy::move_pointers() noexcept {
  const DWORD64 from = context_.Rsp, to = reinterpret_cast<DWORD64>(memory_);
  const auto move = [&](DWORD64& pointer) {
    if (pointer - from < size_) pointer += to - from;
  };
  for (std::size_t at = 0; at + word <= size_; at += word) {
    DWORD64 content = 0;
    std::memcpy(&content, memory_ + at, word);
    move(content);
    std::memcpy(memory_ + at, &content, word);
  }
  for (DWORD64* const saved :
       {&context_.Rbx, &context_.Rbp, &context_.Rsi, &context_.Rdi, &context_.R12, &context_.R13,
        &context_.R14, &context_.R15, &context_.Rsp})
    move(*saved);
}

// A library of which a function is on a stack isn't unloaded, so what is known of it stays there.
std::size_t StackCopy::walk(std::span<const void*> frames) noexcept {
  if (size_ == 0) return 0;
  move_pointers();
  std::size_t n = 0;
  while (n < frames.size() && context_.Rip != 0 && is_inside(context_.Rsp)) {
    // Behind the first one, the address is that to which the called function returns.
    const DWORD64 at = context_.Rip - (n == 0 ? 0 : 1);
    frames[n] = reinterpret_cast<const void*>(at);
    ++n;
    DWORD64 base = 0;
    RUNTIME_FUNCTION* const function = ::RtlLookupFunctionEntry(at, &base, nullptr);
    if (!function) {
      if (n != 1) return n;  // only a function that calls none may be unknown
      std::memcpy(&context_.Rip, reinterpret_cast<const void*>(context_.Rsp), word);
      context_.Rsp += word;
      continue;
    }
    // The fourth byte of what describes the function says which register points to its frame.
    const auto* const description =
        reinterpret_cast<const unsigned char*>(base) + function->UnwindData;
    const unsigned frame_register = description[3] & 15U;
    if (frame_register != 0 && !is_inside((&context_.Rax)[frame_register])) return n;
    void* handler_data = nullptr;
    DWORD64 frame = 0;
    ::RtlVirtualUnwind(UNW_FLAG_NHANDLER, base, context_.Rip, function, &context_, &handler_data,
                       &frame, nullptr);
  }
  return n;
}

#else

void StackCopy::copy() noexcept {}
std::size_t StackCopy::walk(std::span<const void*>) noexcept { return 0; }

#endif

}  // namespace perf_timer::inline v0_1::detail
