// SPDX-License-Identifier: Apache-2.0
// Cards of instruments, their articles and bodies.
#include <algorithm>

#include "check/votes.h"
#include "model/choose.h"
#include "report/card_builder.h"
#include "report/phrases.h"
#include "text/words.h"

namespace casus::report {

using model::ClauseKind;
using model::TriggerKind;

void CardBuilder::life(CardSection& section, model::InstrumentId id) const {
  const model::Instrument& i = m_[id];
  if (i.signed_on) add(section, "signed", date_words(*i.signed_on));
  if (i.draft_since) add(section, "draft", "since " + date_words(*i.draft_since));
  for (const auto& g : m_.givens) {
    if (g.fact != model::fact_in_force || g.instrument != id) continue;
    const std::string dates = interval_words(g.from, g.until);
    add(section, "in force", dates.empty() ? "always" : dates);
  }
}

Card CardBuilder::instrument(model::InstrumentId id) const {
  const model::Instrument& i = m_[id];
  Card card = head("instrument", i);
  CardSection own;
  add(own, "cite", i.cite);
  add(own, "binds by",
      i.binding == model::Binding::law        ? "law"
      : i.binding == model::Binding::politics ? "politics"
                                              : "nothing: it does not bind");
  life(own, id);
  add(own, "wording", wording_words(i.wording));
  add(own, "sources", source_names(i.sources));
  if (i.prevails_over_all) add(own, "priority", "prevails over all other instruments");
  add(card, std::move(own));

  CardSection parties{"Parties", {}};
  members_by_date(parties, model::fact_party, id);
  for (const auto& s : m_.successions) {
    if (s.instrument == id)
      add(parties, "from " + date_words(s.at),
          m_[s.successor].name + " as successor of " + m_[s.predecessor].name);
  }
  add(card, std::move(parties));
  for (auto role : i.roles) {
    CardSection section{"Role " + m_[role].name + (m_[role].title.empty() ? "" : ": " + m_[role].title), {}};
    members_by_date(section, role, id);
    if (section.entries.empty()) add(section, "", "nobody is named");
    add(card, std::move(section));
  }
  CardSection reservations{"Reservations", {}};
  for (const auto& r : i.reservations) {
    std::string text = m_[r.party].name + " to";
    for (auto a : r.articles) text += (a == r.articles.front() ? " article " : ", ") + m_[a].label;
    add(reservations, interval_words(r.from, r.until), std::move(text));
  }
  add(card, std::move(reservations));
  CardSection choices{"Choices", {}};
  for (auto c : model::open_choices(m_, std::span(&id, 1)))
    add(choices, model::words(m_, c), model::options_words(m_[c]));
  add(card, std::move(choices));
  for (auto b : i.bodies) add(card, body_section(b));
  add(card, clauses_of("Outside the articles", id, model::ArticleId()));
  for (auto a : i.articles)
    card.sections.push_back(article_section(a));  // an article without clauses stands there, too
  return card;
}

CardSection CardBuilder::article_section(model::ArticleId id) const {
  const model::Article& a = m_[id];
  const model::ExprId guard = guard_of(id);
  CardSection section = clauses_of("Article " + a.label + (a.title.empty() ? "" : ": " + a.title) +
                                       (guard ? " · only when " + only_when(guard) : ""),
                                   a.instrument, id);
  std::vector<CardEntry> about;
  if (a.wording) about.push_back({"wording", wording_words(a.wording), false});
  if (!a.sources.empty()) about.push_back({"sources", source_names(a.sources), false});
  if (section.entries.empty() && about.empty()) about.push_back({"", "no clause", false});
  section.entries.insert(section.entries.begin(), about.begin(), about.end());
  return section;
}

// In the order of the text; a reparation stands within its parent.
CardSection CardBuilder::clauses_of(const std::string& heading, model::InstrumentId instrument,
                                    model::ArticleId article) const {
  std::vector<std::pair<Span, std::string>> found;
  for (auto c : article ? m_[article].clauses : m_[instrument].clauses) {
    if (m_[c].article != article || m_[c].trigger.kind == TriggerKind::reparation) continue;
    found.emplace_back(m_[c].span, m_[c].number > 1 ? "(" + std::to_string(m_[c].number) + ")" : "");
  }
  if (const auto it = decisions_in_.find(article.value); it != decisions_in_.end()) {
    for (const auto& [b, d] : it->second) found.emplace_back(m_[b].decisions[d].span, "");
  }
  std::sort(found.begin(), found.end(),
            [](const auto& a, const auto& b) { return a.first.begin < b.first.begin; });
  CardSection section{heading, {}};
  for (auto& [span, label] : found) add_source(section, std::move(label), span);
  return section;
}

// "each guarantor", "the parties to Pact together", "ally" (a variable of the clause), "UNSC".
std::string CardBuilder::bearer_words(const model::Clause& c) const {
  const model::Domain& d = c.bearer.domain;
  if (c.bearer.kind == model::BearerKind::together)
    return (d.fact || d.second ? "the " : "") + domain_words(d) + " together";
  if (c.bearer.kind == model::BearerKind::each) {
    return "each " + (d.second ? "party to " + m_[d.second].name
                      : d.fact ? m_[d.fact].name
                               : m_[d.kind].name);
  }
  if (!c.bearer.entity) return "whoever it is";
  const model::Expr& e = m_[c.bearer.entity];
  if (e.op == model::Op::constant) return m_.show(e.value, e.type);
  return e.op == model::Op::var && e.a < c.vars.size() ? c.vars[e.a].name : "whom the clause names";
}

// "GBR must consult within 24 h": the clause in one line, for an article's own card.
std::string CardBuilder::clause_words(const model::Clause& c) const {
  const auto id = [&] { return model::ClauseId(static_cast<size_t>(&c - m_.clauses.data())); };
  if (c.kind == ClauseKind::consequence) return "consequence";
  const std::string who = (c.trigger.kind == TriggerKind::reparation ? "otherwise " : "") + bearer_words(c);
  std::string out = who + " " + std::string(modal_words(c.kind)) + " " + act_words(m_, id());
  if (c.deadline.kind == model::DeadlineKind::within) out += " within " + model::within_words(m_, c.deadline);
  if (c.deadline.kind == model::DeadlineKind::by) out += " by " + date_words(c.deadline.by);
  if (c.deadline.kind == model::DeadlineKind::promptly) out += " promptly";
  if (c.discretion) out += ", as it deems necessary";
  if (c.trigger.kind == TriggerKind::none) out += " · for as long as the instrument binds";
  if (c.reading)
    out += " · only under the reading " + m_[c.reading].name + " = " +
           m_[c.reading].options[c.reading_option].name;
  if (c.only_if) out += " · only when " + only_when(c.only_if);
  return out;
}

Card CardBuilder::article(model::ArticleId id) const {
  const model::Article& a = m_[id];
  const model::Instrument& i = m_[a.instrument];
  Card card = head("article", a);
  card.name = i.name + "." + a.label;
  CardSection own;
  add(own, "instrument", i.title.empty() ? i.name : i.title);
  add(own, "wording", wording_words(a.wording ? a.wording : i.wording));
  add(own, "sources", source_names(a.sources));
  if (const model::ExprId guard = guard_of(id)) add(own, "only when", only_when(guard));
  add(card, std::move(own));
  CardSection who{"Who", {}};
  for (auto c : a.clauses) add(who, m_.cite(c), clause_words(m_[c]));
  if (const auto it = decisions_in_.find(id.value); it != decisions_in_.end()) {
    for (const auto& [b, d] : it->second) {
      const model::Decision& decision = m_[b].decisions[d];
      add(who, m_[m_[b].entity].name,
          "may decide " + event_words(m_, m_[decision.content].event) + " · blocked by " +
              blocking_words(m_[b], decision.rule));
    }
  }
  add(card, std::move(who));
  add(card, clauses_of("Text of the model", a.instrument, id));
  CardSection related{"Related", {}};
  for (const auto& r : i.reservations) {
    if (std::find(r.articles.begin(), r.articles.end(), id) != r.articles.end()) {
      const std::string dates = interval_words(r.from, r.until);
      add(related, "reservation", m_[r.party].name + (dates.empty() ? "" : " " + dates));
    }
  }
  add(related, "yields to", citations([&](model::ClauseId c) {
        return std::any_of(m_[c].prevails_over.begin(), m_[c].prevails_over.end(),
                           [&](const model::ClauseRef& ref) {
                             return ref.instrument == a.instrument && (!ref.article || ref.article == id);
                           });
      }));
  add(related, "heard by", citations([&](model::ClauseId c) {
        if (m_[c].trigger.kind != TriggerKind::outcome) return false;
        return std::any_of(m_[c].trigger.targets.begin(), m_[c].trigger.targets.end(),
                           [&](model::ClauseId t) { return m_[t].article == id; });
      }));
  add(card, std::move(related));
  return card;
}

CardSection CardBuilder::body_section(model::BodyId id) const {
  const model::Body& b = m_[id];
  CardSection section{"Body " + b.name + (b.title.empty() ? "" : ": " + b.title), {}};
  add(section, "members", domain_words(b.members));
  if (b.chair) add(section, "chair", m_[b.chair].name);
  if (b.votes_may_change) add(section, "votes", "may change until the decision");
  decisions(section, id);
  return section;
}

void CardBuilder::decisions(CardSection& section, model::BodyId id) const {
  const model::Body& b = m_[id];
  if (b.decisions.empty()) add(section, "decides", "nothing in this model");
  for (const auto& d : b.decisions) {
    add_source(section, "decision", d.span);
    if (d.article) add(section, "under", m_[m_[d.article].instrument].name + "." + m_[d.article].label);
    if (d.only_if) add(section, "only when", only_when(d.only_if));
    add(section, "rule", rule_words(m_, sources_, d.rule));
    add(section, "blocked by", blocking_words(b, d.rule));
  }
}

// Who can make it fail though all the others vote yes, with the members of the day on which there are most.
std::string CardBuilder::blocking_words(const model::Body& body, model::RuleId rule) const {
  const auto [known, fresh] = blocking_.try_emplace({body.entity.value, rule.value});
  std::string& out = known->second;
  if (!fresh) return out;
  const auto at = check::fullest(m_, body.members);
  if (!at) return out = "nobody: no member is named";
  check::VoteCount votes(m_, m_[rule], check::members_at(m_, body.members, *at), *at);
  const auto& members = votes.members();
  const std::string of = " of the " + std::to_string(members.size()) + " members" +
                         (*at > Instant::far_past() ? " of " + date_words(*at) : "");
  votes.cast_all(model::Choice::yes);
  if (votes.adopted() != true) return out = "itself: even if all" + of + " vote yes it is not adopted";
  std::vector<model::EntityId> alone;
  for (size_t i = 0; i < members.size(); ++i) {
    votes.cast(i, model::Choice::no);
    if (votes.adopted() == false) alone.push_back(members[i]);
    votes.cast(i, model::Choice::yes);
  }
  if (alone.size() == members.size()) return out = "any one" + of + ", by a single no";
  if (!alone.empty()) return out = names(alone) + ", each by a single no";
  out = "no member alone";
  // Where all members weigh the same, it is enough to count.
  for (const auto& c : m_[rule].comparisons) {
    if (std::any_of(c.terms.begin(), c.terms.end(), [](const auto& t) { return t.from || t.weight; }))
      return out;
  }
  for (size_t i = 0; i < members.size(); ++i) {
    votes.cast(i, model::Choice::no);
    if (votes.adopted() == false) return out += "; any " + std::to_string(i + 1) + of + ", by their no";
  }
  return out;
}

Card CardBuilder::body(model::BodyId id) const {
  const model::Body& b = m_[id];
  Card card = head("body", b);
  card.name = m_[b.entity].name;
  CardSection own;
  if (b.instrument)
    add(own, "instrument", m_[b.instrument].title.empty() ? m_[b.instrument].name : m_[b.instrument].title);
  add(own, "members", domain_words(b.members));
  if (b.chair) add(own, "chair", m_[b.chair].name);
  if (b.votes_may_change) add(own, "votes", "may change until the decision");
  add(card, std::move(own));
  CardSection members{"Members", {}};
  if (b.members.fact)
    members_by_date(members, b.members.fact,
                    b.members.second ? m_[b.members.second].instrument : m_[b.members.fact].instrument);
  add(card, std::move(members));
  CardSection decides{"Decisions", {}};
  decisions(decides, id);
  add(card, std::move(decides));
  return card;
}

std::string rule_words(const model::Model& m, const Sources& sources, model::RuleId id) {
  const model::Rule& rule = m[id];
  if (rule.span.valid()) {
    const SourceFile& file = sources[rule.span.source];
    const size_t end = std::min(file.code.find(';', rule.span.begin), file.code.size());
    return one_line(std::string_view(file.code).substr(rule.span.begin, end - rule.span.begin));
  }
  if (rule.name == "consensus") return "consensus: nobody votes no";
  if (rule.name == "unanimity") return "unanimity: every member votes yes";
  if (rule.name == "simple_majority") return "simple majority: more yes than no";
  if (rule.name == "absolute_majority") return "absolute majority: more than half of the members vote yes";
  if (rule.name == "two_thirds") return "two thirds of those voting yes or no";
  return rule.name;
}

}  // namespace casus::report
