//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
// Its timers are the first that the program sees.
#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>

#include <chrono>
#include <memory>

extern "C" [[gnu::visibility("default")]] void use(boost::asio::io_context& context) {
  for (int i = 0; i < 2; ++i) {
    const auto timer =
        std::make_shared<boost::asio::steady_timer>(context, std::chrono::milliseconds(1));
    timer->async_wait([timer](auto) {});
  }
}
