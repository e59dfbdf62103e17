// SPDX-License-Identifier: Apache-2.0
#include "report/schema.h"

#include <regex.h>  // std::regex does not compile without warnings under g++ 12's sanitizers

#include <fstream>
#include <map>
#include <set>
#include <stdexcept>

namespace casus::report::test {

namespace {

using Json = nlohmann::ordered_json;

bool matches(const std::string& text, const std::string& pattern) {
  regex_t compiled;
  if (::regcomp(&compiled, pattern.c_str(), REG_EXTENDED | REG_NOSUB) != 0)
    throw std::logic_error("no pattern: " + pattern);
  const bool found = ::regexec(&compiled, text.c_str(), 0, nullptr, 0) == 0;
  ::regfree(&compiled);
  return found;
}

class Checker {
 public:
  std::string misfit(const Json& document, const std::string& file) {
    return against(document, root(file), file, "$");
  }

 private:
  const Json& root(const std::string& file) {
    const auto [it, fresh] = files_.try_emplace(file);
    if (fresh) it->second = Json::parse(std::ifstream(CASUS_SOURCE_DIR "/docs/schema/" + file));
    return it->second;
  }

  static bool is(const Json& value, const std::string& type) {
    if (type == "object") return value.is_object();
    if (type == "array") return value.is_array();
    if (type == "string") return value.is_string();
    if (type == "integer") return value.is_number_integer();
    if (type == "boolean") return value.is_boolean();
    if (type == "null") return value.is_null();
    throw std::logic_error("unknown type " + type);
  }

  std::string against(const Json& value, const Json& schema, const std::string& file, const std::string& at) {
    for (const auto& [keyword, said] : schema.items()) {
      const std::string wrong = keyword_misfit(value, keyword, said, schema, file, at);
      if (!wrong.empty()) return wrong;
    }
    return {};
  }

  std::string keyword_misfit(const Json& value, const std::string& keyword, const Json& said,
                             const Json& schema, const std::string& file, const std::string& at) {
    static const std::set<std::string> silent{"$schema", "$defs", "title", "description"};
    if (silent.contains(keyword)) return {};
    if (keyword == "$ref") return reference(value, said.get<std::string>(), file, at);
    if (keyword == "type") {
      bool fits = said.is_string() && is(value, said);
      for (size_t i = 0; said.is_array() && i < said.size(); ++i) fits |= is(value, said[i]);
      return fits ? "" : at + " is no " + said.dump();
    }
    if (keyword == "const") return value == said ? "" : at + " is not " + said.dump();
    if (keyword == "enum")
      return std::find(said.begin(), said.end(), value) != said.end() ? ""
                                                                      : at + " is none of " + said.dump();
    if (keyword == "pattern")
      return matches(value.get<std::string>(), said.get<std::string>())
                 ? ""
                 : at + " does not match " + said.dump();
    if (keyword == "items") {
      for (size_t i = 0; value.is_array() && i < value.size(); ++i) {
        const std::string wrong = against(value[i], said, file, at + "[" + std::to_string(i) + "]");
        if (!wrong.empty()) return wrong;
      }
      return {};
    }
    if (keyword == "required") {
      for (const auto& key : said) {
        if (value.is_object() && !value.contains(key)) return at + " has no " + key.get<std::string>();
      }
      return {};
    }
    if (keyword == "properties" || keyword == "additionalProperties")
      return properties(value, keyword, said, schema, file, at);
    if (keyword == "oneOf") {
      size_t fitting = 0;
      for (const auto& option : said) fitting += against(value, option, file, at).empty();
      return fitting == 1 ? "" : at + " fits " + std::to_string(fitting) + " of " + said.dump();
    }
    throw std::logic_error("unknown keyword " + keyword);
  }

  std::string properties(const Json& value, const std::string& keyword, const Json& said, const Json& schema,
                         const std::string& file, const std::string& at) {
    if (!value.is_object()) return {};
    for (const auto& [key, member] : value.items()) {
      const bool named = schema.contains("properties") && schema["properties"].contains(key);
      std::string wrong;
      if (keyword == "properties") {
        if (named) wrong = against(member, said[key], file, at + "." + key);
      } else if (!named) {
        wrong = said.is_boolean() ? (said.get<bool>() ? "" : at + " has a surplus " + key)
                                  : against(member, said, file, at + "." + key);
      }
      if (!wrong.empty()) return wrong;
    }
    return {};
  }

  std::string reference(const Json& value, const std::string& ref, const std::string& file,
                        const std::string& at) {
    const size_t hash = std::min(ref.find('#'), ref.size());
    const std::string where = hash == 0 ? file : ref.substr(0, hash);
    const std::string pointer = hash == ref.size() ? "" : ref.substr(hash + 1);
    return against(value, root(where).at(Json::json_pointer(pointer)), where, at);
  }

  std::map<std::string, Json> files_;
};

}  // namespace

std::string misfit(const Json& document, const std::string& file) { return Checker().misfit(document, file); }

std::string misfit_of_text(const std::string& text, const std::string& file) {
  const Json document = Json::parse(text, nullptr, false);
  return document.is_discarded() ? "no JSON" : misfit(document, file);
}

}  // namespace casus::report::test
