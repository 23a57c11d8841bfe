//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include "listener.hpp"

#include <perf_timer/detail/platform/socket.hpp>

#include <utility>

namespace perf_timer::inline v0_1::detail {

Descriptor::Descriptor(Descriptor&& other) noexcept
    : descriptor_(std::exchange(other.descriptor_, -1)) {}
Descriptor& Descriptor::operator=(Descriptor&& other) noexcept {
  const Descriptor closed(std::exchange(descriptor_, std::exchange(other.descriptor_, -1)));
  return *this;
}

Listener::Listener(Descriptor descriptor, std::uint16_t port, std::string path) noexcept
    : descriptor_(std::move(descriptor)), port_(port), path_(std::move(path)) {}

void fail_to_listen(const std::error_code& error, const std::string& address, std::uint16_t port) {
  const std::string where = address + " port " + std::to_string(port);
  if (error != std::errc::address_in_use)
    throw std::system_error(error, "serve: can't listen on " + where);
  const std::string who = who_listens_on(port);
  throw std::system_error(
      error, "serve: " + (who.empty() ? "somebody" : who) + " already listens on " + where);
}

}  // namespace perf_timer::inline v0_1::detail
