// SPDX-License-Identifier: Apache-2.0
#include "explore/events.h"

#include <algorithm>

namespace casus::explore {

using model::MayArg;
using model::no_value;
using model::TypeKind;

namespace {

// Every value that an argument may take wherever the state is; those that depend on the state are asked again there.
class Values {
 public:
  Values(const Problem& problem, const run::Engine& engine, const std::vector<uint32_t>& changing)
      : m_(*problem.model), engine_(engine), changing_(changing) {}

  bool asked_again(const MayArg& a) const {
    return a.kind == MayArg::Kind::in_domain && a.domain.fact &&
           std::find(changing_.begin(), changing_.end(), a.domain.fact.value) != changing_.end();
  }
  std::vector<Value> of(const MayArg& a, model::Type type) const {
    std::vector<Value> out;
    if (type.kind == TypeKind::event) return {no_value};  // looked for in the state
    switch (a.kind) {
      case MayArg::Kind::missing:
      case MayArg::Kind::occurrence:
        return {no_value};
      case MayArg::Kind::value:
        return {a.value};
      case MayArg::Kind::in_domain:
        for (size_t e = 0; e < m_.entities.size(); ++e) {
          const auto who = static_cast<Value>(e);
          if (type.kind == TypeKind::entity && !m_.entity_is(EntityId(e), model::KindId(type.id))) continue;
          if (asked_again(a) || engine_.in(a.domain, who)) out.push_back(who);
        }
        return out;
      case MayArg::Kind::any_value:
        break;
    }
    if (type.kind == TypeKind::category) {
      for (size_t v = 0; v < m_.categories[type.id].values.size(); ++v) out.push_back(static_cast<Value>(v));
    } else if (type.kind == TypeKind::truth) {
      out = {0, 1};
    } else if (type.kind == TypeKind::entity) {
      for (size_t e = 0; e < m_.entities.size(); ++e) {
        if (m_.entity_is(EntityId(e), model::KindId(type.id))) out.push_back(static_cast<Value>(e));
      }
    }
    return out;
  }

 private:
  const model::Model& m_;
  const run::Engine& engine_;
  const std::vector<uint32_t>& changing_;
};

// An event of the story before, told by what it says but for the occurrences that it names.
bool is_like(const run::Occurrence& o, const run::Occurrence& before, const model::Model& m) {
  if (o.event != before.event || o.content != before.content) return false;
  const auto& params = m[o.event].params;
  for (size_t i = 0; i < params.size(); ++i) {
    if (params[i].type.kind != TypeKind::event && o.args[i] != before.args[i]) return false;
  }
  return true;
}

}  // namespace

Result<Events> Events::make(const Problem& problem, const run::Engine& engine,
                            const std::vector<uint32_t>& changing) {
  Events out;
  out.problem_ = &problem;
  const model::Model& m = *problem.model;
  const Values values(problem, engine, changing);
  for (size_t i = 0; i < problem.may_happen.size(); ++i) {
    const model::MayHappen& may = problem.may_happen[i];
    Template plain;
    plain.pattern = static_cast<uint32_t>(i);
    plain.occurrence.event = may.event;
    plain.occurrence.content = may.content;
    plain.occurrence.args.fill(no_value);
    plain.occurrence.content_args.fill(no_value);
    std::vector<Template> all{plain};
    const auto argument = [&](const MayArg& a, size_t k, bool content) {
      const model::Type type = m[content ? may.content : may.event].params[k].type;
      const std::vector<Value> options = values.of(a, type);
      std::vector<Template> next;
      for (const Template& t : all) {
        for (const Value v : options) {
          if (next.size() + out.templates_.size() >= most) return false;
          Template& made = next.emplace_back(t);
          (content ? made.occurrence.content_args : made.occurrence.args)[k] = v;
          if (values.asked_again(a)) made.members.push_back({a.domain, v});
          if (a.kind != MayArg::Kind::missing && type.kind == TypeKind::event)
            (content ? made.content_names : made.names).push_back(static_cast<uint8_t>(k));
        }
      }
      all = std::move(next);
      return true;
    };
    bool good = true;
    for (size_t k = 0; good && k < may.args.size(); ++k) good = argument(may.args[k], k, false);
    for (size_t k = 0; good && k < may.content_args.size(); ++k)
      good = argument(may.content_args[k], k, true);
    if (!good) {
      return Failure{"`" + m[may.event].name + "` may happen in more than " + std::to_string(most) + " ways",
                     "name fewer values: a role or a group instead of `any`"};
    }
    out.templates_.insert(out.templates_.end(), all.begin(), all.end());
  }
  return out;
}

void Events::list(run::Engine& engine, std::span<const run::Told> known,
                  std::vector<run::Occurrence>& out) const {
  const model::Model& m = *problem_->model;
  out.clear();
  for (const Template& t : templates_) {
    if (!std::all_of(t.members.begin(), t.members.end(),
                     [&](const Template::Member& x) { return engine.in(x.domain, x.who); }))
      continue;
    const model::MayHappen& may = problem_->may_happen[t.pattern];
    // One for each occurrence that it can name; an argument may name several.
    std::vector<run::Occurrence> made{t.occurrence};
    const auto name = [&](uint8_t k, bool content) {
      const MayArg& a = (content ? may.content_args : may.args)[k];
      const model::Type type = m[content ? may.content : may.event].params[k].type;
      const bool motion = type.id == model::event_propose.value;
      std::vector<run::Occurrence> next;
      for (const run::Occurrence& o : made) {
        for (size_t n = 0; n < known.size(); ++n) {
          const run::Told& earlier = known[n];
          if (!earlier.told) continue;
          if (type.id != Id<void>::none_value && earlier.event.value != type.id) continue;
          if (a.event && (motion ? earlier.content : earlier.event) != a.event) continue;
          if (a.kind == MayArg::Kind::value &&
              !is_like(earlier, problem_->before[static_cast<size_t>(a.value)], m))
            continue;
          run::Occurrence& with = next.emplace_back(o);
          (content ? with.content_args : with.args)[k] = static_cast<Value>(n);
        }
      }
      made = std::move(next);
    };
    for (const uint8_t k : t.names) name(k, false);
    for (const uint8_t k : t.content_names) name(k, true);
    const int where = problem_->where[t.pattern];
    for (const run::Occurrence& o : made) {
      if (where >= 0) {
        std::vector<Value> vars(may.vars.size(), no_value);
        const auto bind = [&](const std::vector<MayArg>& args, const auto& given) {
          for (size_t k = 0; k < args.size(); ++k) {
            if (args[k].var != model::no_var) vars[args[k].var] = given[k];
          }
        };
        bind(may.args, o.args);
        bind(may.content_args, o.content_args);
        if (engine.ask(static_cast<uint32_t>(where), vars) != 1) continue;
      }
      out.push_back(o);
    }
  }
}

std::vector<EventTypeId> referable(const Problem& problem) {
  const model::Model& m = *problem.model;
  std::vector<EventTypeId> out;
  const auto add = [&](EventTypeId e) {
    if (e != model::event_propose && std::find(out.begin(), out.end(), e) == out.end()) out.push_back(e);
  };
  const auto look = [&](const std::vector<MayArg>& args, EventTypeId event) {
    for (size_t k = 0; k < args.size(); ++k) {
      const model::Type type = m[event].params[k].type;
      if (args[k].kind == MayArg::Kind::missing || type.kind != TypeKind::event) continue;
      if (type.id == model::event_propose.value) continue;
      if (args[k].event) {
        add(args[k].event);
      } else if (type.id != Id<void>::none_value) {
        add(EventTypeId(type.id));
      } else {
        for (size_t e = 3; e < m.events.size(); ++e) add(EventTypeId(e));
      }
    }
  };
  for (const model::MayHappen& may : problem.may_happen) {
    look(may.args, may.event);
    if (may.content) look(may.content_args, may.content);
  }
  return out;
}

}  // namespace casus::explore
