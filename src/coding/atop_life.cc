// SPDX-License-Identifier: Apache-2.0
// When it was made and ended, who joined, how it is left.
#include "coding/atop_coder.h"

#include <algorithm>

namespace casus::coding {

void Coder::date(const char* prefix, const std::optional<Instant>& at, const std::string& why) {
  const CivilDate d = at ? civil_date(*at) : CivilDate{0, 0, 0};
  const std::string p(prefix);
  put(p + "YR", {d.year}, why);
  put(p + "MO", {d.month}, why);
  put(p + "DAY", {d.day}, why);
}

void Coder::dates() {
  const std::optional<Instant> begin = life_.signed_on ? life_.signed_on : life_.in_force_from;
  if (begin)
    date("BEG", begin, life_.signed_on ? "signed" : "in force; no date of signature is given");
  else
    never({"BEGYR", "BEGMO", "BEGDAY"}, "neither signed nor in force");
  if (life_.in_force_from) {
    date("END", life_.ended, life_.ended ? "its end" : "it has no end");
    put("INEFFECT", {life_.ended ? 0 : 1}, life_.ended ? "it has ended" : "in force");
  } else {
    never({"ENDYR", "ENDMO", "ENDDAY", "INEFFECT"}, "it is in force at no date that is given");
  }
  if (life_.first_members.empty())
    never({"BILAT"}, "nobody is party");
  else
    put("BILAT", {life_.first_members.size() == 2},
        std::to_string(life_.first_members.size()) + " parties at first");
  never({"MAXPHASE"}, "a phase is a change of the coding");
  never({"WARTIME"}, "what else went on when it was made is not in it");
  establishment();
  never({"PUBSECR", "SECRART"}, "who knew of a text is not in it");
}

void Coder::establishment() {
  const Fits f = fits(m_, id_, scheme_, "ESTMODE");
  if (!f.matches.empty()) {
    put("ESTMODE", {1}, "ratified: " + noted(f), clauses_of(f));
  } else if (m_[id_].binding != model::Binding::law) {
    put("ESTMODE", {0}, "binding in politics: nothing to ratify");
  } else if (life_.signed_on && life_.in_force_from) {
    const bool later = *life_.signed_on < *life_.in_force_from;
    put("ESTMODE", {later}, later ? "in force after its signature" : "in force by its signature");
  } else {
    never({"ESTMODE"}, "whether it had to be ratified is not said");
  }
}

void Coder::joining() {
  const Fits f = fits(m_, id_, scheme_, "PROADD");
  if (!f.known) return never({"PROADD", "FUTMEM"}, "the scheme has no words for it");
  if (f.matches.empty()) {
    put("PROADD", {0}, "nobody has a power to accede");
    put("FUTMEM", {0}, "nobody has a power to accede");
  } else {
    provided("PROADD", noted(f), clauses_of(f));
    provided("FUTMEM", noted(f), clauses_of(f));
  }
}

// A power to leave that opens at a date is a term, which goes on afterwards until somebody leaves; one that is open from the
// beginning is renunciation.
void Coder::term() {
  const Fits f = fits(m_, id_, scheme_, "RENOUNCE");
  if (!f.known)
    return never({"SPECLGTH", "LENGTH", "RENOUNCE", "PROREN", "RENEWLGT", "TERM"},
                 "the scheme has no words for it");
  const std::vector<model::ClauseId> all = clauses_of(f);
  std::optional<Instant> opens;
  bool open = false, conditional = !f.matches.empty();
  for (const Match& match : f.matches) {
    const model::Clause& c = m_[match.clause];
    if (!c.from)
      open = true;
    else if (!opens || *c.from < *opens)
      opens = c.from;
    conditional &= !match.conditions.empty();
  }
  if (!open && opens && life_.in_force_from) {
    put("SPECLGTH", {1}, "nobody can leave before " + format_short(*opens) + ": " + cited(all), all);
    put("LENGTH", {months(*life_.in_force_from, *opens)}, "months from entry into force to that day", all);
    put("RENOUNCE", {0}, "no leaving before the term has ended", all);
    put("PROREN", {2}, "it goes on after the term until somebody leaves", all);
  } else {
    if (life_.ends_by_condition)
      put("SPECLGTH", {2}, "it ends when a condition is met");
    else
      put("SPECLGTH", {0, 3}, "no term; whether the text says so is not in the norms");
    put("LENGTH", {0}, "no term");
    if (all.empty())
      put("RENOUNCE", {0}, "no power to leave");
    else
      put("RENOUNCE", {conditional ? 3 : 1}, noted(f) + (conditional ? ", on a condition" : ""), all);
    put("PROREN", {0}, "no term, so no renewal");
  }
  never({"RENEWLGT", "TERM"}, "how long a renewal lasts, and why a treaty ended, is not in the norms");
}

int64_t Coder::months(Instant from, Instant to) {
  const CivilDate a = civil_date(from), b = civil_date(to);
  return int64_t{b.year - a.year} * 12 + static_cast<int64_t>(b.month) - static_cast<int64_t>(a.month) -
         (b.day < a.day ? 1 : 0);
}

void Coder::members() {
  put("MEMBERS", {static_cast<int64_t>(life_.members.size())}, "parties at any time (columns mem1 to mem59)");
}

}  // namespace casus::coding
