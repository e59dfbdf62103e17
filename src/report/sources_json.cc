// SPDX-License-Identifier: Apache-2.0
#include "report/json.h"
#include "report/sources.h"
#include "report/sources_words.h"

namespace casus::report {
namespace {

class Writer {
 public:
  Writer(const model::Model& m, const Sources& sources, const std::vector<claims::Index>& some)
      : m_(m), sources_(sources), some_(some) {}

  Json sources(const std::vector<Verified>& verified) const {
    std::vector<size_t> count(m_.sources.size());
    std::vector<bool> wanted(m_.sources.size());
    for (claims::Index i : some_) ++count[m_.claims[i].source.index()];
    for (const Verified& v : verified) wanted[v.source.index()] = true;
    Json out = Json::array();
    for (size_t i = 0; i < m_.sources.size(); ++i) {
      if (count[i] == 0 && !wanted[i]) continue;
      Json properties = Json::object();
      for (const auto& [key, value] : m_.sources[i].properties) properties[key] = value;
      out.push_back({{"name", m_.sources[i].name},
                     {"title", json_text_or_null(m_.sources[i].title)},
                     {"properties", std::move(properties)},
                     {"claims", count[i]},
                     {"place", place(m_.sources[i].span)}});
    }
    return out;
  }

  Json claims() const {
    Json out = Json::array();
    for (claims::Index i : some_) {
      const model::Claim& c = m_.claims[i];
      Json claim = {{"id", casus::claims::id_of(m_, c)},
                    {"source", m_[c.source].name},
                    {"by", json_names(m_, c.by)},
                    {"speaker", json_text_or_null(c.speaker)},
                    {"at", c.at ? Json(format_iso(c.at->at, c.at->precision)) : Json()},
                    {"passage", c.passage ? Json::array({c.passage->first, c.passage->second}) : Json()},
                    {"stance", json_text_or_null(stance_word(c))},
                    {"words", json_text_or_null(c.words)},
                    {"matter", matter({c.fact, c.args})}};
      claim.update(side(c.fact, {c.negated, c.value}));
      claim["place"] = place(c.span);
      out.push_back(std::move(claim));
    }
    return out;
  }

  Json matters(const std::vector<model::EntityId>& parties) const {
    Json out = Json::array();
    for (const auto& p : casus::claims::positions(m_, some_, parties)) {
      Json positions = Json::array();
      for (const auto& [who, position] : p.of) {
        Json sides = Json::array();
        for (const auto& [said, some] : position.says) {
          Json s = side(p.matter.fact, said);
          s["claims"] = ids(some);
          sides.push_back(std::move(s));
        }
        positions.push_back({{"party", m_[who].name},
                             {"says", std::move(sides)},
                             {"on_condition", position.conditional},
                             {"against_itself", casus::claims::contradict(position)}});
      }
      out.push_back({{"matter", matter(p.matter)},
                     {"disputed", casus::claims::contradict(p)},
                     {"positions", std::move(positions)}});
    }
    return out;
  }

  Json verified(const std::vector<Verified>& all) const {
    Json out = Json::array();
    for (const Verified& v : all) {
      Json faults = Json::array();
      for (const auto& [i, why] : v.faults)
        faults.push_back({{"claim", casus::claims::id_of(m_, m_.claims[i])},
                          {"why", why},
                          {"place", place(m_.claims[i].span)}});
      out.push_back({{"source", m_[v.source].name},
                     {"good", v.good()},
                     {"wrong", json_text_or_null(v.wrong)},
                     {"claims", v.claims},
                     {"faults", std::move(faults)}});
    }
    return out;
  }

 private:
  Json ids(const std::vector<claims::Index>& list) const {
    Json out = Json::array();
    for (claims::Index i : list) out.push_back(casus::claims::id_of(m_, m_.claims[i]));
    return out;
  }

  Json matter(const casus::claims::Matter& of) const {
    Json values = Json::object();
    const auto& params = m_[of.fact].params;
    for (size_t i = 0; i < of.args.size(); ++i) values[params[i].label] = m_.show(of.args[i], params[i].type);
    return {{"fact", m_[of.fact].name}, {"args", std::move(values)}, {"words", matter_words(m_, of)}};
  }

  Json side(model::FactId fact, const casus::claims::Side& of) const {
    const model::Type type = m_[fact].result;
    return {{"denied", of.denied},
            {"value", type.kind == model::TypeKind::truth ? Json() : Json(m_.show(of.value, type))}};
  }

  Json place(Span span) const {
    return {{"path", sources_[span.source].path}, {"line", sources_.locate(span.source, span.begin).line}};
  }

  const model::Model& m_;
  const Sources& sources_;
  const std::vector<casus::claims::Index>& some_;
};

}  // namespace

std::string sources_json(const model::Model& m, const Sources& sources,
                         const std::vector<claims::Index>& some, const std::vector<model::EntityId>& parties,
                         const std::vector<Verified>& verified) {
  const Writer writer(m, sources, some);
  Json out = json_head("casus/sources/1");
  out["sources"] = writer.sources(verified);
  out["claims"] = writer.claims();
  out["matters"] = writer.matters(parties);
  out["verified"] = writer.verified(verified);
  return json_text(out);
}

}  // namespace casus::report
