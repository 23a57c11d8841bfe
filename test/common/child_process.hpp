//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <stdexcept>
#include <string>

namespace perf_timer::test {

/// What a program printed to standard output, and how it ended, as `waitpid` says it.
struct ChildEnd {
  std::string output;
  int status = 0;
};

/// A program that does `run` and then exits.
template <class Function>
ChildEnd run_child(Function run) {
  std::fflush(nullptr);  // or the child would print it again
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

/// What it prints, and its status if that isn't 0.
template <class Function>
std::string output_of_child(Function run) {
  auto [output, status] = run_child(run);
  if (status != 0) output += "(status " + std::to_string(status) + ")";
  return output;
}

}  // namespace perf_timer::test
