// SPDX-License-Identifier: Apache-2.0
// What verbs that explore share: budgets from the command line, progress on the screen, and ^C.
#pragma once

#include <csignal>

#include "app/session.h"
#include "explore/explore.h"

namespace casus::app {

// While it lives, ^C (or a polite `kill`) ends a search with what it has found; the second one ends the program.
class Exploring {
 public:
  explicit Exploring(const Session& s);
  ~Exploring();
  Exploring(const Exploring&) = delete;
  Exploring& operator=(const Exploring&) = delete;

  // By --states, --memory, --threads, --engine and --without. nullopt: reported.
  static std::optional<explore::Limits> limits(Session& s);
  explore::Report progress() const;  // none where nobody looks
  void clear() const;                // takes the line of progress away

 private:
  bool shows_ = false;
  struct sigaction before_[2]{};  // of SIGINT and SIGTERM
};

// A property's condition as it stands in the file; empty: it has none.
std::string condition_of(const Sources& sources, const model::Model& model, const model::Property& property);

}  // namespace casus::app
