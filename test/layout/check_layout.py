#!/usr/bin/env python3
"""Checks what doc/design.md says about where things live, and prints each violation as file:line.

    check_layout.py [ROOT]

ROOT has the folders include and src.
"""
import pathlib
import re
import sys

# What each module may include besides itself: these, and what these may include.
KNOWS = {
    "platform": [],
    "accumulators": ["platform"],
    "clock": ["platform"],
    "statistics": ["accumulators"],
    "beacon": ["clock"],
    "recorder": ["statistics", "clock"],
    "trace": ["clock"],
    "span": ["recorder", "beacon", "trace"],
    "report": ["span"],
    "timers": ["report", "span"],
    "asio": ["timers"],
    "tracking": ["report"],
    "live": ["asio", "tracking"],
    "json": ["report", "trace", "tracking"],
    "prometheus": ["report", "tracking"],
    "html": ["json"],
    "stacktrace": ["live"],
    "http": ["live", "html", "prometheus"],
    "environment": ["live", "tracking", "http", "stacktrace"],
    "umbrella": ["asio"],
}
# Asio is compiled with the user's configuration of it, so only headers may include it.
KNOW_ASIO = ["asio", "live", "umbrella"]

# Whose the public headers are.
PUBLIC = {
    "umbrella": ["perf_timer.hpp"],
    "platform": ["version"],
    "clock": ["timer_clock", "tsc_clock", "thread_cpu_clock", "unfenced_clock"],
    "statistics": ["observer", "accumulator_observer", "average_observer", "histogram_observer",
                   "p_square_observer", "stddev_observer", "duration_summary"],
    "recorder": ["timer_snapshot"],
    "trace": ["trace"],
    "report": ["format_duration", "interval_reader", "log_function", "report_line", "save_report",
               "snapshot_all", "table_options", "thread_snapshots", "write_report", "write_table"],
    "timers": ["label_run", "measure_overhead", "open_runs", "perf_timer", "run", "thread_perf_timer", "timer_base",
               "timer_options"],
    "asio": ["asio_perf_counter", "asio_perf_timer", "instrument", "perf_executor", "started_run", "task",
             "timed", "wrap"],
    "live": ["lag_probe", "live_report", "live_report_options", "report_on_crash", "report_on_signal",
             "running_steps", "stack_frame", "stall_watch"],
    "tracking": ["operations", "write_operations"],
    "environment": ["tracking"],
    "json": ["flight_recorder", "json_report", "timers_from_json", "to_json", "write_trace"],
    "prometheus": ["metric_families", "openmetrics_text", "prometheus_collector",
                   "prometheus_options", "prometheus_text"],
    "html": ["html_page", "write_html"],
    "http": ["serve"],
    "stacktrace": ["stacktrace_symbols"],
}

MOST_LINES = 300


def closure(module):
    known = {module}
    for other in KNOWS[module]:
        known |= closure(other)
    return known


MAY_INCLUDE = {module: closure(module) for module in KNOWS}
MODULE_OF_HEADER = {name if name.endswith(".hpp") else f"perf_timer/{name}.hpp": module
                    for module, names in PUBLIC.items() for name in names}


def module_of(path):
    """The module of a file of include/ or src/, or None."""
    parts = path.split("/")
    if parts[0] == "src":
        return parts[1] if len(parts) > 2 and parts[1] in KNOWS else None
    header = path.removeprefix("include/")
    if parts[2:3] == ["detail"]:
        return parts[3] if len(parts) > 4 and parts[3] in KNOWS else None
    if parts[2:3] == ["accumulators"]:
        return "accumulators"
    if parts[2:3] == ["impl"]:  # the bodies of the public header of the same name
        header = header.replace("impl/", "")
    return MODULE_OF_HEADER.get(header)


def is_public(path):
    parts = path.split("/")
    return parts[0] == "include" and parts[2:3] not in (["detail"], ["impl"])


TOKEN = re.compile(r'''
    //[^\n]* | /\*.*?\*/
    | R"(?P<mark>[^(\s]*)\(.*?\)(?P=mark)"
    | "(?:\\.|[^"\\\n])*" | (?<![0-9a-zA-Z])'(?:\\.|[^'\\\n])*'
    ''', re.VERBOSE | re.DOTALL)


def code_of(text):
    """The text with spaces for comments and for what is in quotes: every offset stays."""
    return TOKEN.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), text)


INCLUDE = re.compile(r'^[ \t]*(#)[ \t]*include[ \t]*(?:<([^>\n]+)>|"([^"\n]+)")', re.MULTILINE)
# Of either Asio.
INCLUDE_ASIO = re.compile(r"^[ \t]*#[ \t]*include[ \t]*PERF_TIMER_ASIO_(EXECUTION_)?HEADER\(([^)\n]+)\)",
                          re.MULTILINE)


def includes_of(text, code):
    """Where, and what in <> or in quotes."""
    for match in INCLUDE.finditer(text):
        if code[match.start(1)] == "#":  # and no comment
            yield match.start(1), match[2], match[3]
    for match in INCLUDE_ASIO.finditer(code):
        yield match.start(), f"asio/{'execution/' if match[1] else ''}{match[2]}", None


CONDITION = re.compile(r"^[ \t]*#[ \t]*(?:if|ifdef|ifndef|elif)\b(?:[^\n]*\\\n)*[^\n]*",
                       re.MULTILINE)
# A system, a compiler or a processor has a reserved name, or one of Boost's.
RESERVED = re.compile(r"\b(?:__\w+|_[A-Z]\w*"
                      r"|BOOST_(?:GCC|CLANG|MSVC|WINDOWS|(?:COMP|OS|ARCH|LIB|PLAT)_\w+)"
                      r"|WIN32|linux)\b")
STANDARD = re.compile(r"__cplusplus|__STDCPP_\w+|__cpp_\w+|__has_include|__has_cpp_attribute"
                      r"|__VA_ARGS__|__VA_OPT__|__func__|__FILE__|__LINE__")
NON_STANDARD = re.compile(r"\b(?:gnu|clang|msvc)::\w+|\busing\s+(?:gnu|clang|msvc)\s*:|\basm\b"
                          r"|^[ \t]*#[ \t]*pragma(?![ \t]+once\b)[^\n]*", re.MULTILINE)
SYSTEM_HEADER = re.compile(r"[\w/]+\.h|csignal|windows\.h")
NAMESPACE_DETAIL = re.compile(r"\bnamespace\s+(?:[\w\s]|::)*\bdetail\b(?:[\w\s]|::)*\{")
TYPE_IN_DETAIL = re.compile(r"(?<!friend )\b(?:class|struct|union|enum)\s+(?:\w+::)*detail::[\w:]+"
                            r"\s*[:;{]")
ASIO_DETAIL = re.compile(r"\b(?:asio|PERF_TIMER_ASIO_NAMESPACE)\s*::\s*detail\b")
WHICH_ASIO = re.compile(r"\bboost\s*::\s*asio\b|\bBOOST_ASIO_\w+|\bPERF_TIMER_STANDALONE_ASIO\b")


def included_file(path, angled, quoted, root):
    """The file of include/ or src/ that is included, or None."""
    if angled:
        return f"include/{angled}" if angled.startswith("perf_timer") else None
    for folder in (path.rpartition("/")[0], "include", "src"):
        there = (root / folder / quoted).resolve()
        if there.exists():
            return there.relative_to(root).as_posix()
    return None


def public_headers_declare_nothing_in_detail(path, text, code, root):
    if is_public(path):
        for match in NAMESPACE_DETAIL.finditer(code):
            yield match.start(), "a public header opens a namespace detail"
        for match in TYPE_IN_DETAIL.finditer(code):
            yield match.start(), "a public header declares a type in a namespace detail"


def every_file_has_a_module(path, text, code, root):
    if module_of(path) is None:
        where = "a row in PUBLIC" if path.startswith("include/") else "a folder of a module"
        yield 0, f"belongs to no module; give it {where} (test/layout/check_layout.py)"


def arrows_point_downwards(path, text, code, root):
    module = module_of(path)
    for at, angled, quoted in includes_of(text, code):
        if angled and angled.startswith(("boost/asio", "asio/", "asio.hpp")):
            if angled == "asio/version.hpp" and path in KNOWS_WHICH_ASIO:
                continue
            if module not in KNOW_ASIO or path.startswith("src/"):
                yield at, f"{angled}: only headers of {', '.join(KNOW_ASIO)} know Asio"
            continue
        other_file = included_file(path, angled, quoted, root)
        other = other_file and module_of(other_file)
        if module and other and other not in MAY_INCLUDE[module]:
            yield at, f"{module} includes {angled or quoted}, but doesn't know {other}"


def only_platform_names_the_platform(path, text, code, root):
    module = module_of(path)
    if module == "platform":
        return
    conditions = [match.span() for match in CONDITION.finditer(code)]
    for name in RESERVED.finditer(code):
        if STANDARD.fullmatch(name[0]):
            continue
        if any(begin <= name.start() < end for begin, end in conditions):
            yield name.start(), f"#if about {name[0]} outside of the module platform"
        else:
            yield name.start(), f"{name[0]} isn't standard, and outside of the module platform"
    for match in NON_STANDARD.finditer(code):
        yield (match.start(),
               f"{match[0].strip()} isn't standard, and outside of the module platform")
    for at, angled, _ in includes_of(text, code):
        if angled and SYSTEM_HEADER.fullmatch(angled) and not angled.startswith("prometheus/"):
            yield at, f"<{angled}> is a system's header, outside of the module platform"


# Gives a class of Asio another name for the linker, and uses nothing of it.
NAMES_ASIO_DETAIL = "include/perf_timer/detail/environment/asio_is_tracked.hpp"


def nothing_names_asio_detail(path, text, code, root):
    if path == NAMES_ASIO_DETAIL:
        return
    for match in ASIO_DETAIL.finditer(code):
        yield match.start(), "boost::asio::detail isn't public"
    for at, angled, quoted in includes_of(text, code):
        if (angled or quoted).startswith(("boost/asio/detail/", "asio/detail/")):
            yield at, "boost::asio::detail isn't public"


# Decides which Asio it is; has the macros that each Asio asks for by its own names; uses Boost.Beast.
KNOWS_WHICH_ASIO = ["include/perf_timer/detail/platform/asio.hpp", "include/perf_timer/tracking.hpp",
                    "src/http/request.cpp"]


def only_one_header_knows_which_asio(path, text, code, root):
    if path in KNOWS_WHICH_ASIO:
        return
    where = "outside of detail/platform/asio.hpp"
    for match in WHICH_ASIO.finditer(code):
        yield match.start(), f"{match[0]} means one Asio of two, {where}"
    for at, angled, _ in includes_of(text, code):
        if angled and angled.startswith("boost/asio"):
            yield at, f"<{angled}> is one Asio of two, {where}"


# Makes texts that don't depend on the program's locale.
TEXT_STREAM = "include/perf_timer/detail/report/text_stream.hpp"


def texts_have_no_locale(path, text, code, root):
    if path == TEXT_STREAM:
        return
    for match in re.finditer(r"\bo?stringstream\b", code):
        yield match.start(), f"{match[0]} has the program's locale; take TextStream"


def files_are_short(path, text, code, root):
    lines = text.count("\n")
    if lines > MOST_LINES:
        yield len(text) - 1, f"has {lines} lines, at most {MOST_LINES} are allowed"


RULES_OF_CODE = [public_headers_declare_nothing_in_detail, every_file_has_a_module,
                 arrows_point_downwards, only_platform_names_the_platform,
                 nothing_names_asio_detail, only_one_header_knows_which_asio, texts_have_no_locale]


def violations(root):
    root = root.resolve()
    files = sorted(file for folder in ("include", "src") for file in (root / folder).rglob("*")
                   if file.suffix in (".hpp", ".cpp", ".js", ".css", ".html")
                   and "node_modules" not in file.parts)
    if not files:
        sys.exit(f"check_layout.py: there is nothing in {root}/include and {root}/src")
    for file in files:
        path = file.relative_to(root).as_posix()
        text = file.read_text(encoding="utf-8")
        code = code_of(text)
        is_cpp = file.suffix in (".hpp", ".cpp")
        for rule in [files_are_short, *(RULES_OF_CODE if is_cpp else [])]:
            for at, words in rule(path, text, code, root):
                yield f"{path}:{text.count(chr(10), 0, at) + 1}: {words}"


if __name__ == "__main__":
    project = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else pathlib.Path(__file__).parents[2])
    found = list(violations(project))
    print("\n".join(found))
    sys.exit(f"check_layout.py: {len(found)} violations" if found else 0)
