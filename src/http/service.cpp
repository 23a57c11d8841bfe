//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/detail/platform/process_id.hpp>
#include <perf_timer/detail/platform/signals_blocked.hpp>
#include <perf_timer/detail/platform/socket.hpp>
#include <perf_timer/detail/report/first_uses.hpp>
#include <perf_timer/serve.hpp>

#include "guard.hpp"
#include "server.hpp"

#include <boost/json/serialize.hpp>
#include <boost/json/string_view.hpp>

#include <stdexcept>
#include <string_view>
#include <thread>
#include <utility>

namespace perf_timer::inline v0_1 {
namespace {

constexpr std::string_view unix_mark = "unix:";

[[nodiscard]] bool is_path(const std::string& address) { return address.starts_with(unix_mark); }

[[nodiscard]] detail::Listener listener_for(const ServiceOptions& options) {
  if (is_path(options.address))
    return detail::Listener::on_path(options.address.substr(unix_mark.size()));
  const detail::AddressKind kind = detail::kind_of_address(options.address);
  if (kind.is_address && !kind.is_loopback && options.token.empty())
    throw std::invalid_argument("serve: other machines can reach " + options.address +
                                "; set a token, or take 127.0.0.1");
  return detail::Listener::on(options.address, options.port);
}

}  // namespace

struct Service::Serving {
  Serving(ServiceOptions options, detail::Listener listener)
      : port(listener.port()),
        address(std::move(options.address)),
        server(std::move(listener),
               detail::Guard(std::move(options.hosts), std::move(options.token), port)) {
    detail::first_uses();
    // Boost.JSON registers a destructor.
    static_cast<void>(boost::json::serialize(boost::json::string_view{}));
    const detail::SignalsBlocked blocked;
    thread = std::thread([this] { server.run(); });
  }
  Serving(const Serving&) = delete;
  Serving& operator=(const Serving&) = delete;
  ~Serving() {
    server.stop();
    thread.join();
  }

  const std::uint16_t port;
  const std::string address;
  const long process = detail::process_id();
  detail::Server server;
  std::thread thread;
};

Service::Service(std::unique_ptr<Serving> serving) noexcept : serving_(std::move(serving)) {}
Service::Service(Service&&) noexcept = default;
Service& Service::operator=(Service&& other) noexcept {
  const Service ends(std::move(*this));
  serving_ = std::move(other.serving_);
  return *this;
}
Service::~Service() {
  // The child of a fork has no such thread. The path is its parent's.
  if (serving_ && serving_->process != detail::process_id()) {
    serving_->server.listener().forget_path();
    static_cast<void>(serving_.release());
  }
}

std::uint16_t Service::port() const noexcept { return serving_->port; }

std::string Service::address() const {
  if (is_path(serving_->address)) return serving_->address;
  const bool v6 = serving_->address.find(':') != std::string::npos;
  const std::string host = v6 ? "[" + serving_->address + "]" : serving_->address;
  return "http://" + host + ":" + std::to_string(serving_->port) + "/";
}

Service serve(ServiceOptions options) {
  detail::Listener listener = listener_for(options);
  return Service(std::make_unique<Service::Serving>(std::move(options), std::move(listener)));
}

}  // namespace perf_timer::inline v0_1
