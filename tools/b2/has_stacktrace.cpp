// b2 builds this to see whether Boost.Stacktrace with libbacktrace is there.
#define BOOST_STACKTRACE_LINK
#include <boost/stacktrace/frame.hpp>

int main() { return boost::stacktrace::frame().empty() ? 0 : 1; }
