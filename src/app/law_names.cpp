#include "app/law_names.h"

#include <algorithm>

namespace brightline::app {

namespace {

class SharedNames {
 public:
  SharedNames(const law::Law& law, const catalogue::References& references, base::Problems& problems) : law_(law), problems_(problems) {
    for (const auto& [code, name] : references.places.names) places_.push_back(code);
    for (const catalogue::Maker& maker : references.makers) makers_.push_back(maker.id);
  }

  void check(const law::Instrument& instrument) {
    for (const std::string& maker : instrument.addressees) {
      must_be(maker, makers_, "maker", {instrument.file, 0, 0, {}}, "a maker of data/makers.toml");
    }
    for (const law::GroupChange& group : instrument.groups) {
      for (const auto* list : {&group.add, &group.remove}) {
        for (const std::string& place : *list) must_be(place, places_, "country", group.where, country_hint);
      }
    }
    for (const law::Define& define : instrument.defines) check(define.is, define.is.expression);
    for (const law::Clause& clause : instrument.clauses) check(clause.when, clause.when.expression);
    for (const law::Stay& stay : instrument.stays) {
      if (stay.when) check(*stay.when, stay.when->expression);
    }
    check(instrument.unresolved);
  }

  void check(const std::vector<law::Unresolved>& points) {
    for (const law::Unresolved& point : points) {
      if (point.when) check(*point.when, point.when->expression);
    }
  }

 private:
  static constexpr const char* country_hint = "ISO 3166 alpha-2, such as CN; the codes known stand in data/places.toml";

  void check(const law::Condition& condition, const law::Expression& e) {
    if (e.op == law::Expression::Op::member && !e.group) check_member(condition, e);
    for (const law::Expression& kid : e.kids) check(condition, kid);
  }

  void check_member(const law::Condition& condition, const law::Expression& e) {
    const auto word = law_.vocabulary.find(e.name);
    if (!word) return;
    base::Where where = condition.where;
    where.column += static_cast<int>(e.offset);
    const bool place = law_.vocabulary.words()[*word].type == law::WordType::place;
    for (const std::string& name : e.names) {
      if (place) must_be(name, places_, "country", where, country_hint);
      if (e.name == "maker") must_be(name, makers_, "maker", where, "the makers known stand in data/makers.toml");
    }
  }

  void must_be(const std::string& name, const std::vector<std::string>& known, const char* what, const base::Where& where,
               const char* hint) {
    if (std::ranges::find(known, name) != known.end()) return;
    const std::string near = name.size() > 2 ? base::did_you_mean(name, known) : std::string();
    problems_.add(where, "the data knows no " + std::string(what) + " '" + name + "'", near.empty() ? hint : near);
  }

  const law::Law& law_;
  base::Problems& problems_;
  std::vector<std::string> places_;
  std::vector<std::string> makers_;
};

}  // namespace

void check_shared_names(const law::Law& law, const catalogue::References& references, base::Problems& problems) {
  SharedNames names(law, references, problems);
  for (const auto* list : {&law.instruments, &law.proposed}) {
    for (const law::Instrument& instrument : *list) names.check(instrument);
  }
  names.check(law.unresolved);
}

}  // namespace brightline::app
