//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include "gzip.hpp"

#include <boost/assert.hpp>
#include <boost/beast/zlib/deflate_stream.hpp>
#include <boost/beast/zlib/error.hpp>
#include <boost/crc.hpp>

#include <cstdint>

namespace perf_timer::inline v0_1::detail {
namespace {

namespace zlib = boost::beast::zlib;

constexpr int level = 1, window_bits = 15, memory = 9;

// No name, no time, of an unknown system; see RFC 1952.
constexpr std::string_view header{"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff", 10};

void append_little_endian(std::string& to, std::uint32_t number) {
  for (int i = 0; i < 4; ++i) to += static_cast<char>(number >> (8 * i) & 0xFF);
}

}  // namespace

std::string gzip(std::string_view text) {
  zlib::deflate_stream stream;
  stream.reset(level, window_bits, memory, zlib::Strategy::normal);
  std::string result{header};
  result.resize(header.size() + stream.upper_bound(text.size()));
  zlib::z_params place;
  place.next_in = text.data();
  place.avail_in = text.size();
  place.next_out = result.data() + header.size();
  place.avail_out = result.size() - header.size();
  boost::system::error_code error;
  stream.write(place, zlib::Flush::finish, error);
  BOOST_ASSERT(error == zlib::error::end_of_stream && place.avail_in == 0);
  result.resize(header.size() + place.total_out);
  boost::crc_32_type checksum;
  checksum.process_bytes(text.data(), text.size());
  append_little_endian(result, checksum.checksum());
  append_little_endian(result, static_cast<std::uint32_t>(text.size()));
  return result;
}

}  // namespace perf_timer::inline v0_1::detail
