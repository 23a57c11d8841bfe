// b2 compiles this to see whether prometheus-cpp is there.
#include <prometheus/collectable.h>
