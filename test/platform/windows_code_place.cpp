//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/detail/platform/backtrace.hpp>
#include <perf_timer/detail/platform/code_place.hpp>

#include "common/windows_system.hpp"

#include <boost/test/unit_test.hpp>

#include <array>
#include <cstdint>
#include <cstdio>
#include <memory>
#include <string>

namespace perf_timer::test {
namespace {

using detail::CodePlace;

void a_function() {}

std::uintptr_t number_of(const void* address) { return reinterpret_cast<std::uintptr_t>(address); }

BOOST_AUTO_TEST_SUITE(code_place)

BOOST_AUTO_TEST_CASE(in_the_program_and_in_libraries) {
  const HMODULE program = ::GetModuleHandleW(nullptr), system = ::GetModuleHandleW(L"kernel32.dll");
  std::array<CodePlace, 2> places{};
  places[0].address = reinterpret_cast<const void*>(&a_function);
  places[1].address = reinterpret_cast<const void*>(::GetProcAddress(system, "Sleep"));
  detail::find_code(places);
  BOOST_TEST(places[0].file_name() == "test_platform.exe");
  BOOST_TEST(places[0].offset == number_of(places[0].address) - number_of(program));
  BOOST_TEST(places[1].file_name() == "kernel32.dll");
  BOOST_TEST(places[1].offset == number_of(places[1].address) - number_of(system));
}

BOOST_AUTO_TEST_CASE(in_no_file) {
  int on_the_stack = 0;
  const auto on_the_heap = std::make_unique<int>();
  std::array<CodePlace, 3> places{};
  places[0].address = &on_the_stack;
  places[1].address = on_the_heap.get();
  places[2].file_size = 5;
  detail::find_code(places);
  BOOST_TEST(places[0].offset == number_of(&on_the_stack));
  for (const CodePlace& place : places) BOOST_TEST(place.file_name() == "");
}

BOOST_AUTO_TEST_CASE(a_linked_name_is_the_file_and_the_offset) {
  const auto* const address = reinterpret_cast<const void*>(&a_function);
  std::array<char, 32> offset{};
  std::snprintf(
      offset.data(), offset.size(), "+0x%llx",
      static_cast<unsigned long long>(number_of(address) - number_of(::GetModuleHandleW(nullptr))));
  BOOST_TEST(detail::linked_name(address) == std::string("test_platform.exe") + offset.data());
  BOOST_TEST(detail::linked_name(reinterpret_cast<const void*>(0x10)) == "0x10");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace perf_timer::test
