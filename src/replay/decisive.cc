// SPDX-License-Identifier: Apache-2.0
#include "replay/decisive.h"

#include <algorithm>
#include <map>
#include <tuple>

namespace casus::replay {

using model::GivenFact;

namespace {

// Lines that can not be read were told of when the columns were replayed.
class Silent final : public evidence::RejectSink {
  bool reject(std::string_view, uint64_t, const Diagnostic&) override { return true; }
};

const std::vector<GivenFact>& holds_of(const model::Model& m, model::ViewpointId view) {
  static const std::vector<GivenFact> none;
  return view ? m[view].holds : none;
}

// Whether two facts that views hold answer the same question: whose is Crimea (a contested relation of two), or how large is it.
bool same_question(const model::Model& m, const GivenFact& a, const GivenFact& b) {
  if (a.fact != b.fact) return false;
  const model::Fact& fact = m[a.fact];
  const bool first_only =
      fact.contested && fact.result.kind == model::TypeKind::truth && fact.params.size() == 2;
  return first_only ? a.args[0] == b.args[0] : a.args == b.args;
}

std::vector<GivenFact> answers_to(const model::Model& m, model::ViewpointId view, const GivenFact& question) {
  std::vector<GivenFact> out;
  for (const GivenFact& h : holds_of(m, view)) {
    if (same_question(m, h, question)) out.push_back(h);
  }
  return out;
}

auto content(const GivenFact& g) { return std::make_tuple(g.args, g.value, g.from.ms, g.until.ms); }

bool alike(const std::vector<GivenFact>& a, const std::vector<GivenFact>& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](const GivenFact& x, const GivenFact& y) { return content(x) == content(y); });
}

uint32_t reading_of(const model::Model& m, model::ViewpointId view, model::ReadingId reading) {
  if (!view) return 0;
  for (const auto& [held, option] : m[view].readings) {
    if (held == reading) return option + 1;
  }
  return 0;
}

class Questions {
 public:
  Questions(const std::vector<const Replay*>& columns, const Options& options)
      : columns_(columns), model_(*columns.front()->model), options_(options) {}

  std::vector<ViewQuestion> take() {
    events();
    givens();
    readings();
    held();
    return std::move(out_);
  }

 private:
  template <typename Answer>
  void ask(QuestionKind kind, size_t number, const GivenFact& held, Answer answer) {
    ViewQuestion q;
    q.kind = kind;
    if (kind == QuestionKind::reading)
      q.reading = model::ReadingId(number);
    else
      q.index = static_cast<uint32_t>(number);
    q.held = held;
    for (size_t c = 0; c < columns_.size(); ++c) q.answers.push_back(answer(c));
    const auto other = [&](uint32_t a) { return a != q.answers.front(); };
    if (std::any_of(q.answers.begin(), q.answers.end(), other)) out_.push_back(std::move(q));
  }

  void events() {
    for (size_t i = 0; i < columns_.front()->events.size(); ++i) {
      ask(QuestionKind::event, i, {}, [&](size_t c) {
        return uint32_t{columns_[c]->events[i].acceptance == evidence::Acceptance::accepted};
      });
    }
  }

  void givens() {
    size_t number = 0;
    for (const auto* some : {&model_.givens, &model_[columns_.front()->scenario].givens}) {
      for (const GivenFact& g : *some) {
        ask(QuestionKind::given, number++, {}, [&](size_t c) {
          return uint32_t{evidence::accept(g.assertion, model_, columns_[c]->view, options_.known_at) ==
                          evidence::Acceptance::accepted};
        });
      }
    }
  }

  void readings() {
    for (size_t i = 0; i < model_.readings.size(); ++i) {
      ask(QuestionKind::reading, i, {},
          [&](size_t c) { return reading_of(model_, columns_[c]->view, model::ReadingId(i)); });
    }
  }

  void held() {
    std::vector<GivenFact> asked;
    for (const Replay* column : columns_) {
      for (const GivenFact& h : holds_of(model_, column->view)) {
        if (std::any_of(asked.begin(), asked.end(),
                        [&](const GivenFact& a) { return same_question(model_, a, h); }))
          continue;
        asked.push_back(h);
        std::vector<std::vector<GivenFact>> known;
        ask(QuestionKind::held, 0, h, [&](size_t c) {
          std::vector<GivenFact> answer = answers_to(model_, columns_[c]->view, h);
          const auto it =
              std::find_if(known.begin(), known.end(), [&](const auto& k) { return alike(k, answer); });
          const auto place = static_cast<uint32_t>(it - known.begin());
          if (it == known.end()) known.push_back(std::move(answer));
          return place;
        });
      }
    }
  }

  const std::vector<const Replay*>& columns_;
  const model::Model& model_;
  const Options& options_;
  std::vector<ViewQuestion> out_;
};

class Search {
 public:
  Search(const std::vector<const Replay*>& columns, const Comparison& comparison, const Options& options,
         const ReadEvents& read, DecisiveLimits limits, Decisions& out)
      : columns_(columns),
        comparison_(comparison),
        options_(options),
        read_(read),
        limits_(limits),
        out_(out),
        model_(*columns.front()->model),
        mixed_(model_.viewpoints.size()) {
    model_.viewpoints.emplace_back();
    out_.turns.resize(comparison.rows.size());
  }

  void run() {
    for (size_t a = 0; a < columns_.size(); ++a) {
      for (size_t b = a + 1; b < columns_.size(); ++b) {
        alone(a, b);
        alone(b, a);
      }
    }
    for (size_t a = 0; a < columns_.size(); ++a) {
      for (size_t b = a + 1; b < columns_.size(); ++b) {
        together(a, b);
        together(b, a);
      }
    }
  }

 private:
  std::vector<size_t> rows(size_t from, size_t to) const {
    std::vector<size_t> out;
    for (size_t i = 0; i < comparison_.rows.size(); ++i) {
      if (comparison_.rows[i].verdicts[from] != comparison_.rows[i].verdicts[to]) out.push_back(i);
    }
    return out;
  }

  std::vector<uint32_t> questions(size_t from, size_t to) const {
    std::vector<uint32_t> out;
    for (size_t i = 0; i < out_.questions.size(); ++i) {
      if (out_.questions[i].answers[from] != out_.questions[i].answers[to])
        out.push_back(static_cast<uint32_t>(i));
    }
    return out;
  }

  void alone(size_t from, size_t to) {
    const std::vector<size_t> parted = rows(from, to);
    if (parted.empty()) return;
    for (uint32_t q : questions(from, to)) {
      const Verdicts* verdicts = mixed(from, to, {q});
      if (!verdicts) return;
      for (size_t row : parted) {
        if (turned(*verdicts, row, to)) out_.turns[row].push_back({from, to, {q}});
      }
    }
  }

  void together(size_t from, size_t to) {
    for (size_t row : rows(from, to)) {
      const auto same = [&](const Turn& t) { return t.from == from && t.to == to; };
      if (std::any_of(out_.turns[row].begin(), out_.turns[row].end(), same)) continue;
      const std::vector<uint32_t> needed = shrunk(from, to, row, known(from, to, row));
      if (needed.empty()) return;
      out_.turns[row].push_back({from, to, needed});
    }
  }

  // What turns the row for sure: what another row of these two columns needed together, else all questions.
  std::vector<uint32_t> known(size_t from, size_t to, size_t row) const {
    for (const auto& [key, verdicts] : together_) {
      if (std::get<0>(key) == from && std::get<1>(key) == to && turned(*verdicts, row, to))
        return std::get<2>(key);
    }
    return questions(from, to);
  }

  // Leaves out one question after the other as long as the verdict stays turned. Empty: the limit was reached.
  std::vector<uint32_t> shrunk(size_t from, size_t to, size_t row, std::vector<uint32_t> needed) {
    const Verdicts* last = nullptr;
    for (size_t i = 0; i < needed.size();) {
      std::vector<uint32_t> fewer = needed;
      fewer.erase(fewer.begin() + static_cast<std::ptrdiff_t>(i));
      const Verdicts* verdicts = mixed(from, to, fewer);
      if (!verdicts) return {};
      if (turned(*verdicts, row, to)) {
        needed = std::move(fewer);
        last = verdicts;
      } else {
        ++i;
      }
    }
    if (last) together_.emplace_back(std::make_tuple(from, to, needed), last);
    return needed;
  }

  bool turned(const Verdicts& verdicts, size_t row, size_t to) const {
    const ComparedRow& r = comparison_.rows[row];
    return std::all_of(r.bearers.begin(), r.bearers.end(), [&](const std::string& bearer) {
      const auto it = verdicts.find({r.basis, bearer});
      return (it == verdicts.end() ? "–" : it->second) == r.verdicts[to];
    });
  }

  // The verdicts in the eyes of `from`, which answers these questions as `to` does: the same for all who answer so. None: the limit
  // was reached.
  const Verdicts* mixed(size_t from, size_t to, const std::vector<uint32_t>& taken) {
    std::vector<std::pair<uint32_t, uint32_t>> answers;
    for (uint32_t q : taken) answers.emplace_back(q, out_.questions[q].answers[to]);
    const auto [it, fresh] = replayed_.try_emplace({from, std::move(answers)});
    if (!fresh) return &it->second;
    const size_t events = read_.events.size();
    if (out_.replays == limits_.replays || (out_.replays + 1) * events > limits_.events) {
      out_.cut_short = true;
      replayed_.erase(it);
      return nullptr;
    }
    it->second = replayed(from, to, taken);
    return &it->second;
  }

  Verdicts replayed(size_t from, size_t to, const std::vector<uint32_t>& taken) {
    const size_t events = read_.events.size();
    ++out_.replays;
    const model::ViewpointId own = columns_[from]->view, other = columns_[to]->view;
    model::Viewpoint& view = model_.viewpoints[mixed_.index()];
    view = own ? model_[own] : model::Viewpoint();
    Options options = options_;
    options.view = mixed_;
    options.exchange.other = other;
    options.exchange.events.resize(events);
    options.exchange.givens.resize(model_.givens.size() + model_[columns_[from]->scenario].givens.size());
    for (uint32_t i : taken) {
      const ViewQuestion& q = out_.questions[i];
      switch (q.kind) {
        case QuestionKind::event:
          options.exchange.events[q.index] = true;
          break;
        case QuestionKind::given:
          options.exchange.givens[q.index] = true;
          break;
        case QuestionKind::reading:
          read_as(view, q.reading, reading_of(model_, other, q.reading));
          break;
        case QuestionKind::held:
          hold(view, q.held, other);
          break;
      }
    }
    const Replay r = replay_events(model_, columns_[from]->scenario, options, read_);
    return r.stop.status == run::RunStatus::done ? verdicts_of(r) : Verdicts();
  }

  static void read_as(model::Viewpoint& view, model::ReadingId reading, uint32_t answer) {
    std::erase_if(view.readings, [&](const auto& held) { return held.first == reading; });
    if (answer != 0) view.readings.emplace_back(reading, answer - 1);
  }

  void hold(model::Viewpoint& view, const GivenFact& question, model::ViewpointId other) const {
    std::erase_if(view.holds, [&](const GivenFact& h) { return same_question(model_, h, question); });
    for (GivenFact& h : answers_to(model_, other, question)) view.holds.push_back(std::move(h));
  }

  const std::vector<const Replay*>& columns_;
  const Comparison& comparison_;
  const Options& options_;
  const ReadEvents& read_;
  const DecisiveLimits limits_;
  Decisions& out_;
  model::Model model_;  // of its own: with one viewpoint more, which is made anew for each replay
  const model::ViewpointId mixed_;
  std::vector<std::pair<std::tuple<size_t, size_t, std::vector<uint32_t>>, const Verdicts*>> together_;
  // By who answers, and the answers that are not its own.
  std::map<std::pair<size_t, std::vector<std::pair<uint32_t, uint32_t>>>, Verdicts> replayed_;
};

}  // namespace

Result<Decisions> decisive(const std::vector<const Replay*>& columns, const Comparison& comparison,
                           const Options& options, Files& files, const std::vector<std::string>& extra,
                           DecisiveLimits limits) {
  const Replay& first = *columns.front();
  Silent silent;
  const auto read = read_events(*first.model, first.scenario, options, files, extra, silent);
  if (!read) return read.failure();
  Decisions out;
  out.questions = Questions(columns, options).take();
  Search(columns, comparison, options, read.value(), limits, out).run();
  return out;
}

}  // namespace casus::replay
