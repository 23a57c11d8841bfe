//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
// What `std::call_once` needs, and with it `std::promise` and `asio::use_future`. libstdc++ for
// MinGW has it, but as g++ makes thread_locals there, and clang looks for those of Windows itself.
namespace std {

extern __thread void* __once_callable;
extern __thread void (*__once_call)();
__thread void* __once_callable;
__thread void (*__once_call)();

}  // namespace std

extern "C" void __once_proxy() { std::__once_call(); }
