//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include "program.hpp"

#include <ostream>
#include <string>

namespace perf_timer::test::random_programs {
namespace {

const char* name(Place place) {
  constexpr const char* names[] = {"own",
                                   "context",
                                   "strand_a",
                                   "strand_b",
                                   "twice",
                                   "never_blocking",
                                   "large",
                                   "task",
                                   "task_on_strand",
                                   "shared_task",
                                   "wrapped",
                                   "wrapped_strand",
                                   "wrapped_again",
                                   "wrapped_erased",
                                   "plain",
                                   "plain_strand",
                                   "strand_of_instrumented",
                                   "strand_of_strand",
                                   "strand_of_wrapped",
                                   "erased_strand",
                                   "erased_strand_of_strand",
                                   "erased_strand_again",
                                   "erased_strand_of_again"};
  return names[static_cast<int>(place)];
}

const char* name(How how) {
  constexpr const char* names[] = {"post", "dispatch", "defer"};
  return names[static_cast<int>(how)];
}

void print(std::ostream& out, const Block& block, int indent);

void print(std::ostream& out, const Statement& s, int indent) {
  using Kind = Statement::Kind;
  const auto with_block = [&](const char* function) {
    out << function << "(";
    print(out, s.body, indent);
    out << ")";
  };
  const auto with_blocks = [&](const char* function) {
    out << function << "(";
    print(out, s.body, indent);
    out << ", ";
    print(out, s.other, indent);
  };
  switch (s.kind) {
    case Kind::compute:
      out << "compute(" << s.n << ")";
      return;
    case Kind::sleep:
      out << "sleep(" << s.n << ")";
      return;
    case Kind::send:
      out << "send(" << s.n << ")";
      return;
    case Kind::receive:
      out << "receive(" << s.n << ")";
      return;
    case Kind::wait:
      out << "wait(" << s.n << ")";
      return;
    case Kind::wake:
      out << "wake(" << s.n << ")";
      return;
    case Kind::cancellation:
      out << "cancellation(" << s.n << ")";
      return;
    case Kind::throws:
      out << "throws()";
      return;
    case Kind::yield:
      out << "yield(How::" << name(s.how) << ")";
      return;
    case Kind::hop:
      out << "hop(How::" << name(s.how) << ", Place::" << name(s.place) << ")";
      return;
    case Kind::measured:
      return with_block("measured");
    case Kind::cancelled:
      return with_block("cancelled");
    case Kind::decorated:
      return with_block("decorated");
    case Kind::child:
      return with_block("child");
    case Kind::caught:
      return with_block("caught");
    case Kind::join:
    case Kind::spawn:
      out << (s.kind == Kind::join ? "join" : "spawn") << "(Place::" << name(s.place) << ", ";
      print(out, s.body, indent);
      out << ")";
      return;
    case Kind::started:
      out << "started(" << s.n << ", Place::" << name(s.place) << ", ";
      print(out, s.body, indent);
      out << ")";
      return;
    case Kind::handler:
      out << "handler(How::" << name(s.how) << ", Place::" << name(s.place) << ", ";
      print(out, s.body, indent);
      out << ")";
      return;
    case Kind::both:
    case Kind::either:
      with_blocks(s.kind == Kind::both ? "both" : "either");
      out << ")";
      return;
    case Kind::overlapping:
      with_blocks("overlapping");
      out << ", " << s.n << ")";
      return;
    case Kind::finished_in_handler:
      out << "finished_in_handler(";
      print(out, s.body, indent);
      out << ", " << s.n << ")";
      return;
  }
}

void print(std::ostream& out, const Block& block, int indent) {
  out << "{";
  const std::string margin = "\n" + std::string(static_cast<std::size_t>(indent) + 2, ' ');
  const bool lines = block.size() > 1;
  for (std::size_t i = 0; i < block.size(); ++i) {
    if (i != 0) out << ",";
    if (lines) out << margin;
    print(out, block[i], lines ? indent + 2 : indent);
  }
  out << "}";
}

}  // namespace

std::ostream& operator<<(std::ostream& out, const Program& program) {
  out << "Program{{";
  for (std::size_t i = 0; i < program.roots.size(); ++i) {
    out << (i != 0 ? ",\n  " : "\n  ") << "on(Place::" << name(program.roots[i].place) << ", ";
    print(out, program.roots[i].body, 2);
    out << ")";
  }
  return out << "}}";
}

}  // namespace perf_timer::test::random_programs
