//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/detail/report/utf8.hpp>

#include <algorithm>

namespace perf_timer::inline v0_1::detail {
namespace {

// What a terminal or a log viewer obeys instead of showing: control characters (also those above
// 0x7F, as 0x9B means ESC [), ends of lines and paragraphs, changes of direction.
bool commands(char32_t c) {
  return c < 0x20 || (c >= 0x7F && c < 0xA0) || c == 0x61C || (c >= 0x200E && c <= 0x200F) ||
         (c >= 0x2028 && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
}

}  // namespace

CodePoint first_code_point(std::string_view text) noexcept {
  const auto lead = static_cast<unsigned char>(text.front());
  if (lead < 0x80U) return {lead, 1};
  const std::size_t bytes = lead >= 0xF0U ? 4 : lead >= 0xE0U ? 3 : 2;
  if (lead < 0xC2U || lead > 0xF4U || text.size() < bytes) return {};
  char32_t value = lead & (0x7FU >> bytes);
  for (const char c : text.substr(1, bytes - 1)) {
    if (!continues_code_point(c)) return {};
    value = (value << 6U) | (static_cast<unsigned char>(c) & 0x3FU);
  }
  constexpr char32_t least[] = {0x80, 0x800, 0x10000};
  if (value < least[bytes - 2] || value > 0x10FFFF || (value >= 0xD800 && value <= 0xDFFF))
    return {};
  return {value, bytes};
}

std::string valid_utf8(std::string_view text) {
  std::string result;
  result.reserve(text.size());
  while (!text.empty()) {
    const std::size_t bytes = first_code_point(text).bytes;
    if (bytes == 0) {
      result += "\xEF\xBF\xBD";
      text.remove_prefix(1);
    } else {
      result += text.substr(0, bytes);
      text.remove_prefix(bytes);
    }
  }
  return result;
}

std::string_view next_escaped(std::string_view& text, EscapedRoom& room) noexcept {
  constexpr std::string_view hex = "0123456789abcdef";
  const CodePoint c = first_code_point(text);
  const std::string_view bytes = text.substr(0, std::max<std::size_t>(c.bytes, 1));
  text.remove_prefix(bytes.size());
  if (bytes == "\"") return "\\\"";
  if (bytes == "\\") return "\\\\";
  if (bytes == "\n") return "\\n";
  if (bytes == "\r") return "\\r";
  if (bytes == "\t") return "\\t";
  if (c.bytes != 0 && !commands(c.value)) return bytes;
  std::size_t size = 0;
  for (const char byte : bytes) {
    const auto number = static_cast<unsigned char>(byte);
    for (const char digit : {'\\', 'x', hex[number >> 4U], hex[number & 0xFU]})
      room[size++] = digit;
  }
  return {room.data(), size};
}

std::string escaped(std::string_view text) {
  std::string result;
  result.reserve(text.size());
  for (EscapedRoom room; !text.empty();) result += next_escaped(text, room);
  return result;
}

}  // namespace perf_timer::inline v0_1::detail
