//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include "file_handle.hpp"

#include <perf_timer/detail/platform/files.hpp>
#include <perf_timer/detail/platform/process_id.hpp>

#include <algorithm>
#include <cerrno>
#include <cstddef>
#include <string>

#include <fcntl.h>
#include <sys/stat.h>
#include <winternl.h>

namespace perf_timer::inline v0_1::detail {
namespace {

/// What the system says of a pipe (`FilePipeLocalInformation`), as Microsoft documents it.
struct PipeState {
  ULONG type, configuration, most_instances, instances, inbound_quota, readable, outbound_quota,
      writable, state, end;
};

/// Returns how many bytes can be written to a pipe without waiting; zero if the system doesn't
/// tell.
[[nodiscard]] std::size_t room_in_pipe(HANDLE pipe) noexcept {
  using Query = NTSTATUS(NTAPI*)(HANDLE, IO_STATUS_BLOCK*, void*, ULONG, int);
  constexpr int pipe_local_information = 24;
  const HMODULE system = ::GetModuleHandleW(L"ntdll.dll");
  const auto query = reinterpret_cast<Query>(
      reinterpret_cast<void*>(::GetProcAddress(system, "NtQueryInformationFile")));
  IO_STATUS_BLOCK status{};
  PipeState state{};
  if (!query || query(pipe, &status, &state, sizeof(state), pipe_local_information) < 0) return 0;
  return state.writable;
}

[[nodiscard]] std::error_code last_error() noexcept { return {errno, std::generic_category()}; }

/// Returns what went wrong.
[[nodiscard]] std::error_code write_to(const std::filesystem::path& file, int flags,
                                       std::string_view text) noexcept {
  const int opened =
      ::_wopen(file.c_str(), _O_WRONLY | _O_BINARY | _O_NOINHERIT | flags, _S_IREAD | _S_IWRITE);
  if (opened < 0) return last_error();
  std::error_code error;
  // What isn't on a disk can't be committed to one.
  if (!write_all(opened, text) ||
      (::GetFileType(file_handle(opened)) == FILE_TYPE_DISK && ::_commit(opened) != 0))
    error = last_error();
  if (::_close(opened) != 0 && !error) error = last_error();
  return error;
}

}  // namespace

bool write_all(int file_descriptor, std::string_view text) noexcept {
  const BadDescriptorsFail fail;
  while (!text.empty()) {
    constexpr std::size_t most = std::size_t{1} << 20;
    const int n =
        ::_write(file_descriptor, text.data(), static_cast<unsigned>(std::min(text.size(), most)));
    if (n == 0) errno = EIO;
    if (n <= 0) return false;
    text.remove_prefix(static_cast<std::size_t>(n));
  }
  return true;
}

// A console can make the caller wait while somebody selects text in it, and the system doesn't
// tell.
bool write_at_once(int file_descriptor, std::string_view text) noexcept {
  const HANDLE file = file_handle(file_descriptor);
  if (file == INVALID_HANDLE_VALUE) return false;
  // A file that is opened for text gets two characters for each end of a line.
  const auto ends = static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n'));
  if (::GetFileType(file) == FILE_TYPE_PIPE && room_in_pipe(file) < text.size() + ends)
    return false;
  return write_all(file_descriptor, text);
}

std::error_code replace_file(const std::filesystem::path& file, std::string_view text) {
  std::error_code ignored;
  if (std::filesystem::is_other(file, ignored)) return write_to(file, 0, text);
  std::filesystem::path beside = file;
  beside += "." + std::to_string(process_id()) + ".new";
  std::error_code error = write_to(beside, _O_CREAT | _O_TRUNC, text);
  if (!error) std::filesystem::rename(beside, file, error);
  if (error) std::filesystem::remove(beside, ignored);
  return error;
}

bool is_open(int file_descriptor) noexcept {
  return file_handle(file_descriptor) != INVALID_HANDLE_VALUE;
}

}  // namespace perf_timer::inline v0_1::detail
