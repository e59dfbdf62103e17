// SPDX-License-Identifier: Apache-2.0
// Whole models: the golden listing, order-independence, modules; and texts that mean harm.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <map>
#include <set>

#include "base/rng.h"
#include "model/choose.h"
#include "model/resolved.h"

namespace casus::model {
namespace {

const std::string corpus = "tests/model/corpus/security";

TEST(Resolve, GoldenListing) {
  const Resolved r = resolved(file_text(corpus + ".casus"));
  ASSERT_EQ(r.diagnostics.all().size(), 0u) << r.messages();
  const std::string listing = describe(r.model());
  if (std::getenv("CASUS_UPDATE_GOLDEN"))
    std::ofstream(std::string(CASUS_SOURCE_DIR) + '/' + corpus + ".golden") << listing;
  EXPECT_EQ(listing, file_text(corpus + ".golden"));
}

// The items of a text: each ends at the first `;` or `}` outside all braces at the end of a line.
std::vector<std::string> items_of(const std::string& text) {
  std::vector<std::string> out;
  std::string item;
  int depth = 0;
  for (char c : text) {
    item += c;
    if (c == '{') ++depth;
    if (c == '}') --depth;
    if (c == '\n' && depth == 0 && item.find_last_of(";}") == item.size() - 2) {
      out.push_back(std::move(item));
      item.clear();
    }
  }
  EXPECT_EQ(item.find_first_not_of(" \n"), std::string::npos) << item;
  return out;
}

std::multiset<std::string> citations(const Model& m) {
  std::multiset<std::string> out;
  for (size_t i = 0; i < m.clauses.size(); ++i) out.insert(m.cite(ClauseId(i)));
  return out;
}

// Every line of the listing without the variables' numbers: what does not depend on the order of the tables.
std::multiset<std::string> lines(const Model& m) {
  std::multiset<std::string> out;
  std::istringstream in(describe(m));
  for (std::string line; std::getline(in, line);) out.insert(line);
  return out;
}

TEST(Resolve, TheOrderOfDeclarationsNeverMatters) {
  const std::string text = file_text(corpus + ".casus");
  const Resolved first = resolved(text);
  std::vector<std::string> items = items_of(text);
  ASSERT_GT(items.size(), 50u);
  Rng rng(20220224);
  for (int round = 0; round < 20; ++round) {
    for (size_t i = items.size() - 1; i > 0; --i) std::swap(items[i], items[rng.below(i + 1)]);
    std::string shuffled;
    for (const std::string& item : items) shuffled += item;
    const Resolved again = resolved(shuffled);
    ASSERT_EQ(again.diagnostics.all().size(), 0u) << again.messages();
    EXPECT_EQ(citations(again.model()), citations(first.model()));
    EXPECT_EQ(lines(again.model()), lines(first.model()));
  }
}

TEST(Resolve, BuiltInThingsStandAtTheirPlaces) {
  const Resolved r = resolved("");
  const Model& m = r.model();
  EXPECT_EQ(m[kind_thing].name, "thing");
  EXPECT_EQ(m[kind_actor].name, "actor");
  EXPECT_EQ(m[kind_body].name, "body");
  EXPECT_EQ(m[kind_instrument].name, "instrument");
  EXPECT_EQ(m[category_ballot].values[ballot_abstain].name, "abstain");
  EXPECT_EQ(m[event_propose].name, "propose");
  EXPECT_EQ(m[event_vote].params[1].type, (Type{TypeKind::event, event_propose.value}));
  EXPECT_EQ(m[event_close].name, "close");
  EXPECT_EQ(m[fact_party].name, "party");
  EXPECT_EQ(m[fact_in_force].name, "in_force");
  EXPECT_EQ(m[fact_suspended].name, "suspended");
  EXPECT_EQ(m[fact_terminated].name, "terminated");
  EXPECT_TRUE(m.is_kind(kind_body, kind_actor));
  EXPECT_FALSE(m.is_kind(kind_instrument, kind_actor));
}

TEST(Resolve, NamesAreFound) {
  const Resolved r = resolved(file_text(corpus + ".casus"));
  const Model& m = r.model();
  EXPECT_EQ(m[m.find_entity("UKR")].title, "Ukraine");
  EXPECT_FALSE(m.find_entity("Nowhere"));
  EXPECT_EQ(m[m.find_instrument("Pact")].title, "Mutual Pact");
  EXPECT_FALSE(m.find_instrument("UKR"));
  EXPECT_EQ(m[m.find_event("assist")].name, "assist");
  EXPECT_EQ(m[m.find_viewpoint("West")].title, "The west");
  EXPECT_FALSE(m.find_viewpoint("North"));
  EXPECT_EQ(m[m.find_article(m.find_instrument("Alliance"), "3(2)")].title, "Consultation");
  EXPECT_FALSE(m.find_article(m.find_instrument("Alliance"), "4"));
  EXPECT_FALSE(m.find_entity("Council"));  // two bear that name
  EXPECT_TRUE(m[m.find_entity("Alliance.Council")].body);
}

TEST(Resolve, ValuesAreShownAsTheirTypeReads) {
  const Resolved r = resolved(file_text(corpus + ".casus"));
  const Model& m = r.model();
  const Type length{TypeKind::quantity, 0};
  EXPECT_EQ(m.show(500'000, length), "500 km");
  EXPECT_EQ(m.show(1852, length), "1 nmi");
  EXPECT_EQ(m.show(7, length), "7 m");
  EXPECT_EQ(m.show(0, length), "0 m");
  EXPECT_EQ(m.show(ballot_no, {TypeKind::category, category_ballot.value}), "no");
  EXPECT_EQ(m.show(m.find_entity("UKR").value, {TypeKind::entity, kind_actor.value}), "UKR");
  EXPECT_EQ(m.show(1, {TypeKind::truth, 0}), "true");
  EXPECT_EQ(m.show(no_value, length), "(none)");
}

// ---- modules ----

struct Library {
  std::map<std::string, std::string> modules;
  mutable std::vector<std::string> asked;
  std::optional<ModuleText> read(const std::string& name) const {
    asked.push_back(name);
    const auto it = modules.find(name);
    if (it == modules.end()) return std::nullopt;
    return ModuleText{"lib/" + name + ".casus.md", "```casus\n" + it->second + "\n```\n"};
  }
};

TEST(Loader, ReadsEachModuleOnceUsedOnesFirst) {
  const Library lib{{{"prelude", "use states; kind state is actor;"},
                     {"states", "use prelude; state USA;"},
                     {"a", "use b; fact f(x: state);"},
                     {"b", "use a; derived g(x: state) when f(x);"}},
                    {}};
  Sources sources;
  Diagnostics diagnostics;
  std::vector<ModuleText> roots{{"x/one.casus", "use a, b; given f(USA);"},
                                {"x/two.casus", "use a; given f(USA) = false;"}};
  const Loaded l = load(
      std::move(roots), [&](const std::string& name, const std::string&) { return lib.read(name); }, sources,
      diagnostics);
  EXPECT_FALSE(diagnostics.has_errors()) << render(diagnostics, sources, {});
  std::vector<std::string> order;
  for (SourceId id : l.files) order.push_back(sources[id].path);
  EXPECT_EQ(order, (std::vector<std::string>{"lib/states.casus.md", "lib/prelude.casus.md", "lib/b.casus.md",
                                             "lib/a.casus.md", "x/one.casus", "x/two.casus"}));
  EXPECT_EQ(lib.asked, (std::vector<std::string>{"prelude", "states", "a", "b"}));
  EXPECT_EQ(l.model.givens.size(), 2u);
  ASSERT_EQ(l.trees.size(), l.files.size());
  for (size_t i = 0; i < l.trees.size(); ++i) EXPECT_EQ(l.trees[i].source, l.files[i]);
}

TEST(Loader, ThePreludeIsNotReadTwiceWhenItIsTheRoot) {
  const Library lib{{{"prelude", "kind state is actor;"}}, {}};
  Sources sources;
  Diagnostics diagnostics;
  load(
      "lib/prelude.casus.md", "```casus\nkind state is actor;\n```\n",
      [&](const std::string& name, const std::string&) { return lib.read(name); }, sources, diagnostics);
  EXPECT_EQ(diagnostics.all().size(), 0u) << render(diagnostics, sources, {});
  EXPECT_TRUE(lib.asked.empty());
}

TEST(Loader, WithErrorsOfSyntaxNothingIsResolved) {
  const Resolved r = resolved("kind ; given nothing(x);");
  EXPECT_TRUE(r.diagnostics.has_errors());
  for (const Diagnostic& d : r.diagnostics.all()) EXPECT_LT(info(d.kind).code, "CAS0200") << r.messages();
  EXPECT_TRUE(r.model().kinds.empty());
}

// ---- hostile texts ----

TEST(Resolve, LongChainsEndInAMessageNotInTheStack) {
  std::string sum = "1", fields = "USA", kinds, facts;
  for (int i = 0; i < 20'000; ++i) {
    sum += " + 1";
    fields += ".hurt";
    kinds += "kind k" + std::to_string(i) + " is k" + std::to_string(i + 1) + ";\n";
    facts += "derived d" + std::to_string(i) + "() when d" + std::to_string(i + 1) + "();\n";
  }
  for (const std::string& text : {"derived x() when " + sum + " = 2;", "derived x() when " + fields + ";"}) {
    EXPECT_TRUE(resolved(vocabulary + text).diagnostics.has_errors());
  }
  EXPECT_FALSE(resolved(kinds + "kind k20000;").diagnostics.has_errors());
  EXPECT_FALSE(resolved(facts + "fact d20000();").diagnostics.has_errors());
  EXPECT_TRUE(resolved(kinds + "kind k20000 is k0;").diagnostics.has_errors());
}

TEST(Resolve, TextsThatDoNotParseAreTaken) {
  for (const char* text : {"instrument I { body B { members party; rule r: yes > no and not ; } }",
                           "reading r { x; ; } instrument I { under reading r = x each party shall go }",
                           "viewpoint V { reading = ; }", "state { within }",
                           "instrument I { when each party shall within 24 }"}) {
    Sources sources;
    Diagnostics diagnostics;
    const syntax::Tree tree = syntax::parse(sources.add("broken.casus", text), sources, diagnostics);
    EXPECT_TRUE(diagnostics.has_errors()) << text;
    const Input input{&tree, "broken"};
    EXPECT_FALSE(describe(resolve({&input, 1}, sources, diagnostics)).empty());
  }
}

// A good model with items left out and words exchanged, resolved whether or not it parses: never worse than a
// message.
// Words of a family of drafts left out, told twice or exchanged, also where the text then does not parse.
TEST(Resolve, BrokenFamiliesAreTaken) {
  const std::string text = file_text("tests/syntax/corpus/family.casus");
  Sources sources;
  Diagnostics none;
  const syntax::Tree whole = syntax::parse(sources.add("family.casus", text), sources, none);
  ASSERT_FALSE(none.has_errors());
  std::vector<std::string> tokens;
  for (const syntax::Token& t : whole.tokens) tokens.push_back(text.substr(t.begin, t.end - t.begin));
  Rng rng(17);
  for (int round = 0; round < 3000; ++round) {
    std::vector<std::string> some = tokens;
    for (uint64_t changes = 1 + rng.below(3); changes > 0; --changes) {
      std::string& at = some[rng.below(some.size())];
      const std::string& other = tokens[rng.below(tokens.size())];
      at = rng.below(3) == 0 ? "" : rng.below(2) == 0 ? other : at + ' ' + other;
    }
    std::string joined;
    for (const std::string& t : some) joined += t + ' ';
    Sources again;
    Diagnostics diagnostics;
    const syntax::Tree tree = syntax::parse(again.add("family.casus", joined), again, diagnostics);
    const Input input{&tree, "family"};
    const Model m = resolve({&input, 1}, again, diagnostics);
    describe(m);
    render(diagnostics, again, {});
    if (diagnostics.has_errors()) continue;
    std::vector<InstrumentId> all;
    for (size_t i = 0; i < m.instruments.size(); ++i) all.emplace_back(i);
    for (const Package& p : packages(m, open_choices(m, all), {}, 5).list) describe(choose(m, p));
  }
}

TEST(Resolve, AnyMixtureOfItemsIsTaken) {
  const std::string good = file_text(corpus + ".casus");
  const std::vector<std::string> items = items_of(good);
  std::vector<std::string> words;
  std::istringstream in(good);
  for (std::string word; in >> word;) words.push_back(word);
  Rng rng(7);
  int parsed = 0;
  for (int round = 0; round < 400; ++round) {
    std::string text;
    for (const std::string& item : items) {
      if (rng.below(10) == 0) continue;  // its users then miss it
      std::string changed = item;
      if (rng.below(40) == 0) {
        const size_t at = changed.find(' ', rng.below(changed.size()));
        const size_t end = at == std::string::npos ? at : changed.find(' ', at + 1);
        if (end != std::string::npos) changed.replace(at + 1, end - at - 1, words[rng.below(words.size())]);
      }
      text += changed;
    }
    Sources sources;
    Diagnostics diagnostics;
    const syntax::Tree tree = syntax::parse(sources.add("mixed.casus", text), sources, diagnostics);
    parsed += diagnostics.has_errors() ? 0 : 1;
    const Input input{&tree, "mixed"};
    const Model m = resolve({&input, 1}, sources, diagnostics);
    describe(m);
    render(diagnostics, sources, {});
  }
  EXPECT_GT(parsed, 100);
}

}  // namespace
}  // namespace casus::model
