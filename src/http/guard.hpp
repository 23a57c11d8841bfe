//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include "answer.hpp"
#include "request.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace perf_timer::inline v0_1::detail {

/// Decides who is answered.
class Guard {
 public:
  /// The hosts by which the service may be called, and the token that a client needs, or none. The
  /// port is part of a cookie's name, as browsers send cookies to all ports of a host. Throws
  /// `std::invalid_argument` if a token can be guessed, or can't be sent.
  Guard(std::vector<std::string> hosts, std::string token, unsigned port);

  /// Returns what is answered to a client that isn't served. Throws `std::bad_alloc`.
  [[nodiscard]] std::optional<Answer> refuse(const Request& request) const;

 private:
  [[nodiscard]] bool knows_host(std::string_view host) const;
  [[nodiscard]] bool has_token(const Request& request) const;
  [[nodiscard]] bool is_token(std::string_view sent) const noexcept;

  const std::vector<std::string> hosts_;
  const std::string token_, cookie_;
};

/// Returns whether both are equal, in a time that depends on the length of `sent` only.
[[nodiscard]] bool equal_in_constant_time(std::string_view secret, std::string_view sent) noexcept;

}  // namespace perf_timer::inline v0_1::detail
