#!/usr/bin/env python3
"""Puts one line into a file of a project and looks what check_layout.py finds."""
import pathlib
import tempfile

import check_layout

HEADER, SPAN, REPORT = ("include/perf_timer/run.hpp", "include/perf_timer/detail/span/step.hpp",
                        "src/report/text.cpp")

# file, text, what is found, or "" for nothing
ROWS = [
    (HEADER, "namespace perf_timer::detail {", "opens a namespace detail"),
    (HEADER, "namespace perf_timer::inline v0_1::detail {", "opens a namespace detail"),
    (HEADER, "namespace perf_timer {\nnamespace detail\n{", "opens a namespace detail"),
    (HEADER, "struct detail::Hidden {", "declares a type"),
    (HEADER, "friend class detail::Registry;", ""),
    (HEADER, "// namespace detail {", ""),
    (HEADER, "detail::Span* span_;", ""),
    (SPAN, "namespace perf_timer::detail {", ""),
    ("include/perf_timer/impl/run.hpp", "namespace perf_timer::detail {", ""),

    ("include/perf_timer/unheard_of.hpp", "", "belongs to no module"),
    ("include/perf_timer/detail/unheard_of/file.hpp", "", "belongs to no module"),
    ("src/file.cpp", "", "belongs to no module"),

    (SPAN, "#include <perf_timer/detail/asio/binding.hpp>", "span includes"),
    (SPAN, "#include <perf_timer/run.hpp>", "span includes"),
    (SPAN, "#include <perf_timer.hpp>", "span includes"),
    (SPAN, "#include <perf_timer/detail/recorder/recorder.hpp>", ""),
    (SPAN, "#include <perf_timer/timer_clock.hpp>", ""),
    (SPAN, "// #include <perf_timer/run.hpp>", ""),
    (REPORT, '#include "../report/text.cpp"', ""),
    (REPORT, '#include "perf_timer/detail/span/span.hpp"', ""),  # there is no such file
    ("include/perf_timer/impl/timer_base.hpp", "#include <perf_timer/live_report.hpp>",
     "timers includes"),
    (SPAN, "#include PERF_TIMER_ASIO_HEADER(post.hpp)", "know Asio"),
    (SPAN, "#include <asio/post.hpp>", "know Asio"),
    ("src/live/log_report.cpp", "#include PERF_TIMER_ASIO_HEADER(post.hpp)", "know Asio"),
    ("include/perf_timer/instrument.hpp", "#include PERF_TIMER_ASIO_HEADER(post.hpp)", ""),

    ("include/perf_timer/instrument.hpp", "#include <boost/asio/post.hpp>", "one Asio of two"),
    ("include/perf_timer/instrument.hpp", "boost::asio::post(f);", "one Asio of two"),
    ("include/perf_timer/instrument.hpp", "#if defined(BOOST_ASIO_NO_DEPRECATED)", "one Asio of two"),
    ("include/perf_timer/instrument.hpp", "#if defined(PERF_TIMER_STANDALONE_ASIO)", "one Asio of two"),
    ("include/perf_timer/instrument.hpp", "asio::post(f);  // boost::asio::post", ""),
    ("include/perf_timer/detail/platform/asio.hpp", "namespace asio = ::boost::asio;", ""),

    (REPORT, "#ifdef __linux__", "#if about __linux__"),
    (REPORT, "#if defined(NDEBUG) && \\\n    BOOST_GCC", "#if about BOOST_GCC"),
    (REPORT, "#if __cplusplus > 202002L && defined(__cpp_lib_format)", ""),
    (REPORT, "[[gnu::cold]] void f();", "gnu::cold isn't standard"),
    (REPORT, "[[using clang: noinline]] void f();", "using clang: isn't standard"),
    (REPORT, "int i = __builtin_ctz(1);", "__builtin_ctz isn't standard"),
    (REPORT, '_Pragma("GCC poison x")', "_Pragma isn't standard"),
    (REPORT, "#pragma GCC diagnostic push", "#pragma GCC diagnostic push isn't standard"),
    (REPORT, "#pragma once", ""),
    (REPORT, 'auto s = "__linux__ " R"(gnu::cold)";', ""),
    (REPORT, "#include <sys/mman.h>", "is a system's header"),
    (REPORT, "#include <csignal>", "is a system's header"),
    ("src/prometheus/add_up.cpp", "#include <prometheus/collectable.h>", ""),
    ("src/platform/thread_stack.cpp", "#ifdef __linux__\n#include <pthread.h>\n[[gnu::cold]]", ""),

    (REPORT, "std::ostringstream out;", "has the program's locale"),
    (REPORT, "std::istringstream in; // std::ostringstream", ""),
    ("include/perf_timer/detail/report/text_stream.hpp", "std::ostringstream", ""),

    (SPAN, "asio::detail::thread_context", "isn't public"),
    ("include/perf_timer/detail/environment/asio_is_tracked.hpp",
     "namespace PERF_TIMER_ASIO_NAMESPACE::detail {", ""),
    ("include/perf_timer/instrument.hpp", "#include PERF_TIMER_ASIO_HEADER(detail/config.hpp)",
     "isn't public"),
    (SPAN, "// asio::detail", ""),

    (REPORT, "\n" * 300, ""),
    (REPORT, "\n" * 301, "has 301 lines"),
]

wrong = 0
for path, text, expected in ROWS:
    with tempfile.TemporaryDirectory() as root:
        file = pathlib.Path(root, path)
        file.parent.mkdir(parents=True)
        file.write_text(text)
        found = list(check_layout.violations(pathlib.Path(root)))
    if (len(found), expected in "".join(found)) != (1 if expected else 0, True):
        wrong += 1
        print(f"{path}: {text!r}: expected {expected or 'nothing'!r}, found {found}")
if wrong:
    raise SystemExit(f"{wrong} of {len(ROWS)} rows are wrong")
