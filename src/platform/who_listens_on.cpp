//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/detail/platform/socket.hpp>

#include <charconv>
#include <filesystem>
#include <fstream>
#include <sstream>

namespace perf_timer::inline v0_1::detail {
namespace {

namespace fs = std::filesystem;

/// Returns the inode of the socket that listens on a port, by one of Linux' tables of sockets:
/// after a heading, a socket a line, with its local address and port, its state and its inode in
/// hex.
[[nodiscard]] std::string listening_inode(const char* table, std::uint16_t port) {
  std::ifstream in(table);
  std::string line;
  std::getline(in, line);
  while (std::getline(in, line)) {
    std::istringstream words(line);
    std::string number, local, remote, state, queues, timer, retransmits, user, timeout, inode;
    words >> number >> local >> remote >> state >> queues >> timer >> retransmits >> user >>
        timeout >> inode;
    const auto colon = local.rfind(':');
    unsigned found = 0;
    if (state != "0A" || colon == std::string::npos) continue;  // 0A: it listens
    std::from_chars(local.data() + colon + 1, local.data() + local.size(), found, 16);
    if (found == port) return inode;
  }
  return {};
}

[[nodiscard]] bool has_open(const fs::path& process, const std::string& what) {
  std::error_code error;
  for (fs::directory_iterator file(process / "fd", error), end; !error && file != end;
       file.increment(error)) {
    std::error_code unreadable;
    if (fs::read_symlink(*file, unreadable) == what) return true;
  }
  return false;
}

}  // namespace

std::string who_listens_on(std::uint16_t port) {
  std::string inode = listening_inode("/proc/net/tcp", port);
  if (inode.empty()) inode = listening_inode("/proc/net/tcp6", port);
  if (inode.empty()) return {};
  std::error_code error;
  for (fs::directory_iterator process("/proc", error), end; !error && process != end;
       process.increment(error)) {
    const std::string number = process->path().filename();
    if (number.find_first_not_of("0123456789") != std::string::npos) continue;
    if (!has_open(process->path(), "socket:[" + inode + "]")) continue;
    std::string name;
    std::getline(std::ifstream(process->path() / "comm"), name);
    return name + " (process " + number + ")";
  }
  return {};
}

}  // namespace perf_timer::inline v0_1::detail
