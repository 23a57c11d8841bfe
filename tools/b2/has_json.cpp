// b2 compiles this to see whether Boost.JSON is there.
#include <boost/json/value.hpp>
