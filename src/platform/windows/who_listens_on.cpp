//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include "system.hpp"

#include <perf_timer/detail/platform/socket.hpp>

#include <array>
#include <cstddef>
#include <filesystem>
#include <vector>

#include <winsock2.h>

#include <iphlpapi.h>

namespace perf_timer::inline v0_1::detail {
namespace {

/// Returns the process that listens on a port; zero if there is none. The row is that of one of the
/// two families, and so is the table.
template <class Table>
[[nodiscard]] DWORD listening_process(ULONG family, std::uint16_t port) {
  std::vector<std::byte> memory;
  DWORD size = 0, result = 0;
  do {
    memory.resize(size);
    result =
        ::GetExtendedTcpTable(memory.data(), &size, FALSE, family, TCP_TABLE_OWNER_PID_LISTENER, 0);
  } while (result == ERROR_INSUFFICIENT_BUFFER);
  if (result != NO_ERROR || memory.size() < sizeof(Table)) return 0;
  const auto* const table = reinterpret_cast<const Table*>(memory.data());
  for (DWORD i = 0; i < table->dwNumEntries; ++i)
    if (::ntohs(static_cast<u_short>(table->table[i].dwLocalPort)) == port)
      return table->table[i].dwOwningPid;
  return 0;
}

}  // namespace

std::string who_listens_on(std::uint16_t port) {
  DWORD process = listening_process<MIB_TCPTABLE_OWNER_PID>(AF_INET, port);
  if (process == 0) process = listening_process<MIB_TCP6TABLE_OWNER_PID>(AF_INET6, port);
  if (process == 0) return {};
  std::string name = "somebody";
  if (const HANDLE opened = ::OpenProcess(PROCESS_QUERY_LIMITED_INFORMATION, FALSE, process)) {
    std::array<wchar_t, 1024> file{};
    auto size = static_cast<DWORD>(file.size());
    if (::QueryFullProcessImageNameW(opened, 0, file.data(), &size))
      name = std::filesystem::path(file.data()).filename().string();
    ::CloseHandle(opened);
  }
  return name + " (process " + std::to_string(process) + ")";
}

}  // namespace perf_timer::inline v0_1::detail
