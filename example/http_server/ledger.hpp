//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>

#include <cstdint>
#include <vector>

namespace http_server {

/// Accounts that all connections share. A strand guards them, in place of a mutex.
///
/// Thread safety: `book` may be called from any connection at any time. Calls wait for each other.
class Ledger {
 public:
  explicit Ledger(boost::asio::any_io_executor strand);

  /// Books a transfer, and returns the new fingerprint of all accounts.
  [[nodiscard]] boost::asio::awaitable<std::uint64_t> book();

 private:
  void transfer();
  [[nodiscard]] std::uint64_t fingerprint() const;

  boost::asio::any_io_executor strand_;
  std::vector<std::int64_t> accounts_;  ///< only used on `strand_`; they add up to zero
  std::uint64_t transfers_ = 0;         ///< only used on `strand_`
};

}  // namespace http_server
