//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include "memory_for_stacks.hpp"
#include "stack_copy.hpp"

#include <perf_timer/detail/platform/backtrace.hpp>
#include <perf_timer/detail/platform/code_place.hpp>
#include <perf_timer/detail/platform/thread_questions.hpp>

#include <array>
#include <atomic>
#include <cstdint>
#include <cstdio>
#include <string_view>

namespace perf_timer::inline v0_1::detail {
namespace {

constexpr std::size_t size_of_place = StackCopy::most + StackCopy::beyond;

/// Addresses only. A copy gets memory when it is made.
[[nodiscard]] std::byte* reserved() noexcept {
  static void* const memory =
      ::VirtualAlloc(nullptr, ThreadQuestions::most * size_of_place, MEM_RESERVE, PAGE_READWRITE);
  return static_cast<std::byte*>(memory);
}
constinit std::atomic<std::byte*> memory{nullptr};

[[nodiscard]] std::string in_hex(std::uintptr_t number) {
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), "0x%llx", static_cast<unsigned long long>(number));
  return text.data();
}

}  // namespace

void prepare_backtraces() noexcept { memory = reserved(); }

std::byte* memory_for_stack(std::size_t place) noexcept {
  std::byte* const first = memory;
  return first ? first + place * size_of_place : nullptr;
}

std::string linked_name(const void* address) {
  CodePlace place{.address = address};
  find_code({&place, 1});
  const std::string_view file = place.file_name();
  return file.empty() ? in_hex(place.offset) : std::string(file) + '+' + in_hex(place.offset);
}

}  // namespace perf_timer::inline v0_1::detail
