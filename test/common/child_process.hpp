//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#if defined(_WIN32)
/// Whether this is a system of the POSIX kind, whose processes can fork. It is left to Windows'
/// tests what Windows has in place of that. Files that need more of it are named posix_*.cpp.
#define PERF_TIMER_TEST_FORKS 0
#else
#define PERF_TIMER_TEST_FORKS 1

#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <stdexcept>
#include <string>

namespace perf_timer::test {

/// What a child process printed to standard output, and its status as `waitpid` gives it.
struct ChildEnd {
  std::string output;
  int status = 0;
};

/// Forks a child that calls `run` and exits, and waits for its end.
template <class Function>
ChildEnd run_child(Function run) {
  std::fflush(nullptr);  // else the child would print the buffer again
  std::array<int, 2> ends{};
  if (::pipe(ends.data()) != 0) throw std::runtime_error{"pipe"};
  const pid_t child = ::fork();
  if (child < 0) throw std::runtime_error{"fork"};
  if (child == 0) {
    ::dup2(ends[1], STDOUT_FILENO);
    ::close(ends[0]);
    ::close(ends[1]);
    run();
    std::exit(0);
  }
  ::close(ends[1]);
  ChildEnd end;
  std::array<char, 4096> buffer{};
  for (ssize_t n = 0; (n = ::read(ends[0], buffer.data(), buffer.size())) > 0;) {
    end.output.append(buffer.data(), static_cast<std::size_t>(n));
  }
  ::close(ends[0]);
  ::waitpid(child, &end.status, 0);
  return end;
}

/// What such a child prints, followed by its status unless that is 0.
template <class Function>
std::string output_of_child(Function run) {
  auto [output, status] = run_child(run);
  if (status != 0) output += "(status " + std::to_string(status) + ")";
  return output;
}

}  // namespace perf_timer::test

#endif
