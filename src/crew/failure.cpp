#include "crew/failure.h"

#include <fmt/format.h>

#include <stdexcept>

#include "base/json.h"
#include "base/problem.h"

namespace brightline::crew {

namespace {

using base::Json;

Json packed_problem(const base::Problem& problem) {
  const base::Where& at = problem.where;
  return Json::object()
      .set("file", at.file)
      .set("line", at.line)
      .set("column", at.column)
      .set("text", at.text)
      .set("message", problem.message)
      .set("hint", problem.hint);
}

std::string text_of(const Json& object, std::string_view key) {
  const Json* found = object.find(key);
  return found == nullptr ? std::string() : std::get<std::string>(found->value());
}

int number_of(const Json& object, std::string_view key) {
  const Json* found = object.find(key);
  return found == nullptr ? 0 : static_cast<int>(std::get<std::int64_t>(found->value()));
}

base::Problem unpacked_problem(const Json& packed) {
  return {{text_of(packed, "file"), number_of(packed, "line"), number_of(packed, "column"), text_of(packed, "text")},
          text_of(packed, "message"),
          text_of(packed, "hint")};
}

}  // namespace

std::string packed_failure(const std::exception_ptr& failure) {
  try {
    std::rethrow_exception(failure);
  } catch (const base::BadInput& bad) {
    Json problems = Json::list();
    for (const base::Problem& one : bad.problems().all()) problems.push(packed_problem(one));
    return Json::object().set("bad_input", std::move(problems)).dump();
  } catch (const base::OurFault& ours) {
    return Json::object().set("our_fault", ours.what()).dump();
  } catch (const std::exception& other) {
    return Json::object().set("other", other.what()).dump();
  } catch (...) {
    return Json::object().set("other", "an exception without words").dump();
  }
}

std::exception_ptr unpacked_failure(std::string_view packed, int rank) {
  const auto read = Json::parse(packed, "failure");
  base::check(read.has_value(), "a rank says its failure as JSON");
  if (const Json* bad = read->find("bad_input")) {
    base::Problems problems;
    for (const Json& one : std::get<Json::List>(bad->value())) {
      base::Problem problem = unpacked_problem(one);
      problems.add(std::move(problem));
    }
    return std::make_exception_ptr(base::BadInput(std::move(problems)));
  }
  if (read->find("our_fault") != nullptr) {
    return std::make_exception_ptr(base::OurFault(fmt::format("rank {}: {}", rank, text_of(*read, "our_fault"))));
  }
  return std::make_exception_ptr(std::runtime_error(fmt::format("rank {}: {}", rank, text_of(*read, "other"))));
}

}  // namespace brightline::crew
