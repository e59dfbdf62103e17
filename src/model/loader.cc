// SPDX-License-Identifier: Apache-2.0
#include "model/loader.h"

#include <algorithm>
#include <map>
#include <set>

#include "base/hash.h"
#include "text/words.h"

namespace casus::model {

namespace {

using syntax::NodeId;
using syntax::NodeKind;

// "library/prelude.casus.md" → "prelude"
std::string module_of(const std::string& path) {
  const size_t slash = path.find_last_of('/');
  std::string out = slash == std::string::npos ? path : path.substr(slash + 1);
  for (const std::string_view ending : {".md", ".casus"}) {
    if (out.size() > ending.size() && out.ends_with(ending)) out.resize(out.size() - ending.size());
  }
  return out;
}

class Loader {
 public:
  Loader(const ReadModule& read, Sources& sources, Diagnostics& diagnostics)
      : read_(read), sources_(sources), diagnostics_(diagnostics) {}

  Loaded run(std::vector<ModuleText> roots) {
    for (const ModuleText& r : roots) seen_.emplace(module_of(r.path), known(r));
    if (!seen_.contains("prelude")) use("prelude", {}, {});
    finish();
    for (ModuleText& r : roots) {
      open(std::move(r));
      finish();
    }
    return resolved();
  }

 private:
  struct Open {  // a file whose `use`s are being followed
    size_t file = 0;
    std::vector<NodeId> uses;
    size_t next = 0;
  };

  struct Known {
    std::string path;
    uint64_t text = 0;  // a digest
  };
  static Known known(const ModuleText& m) { return {m.path, Hasher().add(m.text).digest()}; }

  void open(ModuleText m) {
    if (!paths_.insert(m.path).second) return;
    modules_.push_back(module_of(m.path));
    const SourceId id = sources_.add(std::move(m.path), std::move(m.text));
    out_.files.push_back(id);
    out_.trees.push_back(syntax::parse(id, sources_, diagnostics_));
    Open o;
    o.file = out_.trees.size() - 1;
    const syntax::Tree& tree = out_.trees.back();
    for (NodeId use_node : tree.all(tree.root, NodeKind::Use)) {
      for (NodeId used : tree.children_of(use_node)) {
        const NodeKind kind = tree.kind(used);
        if (kind == NodeKind::Name || kind == NodeKind::String) o.uses.push_back(used);
      }
    }
    open_.push_back(std::move(o));
  }

  // Depth first, without recursion: a file is done when all that it uses is.
  void finish() {
    while (!open_.empty()) {
      Open& o = open_.back();
      if (o.next == o.uses.size()) {
        order_.push_back(o.file);
        open_.pop_back();
        continue;
      }
      const syntax::Tree& tree = out_.trees[o.file];
      const NodeId leaf = o.uses[o.next++];
      const std::string word(tree.text(leaf, sources_));
      const bool path = tree.kind(leaf) == NodeKind::String;
      const std::string from = sources_[tree.source].path;
      if (path && seen_.contains(module_of(syntax::string_value(word))))
        same(syntax::string_value(word), from, tree.span(leaf));
      else
        use(path ? syntax::string_value(word) : word, from, tree.span(leaf));
    }
  }

  // A path whose module is there already must mean the same file.
  void same(const std::string& path, const std::string& from, Span at) {
    const auto m = read_(path, from);
    const Known& other = seen_.at(module_of(path));
    if (!m || other.path.empty() || m->path == other.path || known(*m).text == other.text) return;
    Diagnostic d;
    d.kind = Diag::duplicate_declaration;
    d.span = at;
    d.message = "another file is called " + quoted(module_of(path)) + " too: " + other.path;
    d.label = "both would be one module; give one of the files another name";
    diagnostics_.add(std::move(d));
  }

  void use(const std::string& name, const std::string& from, Span at) {
    if (!seen_.try_emplace(module_of(name)).second) return;
    auto m = read_(name, from);
    if (m) {
      seen_[module_of(name)] = known(*m);
      return open(std::move(*m));
    }
    if (!at.valid()) return;  // the prelude, which nobody has to have
    Diagnostic d;
    d.kind = Diag::unknown_module;
    d.span = at;
    if (name.find('/') != std::string::npos || name != module_of(name)) {
      d.message = "there is no file `" + name + "`";
      d.label = "a path is told from the folder of this file";
    } else {
      d.message = "no module `" + name + "` is found beside this file or in the library";
      d.label = "a module is a file `" + name + ".casus.md` or `" + name + ".casus`";
    }
    diagnostics_.add(std::move(d));
  }

  Loaded resolved() {
    Loaded ordered;
    for (size_t i : order_) {
      ordered.trees.push_back(std::move(out_.trees[i]));
      ordered.files.push_back(out_.files[i]);
    }
    if (diagnostics_.has_errors()) return ordered;
    std::vector<Input> inputs;
    for (size_t k = 0; k < order_.size(); ++k) inputs.push_back({&ordered.trees[k], modules_[order_[k]]});
    ordered.model = resolve(inputs, sources_, diagnostics_);
    return ordered;
  }

  const ReadModule& read_;
  Sources& sources_;
  Diagnostics& diagnostics_;
  Loaded out_;  // in the order of reading
  std::vector<std::string> modules_;
  std::vector<size_t> order_;  // of resolution
  std::vector<Open> open_;
  std::map<std::string, Known> seen_;  // modules
  std::set<std::string> paths_;
};

}  // namespace

Loaded load(std::vector<ModuleText> roots, const ReadModule& read, Sources& sources,
            Diagnostics& diagnostics) {
  return Loader(read, sources, diagnostics).run(std::move(roots));
}

Loaded load(std::string path, std::string text, const ReadModule& read, Sources& sources,
            Diagnostics& diagnostics) {
  std::vector<ModuleText> roots;
  roots.push_back({std::move(path), std::move(text)});
  return load(std::move(roots), read, sources, diagnostics);
}

}  // namespace casus::model
