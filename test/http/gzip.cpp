//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <http/gzip.hpp>

#include <perf_timer/serve.hpp>

#include <boost/beast/zlib/inflate_stream.hpp>
#include <boost/crc.hpp>
#include <boost/json/parse.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include <cstdint>
#include <random>
#include <string>
#include <string_view>

#include "http/client.hpp"

namespace perf_timer::test {
namespace {

namespace data = boost::unit_test::data;
namespace zlib = boost::beast::zlib;

std::uint32_t little_endian(std::string_view bytes) {
  std::uint32_t number = 0;
  for (std::size_t i = 4; i-- > 0;) number = number << 8 | static_cast<unsigned char>(bytes[i]);
  return number;
}

/// Returns what was compressed; an empty text if it's damaged.
std::string unzipped(std::string_view bytes) {
  constexpr std::size_t header = 10, trailer = 8;
  if (bytes.size() < header + trailer || !bytes.starts_with("\x1f\x8b\x08")) return {};
  const std::string_view end = bytes.substr(bytes.size() - trailer);
  std::string text(little_endian(end.substr(4)), '\0');
  bytes.remove_prefix(header);
  zlib::inflate_stream stream;
  zlib::z_params place;
  place.next_in = bytes.data();
  place.avail_in = bytes.size() - trailer;
  place.next_out = text.data();
  place.avail_out = text.size();
  boost::system::error_code error;
  stream.write(place, zlib::Flush::sync, error);
  boost::crc_32_type checksum;
  checksum.process_bytes(text.data(), text.size());
  const bool is_whole = error == zlib::error::end_of_stream && place.total_out == text.size() &&
                        place.avail_in == 0 && checksum.checksum() == little_endian(end);
  return is_whole ? text : std::string{};
}

std::string some_text(std::size_t size) {
  std::mt19937 random{1};
  std::string text;
  while (text.size() < size) text += std::to_string(random() % 1000) + ",";
  return text;
}

BOOST_AUTO_TEST_SUITE(gzip)

BOOST_DATA_TEST_CASE(can_be_read_back, data::make({1, 100, 70'000, 3'000'000}), size) {
  const std::string text = some_text(static_cast<std::size_t>(size));
  const std::string bytes = detail::gzip(text);
  BOOST_TEST((unzipped(bytes) == text));
  if (size > 1) BOOST_TEST(bytes.size() < text.size());
}

BOOST_AUTO_TEST_CASE(what_cannot_be_compressed) {
  std::mt19937 random{1};
  std::string noise;
  while (noise.size() < 100'000) noise += static_cast<char>(random());
  BOOST_TEST((unzipped(detail::gzip(noise)) == noise));
}

struct Row {
  const char* accepted;
  bool compressed;
};
std::ostream& operator<<(std::ostream& out, const Row& row) { return out << row.accepted; }

const Row rows[] = {{"gzip", true},
                    {"deflate, gzip;q=1.0, *;q=0.5", true},
                    {"GZIP", true},
                    {"gzip;q=0", false},
                    {"gzip;q=0.000", false},
                    {"deflate, br", false},
                    {"", false},
                    {"x-gzip-not", false}};

BOOST_DATA_TEST_CASE(who_accepts_it_gets_it, data::make(rows), row) {
  const Service service = serve({.port = 0});
  const std::string fields = "Accept-Encoding: " + std::string(row.accepted) + "\r\n";
  Client client(service.port());
  const Reply reply = client.send(request("/index", fields)).answer();
  BOOST_TEST(field(reply, "Content-Encoding") == "");  // it's short
  const Reply page = client.send(request("/", fields)).answer();
  BOOST_TEST(field(page, "Content-Encoding") == (row.compressed ? "gzip" : ""));
  const std::string plain = get(service.port(), "/").body();
  BOOST_TEST(((row.compressed ? unzipped(page.body()) : page.body()) == plain));
  BOOST_TEST(field(page, "Content-Length") == std::to_string(page.body().size()));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace perf_timer::test
