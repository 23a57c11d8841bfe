//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <array>
#include <bit>
#include <chrono>
#include <cstdint>

/// The least that is useful: times when a handler begins and ends, and a histogram of powers of
/// two.
struct HandlerTracking {
  struct tracked_handler {};

  static inline std::array<std::uint64_t, 64> histogram{};

  class completion {
   public:
    void invocation_begin() { start_ = std::chrono::steady_clock::now(); }
    void invocation_end() {
      const auto busy = std::chrono::nanoseconds(std::chrono::steady_clock::now() - start_).count();
      ++histogram[static_cast<std::size_t>(std::bit_width(static_cast<std::uint64_t>(busy)))];
    }

   private:
    std::chrono::steady_clock::time_point start_;
  };
};

#define BOOST_ASIO_INHERIT_TRACKED_HANDLER : public ::HandlerTracking::tracked_handler
#define BOOST_ASIO_ALSO_INHERIT_TRACKED_HANDLER , public ::HandlerTracking::tracked_handler
#define BOOST_ASIO_HANDLER_TRACKING_INIT (void)0
#define BOOST_ASIO_HANDLER_LOCATION(args) (void)0
#define BOOST_ASIO_HANDLER_CREATION(args) (void)0
#define BOOST_ASIO_HANDLER_COMPLETION(args)         \
  ::HandlerTracking::completion tracked_completion; \
  (void)tracked_completion
#define BOOST_ASIO_HANDLER_INVOCATION_BEGIN(args) tracked_completion.invocation_begin()
#define BOOST_ASIO_HANDLER_INVOCATION_END tracked_completion.invocation_end()
#define BOOST_ASIO_HANDLER_OPERATION(args) (void)0
#define BOOST_ASIO_HANDLER_REACTOR_REGISTRATION(args) (void)0
#define BOOST_ASIO_HANDLER_REACTOR_DEREGISTRATION(args) (void)0
#define BOOST_ASIO_HANDLER_REACTOR_READ_EVENT 0
#define BOOST_ASIO_HANDLER_REACTOR_WRITE_EVENT 0
#define BOOST_ASIO_HANDLER_REACTOR_ERROR_EVENT 0
#define BOOST_ASIO_HANDLER_REACTOR_EVENTS(args) (void)0
#define BOOST_ASIO_HANDLER_REACTOR_OPERATION(args) (void)0
