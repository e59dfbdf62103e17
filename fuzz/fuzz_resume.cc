// SPDX-License-Identifier: Apache-2.0
// Any bytes as what `casus explore --save` has kept, for each of the models in fuzz/questions: it is refused, or gone on with; what comes of it is
// told as stories, and what is kept then can be gone on with again. A seed: casus explore fuzz/questions/council.casus --states 40 --save FILE
#include <cstddef>
#include <cstdint>
#include <fstream>
#include <iterator>
#include <memory>
#include <string>
#include <string_view>

#include "base/check.h"
#include "base/hash.h"
#include "base/unicode.h"
#include "base/version.h"
#include "explore/family.h"
#include "model/loader.h"

namespace {

using namespace casus;

class NoFiles final : public replay::Files {
 public:
  Result<std::unique_ptr<evidence::Input>> open(const std::string&) override {
    return Failure{"no files here", ""};
  }
};

struct Asked {
  model::Model model;
  std::unique_ptr<explore::Prepared> prepared;
  std::unique_ptr<explore::Ground> ground;
};

Asked ask(const char* path) {
  std::ifstream file(path);
  const model::ReadModule none = [](const std::string&, const std::string&) { return std::nullopt; };
  Sources sources;
  Diagnostics diagnostics;
  Asked out;
  out.model = model::load(path, {std::istreambuf_iterator<char>(file), {}}, none, sources, diagnostics).model;
  CASUS_CHECK(!diagnostics.has_errors() && !out.model.explorations.empty(),
              "./dev fuzz runs in the repository");
  explore::Question question;
  question.model = &out.model;
  question.exploration = model::ExplorationId(size_t{0});
  NoFiles files;
  out.prepared = std::move(explore::prepare(question, {}, files).value());
  out.ground = std::move(explore::Ground::make(out.prepared->problem).value());
  return out;
}

// Under this version and a digest that fits, so that more than those two are looked at.
std::string forged(std::string_view bytes) {
  const size_t title = bytes.find('\n');
  const size_t version = title == bytes.npos ? title : bytes.find('\n', title + 1);
  if (version == bytes.npos || bytes.size() - version <= 8) return std::string(bytes);
  std::string out(bytes.substr(0, title + 1));
  out += CASUS_VERSION "\n";
  out += bytes.substr(version + 1, bytes.size() - version - 9);
  const uint64_t digest = Hasher().add(std::string_view(out)).digest();
  for (size_t i = 0; i < 8; ++i) out += static_cast<char>(digest >> (8 * i));
  return out;
}

// False: it does not fit. What is looked at beyond what it holds is little.
bool go_on(const Asked& asked, explore::Checkpoint& kept) {
  explore::Limits limits;
  limits.states = kept.origins.size() + 20;
  limits.bytes = size_t{64} << 20;
  limits.stories = 2;
  const auto outcome = explore::search(*asked.ground, limits, {}, kept, true);
  if (!outcome) {
    CASUS_CHECK(kept.trouble != explore::Checkpoint::Trouble::none, "a refusal says why");
    return false;
  }
  for (const std::string& obstacle : outcome.value().obstacles)
    CASUS_CHECK(printable(obstacle) == obstacle, "an obstacle is printed");
  for (const explore::PropertyOutcome& property : outcome.value().properties) {
    for (const explore::Decided& decided : property.stories) (void)explore::tell(*asked.ground, decided);
  }
  return true;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  static const Asked questions[] = {ask("fuzz/questions/council.casus"), ask("fuzz/questions/facts.casus")};
  const auto read = explore::Checkpoints::read(forged({reinterpret_cast<const char*>(data), size}));
  if (!read) return 0;
  for (const Asked& asked : questions) {
    explore::Checkpoints again;
    for (auto [key, kept] : read.value().kept) {
      if (go_on(asked, kept)) again.kept[key] = std::move(kept);
    }
    auto written = explore::Checkpoints::read(again.text());
    CASUS_CHECK(bool(written), "what is written can be read");
    for (auto& [key, kept] : written.value().kept)
      CASUS_CHECK(go_on(asked, kept), "what went on once goes on again");
  }
  return 0;
}
