#include "law/validate.h"

#include <algorithm>
#include <map>
#include <set>

namespace brightline::law {

namespace {

using Op = Expression::Op;
using base::Problems;

// Names that stand for what earlier verbs concluded.
const std::set<std::string, std::less<>> conclusion_names{"presumed", "licence", "paragraph", "date"};

struct Known {
  const Law* law = nullptr;
  std::set<std::string, std::less<>> defines;
  std::set<std::string, std::less<>> full_defines;  ///< "88-FR-73458:performance_density"
  std::set<std::string, std::less<>> groups;
  std::map<std::string, const Clause*, std::less<>> clauses;
  std::vector<std::string> names;
};

// A chained comparison holds its middle twice: what is wrong with it is told once.
void add_once(Problems& problems, base::Where where, std::string message, std::string hint) {
  const bool again = !problems.empty() && problems.all().back().message == message && problems.all().back().where.line == where.line &&
                     problems.all().back().where.column == where.column;
  if (!again) problems.add(std::move(where), std::move(message), std::move(hint));
}

base::Where within(const Condition& condition, std::size_t offset) {
  base::Where where = condition.where;
  where.column += static_cast<int>(offset);
  return where;
}

void check_member(const Expression& e, const Condition& condition, const Known& known, Problems& problems) {
  const auto index = known.law->vocabulary.find(e.name);
  if (e.name == "paragraph") return;
  if (!index) {
    problems.add(within(condition, e.offset), "unknown word '" + e.name + "'", base::did_you_mean(e.name, known.names));
    return;
  }
  const Word& word = known.law->vocabulary.words()[*index];
  if (word.type == WordType::number || word.type == WordType::truth) {
    problems.add(within(condition, e.offset), "'" + e.name + "' is no name to compare with", "use >= > <= < for numbers, and the bare word for yes or no");
    return;
  }
  if (e.group && !known.groups.contains(e.names[0])) {
    const std::vector<std::string> groups(known.groups.begin(), known.groups.end());
    problems.add(within(condition, e.offset), "unknown country group '" + e.names[0] + "'", base::did_you_mean(e.names[0], groups));
  }
  if (word.values.empty() || e.group) return;
  for (const std::string& name : e.names) {
    if (std::find(word.values.begin(), word.values.end(), name) != word.values.end()) continue;
    problems.add(within(condition, e.offset), "'" + name + "' is no value of '" + e.name + "'", base::did_you_mean(name, word.values));
  }
}

void check_names(const Expression& e, const Condition& condition, const Known& known, Problems& problems) {
  if (e.op == Op::member) check_member(e, condition, known, problems);
  if (e.op == Op::name && !conclusion_names.contains(e.name) && !known.defines.contains(e.name) && !known.law->vocabulary.find(e.name)) {
    add_once(problems, within(condition, e.offset), "unknown word '" + e.name + "'", base::did_you_mean(e.name, known.names));
  }
  for (const Expression& kid : e.kids) check_names(kid, condition, known, problems);
}

void check_id(const std::string& id, const base::Where& where, const char* what, const Known& known, Problems& problems) {
  if (known.clauses.contains(id)) return;
  std::vector<std::string> ids;
  for (const auto& [name, clause] : known.clauses) ids.push_back(name);
  problems.add(where, std::string(what) + " names no clause: '" + id + "'", base::did_you_mean(id, ids));
}

// A clause without a conclusion draws its verb from what it defeats; all of those must share one.
void check_defeats(const Clause& clause, const Known& known, Problems& problems) {
  std::set<Verb> verbs;
  if (clause.then) verbs.insert(clause.then->verb);
  for (const std::string& id : clause.defeats) {
    check_id(id, clause.where, "defeats", known, problems);
    const auto found = known.clauses.find(id);
    if (found == known.clauses.end()) continue;
    if (id == clause.id) problems.add(clause.where, "the clause defeats itself", "take its own id out of 'defeats'");
    if (found->second->then) verbs.insert(found->second->then->verb);
  }
  if (verbs.size() > 1) problems.add(clause.where, "the clause defeats conclusions of another verb than its own", "write one clause for each verb");
}

Known gather(const Law& law, Problems& problems) {
  Known known;
  known.law = &law;
  known.names = law.vocabulary.names();
  std::map<std::string, std::string> files;  // by instrument
  for (const Instrument& instrument : law.instruments) {
    const auto [first, fresh_id] = files.emplace(instrument.id, instrument.file);
    if (!fresh_id) problems.add({instrument.file, 0, 0, {}}, "two instruments are called '" + instrument.id + "'", "the other is " + first->second);
    for (const Define& define : instrument.defines) {
      known.defines.insert(define.id);
      const bool fresh = known.full_defines.insert(instrument.id + ":" + define.id).second;
      if (!fresh) problems.add(define.where, "the word '" + define.id + "' is defined twice in one instrument");
      known.names.push_back(define.id);
    }
    for (const GroupChange& group : instrument.groups) known.groups.insert(group.id);
    for (const Clause& clause : instrument.clauses) {
      const auto [other, fresh] = known.clauses.emplace(clause.id, &clause);
      if (!fresh) problems.add(clause.where, "the clause id '" + clause.id + "' is taken", "by the clause in line " + std::to_string(other->second->where.line));
    }
  }
  return known;
}

}  // namespace

void validate(const Law& law, Problems& problems) {
  const Known known = gather(law, problems);
  for (const Instrument& instrument : law.instruments) {
    for (const Define& define : instrument.defines) check_names(define.is.expression, define.is, known, problems);
    for (const Clause& clause : instrument.clauses) {
      check_names(clause.when.expression, clause.when, known, problems);
      check_defeats(clause, known, problems);
    }
    for (const Repeal& repeal : instrument.repeals) {
      if (!known.full_defines.contains(repeal.id)) check_id(repeal.id, repeal.where, "the repeal", known, problems);
    }
    for (const Stay& stay : instrument.stays) {
      check_id(stay.id, stay.where, "the stay", known, problems);
      if (stay.when) check_names(stay.when->expression, *stay.when, known, problems);
    }
    for (const Unresolved& point : instrument.unresolved) {
      if (point.when) check_names(point.when->expression, *point.when, known, problems);
    }
  }
  for (const Unresolved& point : law.unresolved) {
    if (point.when) check_names(point.when->expression, *point.when, known, problems);
  }
}

}  // namespace brightline::law
