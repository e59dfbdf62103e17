// SPDX-License-Identifier: Apache-2.0
#include "explore/answer_sets.h"

#include <fmt/format.h>
#include <fmt/os.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

namespace casus::explore::test {

namespace {

constexpr const char* courses = R"(
% A literal is a node and 0, or 1 when it is negated; v(N,S,T): it holds in step T.
time(0..k). step(0..k-1).
v(N,0,T) :- g(N,T).
v(N,1,T) :- node(N), time(T), not g(N,T).
g(N,T) :- gate(N,A,S,B,U), v(A,S,T), v(B,U,T).
g(N,0) :- first(N).

could(R,T) :- rule(R,A,S,B,U), step(T), v(A,S,T), v(B,U,T).
{ take(R,T) : may(R,T) } 1 :- step(T).
moves(T) :- take(_,T).
:- moves(T), step(T-1), not moves(T-1).

writes(T,B) :- take(R,T), write(R,B,_,_).
g(B,T+1) :- take(R,T), write(R,B,N,S), v(N,S,T).
g(B,T+1) :- bit(B), step(T), g(B,T), not writes(T,B).

at(B) :- bit(B), g(B,k).
#show at/1.
)";

constexpr const char* without_time = R"(
may(R,T) :- could(R,T).
)";

// sign(R,I,X,T): the first I parts of the signature of rule R in step T are the number X.
constexpr const char* with_time = R"(
timing(0,0).
sign(R,0,0,T) :- could(R,T).
sign(R,I+1,X,T) :- sign(R,I,X,T), part(R,I,N,S), v(N,1-S,T).
sign(R,I+1,X+2**I,T) :- sign(R,I,X,T), part(R,I,N,S), v(N,S,T).
next(R,Z,T) :- timing(Y,T), sign(R,I,X,T), parts(R,I), row(Y,R,X,Z).
may(R,T) :- next(R,_,T).
timing(Z,T+1) :- take(R,T), next(R,Z,T).
timing(Z,T+1) :- timing(Z,T), step(T), not moves(T).
last(Z) :- timing(Z,k).
#show last/1.
)";

constexpr const char* reaching = R"(
reached :- goal(N,S), v(N,S,k).
reached :- goal_taking(R,N,S), take(R,T), v(N,S,T).
:- not reached.
#defined goal/2.
#defined goal_taking/3.
)";

// A program about a net: its own facts, and those of its time.
class Facts {
 public:
  explicit Facts(const Net& net) : net_(net), asked_(net.circuit.size()), text_(courses) {
    asked_[0] = true;
    for (uint32_t n = 0; n < net.circuit.size(); ++n) {
      if (!net.circuit.is_input(n)) continue;
      const uint32_t bit = net.circuit.gate(n).b.code;
      asked_[n] = true;
      fact("bit", n);
      if (net.initial[bit]) fact("first", n);
      node_of_.resize(std::max<size_t>(node_of_.size(), bit + 1));
      node_of_[bit] = n;
    }
  }

  void rules(const Groups* time) {
    for (uint32_t r = 0; r < net_.rules.size(); ++r) {
      const Rule& rule = net_.rules[r];
      fact("rule", r, pair(time ? time->rules[r].enabled : rule.enabled), pair(!rule.beyond));
      for (const Write& w : rule.writes) fact("write", r, node_of_[w.bit], pair(w.next));
    }
  }
  void time(const Groups& groups, const TimeTable& table) {
    for (uint32_t r = 0; r < groups.rules.size(); ++r) {
      size_t part = 0;
      for (const GroupStart& g : groups.rules[r].starts) fact("part", r, part++, pair(g.starts));
      for (const GroupAfter& g : groups.rules[r].after) fact("part", r, part++, pair(g.runs));
      fact("parts", r, part);
    }
    for (const TimeTable::Row& row : table.rows) fact("row", row.before, row.rule, row.signature, row.after);
    text_ += "#defined row/4.\n#defined part/4.\n";
  }
  void goal(const Goal& goal) {
    text_ += reaching;
    fact("goal", pair(goal.state));
    for (uint32_t r = 0; r < goal.taking.size(); ++r) fact("goal_taking", r, pair(goal.taking[r]));
  }
  // With all gates that are asked for by then.
  std::string text() {
    for (auto n = static_cast<uint32_t>(asked_.size()); n-- > 0;) {
      if (!asked_[n]) continue;
      fact("node", n);
      if (n == 0 || net_.circuit.is_input(n)) continue;
      const Circuit::Gate& g = net_.circuit.gate(n);
      fact("gate", n, pair(g.a), pair(g.b));
    }
    return std::move(text_);
  }
  void add(const char* rules) { text_ += rules; }

 private:
  std::string pair(Literal l) {
    asked_[l.node()] = true;
    return fmt::format("{},{}", l.node(), l.negated() ? 1 : 0);
  }
  template <class... Args>
  void fact(const char* name, Args... args) {
    std::string all;
    ((all += fmt::format("{}{}", all.empty() ? "" : ",", args)), ...);
    text_ += fmt::format("{}({}).\n", name, all);
  }

  const Net& net_;
  std::vector<bool> asked_;
  std::vector<uint32_t> node_of_;  // by bit
  std::string text_;
};

// A folder that is gone again in the end.
class Folder {
 public:
  Folder() {
    std::string name = (std::filesystem::temp_directory_path() / "casus-answer-sets-XXXXXX").string();
    if (mkdtemp(name.data()) != nullptr) path_ = name;
  }
  ~Folder() {
    std::error_code ignored;
    if (!path_.empty()) std::filesystem::remove_all(path_, ignored);
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

}  // namespace

bool have_answer_set_programs() {
  return std::system("gringo --version >/dev/null 2>&1 && clasp --version >/dev/null 2>&1") == 0;
}

std::optional<TimeTable> time_table(const NetProblem& problem, Timings& timings, uint32_t moves) {
  constexpr size_t most_rows = 20'000, most_parts = 8;
  TimeTable out;
  std::set<TimingId> known{Timings::beginning()};
  std::vector<TimingId> layer{Timings::beginning()};
  for (; moves > 0; --moves) {
    std::vector<TimingId> next;
    for (const TimingId before : layer) {
      for (uint32_t r = 0; r < problem.net.rules.size(); ++r) {
        if (problem.groups.rules[r].signature_bits() > most_parts) return std::nullopt;
        for (uint64_t s = 0; s >> problem.groups.rules[r].signature_bits() == 0; ++s) {
          const auto after = timings.after(before, r, s);
          if (!after) continue;
          out.rows.push_back({before, r, s, *after});
          if (known.insert(*after).second) next.push_back(*after);
        }
      }
      if (out.rows.size() > most_rows) return std::nullopt;
    }
    layer = std::move(next);
  }
  return out;
}

std::string answer_set_program(const Net& net, const std::optional<Goal>& goal) {
  Facts facts(net);
  facts.add(without_time);
  facts.rules(nullptr);
  if (goal) facts.goal(*goal);
  return facts.text();
}

std::string answer_set_program(const NetProblem& problem, const TimeTable& table,
                               const std::optional<Goal>& goal) {
  Facts facts(problem.net);
  facts.add(with_time);
  facts.rules(&problem.groups);
  facts.time(problem.groups, table);
  if (goal) facts.goal(*goal);
  return facts.text();
}

std::optional<Answered> ask_answer_sets(const std::string& program, uint32_t moves, bool all,
                                        std::chrono::seconds limit) {
  const Folder folder;
  if (folder.path().empty()) return std::nullopt;
  std::ofstream(folder.path() + "/program.lp") << program;
  const auto run = [&](const std::string& command) {
    return std::system(fmt::format("cd {} && timeout {} {}", folder.path(), limit.count(), command).c_str());
  };
  if (run(fmt::format("gringo --const k={} program.lp >ground 2>errors", moves)) != 0) return std::nullopt;
  const auto ground = std::chrono::steady_clock::now();
  run(fmt::format("clasp {} -q ground >answer 2>errors", all ? "-n 0 --project=show" : "-n 1"));
  const std::chrono::duration<double> solving = std::chrono::steady_clock::now() - ground;
  std::ifstream file(folder.path() + "/answer");
  std::optional<Answered> out;
  for (std::string line; std::getline(file, line);) {
    if (line == "SATISFIABLE" || line == "UNSATISFIABLE") out = {line == "SATISFIABLE", 0, solving.count()};
    uint64_t models = 0;
    if (out && std::sscanf(line.c_str(), "Models : %lu", &models) == 1) out->states = models;
    if (out && line.find("INTERRUPTED") != std::string::npos) return std::nullopt;
  }
  return out;
}

}  // namespace casus::explore::test
