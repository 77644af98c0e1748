#include "law/parse.h"

#include <optional>

#include "base/problem.h"
#include "base/quantity_text.h"

namespace brightline::law {

namespace {

using Op = Expression::Op;

struct Token {
  enum class Kind { end, name, number, day, sign };
  Kind kind = Kind::end;
  std::string_view text;
  std::size_t offset = 0;
};

constexpr int finest = 12;    // decimals a number may have
constexpr int deepest = 100;  // a condition a person wrote never nests this far

bool is_name_char(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '.' || c == ':' || c == '-';
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }

class Lexer {
 public:
  explicit Lexer(std::string_view text) : text_(text) {}

  Token next() {
    while (at_ < text_.size() && (text_[at_] == ' ' || text_[at_] == '\n' || text_[at_] == '\t' || text_[at_] == '\r')) ++at_;
    const std::size_t begin = at_;
    if (at_ >= text_.size()) return {Token::Kind::end, {}, begin};
    if (!is_name_char(text_[at_]) || (text_[at_] == '-' && !followed_by_name())) return sign(begin);
    while (at_ < text_.size() && is_name_char(text_[at_])) ++at_;
    const std::string_view word = text_.substr(begin, at_ - begin);
    if (base::Date::parse(word)) return {Token::Kind::day, word, begin};
    return {base::Exact::parse(word) ? Token::Kind::number : Token::Kind::name, word, begin};
  }

  /// The longest unit that stands at the current position, consumed; empty when there is none.
  std::string_view unit() {
    std::size_t begin = at_;
    while (begin < text_.size() && text_[begin] == ' ') ++begin;
    std::string_view best;
    for (const std::string& name : base::unit_names()) {
      if (name.empty() || name.size() <= best.size() || !text_.substr(begin).starts_with(name)) continue;
      const std::size_t end = begin + name.size();
      if (end < text_.size() && is_name_char(text_[end]) && is_name_char(name.back())) continue;
      best = text_.substr(begin, name.size());
    }
    if (!best.empty()) at_ = begin + best.size();
    return best;
  }

 private:
  [[nodiscard]] bool followed_by_name() const { return at_ + 1 < text_.size() && is_digit(text_[at_ + 1]); }

  Token sign(std::size_t begin) {
    const bool two = at_ + 1 < text_.size() && (text_[at_] == '<' || text_[at_] == '>') && text_[at_ + 1] == '=';
    at_ += two ? 2 : 1;
    return {Token::Kind::sign, text_.substr(begin, at_ - begin), begin};
  }

  std::string_view text_;
  std::size_t at_ = 0;
};

class Parser {
 public:
  explicit Parser(std::string_view text) : lexer_(text) { advance(); }

  std::expected<Expression, ParseError> whole() {
    Expression out = either();
    if (!error_ && token_.kind != Token::Kind::end) fail("'" + std::string(token_.text) + "' is not expected here", hint_for(token_.text));
    if (error_) return std::unexpected(*error_);
    return out;
  }

 private:
  static std::string hint_for(std::string_view text) {
    if (text == "=" || text == "!") return "write 'is' or 'is not' for names, >= > <= < for numbers";
    if (text == "&" || text == "|") return "write 'and' or 'or'";
    return "join conditions with 'and' or 'or'";
  }

  void advance() { token_ = lexer_.next(); }
  [[nodiscard]] bool at(std::string_view text) const { return token_.text == text && token_.kind != Token::Kind::end; }
  bool take(std::string_view text) {
    if (!at(text)) return false;
    advance();
    return true;
  }

  Expression fail(std::string message, std::string hint = {}) {
    if (!error_) error_ = ParseError{token_.offset, std::move(message), std::move(hint)};
    token_ = {};  // nothing after the first error is read
    return {};
  }

  void expect(std::string_view text) {
    if (take(text)) return;
    const std::string found = token_.kind == Token::Kind::end ? "the end" : "'" + std::string(token_.text) + "'";
    fail("'" + std::string(text) + "' expected, " + found + " found");
  }

  static Expression pair(Op op, Expression left, Expression right) {
    Expression out;
    out.op = op;
    out.offset = left.offset;
    out.kids.push_back(std::move(left));
    out.kids.push_back(std::move(right));
    return out;
  }

  bool too_deep() {
    if (depth_ < deepest) return false;
    fail("the condition nests too deeply", "split it with [[define]]");
    return true;
  }

  Expression either() {
    if (too_deep()) return {};
    ++depth_;
    Expression out = both();
    int links = 0;
    while (!error_ && take("or")) {
      if (++links > deepest) return fail("too many alternatives in one condition", "split it with [[define]]");
      out = pair(Op::either, std::move(out), both());
    }
    --depth_;
    return out;
  }

  Expression both() {
    Expression out = negation();
    int links = 0;
    while (!error_ && take("and")) {
      if (++links > deepest) return fail("too many parts in one condition", "split it with [[define]]");
      out = pair(Op::both, std::move(out), negation());
    }
    return out;
  }

  Expression negation() {
    if (!at("not")) return comparison();
    if (too_deep()) return {};
    ++depth_;
    Expression out;
    out.op = Op::negation;
    out.offset = token_.offset;
    advance();
    out.kids.push_back(negation());
    --depth_;
    return out;
  }

  Expression comparison() {
    if (at("always")) {
      Expression out;
      out.offset = token_.offset;
      advance();
      return out;
    }
    Expression left = sum();
    if (error_) return left;
    if (at("is") || at("in") || at("not")) return membership(left);
    auto relation = relation_here();
    if (!relation) return left;
    Expression middle = sum();
    Expression out = related(std::move(left), *relation, middle);
    relation = relation_here();
    if (!relation) return out;
    return pair(Op::both, std::move(out), related(std::move(middle), *relation, sum()));
  }

  static Expression related(Expression left, Relation relation, Expression right) {
    Expression out = pair(Op::relation, std::move(left), std::move(right));
    out.relation = relation;
    return out;
  }

  std::optional<Relation> relation_here() {
    if (error_) return std::nullopt;
    if (take(">=")) return Relation::at_least;
    if (take(">")) return Relation::above;
    if (take("<=")) return Relation::at_most;
    if (take("<")) return Relation::below;
    return std::nullopt;
  }

  Expression membership(const Expression& left) {
    if (left.op != Op::name) return fail("only a word can stand before 'is' and 'in'");
    Expression out;
    out.op = Op::member;
    out.offset = left.offset;
    out.name = left.name;
    const bool is = take("is");
    bool negated = take("not");
    if (!is) expect("in");
    if (error_) return {};
    if (is) {
      out.names.push_back(plain_name());
    } else {
      read_set(out);
    }
    if (!negated) return out;
    Expression wrapped;
    wrapped.op = Op::negation;
    wrapped.offset = out.offset;
    wrapped.kids.push_back(std::move(out));
    return wrapped;
  }

  void read_set(Expression& out) {
    if (!take("[")) {
      out.group = true;
      out.names.push_back(plain_name());
      return;
    }
    do {
      out.names.push_back(plain_name());
    } while (!error_ && take(","));
    if (!error_) expect("]");
  }

  std::string plain_name() {
    if (token_.kind != Token::Kind::name && token_.kind != Token::Kind::number) {
      fail("a name is expected");
      return {};
    }
    std::string out(token_.text);
    advance();
    return out;
  }

  Expression sum() {
    Expression out = product();
    int links = 0;
    while (!error_ && (at("+") || at("-"))) {
      if (++links > deepest) return fail("the sum is too long", "split it with [[define]]");
      const Op op = at("+") ? Op::plus : Op::minus;
      advance();
      out = pair(op, std::move(out), product());
    }
    return out;
  }

  Expression product() {
    Expression out = factor();
    int links = 0;
    while (!error_ && (at("*") || at("/"))) {
      if (++links > deepest) return fail("the product is too long", "split it with [[define]]");
      const Op op = at("*") ? Op::times : Op::over;
      advance();
      out = pair(op, std::move(out), factor());
    }
    return out;
  }

  Expression factor() {
    if (too_deep()) return {};
    ++depth_;
    Expression out = bare_factor();
    --depth_;
    return out;
  }

  Expression bare_factor() {
    Expression out;
    out.offset = token_.offset;
    if (take("(")) {
      out = either();
      if (!error_) expect(")");
      return out;
    }
    if (at("min") || at("max")) return extreme();
    if (token_.kind == Token::Kind::number) return number();
    if (token_.kind == Token::Kind::day) {
      out.op = Op::day;
      out.day = base::Date::parse(token_.text).value_or(base::Date());
      advance();
      return out;
    }
    if (token_.kind == Token::Kind::name) {
      if (at("and") || at("or") || at("not") || at("in") || at("is") || at("always")) return fail("'" + std::string(token_.text) + "' is not expected here");
      out.op = Op::name;
      out.name = std::string(token_.text);
      advance();
      return out;
    }
    if (token_.kind == Token::Kind::end) return fail("the condition ends too early", "finish it, or take the last word away");
    return fail("'" + std::string(token_.text) + "' is not expected here", hint_for(token_.text));
  }

  Expression extreme() {
    const Op op = at("min") ? Op::least : Op::greatest;
    advance();
    expect("(");
    if (error_) return {};
    Expression left = sum();
    if (!error_) expect(",");
    if (error_) return {};
    Expression out = pair(op, std::move(left), sum());
    if (!error_) expect(")");
    return out;
  }

  Expression number() {
    Expression out;
    out.op = Op::number;
    out.offset = token_.offset;
    out.number = base::Exact::parse(token_.text).value_or(base::Exact());
    const bool can_be_written = base::Exact::parse(out.number.to_text(finest)) == out.number;  // "8e-16" is read, but has no decimal
    if (!can_be_written) return fail("'" + std::string(token_.text) + "' is finer than twelve decimals");
    const std::string_view unit = lexer_.unit();
    out.has_unit = !unit.empty();
    out.unit = std::string(unit);
    advance();
    const bool word_follows = token_.kind == Token::Kind::name && !at("and") && !at("or") && !at("is") && !at("in") && !at("not");
    if (word_follows && !out.has_unit) return unknown_unit();
    return out;
  }

  Expression unknown_unit() {
    const auto names = base::unit_names();
    const std::string near = base::did_you_mean(token_.text, names);
    return fail("unknown unit '" + std::string(token_.text) + "'", near.empty() ? "such as GB/s, mm2, TOPS or %" : near);
  }

  Lexer lexer_;
  Token token_;
  int depth_ = 0;
  std::optional<ParseError> error_;
};

}  // namespace

std::expected<Expression, ParseError> parse_expression(std::string_view text) { return Parser(text).whole(); }

std::string to_text(Relation relation) {
  switch (relation) {
    case Relation::at_least: return ">=";
    case Relation::above: return ">";
    case Relation::at_most: return "<=";
    case Relation::below: return "<";
  }
  return "?";
}

namespace {

std::string joined(const Expression& e, const std::string& sign) {
  return "(" + to_text(e.kids[0]) + " " + sign + " " + to_text(e.kids[1]) + ")";
}

// A yes-or-no where a number belongs makes no sense, but is written out as it was read.
std::string number_text(const Expression& e) {
  const bool bare_truth = e.op == Op::always || e.op == Op::negation || e.op == Op::relation || e.op == Op::member;
  return bare_truth ? "(" + to_text(e) + ")" : to_text(e);
}

std::string calculation(const Expression& e, const std::string& sign) {
  return "(" + number_text(e.kids[0]) + " " + sign + " " + number_text(e.kids[1]) + ")";
}

std::string extreme_text(const Expression& e, const std::string& name) { return name + "(" + number_text(e.kids[0]) + ", " + number_text(e.kids[1]) + ")"; }

std::string membership_text(const Expression& e) {
  if (e.group) return e.name + " in " + e.names[0];
  std::string out;
  for (const std::string& name : e.names) out += (out.empty() ? "" : ", ") + name;
  return e.name + " in [" + out + "]";
}

}  // namespace

std::string to_text(const Expression& e) {
  switch (e.op) {
    case Op::always: return "always";
    case Op::either: return joined(e, "or");
    case Op::both: return joined(e, "and");
    case Op::negation: return "not (" + to_text(e.kids[0]) + ")";
    case Op::relation: return number_text(e.kids[0]) + " " + to_text(e.relation) + " " + number_text(e.kids[1]);
    case Op::member: return membership_text(e);
    case Op::number: return e.number.to_text(finest) + (e.has_unit ? " " + e.unit : "");
    case Op::day: return e.day.to_text();
    case Op::name: return e.name;
    case Op::plus: return calculation(e, "+");
    case Op::minus: return calculation(e, "-");
    case Op::times: return calculation(e, "*");
    case Op::over: return calculation(e, "/");
    case Op::least: return extreme_text(e, "min");
    case Op::greatest: return extreme_text(e, "max");
  }
  return {};
}

}  // namespace brightline::law
