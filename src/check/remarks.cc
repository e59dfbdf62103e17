// SPDX-License-Identifier: Apache-2.0
#include "check/remarks.h"

#include <algorithm>

namespace casus::check {

namespace {

bool blank(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }

// Where the remark of a line begins; its end when it has none. A string may hold `//`.
size_t remark_in(std::string_view line) {
  bool text = false;
  for (size_t i = 0; i < line.size(); ++i) {
    if (text && line[i] == '\\')
      ++i;
    else if (line[i] == '"')
      text = !text;
    else if (!text && line.substr(i).starts_with("//"))
      return i;
  }
  return line.size();
}

}  // namespace

std::vector<Remark> remarks_of(const SourceFile& file) {
  std::vector<Remark> out;
  const std::string_view code = file.code;
  bool goes_on = false;  // the line before was nothing but a remark
  for (size_t begin = 0; begin < code.size();) {
    const size_t end = std::min(code.find('\n', begin), code.size());
    const std::string_view line = code.substr(begin, end - begin);
    const size_t at = remark_in(line);
    size_t last = at;  // of the code before it
    while (last > 0 && blank(line[last - 1])) --last;
    if (at == line.size()) {
      goes_on = false;
    } else if (goes_on && last == 0) {
      Remark& r = out.back();
      r.words.append(begin + at + 2 - (r.begin + r.words.size()), ' ').append(line.substr(at + 2));
    } else {
      goes_on = last == 0;
      out.push_back({static_cast<uint32_t>(begin + at), "  " + std::string(line.substr(at + 2)), last != 0,
                     static_cast<uint32_t>(begin + (last == 0 ? 0 : last - 1))});
    }
    begin = end + 1;
  }
  for (Remark& r : out) {
    if (r.beside) continue;
    size_t next = r.begin + r.words.size();
    while (next < code.size() && blank(code[next])) ++next;
    r.at = static_cast<uint32_t>(next);
  }
  return out;
}

uint32_t StatedParts::keyword(const Span& name, std::string_view word) const {
  constexpr uint32_t near_by = 200;  // bytes
  const uint32_t from = name.begin - std::min(name.begin, near_by);
  const size_t at =
      std::string_view(x_.sources[name.source].code).substr(from).rfind(word, name.begin - from);
  return at == std::string_view::npos ? name.begin : from + static_cast<uint32_t>(at);
}

StatedParts::StatedParts(Context& x) : x_(x), parts_(x.sources.size()) {
  const Model& m = x.m;
  const auto add = [&](const Span& s, Part part) {
    if (x.here(s)) parts_[s.source.index()].push_back(std::move(part));
  };
  for (size_t i = 0; i < m.articles.size(); ++i) {
    const model::Article& a = m.articles[i];
    if (!x.here(a.span)) continue;
    add(a.span, {keyword(a.span, "article"), a.span.end, a.instrument, ArticleId(i), true, [](Coded&) {}});
  }
  for (const Clause& c : m.clauses) {
    add(c.span,
        {c.span.begin, c.span.end, c.instrument, c.article, false, [&x, &c](Coded& out) { out.add(x, c); }});
  }
  for (const model::Body& b : m.bodies) {
    for (const Decision& d : b.decisions) {
      add(d.span, {d.span.begin, d.span.end, b.instrument, d.article, false,
                   [&x, &b, &d](Coded& out) { out.add(x, b, d); }});
    }
  }
  for (const model::Rule& r : m.rules) {
    if (!x.here(r.span)) continue;
    const std::string& code = x.sources[r.span.source].code;
    const size_t end = std::min(code.find(';', r.span.end), code.size());
    add(r.span, {keyword(r.span, "rule"), static_cast<uint32_t>(end), {}, {}, false, [&r](Coded& out) {
                   out.add(r, r.span);
                 }});
  }
  for (const model::Fact& f : m.facts) {
    for (const model::DerivedRule& r : f.rules) {
      if (x.here(r.span))
        add(r.span, {keyword(r.span, "derived"), r.span.end, {}, {}, false, [&x, &r, &f](Coded& out) {
                       out.add(x, r, f);
                     }});
    }
  }
  for (auto& parts : parts_)
    std::stable_sort(parts.begin(), parts.end(),
                     [](const Part& a, const Part& b) { return a.begin < b.begin; });
}

std::string StatedParts::where(const Part& p) const {
  return p.instrument ? x_.where(p.instrument, p.article) : std::string();
}

Coded StatedParts::within(SourceId file, uint32_t begin, uint32_t end, std::string& where_is) const {
  Coded out;
  const std::vector<Part>& parts = parts_[file.index()];
  const auto first = std::lower_bound(parts.begin(), parts.end(), begin,
                                      [](const Part& p, uint32_t at) { return p.begin < at; });
  size_t articles = 0;
  for (auto p = first; p != parts.end() && p->begin < end; ++p) {
    articles += p->whole_article;
    if (p->whole_article) where_is = where(*p);
    p->add(out);
  }
  out.several = articles > 1;
  if (out.several) where_is.clear();
  return out;
}

Coded StatedParts::of(SourceId file, const Remark& r, std::string& where_is) const {
  Coded out;
  const std::vector<Part>& parts = parts_[file.index()];
  const auto after = std::upper_bound(parts.begin(), parts.end(), r.at,
                                      [](uint32_t at, const Part& p) { return at < p.begin; });
  if (!r.beside) {  // what begins there, all of an article
    for (auto p = after; p != parts.begin() && std::prev(p)->begin == r.at;) {
      --p;
      where_is = where(*p);
      p->add(out);
      if (!p->whole_article) continue;
      for (auto q = after; q != parts.end() && q->article == p->article; ++q) q->add(out);
    }
    return out;
  }
  for (auto p = after; p != parts.begin();) {  // the nearest that reaches so far; those before end earlier
    --p;
    if (p->whole_article || p->end + 1 < r.at) break;
    where_is = where(*p);
    p->add(out);
    break;
  }
  return out;
}

}  // namespace casus::check
