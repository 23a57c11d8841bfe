//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include "common/windows_system.hpp"

#include <array>
#include <cstdint>
#include <stdexcept>
#include <string>
#include <vector>

namespace perf_timer::test {

/// What a program printed to standard output and standard error, and what it ended with.
struct ProgramEnd {
  std::uint32_t code = 0;
  std::string output;
};

/// A program on Windows. Its output can be read while it runs.
class WindowsProgram {
 public:
  /// The first argument is the program. None has a quotation mark in it.
  explicit WindowsProgram(const std::vector<std::string>& arguments, DWORD flags = 0) {
    std::string command;
    for (const std::string& argument : arguments) command += '"' + argument + "\" ";
    SECURITY_ATTRIBUTES inherited{sizeof inherited, nullptr, TRUE};
    HANDLE write_end = nullptr;
    if (!::CreatePipe(&read_end_, &write_end, &inherited, 0))
      throw std::runtime_error("CreatePipe");
    ::SetHandleInformation(read_end_, HANDLE_FLAG_INHERIT, 0);
    STARTUPINFOA start{};
    start.cb = sizeof start;
    start.dwFlags = STARTF_USESTDHANDLES;
    start.hStdOutput = start.hStdError = write_end;
    const bool started = ::CreateProcessA(nullptr, command.data(), nullptr, nullptr, TRUE, flags,
                                          nullptr, nullptr, &start, &process_);
    ::CloseHandle(write_end);
    if (!started) throw std::runtime_error("CreateProcess: " + command);
  }
  WindowsProgram(const WindowsProgram&) = delete;
  WindowsProgram& operator=(const WindowsProgram&) = delete;
  ~WindowsProgram() {
    ::TerminateProcess(process_.hProcess, 1);  // unless it has ended
    for (const HANDLE handle : {read_end_, process_.hThread, process_.hProcess})
      ::CloseHandle(handle);
  }

  [[nodiscard]] DWORD id() const noexcept { return process_.dwProcessId; }

  /// Reads until the program has written this. Returns false if it never does.
  bool prints(const std::string& text) {
    while (output_.find(text) == std::string::npos)
      if (!read()) return false;
    return true;
  }
  ProgramEnd wait() {
    while (read()) {
    }
    ::WaitForSingleObject(process_.hProcess, INFINITE);
    DWORD code = 0;
    ::GetExitCodeProcess(process_.hProcess, &code);
    return {code, output_};
  }

 private:
  bool read() {
    std::array<char, 4096> buffer{};
    DWORD n = 0;
    if (!::ReadFile(read_end_, buffer.data(), static_cast<DWORD>(buffer.size()), &n, nullptr) ||
        n == 0)
      return false;
    output_.append(buffer.data(), n);
    return true;
  }

  HANDLE read_end_ = nullptr;
  PROCESS_INFORMATION process_{};
  std::string output_;
};

inline ProgramEnd run_program(const std::vector<std::string>& arguments) {
  return WindowsProgram(arguments).wait();
}

}  // namespace perf_timer::test
