// SPDX-License-Identifier: Apache-2.0
// The world failed (a file, a pipe): a Result carries the value or one Failure. User's text that is wrong is
// a Diagnostic (text room), never a Failure; a bug of ours is a CASUS_CHECK, never either.
#pragma once

#include <string>
#include <utility>
#include <variant>

#include "base/check.h"

namespace casus {

struct Failure {
  std::string what;    // one sentence: what failed, on which path or stream, and why
  std::string remedy;  // one sentence: what to do; may be empty
};

template <class T>
class [[nodiscard]] Result {
 public:
  Result(T value) : v_(std::move(value)) {}
  Result(Failure failure) : v_(std::move(failure)) {}
  bool ok() const { return v_.index() == 0; }
  explicit operator bool() const { return ok(); }
  T& value() {
    CASUS_CHECK(ok(), "Result::value of a failure");
    return std::get<0>(v_);
  }
  const T& value() const {
    CASUS_CHECK(ok(), "Result::value of a failure");
    return std::get<0>(v_);
  }
  const Failure& failure() const {
    CASUS_CHECK(!ok(), "Result::failure of a value");
    return std::get<1>(v_);
  }

 private:
  std::variant<T, Failure> v_;
};

struct Done {};
using Outcome = Result<Done>;

}  // namespace casus
