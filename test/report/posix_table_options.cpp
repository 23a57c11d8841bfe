//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/table_options.hpp>

#include <boost/test/unit_test.hpp>

#include <cstdlib>
#include <iostream>
#include <sstream>
#include <stdexcept>

#include <fcntl.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "common/child_process.hpp"

using perf_timer::TableOptions;
using perf_timer::test::output_of_child;

namespace {

/// A pseudo terminal.
class Terminal {
 public:
  explicit Terminal(unsigned short columns) {
    winsize size{};
    size.ws_col = columns;
    size.ws_row = 25;
    if (::grantpt(master_) != 0 || ::unlockpt(master_) != 0 ||
        (slave_ = ::open(::ptsname(master_), O_RDWR | O_NOCTTY)) < 0 ||
        ::ioctl(slave_, TIOCSWINSZ, &size) != 0)
      throw std::runtime_error("no pseudo terminal");
  }
  Terminal(const Terminal&) = delete;
  Terminal& operator=(const Terminal&) = delete;
  ~Terminal() {
    ::close(master_);
    ::close(slave_);
  }
  [[nodiscard]] int file() const { return slave_; }

 private:
  const int master_ = ::posix_openpt(O_RDWR | O_NOCTTY);
  int slave_ = -1;
};

}  // namespace

BOOST_AUTO_TEST_SUITE(table_options)

BOOST_AUTO_TEST_CASE(a_terminal_has_a_width_and_colours_unless_told_otherwise) {
  const struct {
    const char *term, *no_color;
    bool colour;
  } rows[] = {
      {"xterm", nullptr, true}, {"xterm", "", true},      {"xterm", "1", false},
      {"xterm", "0", false},    {"dumb", nullptr, false}, {nullptr, nullptr, false},
  };
  for (const auto& row : rows) {
    // In a child process, because the environment is global.
    const auto said = output_of_child([&] {
      row.term ? ::setenv("TERM", row.term, 1) : ::unsetenv("TERM");
      row.no_color ? ::setenv("NO_COLOR", row.no_color, 1) : ::unsetenv("NO_COLOR");
      const Terminal terminal{97};
      const TableOptions options = TableOptions::of(terminal.file());
      std::printf("%zu %s", options.width, options.colour ? "colour" : "none");
    });
    BOOST_TEST(said == (row.colour ? "97 colour" : "97 none"));
  }
}

BOOST_AUTO_TEST_CASE(what_is_no_terminal_has_neither) {
  const int file = ::open("/dev/null", O_WRONLY);
  for (const int descriptor : {file, -1, 4711}) {
    const TableOptions options = TableOptions::of(descriptor);
    BOOST_TEST(options.width == 0u);
    BOOST_TEST(!options.colour);
  }
  ::close(file);
}

BOOST_AUTO_TEST_CASE(streams_are_what_they_write_to) {
  BOOST_TEST(output_of_child([] {
               ::setenv("TERM", "xterm", 1);
               ::unsetenv("NO_COLOR");
               const int out = ::dup(STDOUT_FILENO);
               const Terminal terminal{80};
               ::dup2(terminal.file(), STDOUT_FILENO);
               ::dup2(terminal.file(), STDERR_FILENO);
               std::ostringstream elsewhere;
               ::dprintf(out, "%zu %zu %zu %zu", TableOptions::of(std::cout).width,
                         TableOptions::of(std::cerr).width, TableOptions::of(std::clog).width,
                         TableOptions::of(elsewhere).width);
               std::cout.rdbuf(elsewhere.rdbuf());
               ::dprintf(out, " %zu", TableOptions::of(std::cout).width);
               std::_Exit(0);
             }) == "80 80 80 0 0");
}

BOOST_AUTO_TEST_SUITE_END()
