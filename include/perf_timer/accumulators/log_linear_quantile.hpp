//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/accumulators/log_linear_histogram.hpp>

#include <boost/accumulators/framework/accumulator_base.hpp>
#include <boost/accumulators/framework/depends_on.hpp>
#include <boost/accumulators/framework/extractor.hpp>
#include <boost/accumulators/framework/parameters/sample.hpp>
#include <boost/accumulators/framework/parameters/weight.hpp>
#include <boost/accumulators/statistics/parameters/quantile_probability.hpp>
#include <boost/mpl/placeholders.hpp>
#include <boost/parameter/keyword.hpp>

#include <concepts>
#include <cstdint>
#include <type_traits>
#include <utility>

/// \file
/// Quantiles from `LogLinearHistogram`, as a feature for any `accumulator_set`.
///
///     namespace ba = boost::accumulators;
///     namespace pa = perf_timer::accumulators;
///
///     ba::accumulator_set<std::int64_t, ba::stats<ba::tag::mean, pa::tag::log_linear_quantile>> a;
///     a(73'100);
///     pa::log_linear_quantile(a, ba::quantile_probability = 0.99);
///
/// You can ask for any probability in [0, 1] at any time; others throw `std::invalid_argument`.
/// Samples are integers or floating-point numbers, not negative. In a weighted set the weights must
/// be integers; a weight of 3 means the same sample three times.
///
/// The set's constructor takes an optional named parameter, `pa::log_linear_reserve =
/// std::pair{first, last}`. Adding a value between these never allocates, and so never throws.
///
/// The feature is not a `feature_of<tag::quantile>`. Boost keeps only the first of two such
/// features in a set, so beside `extended_p_square_quantile` one would silently answer for the
/// other.

namespace perf_timer::inline v0_1::accumulators {

BOOST_PARAMETER_KEYWORD(tag, log_linear_reserve)

namespace impl {

template <class Sample>
class log_linear_quantile_impl : public boost::accumulators::accumulator_base {
 public:
  using result_type = Sample;

  template <class Args>
  explicit log_linear_quantile_impl(const Args& args) {
    const auto range = args[log_linear_reserve | nothing_];
    if constexpr (!std::is_same_v<std::remove_cvref_t<decltype(range)>, Nothing>) {
      histogram_.reserve(static_cast<Sample>(range.first), static_cast<Sample>(range.second));
    }
  }

  template <class Args>
  void operator()(const Args& args) {
    const auto weight = args[boost::accumulators::weight | once_];
    static_assert(std::integral<std::remove_cvref_t<decltype(weight)>>,
                  "log_linear_quantile counts samples: their weights must be whole numbers");
    histogram_.add(args[boost::accumulators::sample], static_cast<std::uint64_t>(weight));
  }

  template <class Args>
  result_type result(const Args& args) const {
    return histogram_.quantile(
        static_cast<double>(args[boost::accumulators::quantile_probability]));
  }

  /// Gives access to the histogram, to merge, subtract or reserve:
  /// `boost::accumulators::find_accumulator<tag::log_linear_quantile>(set).histogram()`.
  [[nodiscard]] LogLinearHistogram<Sample>& histogram() noexcept { return histogram_; }
  [[nodiscard]] const LogLinearHistogram<Sample>& histogram() const noexcept { return histogram_; }

 private:
  struct Nothing {};
  static constexpr Nothing nothing_{};
  static constexpr std::uint64_t once_ = 1;

  LogLinearHistogram<Sample> histogram_;
};

}  // namespace impl

namespace tag {

/// The feature that an `accumulator_set` names to have a `LogLinearHistogram`.
struct log_linear_quantile : boost::accumulators::depends_on<> {
  /// What Boost.Accumulators makes the accumulator of.
  using impl = accumulators::impl::log_linear_quantile_impl<boost::mpl::_1>;
};

}  // namespace tag

namespace extract {

/// Returns a quantile of the samples of a set, within 0.4 %, in the type of the samples:
/// `log_linear_quantile(set, boost::accumulators::quantile_probability = 0.99)`. Throws
/// `std::invalid_argument` if the probability is not in [0, 1].
inline constexpr boost::accumulators::extractor<tag::log_linear_quantile> log_linear_quantile{};

}  // namespace extract

using extract::log_linear_quantile;

}  // namespace perf_timer::inline v0_1::accumulators
