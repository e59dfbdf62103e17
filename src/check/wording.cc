// SPDX-License-Identifier: Apache-2.0
// Wording: which articles nobody has compared with the treaty's own text. An article without a mark has the
// instrument's; without either it is unverified. What can not be seen: whether a mark is true.
#include "check/context.h"

namespace casus::check {

void check_wording(Context& x) {
  for (size_t i = 0; i < x.m.instruments.size(); ++i) {
    const model::Instrument& instrument = x.m.instruments[i];
    if (!x.here(instrument.span) || x.of_shapes(InstrumentId(i))) continue;
    std::vector<std::string> unverified;
    for (ArticleId a : instrument.articles) {
      const auto& own = x.m[a].wording;
      const char mark = own ? own->mark : instrument.wording ? instrument.wording->mark : 'U';
      if (mark == 'U') unverified.push_back(x.m[a].label);
    }
    if (unverified.empty()) continue;
    const bool all = unverified.size() == instrument.articles.size();
    x.add(
        {.kind = Diag::unverified_wording,
         .span = instrument.span,
         .message = (all ? "no article's wording is verified: " : "the wording is not verified of article ") +
                    join(unverified, 30),
         .where = x.where(InstrumentId(i)),
         .notes = {
             "read the text and write `wording V \"where it was read\";`, or S for a secondary source"}});
  }
}

}  // namespace casus::check
