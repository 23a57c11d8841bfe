//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
// Asio's SSL server in callbacks (example/cpp11/ssl/server.cpp). Six clients shake hands at once,
// on the plain context of the same thread. OpenSSL tells whose handshake it works on, and that
// takes time. The example begins each handshake in its accept handler, which is that handler's
// time.
#include <boost/asio.hpp>
#include <boost/asio/ssl.hpp>

#include "callback_servers/measured.hpp"

#include <cstdlib>
#include <iostream>
#include <memory>
#include <string>

namespace perf_timer::test {

namespace ssl = asio::ssl;

/// How many handshakes of the server have begun and not ended: now, and at most so far.
inline int handshakes = 0, most_handshakes = 0;

[[nodiscard]] inline int measured_index() {
  static const int index = SSL_get_ex_new_index(0, nullptr, nullptr, nullptr, nullptr);
  return index;
}

/// OpenSSL calls it for each of the server's states.
inline void works(const SSL* connection, int where, int) {
  if (where & SSL_CB_HANDSHAKE_START) most_handshakes = std::max(most_handshakes, ++handshakes);
  if (where & SSL_CB_HANDSHAKE_DONE) --handshakes;
  static_cast<Measured*>(SSL_get_ex_data(connection, measured_index()))->compute(13);
}

inline void client_works(const SSL*, int, int) { ManualClock::advance(3); }

inline void account_for(ssl::stream<tcp::socket>& stream, Measured& measured) {
  SSL_set_ex_data(stream.native_handle(), measured_index(), &measured);
}

inline void listens(asio::io_context& context, const tcp::acceptor& acceptor,
                    ssl::context& security) {
  SSL_CTX_set_info_callback(security.native_handle(), works);
  listens(context, acceptor);
}

}  // namespace perf_timer::test

namespace ssl_server {
#include <ssl/server.cpp>
}

namespace perf_timer::test {
namespace {

/// Sends messages of one length, and reads them back.
class Client {
 public:
  Client(asio::io_context& context, ssl::context& security, std::size_t length)
      : stream_(context, security), message_(length, 'x'), echo_(length, '\0') {}

  void connect(const tcp::endpoint& server) {
    stream_.lowest_layer().async_connect(server, [](error_code) {});
  }
  void shake_hands() {
    stream_.async_handshake(ssl::stream_base::client, [this](error_code error) {
      if (!error) send();
    });
  }

  int echoes = 0;

 private:
  void send() {
    if (echoes == 3) return stream_.lowest_layer().close();
    asio::async_write(stream_, asio::buffer(message_), [this](error_code, std::size_t) {
      asio::async_read(stream_, asio::buffer(echo_), [this](error_code, std::size_t) {
        if (std::exchange(echo_, std::string(message_.size(), '\0')) == message_) ++echoes;
        send();
      });
    });
  }

  ssl::stream<tcp::socket> stream_;
  const std::string message_;
  std::string echo_;
};

BOOST_AUTO_TEST_SUITE(ssl_server)

BOOST_AUTO_TEST_CASE(handshakes_of_six_clients_at_once) {
  constexpr std::size_t connections = 6;
  asio::io_context context;
  ssl::context security(ssl::context::tls_client);
  SSL_CTX_set_info_callback(security.native_handle(), client_works);
  std::vector<std::unique_ptr<Client>> clients;
  for (std::size_t i = 1; i <= connections; ++i)
    clients.push_back(std::make_unique<Client>(context, security, 100 * i));

  Books books(connections);
  books.listening = [&](asio::io_context&, const tcp::endpoint& endpoint) {
    for (const auto& client : clients) client->connect(endpoint);
  };
  books.all_accepted = [&] {
    asio::post(context, [&] {
      for (const auto& client : clients) client->shake_hands();
    });
  };
  books.all_ended = [&] { context.stop(); };
  {
    ::ssl_server::server server(context, 0);
    context.run();
  }
  BOOST_TEST(most_handshakes == 6);
  BOOST_TEST(handshakes == 0);
  for (const auto& client : clients) BOOST_TEST(client->echoes == 3);
  for (const Ticks busy : books.busy) BOOST_TEST(busy > 3 * 100 * 1000);
  books.check();
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace perf_timer::test
