//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include "span/span_ref.hpp"

#include <perf_timer/detail/span/span.hpp>

#include <boost/test/unit_test.hpp>

#include <utility>

namespace perf_timer::test {
namespace {

using detail::Span;

SpanRef root() { return SpanRef(SpanPool<Span>::make()); }

SpanRef child_of(const SpanRef& parent) {
  auto* const span = SpanPool<Span>::make();
  span->parent = detail::share(parent.get());
  span->depth = parent.get()->depth + 1;
  return SpanRef(span);
}

std::uint32_t references(const SpanRef& span) { return span.get()->references.load(); }

/// Two trees: a has the children b and c, b has the child d; z is alone.
struct Trees {
  SpanRef a = root(), b = child_of(a), c = child_of(a), d = child_of(b), z = root();
};

BOOST_FIXTURE_TEST_SUITE(span, Trees)

BOOST_AUTO_TEST_CASE(a_span_is_a_block) { BOOST_TEST(sizeof(Span) <= 128u); }

BOOST_AUTO_TEST_CASE(within_what_it_was_opened_in) {
  const auto within = [](const SpanRef& span, const SpanRef& ancestor) {
    return is_within(span.get(), ancestor.get());
  };
  BOOST_TEST(within(a, a));
  BOOST_TEST(within(b, a));
  BOOST_TEST(within(d, a));
  BOOST_TEST(within(d, b));
  BOOST_TEST(!within(a, b));
  BOOST_TEST(!within(b, c));
  BOOST_TEST(!within(d, c));
  BOOST_TEST(!within(d, z));
  BOOST_TEST(!within(z, a));
  BOOST_TEST(!within(SpanRef(), a));
}

BOOST_AUTO_TEST_CASE(the_innermost_that_two_are_within) {
  const auto common = [](const SpanRef& x, const SpanRef& y) {
    BOOST_TEST(common_ancestor(x.get(), y.get()) == common_ancestor(y.get(), x.get()));
    return common_ancestor(x.get(), y.get());
  };
  BOOST_TEST(common(d, d) == d.get());
  BOOST_TEST(common(d, b) == b.get());
  BOOST_TEST(common(d, a) == a.get());
  BOOST_TEST(common(d, c) == a.get());
  BOOST_TEST(common(b, c) == a.get());
  BOOST_TEST(common(d, z) == nullptr);
  BOOST_TEST(common(SpanRef(), a) == nullptr);
  BOOST_TEST(common(SpanRef(), SpanRef()) == nullptr);
}

BOOST_AUTO_TEST_CASE(references_are_counted) {
  BOOST_TEST(references(z) == 1u);
  {
    const SpanRef copy = z;
    BOOST_TEST(references(z) == 2u);
  }
  BOOST_TEST(references(z) == 1u);
  SpanRef moved = std::move(z);
  BOOST_TEST(!z);  // NOLINT(bugprone-use-after-move)
  BOOST_TEST(references(moved) == 1u);
  const SpanRef& itself = moved;
  moved = itself;
  BOOST_TEST(references(moved) == 1u);
  Span* const owned = moved.detach();
  BOOST_TEST(!moved);
  detail::release(detail::share(owned));
  BOOST_TEST(owned->references.load() == 1u);
  detail::release(owned);
}

BOOST_AUTO_TEST_CASE(a_span_keeps_its_parents) {
  BOOST_TEST(references(a) == 3u);  // this test's, and those of two children
  b = SpanRef();
  BOOST_TEST(references(a) == 3u);  // d keeps b alive
  d = SpanRef();
  BOOST_TEST(references(a) == 2u);
  c = SpanRef();
  BOOST_TEST(references(a) == 1u);
}

BOOST_AUTO_TEST_CASE(a_long_chain_of_parents_is_no_recursion) {
  SpanRef innermost = root();
  for (int i = 0; i < 300'000; ++i) innermost = child_of(innermost);
  BOOST_TEST(references(innermost) == 1u);
  innermost = SpanRef();  // the destruction isn't recursive
}

BOOST_AUTO_TEST_CASE(no_span) {
  BOOST_TEST(detail::share(static_cast<Span*>(nullptr)) == nullptr);
  detail::release(static_cast<Span*>(nullptr));
  const SpanRef none;
  const SpanRef copy = none;
  BOOST_TEST(!copy);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace perf_timer::test
