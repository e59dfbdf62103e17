// SPDX-License-Identifier: Apache-2.0
#include "report/page.h"

#include <algorithm>
#include <array>
#include <map>
#include <string_view>

#include "report/card_builder.h"
#include "report/phrases.h"
#include "report/plain_words.h"
#include "text/words.h"

namespace casus::report {
namespace {

struct Prose {
  std::string heading;  // of the second level
  std::string text;
};

// The prose of a literate file by its headings of the second level; blocks of the model are left out, and so is what
// stands under deeper headings, which is about single articles.
std::vector<Prose> prose_of(const SourceFile& file) {
  std::vector<Prose> out;
  if (!file.literate) return out;
  bool fenced = false, deeper = false;
  std::string_view rest = file.text;
  while (!rest.empty()) {
    const size_t end = std::min(rest.find('\n'), rest.size());
    const std::string_view line = rest.substr(0, end);
    rest.remove_prefix(std::min(end + 1, rest.size()));
    if (line.starts_with("```")) {
      fenced = !fenced;
    } else if (!fenced && line.starts_with("#")) {
      deeper = line.starts_with("###");
      if (line.starts_with("## ")) out.push_back({std::string(line.substr(3)), {}});
      if (line.starts_with("# ")) out.push_back({});
    } else if (!fenced && !deeper && !out.empty()) {
      out.back().text.append(line).append("\n");
    }
  }
  for (Prose& p : out) {
    p.text.erase(0, std::min(p.text.find_first_not_of('\n'), p.text.size()));
    p.text.erase(p.text.find_last_not_of('\n') + 1);
  }
  return out;
}

std::string in_table(std::string text) {
  for (size_t at = 0; (at = text.find('|', at)) != std::string::npos; at += 2) text.replace(at, 1, "\\|");
  return text;
}

class Page {
 public:
  Page(const model::Model& m, const Sources& sources, model::InstrumentId id)
      : m_(m),
        id_(id),
        i_(m[id]),
        cards_(m, sources),
        card_(cards_.instrument(id)),
        prose_(prose_of(sources[i_.span.source])) {}

  std::string write() {
    head();
    prose("What this model covers", "");
    sections();
    articles();
    for (const char* heading : {"Modelling choices", "Readings", "Limits", "Sources"}) prose(heading, "");
    out_ += "## About this page\n\nCasus wrote this page from its model of the instrument (`casus show " +
            i_.name +
            " --page`). The sentences are ours and say what the model does; they are not the text of the "
            "instrument, which "
            "alone is authentic. How well its words are known is marked at each article. This is no legal "
            "advice.\n";
    return std::move(out_);
  }

 private:
  void head() {
    out_ += "# " + (i_.title.empty() ? i_.name : i_.title) + "\n\n";
    out_ += "| | |\n|---|---|\n| in models | `" + i_.name + "` |\n";
    for (const CardSection& s : card_.sections) {
      if (!s.heading.empty()) continue;
      for (const CardEntry& e : s.entries)
        out_ += "| " + e.label + " | " + in_table(one_line(e.text)) + " |\n";
    }
    out_ += "\n";
  }

  void prose(std::string_view heading, std::string_view otherwise) {
    for (const Prose& p : prose_) {
      if (p.heading == heading && !p.text.empty()) {
        out_ += "## " + p.heading + "\n\n" + p.text + "\n\n";
        return;
      }
    }
    out_ += otherwise;
  }

  // Parties, roles, reservations: by date. Bodies.
  void sections() {
    for (const CardSection& s : card_.sections) {
      const bool dated =
          s.heading.starts_with("Parties") || s.heading.starts_with("Role ") || s.heading == "Reservations";
      const bool choices = s.heading == "Choices";
      if ((!dated && !choices) || s.entries.empty()) continue;
      out_ += "## " + s.heading +
              (choices ? "\n\n| choice | options |\n|---|---|\n" : "\n\n| when | who |\n|---|---|\n");
      for (const CardEntry& e : s.entries)
        out_ += "| " + (e.label.empty() ? "always" : e.label) + " | " + in_table(one_line(e.text)) + " |\n";
      out_ += "\n";
    }
    for (model::BodyId b : i_.bodies) body(m_[b]);
  }

  void body(const model::Body& b) {
    const CardSection section =
        cards_.body_section(model::BodyId(static_cast<size_t>(&b - m_.bodies.data())));
    out_ += "## " + (b.title.empty() ? b.name : b.title) + "\n\n";
    // What it may decide stands in the articles; here, by which rule, and who can block it.
    size_t decision = 0;
    for (const CardEntry& e : section.entries) {
      if (e.label == "decision") {
        const model::Decision& d = b.decisions[decision++];
        out_ += d.article ? "- on “" + event_words(m_, m_[d.content].event) + "”\n"
                          : "- " + plain_words(m_, b, d) + "\n";
      } else {
        const bool of_decision =
            e.label == "rule" || e.label == "under" || e.label == "blocked by" || e.label == "only when";
        out_ += (of_decision ? "  - " : "- ") + e.label + ": " + one_line(e.text) + "\n";
      }
    }
    out_ += "\n";
  }

  void clauses(const std::vector<model::ClauseId>& all, model::ArticleId of) {
    for (model::ClauseId c : all) {
      if (m_[c].article != of || m_[c].trigger.kind == model::TriggerKind::reparation) continue;
      out_ += "- " + plain_words(m_, c) + "\n";
    }
  }

  void articles() {
    const bool outside =
        std::any_of(i_.clauses.begin(), i_.clauses.end(), [this](auto c) { return !m_[c].article; });
    out_ += "## Articles\n\n";
    if (outside) {
      clauses(i_.clauses, model::ArticleId());
      out_ += "\n";
    }
    for (model::ArticleId a : i_.articles) {
      const model::Article& article = m_[a];
      out_ += "### " + article.label + (article.title.empty() ? "" : " – " + article.title) + "\n\n";
      if (const model::ExprId guard = cards_.guard_of(a))
        out_ += "Only when `" + cards_.only_when(guard) + "`.\n\n";
      if (article.wording) out_ += "Wording: " + wording(*article.wording) + ".\n\n";
      clauses(article.clauses, a);
      for (model::BodyId b : i_.bodies) {
        for (const model::Decision& d : m_[b].decisions) {
          if (d.article == a) out_ += "- " + plain_words(m_, m_[b], d) + "\n";
        }
      }
      out_ += "\n";
    }
  }

  static std::string wording(const model::Wording& w) {
    const char* known = w.mark == 'V'   ? "read in the text"
                        : w.mark == 'S' ? "known from a secondary source"
                                        : "unverified";
    return std::string(known) + (w.where.empty() ? "" : " – " + w.where);
  }

  const model::Model& m_;
  model::InstrumentId id_;
  const model::Instrument& i_;
  CardBuilder cards_;
  Card card_;
  std::vector<Prose> prose_;
  std::string out_;
};

}  // namespace

std::string instrument_page(const model::Model& model, const Sources& sources,
                            model::InstrumentId instrument) {
  return Page(model, sources, instrument).write();
}

std::string instrument_index(const model::Model& m) {
  std::string out =
      "# Instruments of the library\n\nA page each, written by `casus show NAME --page`; a test holds them "
      "to the models. "
      "Wording: V the text was read, S a secondary source was, U neither.\n\n"
      "| instrument | in models | binds by | signed or drafted | articles | wording of them "
      "|\n|---|---|---|---|---|---|\n";
  std::vector<const model::Instrument*> sorted;
  for (const model::Instrument& i : m.instruments) sorted.push_back(&i);
  std::sort(sorted.begin(), sorted.end(),
            [](const auto* a, const auto* b) { return a->title + a->name < b->title + b->name; });
  for (const model::Instrument* i : sorted) {
    std::map<char, size_t> marks;
    for (model::ArticleId a : i->articles) {
      if (m[a].wording) ++marks[m[a].wording->mark];
    }
    std::string wording;
    for (const char mark : {'V', 'S', 'U'}) {
      if (marks[mark] > 0)
        wording += (wording.empty() ? "" : ", ") + std::to_string(marks[mark]) + " " + mark;
    }
    const auto& date = i->signed_on ? i->signed_on : i->draft_since;
    constexpr std::array<const char*, 3> bindings{"law", "politics", "nothing"};
    out += "| [" + in_table(i->title.empty() ? i->name : i->title) + "](" + i->name + ".md) | `" + i->name +
           "` | " + bindings[static_cast<size_t>(i->binding)] + " | " + (date ? date_words(*date) : "") +
           " | " + std::to_string(i->articles.size()) + " | " + wording + " |\n";
  }
  return out;
}

}  // namespace casus::report
