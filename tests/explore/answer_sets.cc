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

class Program {
 public:
  explicit Program(const Net& net) : net_(net), needed_(net.circuit.size()) {}

  // The literal in step T, as a part of a body that has others before it; nothing when it always holds. To be asked only of what is
  // not `never`.
  std::string part(Literal l) {
    if (l == always) return "";
    need(l);
    return fmt::format(", {}g({},T)", l.negated() ? "not " : "", l.node());
  }

  std::string text(const Goal* goal) {
    out_ =
        "step(0..k-1).\n{ take(R,T) : may(R,T) } 1 :- step(T).\nmoves(T) :- take(R,T).\n"
        ":- moves(T+1), step(T), not moves(T).\n"
        "g(B,T+1) :- g(B,T), step(T), bit(B), not hit(B,T).\nhit(B,T) :- take(R,T), writes(R,B).\n";
    for (uint32_t b = 0; b < net_.bits.size(); ++b) {
      out_ += fmt::format("bit({}).\n", node_of(b));
      if (net_.initial[b]) out_ += fmt::format("g({},0).\n", node_of(b));
    }
    for (uint32_t r = 0; r < net_.rules.size(); ++r) rule(r);
    out_ += "at(B) :- g(B,k), bit(B).\n#show at/1.\n";
    if (goal != nullptr) reach(*goal);
    for (uint32_t n = 1; n < net_.circuit.size(); ++n) {
      if (!needed_[n] || net_.circuit.is_input(n)) continue;
      const Circuit::Gate& g = net_.circuit.gate(n);
      out_ += fmt::format("g({},T) :- T = 0..k{}{}.\n", n, part(g.a), part(g.b));
    }
    return out_;
  }

 private:
  // Inputs are numbered in the order in which they were made.
  uint32_t node_of(uint32_t bit) {
    for (; nodes_.size() < net_.bits.size(); ++next_) {
      if (net_.circuit.is_input(next_)) nodes_.push_back(next_);
    }
    return nodes_[bit];
  }
  void need(Literal l) {
    std::vector<uint32_t> stack{l.node()};
    while (!stack.empty()) {
      const uint32_t n = stack.back();
      stack.pop_back();
      if (n == 0 || needed_[n]) continue;
      needed_[n] = true;
      if (net_.circuit.is_input(n)) continue;
      stack.push_back(net_.circuit.gate(n).a.node());
      stack.push_back(net_.circuit.gate(n).b.node());
    }
  }
  void rule(uint32_t r) {
    const Rule& rule = net_.rules[r];
    if (rule.enabled == never || rule.beyond == always) return;
    out_ += fmt::format("may({},T) :- step(T){}{}.\n", r, part(rule.enabled), part(!rule.beyond));
    for (const Write& w : rule.writes) {
      out_ += fmt::format("writes({},{}).\n", r, node_of(w.bit));
      if (w.next != never)
        out_ += fmt::format("g({},T+1) :- take({},T){}.\n", node_of(w.bit), r, part(w.next));
    }
  }
  void reach(const Goal& goal) {
    if (goal.state != never) out_ += fmt::format("reached :- T = k{}.\n", part(goal.state));
    for (uint32_t r = 0; r < goal.taking.size(); ++r) {
      if (goal.taking[r] != never) out_ += fmt::format("reached :- take({},T){}.\n", r, part(goal.taking[r]));
    }
    out_ += "#defined reached/0.\n:- not reached.\n";
  }

  const Net& net_;
  std::vector<bool> needed_;
  std::vector<uint32_t> nodes_;
  uint32_t next_ = 1;
  std::string out_;
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

std::string answer_set_program(const Net& net, const Goal* goal) { return Program(net).text(goal); }

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
