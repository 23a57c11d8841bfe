//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/detail/platform/code_place.hpp>

#include "common/c_library.hpp"

#include <dlfcn.h>

#include <boost/test/unit_test.hpp>

#include <array>
#include <cstdint>
#include <memory>
#include <string>

namespace perf_timer::test {
namespace {

using detail::CodePlace;

void a_function() {}

/// What the dynamic linker says.
CodePlace expected(const void* address, std::string& file) {
  Dl_info info{};
  BOOST_REQUIRE(::dladdr(address, &info) != 0);
  file = info.dli_fname;
  file.erase(0, file.rfind('/') + 1);
  return {address, reinterpret_cast<std::uintptr_t>(address) -
                       reinterpret_cast<std::uintptr_t>(info.dli_fbase)};
}

BOOST_AUTO_TEST_SUITE(code_place)

BOOST_AUTO_TEST_CASE(in_the_program_and_in_libraries,
                     *boost::unit_test::precondition(has_dynamic_linker)) {
  std::array<CodePlace, 3> places{};
  places[0].address = ::dlsym(RTLD_DEFAULT, "abort");
  places[1].address = reinterpret_cast<const void*>(&a_function);
  places[2].address = ::dlsym(RTLD_DEFAULT, "__cxa_throw");
  detail::find_code(places);
  for (const CodePlace& place : places) {
    std::string file;
    BOOST_TEST(place.offset == expected(place.address, file).offset);
    BOOST_TEST(place.file_name().starts_with(file));  // not a link such as libstdc++.so.6
  }
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
