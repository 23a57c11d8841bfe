//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <poll.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstddef>
#include <cstdlib>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace test {

/// A program that runs, with its standard streams on pipes. The destructor kills it unless it was
/// waited for.
class RunningProgram {
 public:
  using Variables = std::vector<std::pair<std::string, std::string>>;

  /// Starts it. Of the variables of PERF_TIMER, it has these and no others.
  RunningProgram(std::vector<std::string> command, const Variables& variables) {
    std::array<std::array<int, 2>, 3> pipes{};
    for (auto& ends : pipes)
      if (::pipe(ends.data()) != 0) throw std::runtime_error("pipe");
#ifdef PERF_TIMER_EMULATOR
    command.insert(command.begin(), {PERF_TIMER_EMULATOR});
#endif
    std::vector<char*> arguments;
    for (std::string& word : command) arguments.push_back(word.data());
    arguments.push_back(nullptr);
    process_ = ::fork();
    if (process_ < 0) throw std::runtime_error("fork");
    if (process_ == 0) {
      for (const int stream : {0, 1, 2})
        ::dup2(pipes[static_cast<std::size_t>(stream)][stream == 0 ? 0 : 1], stream);
      for (const auto& ends : pipes)
        for (const int end : ends) ::close(end);
      for (const char* const name : {"PERF_TIMER_REPORT", "PERF_TIMER_SIGNAL", "PERF_TIMER_STALLS",
                                     "PERF_TIMER_FLIGHT", "PERF_TIMER_SERVE", "PERF_TIMER_TOKEN"})
        ::unsetenv(name);
      for (const auto& [name, value] : variables) ::setenv(name.c_str(), value.c_str(), 1);
      ::execvp(arguments[0], arguments.data());
      ::_exit(127);
    }
    ::close(pipes[0][0]);
    ::close(pipes[1][1]);
    ::close(pipes[2][1]);
    input_ = pipes[0][1];
    outputs_ = {Output{pipes[1][0]}, Output{pipes[2][0]}};
  }
  RunningProgram(const RunningProgram&) = delete;
  RunningProgram& operator=(const RunningProgram&) = delete;
  ~RunningProgram() {
    if (process_ > 0) {
      ::kill(process_, SIGKILL);
      wait();
    }
  }

  [[nodiscard]] bool is_running() const {
    siginfo_t end{};
    return ::waitid(P_PID, static_cast<id_t>(process_), &end, WEXITED | WNOHANG | WNOWAIT) == 0 &&
           end.si_pid == 0;
  }

  void send(int signal) const { ::kill(process_, signal); }

  /// Closes its standard input, for which the program waits.
  void go_on() {
    if (input_ >= 0) ::close(std::exchange(input_, -1));
  }

  /// Waits until it has printed this text. Returns false if it ends before.
  [[nodiscard]] bool prints(std::string_view text) { return has(outputs_[0], text); }
  /// The same, on standard error.
  [[nodiscard]] bool tells(std::string_view text) { return has(outputs_[1], text); }

  /// Waits for its end. Returns the exit status; negative if a signal ended it.
  int wait() {
    go_on();
    while (read_some()) {
    }
    for (Output& output : outputs_) ::close(output.file);
    int status = 0;
    ::waitpid(std::exchange(process_, -1), &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
  }

  [[nodiscard]] const std::string& out() const noexcept { return outputs_[0].text; }
  [[nodiscard]] const std::string& err() const noexcept { return outputs_[1].text; }

 private:
  struct Output {
    int file = -1;
    std::string text{};
    bool is_over = false;
  };

  bool has(const Output& output, std::string_view text) {
    while (output.text.find(text) == std::string::npos)
      if (!read_some()) return false;
    return true;
  }

  /// Returns false once both outputs have ended.
  bool read_some() {
    std::array<pollfd, 2> files{};
    for (std::size_t i = 0; i < 2; ++i)
      files[i] = {outputs_[i].is_over ? -1 : outputs_[i].file, POLLIN, 0};
    if (outputs_[0].is_over && outputs_[1].is_over) return false;
    if (::poll(files.data(), files.size(), -1) < 0) return errno == EINTR;
    for (std::size_t i = 0; i < 2; ++i) {
      if (files[i].fd < 0 || files[i].revents == 0) continue;
      std::array<char, 4096> buffer{};
      const ssize_t got = ::read(files[i].fd, buffer.data(), buffer.size());
      if (got > 0)
        outputs_[i].text.append(buffer.data(), static_cast<std::size_t>(got));
      else
        outputs_[i].is_over = true;
    }
    return true;
  }

  pid_t process_ = -1;
  int input_ = -1;
  std::array<Output, 2> outputs_{};
};

/// A program that has ended.
struct EndedProgram {
  int status = 0;
  std::string out{}, err{};
};

inline EndedProgram run_program(std::vector<std::string> command,
                                const RunningProgram::Variables& variables) {
  RunningProgram program(std::move(command), variables);
  const int status = program.wait();
  return {status, program.out(), program.err()};
}

}  // namespace test
