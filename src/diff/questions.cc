// SPDX-License-Identifier: Apache-2.0
#include "diff/questions.h"

#include <algorithm>
#include <map>
#include <optional>

#include "diff/question_text.h"

namespace casus::diff {

using syntax::NodeId;
using syntax::NodeKind;
using syntax::Tree;

namespace {

constexpr const char* own_path = "the explorations of the draft";
constexpr size_t most_loads = 20;

// The files of the draft and their trees.
template <class See>
void see_files(const Stand& of, See see) {
  for (size_t i = 0; i < of.loaded->files.size(); ++i) {
    const SourceFile& file = (*of.draft.sources)[of.loaded->files[i]];
    const auto& own = of.draft.files;
    if (std::find(own.begin(), own.end(), file.path) != own.end()) see(file, of.loaded->trees[i]);
  }
}

// The draft without its scenarios and explorations, which a question brings with it.
std::vector<model::ModuleText> bare(const Stand& of) {
  std::map<std::string, std::string> texts;
  see_files(of, [&](const SourceFile& file, const Tree& tree) {
    std::string& text = texts[file.path] = file.text;
    for (const Item& item : items_of(tree, *of.draft.sources)) blank(text, item.begin, item.end);
  });
  std::vector<model::ModuleText> out;
  for (const std::string& path : of.draft.files) out.push_back({path, texts[path]});
  return out;
}

std::string place_of(const Sources& sources, SourceId file, const Item& item) {
  return sources[file].path + ':' + std::to_string(sources.locate(file, item.begin).line);
}

// `explorations`: also those, of the draft's instrument alone where one is compared.
std::string items_text(const Stand& of, bool explorations, std::vector<std::string>* places = nullptr) {
  struct Stands {
    Item item;
    std::string text, place;
  };
  std::vector<Stands> all;
  see_files(of, [&](const SourceFile& file, const Tree& tree) {
    for (Item& item : items_of(tree, *of.draft.sources)) {
      std::string text = file.code.substr(item.begin, item.end - item.begin);
      std::string place = place_of(*of.draft.sources, tree.source, item);
      all.push_back({std::move(item), std::move(text), std::move(place)});
    }
  });
  const auto under = [&](const Item& item) {
    const std::string name = of.draft.instrument ? (*of.draft.model)[of.draft.instrument].name : "";
    return name.empty() || std::find(item.under.begin(), item.under.end(), name) != item.under.end();
  };
  const auto wanted = [&](const Item& item) {
    if (!item.asks) return true;
    return explorations && (under(item) || std::any_of(all.begin(), all.end(), [&](const Stands& other) {
                              return goes_on_from(item, other.item) && under(other.item);
                            }));
  };
  std::string out;
  bool asks = false;
  for (Stands& one : all) {
    if (!wanted(one.item)) continue;
    out += one.text + "\n\n";
    asks = asks || one.item.asks;
    if (places) places->push_back(std::move(one.place));
  }
  return asks || !explorations ? out : std::string();
}

Renaming renaming(const Stand& before, const Stand& after, const Difference& difference, bool back) {
  const Model& m = *before.draft.model;
  const Model& n = *after.draft.model;
  Renaming out;
  out.module = back ? after.module : before.module;
  out.as_module = back ? before.module : after.module;
  for (const model::DraftChoice& c : (back ? m : n).choices) out.choices.insert(c.name);
  for (const InstrumentPair& p : difference.instruments) {
    if (!p.before || !p.after) continue;
    const auto name = [&](const std::string& a, const std::string& b) {
      if (a != b) back ? out.names.emplace(b, a) : out.names.emplace(a, b);
    };
    name(m[p.before].name, n[p.after].name);
    for (const BodyPair& b : p.bodies) {
      if (b.before && b.after) name(m[b.before].name, n[b.after].name);
    }
    for (const ArticlePair& a : p.articles) {
      const std::string was = a.before ? m[a.before].label : "", is = a.after ? n[a.after].label : "";
      const std::string& from = back ? is : was;
      if (!from.empty() && was != is)
        out.articles.emplace(std::pair(back ? n[p.after].name : m[p.before].name, from), back ? was : is);
    }
  }
  return out;
}

// ---- one draft, asked ----

struct Asked {
  std::unique_ptr<Loading> loading;
  std::vector<Item> items;
  std::vector<std::vector<std::string>> missing;  // by item
  std::vector<model::ExplorationId> ids;          // by item
  bool wrong = false;                             // something else is, too
};

class Asking {
 public:
  Asking(const Stand& of, const Asker& asker, const std::string& scenarios, const Renaming* to)
      : of_(of), bare_(bare(of)) {
    add(asker.path, asker.text, to);
    if (!scenarios.empty()) add(own_path, scenarios, to);
  }

  // What can not be put to the draft is taken out, until the rest can.
  Asked run() {
    for (size_t i = 0; i < out_.missing.size(); ++i) {
      if (!out_.missing[i].empty()) take_out(i);
    }
    load();
    for (size_t loads = 1; out_.loading->diagnostics.has_errors(); ++loads) {
      if (loads == most_loads || !take_out_what_is_wrong()) {
        give_up();
        break;
      }
      load();
    }
    find();
    return std::move(out_);
  }

 private:
  struct Root {
    std::string path, text;
    size_t first = 0;  // of its items
  };

  void add(const std::string& path, const std::string& text, const Renaming* to) {
    Translated now{without_expectations(path, text), {}};
    if (to) now = translated(path, now.text, *to);
    Sources sources;
    Diagnostics ignored;
    const SourceId id = sources.add(path, now.text);
    roots_.push_back({path, now.text, out_.items.size()});
    for (Item& item : items_of(syntax::parse(id, sources, ignored), sources)) {
      root_of_.push_back(roots_.size() - 1);
      out_.items.push_back(std::move(item));
    }
    out_.missing.resize(out_.items.size());
    for (size_t i = 0; i < now.gone.size(); ++i)
      out_.missing[roots_.back().first + i] = std::move(now.gone[i]);
  }

  void load() {
    out_.loading = std::make_unique<Loading>();
    Loading& l = *out_.loading;
    std::vector<model::ModuleText> roots = bare_;
    for (const Root& r : roots_) roots.push_back({r.path, r.text});
    // Who uses a file of the draft's name means the draft.
    const auto read = [&](const std::string& name,
                          const std::string& from) -> std::optional<model::ModuleText> {
      for (const std::string& path : of_.draft.files) {
        if (module_of(path) == module_of(name)) return model::ModuleText{path, {}};
      }
      return of_.read(name, from);
    };
    l.loaded = model::load(std::move(roots), read, l.sources, l.diagnostics);
    l.draft = {&l.loaded.model, &l.sources, of_.draft.files, {}};
    if (of_.draft.instrument)
      l.draft.instrument = l.loaded.model.find_instrument((*of_.draft.model)[of_.draft.instrument].name);
  }

  void take_out(size_t item) {
    Item& i = out_.items[item];
    blank(roots_[root_of_[item]].text, i.begin, i.end);
    for (size_t k = 0; k < out_.items.size(); ++k) {
      if (!goes_on_from(out_.items[k], i) || !out_.missing[k].empty()) continue;
      out_.missing[k] = out_.missing[item];
      blank(roots_[root_of_[k]].text, out_.items[k].begin, out_.items[k].end);
    }
  }

  std::optional<size_t> item_at(const Span& span) const {
    if (!span.valid()) return std::nullopt;
    const std::string& path = out_.loading->sources[span.source].path;
    for (size_t i = 0; i < out_.items.size(); ++i) {
      if (roots_[root_of_[i]].path == path && out_.items[i].begin <= span.begin &&
          span.begin < out_.items[i].end)
        return i;
    }
    return std::nullopt;
  }

  // False: something else is wrong than the items.
  bool take_out_what_is_wrong() {
    std::vector<size_t> wrong;
    for (const Diagnostic& d : out_.loading->diagnostics.all()) {
      if (info(d.kind).severity != Severity::error) continue;
      const auto item = item_at(d.span);
      if (!item) return false;
      std::vector<std::string>& why = out_.missing[*item];
      if (std::find(why.begin(), why.end(), d.message) == why.end()) why.push_back(d.message);
      wrong.push_back(*item);
    }
    for (const size_t item : wrong) take_out(item);
    return !wrong.empty();
  }

  void give_up() {
    out_.wrong = true;
    std::string why;
    for (const Diagnostic& d : out_.loading->diagnostics.all()) {
      if (why.empty() && info(d.kind).severity == Severity::error) why = d.message;
    }
    for (auto& missing : out_.missing) {
      if (missing.empty()) missing.push_back(why);
    }
  }

  void find() {
    const Model& m = out_.loading->loaded.model;
    out_.ids.resize(out_.items.size());
    for (size_t e = 0; e < m.explorations.size() && !out_.wrong; ++e) {
      const auto item = item_at(m.explorations[e].span);
      if (item) out_.ids[*item] = model::ExplorationId(e);
    }
    for (size_t i = 0; i < out_.items.size(); ++i) {
      if (out_.items[i].asks && !out_.ids[i] && out_.missing[i].empty())
        out_.missing[i].push_back("it does not stand there by itself");
    }
  }

  const Stand& of_;
  std::vector<model::ModuleText> bare_;  // its own texts
  std::vector<Root> roots_;
  std::vector<size_t> root_of_;  // by item
  Asked out_;
};

// What is asked, from where: for telling whether both drafts ask the same.
std::string key_of(const std::vector<Item>& items, const Item& asks) {
  std::string out = asks.words;
  for (const Item& i : items) {
    if (goes_on_from(asks, i)) out += '\n' + i.words;
  }
  return out;
}

}  // namespace

Asker own_questions(const Stand& of, bool of_after, const std::string& name) {
  Asker out{name, of_after, false, own_path, {}, {}};
  out.text = items_text(of, true, &out.places);
  return out;
}

Asker questions_in(const std::string& path, bool of_after, std::string text) {
  Asker out{path, of_after, true, path, std::move(text), {}};
  Sources sources;
  Diagnostics ignored;  // the text has been read before
  const SourceId file = sources.add(path, out.text);
  for (const Item& item : items_of(syntax::parse(file, sources, ignored), sources))
    out.places.push_back(place_of(sources, file, item));
  return out;
}

Put put(Asker asker, const Stand& before, const Stand& after, const Difference& difference) {
  const Renaming to = renaming(before, after, difference, asker.of_after);
  const std::string scenarios =
      asker.with_scenarios ? items_text(asker.of_after ? after : before, false) : std::string();
  Asked old = Asking(before, asker, scenarios, asker.of_after ? &to : nullptr).run();
  Asked now = Asking(after, asker, scenarios, asker.of_after ? nullptr : &to).run();
  Put out;
  out.wrong = asker.of_after ? now.wrong : old.wrong;
  for (size_t i = 0; i < old.items.size() && i < now.items.size(); ++i) {
    if (!old.items[i].asks) continue;
    const Item& own = asker.of_after ? now.items[i] : old.items[i];
    out.questions.push_back({own.title.empty() ? own.name : own.title,
                             i < asker.places.size() ? asker.places[i] : std::string(), old.ids[i],
                             now.ids[i], std::move(old.missing[i]), std::move(now.missing[i]),
                             key_of(now.items, now.items[i])});
  }
  out.asker = std::move(asker);
  out.before = std::move(old.loading);
  out.after = std::move(now.loading);
  return out;
}

}  // namespace casus::diff
