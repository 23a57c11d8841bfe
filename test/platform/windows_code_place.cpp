//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/detail/platform/code_place.hpp>

#include <boost/test/unit_test.hpp>

#include <array>
#include <cstdint>
#include <filesystem>
#include <memory>

#include <windows.h>

namespace perf_timer::test {
namespace {

using detail::CodePlace;

void a_function() {}

BOOST_AUTO_TEST_SUITE(code_place)

BOOST_AUTO_TEST_CASE(in_the_program_and_in_libraries) {
  const HMODULE program = ::GetModuleHandleW(nullptr);
  const HMODULE library = ::GetModuleHandleW(L"kernel32.dll");
  std::array<CodePlace, 2> places{};
  places[0].address = reinterpret_cast<const void*>(&a_function);
  places[1].address = reinterpret_cast<const void*>(::GetProcAddress(library, "CreateFileW"));
  detail::find_code(places);
  BOOST_TEST(places[0].offset == reinterpret_cast<std::uintptr_t>(places[0].address) -
                                     reinterpret_cast<std::uintptr_t>(program));
  BOOST_TEST(places[0].file_name() == "test_platform.exe");
  BOOST_TEST(places[1].offset == reinterpret_cast<std::uintptr_t>(places[1].address) -
                                     reinterpret_cast<std::uintptr_t>(library));
  BOOST_TEST(places[1].file_name() == "kernel32.dll");
}

BOOST_AUTO_TEST_CASE(in_no_file) {
  int on_the_stack = 0;
  const auto on_the_heap = std::make_unique<int>();
  std::array<CodePlace, 3> places{};
  places[0].address = &on_the_stack;
  places[1].address = on_the_heap.get();
  places[2].file_size = 5;
  detail::find_code(places);
  BOOST_TEST(places[0].offset == reinterpret_cast<std::uintptr_t>(&on_the_stack));
  for (const CodePlace& place : places) BOOST_TEST(place.file_name() == "");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace perf_timer::test
