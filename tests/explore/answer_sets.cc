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

may(R,T) :- rule(R,A,S,B,U), step(T), v(A,S,T), v(B,U,T).
{ take(R,T) : may(R,T) } 1 :- step(T).
moves(T) :- take(_,T).
:- moves(T), step(T-1), not moves(T-1).

writes(T,B) :- take(R,T), write(R,B,_,_).
g(B,T+1) :- take(R,T), write(R,B,N,S), v(N,S,T).
g(B,T+1) :- bit(B), step(T), g(B,T), not writes(T,B).

at(B) :- bit(B), g(B,k).
#show at/1.
)";

constexpr const char* reaching = R"(
reached :- goal(N,S), v(N,S,k).
reached :- goal_taking(R,N,S), take(R,T), v(N,S,T).
:- not reached.
#defined goal/2.
#defined goal_taking/3.
)";

std::string pair(Literal l) { return fmt::format("{},{}", l.node(), l.negated() ? 1 : 0); }

// The nodes that rules and the goal ask for.
std::vector<bool> needed(const Net& net, const std::optional<Goal>& goal) {
  std::vector<bool> out(net.circuit.size());
  out[0] = true;
  const auto need = [&](Literal l) { out[l.node()] = true; };
  for (const Rule& r : net.rules) {
    need(r.enabled);
    need(r.beyond);
    for (const Write& w : r.writes) need(w.next);
  }
  if (goal) {
    need(goal->state);
    for (const Literal l : goal->taking) need(l);
  }
  for (auto n = static_cast<uint32_t>(out.size()); n-- > 1;) {
    if (!out[n] || net.circuit.is_input(n)) continue;
    need(net.circuit.gate(n).a);
    need(net.circuit.gate(n).b);
  }
  return out;
}

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

std::string answer_set_program(const Net& net, const std::optional<Goal>& goal) {
  std::string out = courses;
  const std::vector<bool> asked = needed(net, goal);
  std::vector<uint32_t> node_of;
  for (uint32_t n = 0; n < net.circuit.size(); ++n) {
    if (net.circuit.is_input(n)) {
      out += fmt::format("bit({0}). node({0}).\n", n);
      if (net.initial[node_of.size()]) out += fmt::format("first({}).\n", n);
      node_of.push_back(n);
    } else if (asked[n]) {
      out += fmt::format("node({}).\n", n);
      if (n != 0)
        out += fmt::format("gate({},{},{}).\n", n, pair(net.circuit.gate(n).a), pair(net.circuit.gate(n).b));
    }
  }
  for (uint32_t r = 0; r < net.rules.size(); ++r) {
    out += fmt::format("rule({},{},{}).\n", r, pair(net.rules[r].enabled), pair(!net.rules[r].beyond));
    for (const Write& w : net.rules[r].writes)
      out += fmt::format("write({},{},{}).\n", r, node_of[w.bit], pair(w.next));
  }
  if (!goal) return out;
  out += reaching + fmt::format("goal({}).\n", pair(goal->state));
  for (uint32_t r = 0; r < goal->taking.size(); ++r)
    out += fmt::format("goal_taking({},{}).\n", r, pair(goal->taking[r]));
  return out;
}

std::optional<Answered> ask_answer_sets(const std::string& program, uint32_t moves, bool all,
                                        std::chrono::seconds limit) {
  const Folder folder;
  if (folder.path().empty()) return std::nullopt;
  std::ofstream(folder.path() + "/program.lp") << program;
  const auto run = [&](const std::string& command) {
    return std::system(fmt::format("cd {} && timeout {} {}", folder.path(), limit.count(), command).c_str());
  };
  const auto begun = std::chrono::steady_clock::now();
  if (run(fmt::format("gringo --const k={} program.lp >ground 2>errors", moves)) != 0) return std::nullopt;
  const auto ground = std::chrono::steady_clock::now();
  run(fmt::format("clasp {} -q ground >answer 2>errors", all ? "-n 0 --project=show" : "-n 1"));
  const std::chrono::duration<double> solving = std::chrono::steady_clock::now() - ground,
                                      whole = std::chrono::steady_clock::now() - begun;
  std::ifstream file(folder.path() + "/answer");
  std::optional<Answered> out;
  for (std::string line; std::getline(file, line);) {
    if (line == "SATISFIABLE" || line == "UNSATISFIABLE")
      out = {line == "SATISFIABLE", 0, whole.count(), solving.count()};
    uint64_t models = 0;
    if (out && std::sscanf(line.c_str(), "Models : %lu", &models) == 1) out->states = models;
    if (out && line.find("INTERRUPTED") != std::string::npos) return std::nullopt;
  }
  return out;
}

}  // namespace casus::explore::test
