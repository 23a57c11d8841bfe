//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include "exposition.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <limits>
#include <set>
#include <stdexcept>

namespace perf_timer::test {
namespace {

/// The rest of a line, consumed from its beginning.
class Line {
 public:
  explicit Line(std::string_view line) : line_(line), rest_(line) {}

  [[noreturn]] void refuse() const {
    throw std::runtime_error("no exposition: " + std::string{line_});
  }

  [[nodiscard]] bool take(std::string_view text) {
    if (!rest_.starts_with(text)) return false;
    rest_.remove_prefix(text.size());
    return true;
  }

  void expect(std::string_view text) {
    if (!take(text)) refuse();
  }

  [[nodiscard]] std::string name() {
    const auto end = std::find_if_not(rest_.begin(), rest_.end(), [](char c) {
      return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
             c == '_' || c == ':';
    });
    std::string result{rest_.begin(), end};
    if (result.empty()) refuse();
    rest_.remove_prefix(result.size());
    return result;
  }

  [[nodiscard]] std::string quoted() {
    std::string result;
    for (expect("\""); !take("\"");) {
      if (rest_.empty()) refuse();
      if (take("\\n")) {
        result += '\n';
      } else {
        if (take("\\") && !rest_.starts_with('\\') && !rest_.starts_with('"')) refuse();
        result += rest_.front();
        rest_.remove_prefix(1);
      }
    }
    return result;
  }

  [[nodiscard]] double number() {
    if (take("+Inf")) return std::numeric_limits<double>::infinity();
    std::size_t used = 0;
    const double result = std::stod(std::string{rest_}, &used);
    if (used != rest_.size()) refuse();
    return result;
  }

  [[nodiscard]] std::string rest() const { return std::string{rest_}; }

 private:
  std::string_view line_, rest_;
};

Series read_series(Line line) {
  Series series;
  series.metric = line.name();
  const bool more = line.take("{");  // a series may have no labels
  while (more && !line.take("}")) {
    std::string name = line.name();
    line.expect("=");
    if (!series.labels.emplace(std::move(name), line.quoted()).second) line.refuse();
    if (!line.take(",") && line.rest().front() != '}') line.refuse();
  }
  line.expect(" ");
  series.value = line.number();
  return series;
}

bool has(const Series& series, const std::map<std::string, std::string>& labels) {
  return std::all_of(labels.begin(), labels.end(), [&](const auto& label) {
    const auto found = series.labels.find(label.first);
    return found != series.labels.end() && found->second == label.second;
  });
}

}  // namespace

Exposition::Exposition(std::string_view text) {
  std::set<std::pair<std::string, std::map<std::string, std::string>>> known;
  while (!text.empty()) {
    const auto end = text.find('\n');
    if (end == text.npos) throw std::runtime_error("the last line has no end");
    Line line{text.substr(0, end)};
    text.remove_prefix(end + 1);
    if (line.take("# HELP ")) continue;
    if (line.take("# TYPE ")) {
      std::string metric = line.name();
      line.expect(" ");
      types_[std::move(metric)] = line.rest();
      continue;
    }
    Series series = read_series(line);
    std::string family = series.metric;
    for (const std::string_view suffix : {"_bucket", "_count", "_sum"})
      if (family.ends_with(suffix)) family.resize(family.size() - suffix.size());
    if (!types_.contains(family)) line.refuse();
    if (!known.emplace(series.metric, series.labels).second) line.refuse();
    series_.push_back(std::move(series));
  }
}

std::vector<const Series*> Exposition::find(
    std::string_view metric, const std::map<std::string, std::string>& labels) const {
  std::vector<const Series*> found;
  for (const Series& series : series_)
    if (series.metric == metric && has(series, labels)) found.push_back(&series);
  return found;
}

double Exposition::value(std::string_view metric,
                         const std::map<std::string, std::string>& labels) const {
  const auto found = find(metric, labels);
  BOOST_TEST_REQUIRE(found.size() == 1u, metric << ": " << found.size() << " series");
  return found.front()->value;
}

std::size_t Exposition::count(std::string_view metric,
                              const std::map<std::string, std::string>& labels) const {
  return find(metric, labels).size();
}

}  // namespace perf_timer::test
