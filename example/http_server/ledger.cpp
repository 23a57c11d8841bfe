//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include "ledger.hpp"

#include <boost/asio/bind_executor.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <cstddef>
#include <utility>

namespace asio = boost::asio;

namespace http_server {

Ledger::Ledger(asio::any_io_executor strand) : strand_(std::move(strand)), accounts_(200'000) {}

asio::awaitable<std::uint64_t> Ledger::book() {
  // The coroutine continues on the bound executor: from here it holds the ledger's strand.
  co_await asio::post(asio::bind_executor(strand_, asio::use_awaitable));
  transfer();
  const auto result = fingerprint();
  // Back to the connection's own strand. A `dispatch` could run the rest inline, and write the
  // whole reply while the others wait for the ledger.
  co_await asio::post(asio::use_awaitable);
  co_return result;
}

void Ledger::transfer() {
  const auto from = transfers_ * 7919 % accounts_.size();
  const auto to = transfers_ * 104'729 % accounts_.size();
  ++transfers_;
  accounts_[from] -= 1;
  accounts_[to] += 1;
}

std::uint64_t Ledger::fingerprint() const {  // FNV-1a, a word at a time
  std::uint64_t hash = 14'695'981'039'346'656'037U;
  for (const auto balance : accounts_) {
    hash = (hash ^ static_cast<std::uint64_t>(balance)) * 1'099'511'628'211U;
  }
  return hash;
}

}  // namespace http_server
