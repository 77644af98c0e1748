#include "app/law_command.h"

#include <unistd.h>

#include <iostream>

#include "report/law_diff_document.h"
#include "report/law_document.h"
#include "search/law_check.h"
#include "search/law_diff.h"

namespace brightline::app {

namespace {

using report::Format;

Format format_of(const LawOptions& options) {
  return options.json ? Format::json : report::parse_format(options.format).value_or(Format::table);
}

std::string law_folder(const Places& places) { return places.law.empty() ? find_folder("law") : places.law; }

law::Law load(const Places& places) {
  base::Problems problems;
  law::Law law = law::load_law(law_folder(places), places.with, problems);
  base::stop_at(problems);
  return law;
}

/// Writes a document where JSON is asked, a table where CSV or Markdown is, else the text.
template <class Document, class AsTable, class Text>
void write(const LawOptions& options, Streams& streams, Document document, AsTable table, Text text) {
  const Format format = format_of(options);
  if (format == Format::json) {
    streams.out << document().dump() << "\n";
  } else if (format == Format::table) {
    streams.out << text();
  } else {
    streams.out << report::rendered(table(), format, streams.terminal);
  }
}

int run_timeline(const LawOptions& options, Streams& streams) {
  const law::Law law = load(options.places);
  write(
      options, streams, [&] { return report::timeline_document(law); }, [&] { return report::timeline_table(law); },
      [&] { return report::timeline_text(law, streams.terminal); });
  return done;
}

int run_words(const LawOptions& options, Streams& streams) {
  const law::Law law = load(options.places);
  const report::Table table = report::words_table(law);
  streams.out << report::rendered(table, format_of(options), streams.terminal);
  return done;
}

base::Date day_of(const std::string& text, const char* where) {
  if (text == "today") return base::Date::today();
  if (const auto day = base::Date::parse(text)) return *day;
  throw base::BadInput(base::Problem{{where, 0, 0, {}}, "'" + text + "' is no day", "write it as 2024-01-15"});
}

law::Asked asked_of(const LawOptions& options) { return options.as == "text" ? law::Asked::text : law::Asked::enforced; }

[[noreturn]] void no_such(const law::Law& law, const std::string& id) {
  std::vector<std::string> names;
  for (const auto* list : {&law.instruments, &law.proposed}) {
    for (const law::Instrument& instrument : *list) {
      names.push_back(instrument.id);
      for (const law::Clause& clause : instrument.clauses) {
        names.push_back(clause.id);
        names.push_back(search::short_id(clause.id));
      }
    }
  }
  std::string hint = base::did_you_mean(id, names);
  if (hint.empty()) hint = "an instrument, a clause or a day; see brightline law timeline";
  throw base::BadInput(base::Problem{{"law show", 0, 0, {}}, "no instrument and no clause is called '" + id + "'", hint});
}

void show_day(const LawOptions& options, const law::Law& law, base::Date day, Streams& streams) {
  const law::Asked asked = asked_of(options);
  write(
      options, streams, [&] { return report::day_document(law, day, asked); },
      [&] { return report::clauses_table(law, report::clauses_on(law, day, asked)); },
      [&] { return report::day_text(law, day, asked, streams.terminal); });
}

void show_instrument(const LawOptions& options, const law::Law& law, const law::Instrument& instrument, Streams& streams) {
  std::vector<search::ClauseRef> clauses;
  for (const law::Clause& clause : instrument.clauses) clauses.push_back({&instrument, &clause});
  write(
      options, streams, [&] { return report::instrument_document(law, instrument); }, [&] { return report::clauses_table(law, clauses); },
      [&] { return report::instrument_text(law, instrument, streams.terminal); });
}

int run_show(const LawOptions& options, Streams& streams) {
  const law::Law law = load(options.places);
  if (options.id == "today" || base::Date::parse(options.id)) {
    show_day(options, law, day_of(options.id, "law show"), streams);
    return done;
  }
  if (const law::Instrument* instrument = law.find(options.id)) {
    show_instrument(options, law, *instrument, streams);
    return done;
  }
  const auto clauses = search::clauses_called(law, options.id);
  if (clauses.empty()) no_such(law, options.id);
  if (clauses.size() > 1) {
    std::string hint = "which of:";
    for (const search::ClauseRef& ref : clauses) hint += " '" + ref.clause->id + "'";
    throw base::BadInput(base::Problem{{"law show", 0, 0, {}}, "more than one clause is called '" + options.id + "'", hint});
  }
  write(
      options, streams, [&] { return report::clause_document(law, clauses[0]); }, [&] { return report::clauses_table(law, clauses); },
      [&] { return report::clause_text(law, clauses[0], streams.terminal); });
  return done;
}

int run_diff(const LawOptions& options, Streams& streams) {
  const base::Date before = day_of(options.before, "law diff");
  const base::Date after = day_of(options.after, "law diff");
  if (after < before) {
    throw base::BadInput(base::Problem{
        {"law diff", 0, 0, {}}, "the second day lies before the first", "brightline law diff " + options.after + " " + options.before});
  }
  const World world = load_world(options.places);
  base::Problems problems;
  TransactionOptions wish;
  wish.to = options.to;
  wish.as = options.as;
  wish.no_letters = options.no_letters;
  const search::Transaction transaction = read_transaction(wish, world.catalogue.references, problems);
  base::stop_at(problems);
  search::CodeBook codes(world.law);
  const search::LawDiff diff = search::diff_law(world.catalogue, codes, transaction, before, after, problems);
  base::stop_at(problems);
  write(
      options, streams, [&] { return report::law_diff_document(diff, world.law); }, [&] { return report::law_diff_table(diff); },
      [&] { return report::law_diff_text(diff, world.law, streams.terminal); });
  return done;
}

// One line on stderr that overwrites itself; nothing where nobody watches.
search::CheckProgress progress_to(Streams& streams, bool& wrote) {
  const bool watched = &streams.err == &std::cerr && isatty(STDERR_FILENO) != 0;
  if (!watched) return [](const std::string&, std::size_t, std::size_t) {};
  return [&streams, &wrote](const std::string& what, std::size_t at, std::size_t all) {
    wrote = true;
    streams.err << "\r\033[K" << at + 1 << "/" << all << " " << what << std::flush;
  };
}

int run_check(const LawOptions& options, Streams& streams) {
  base::Problems problems;
  const auto texts = law::read_law_texts(law_folder(options.places), problems);
  base::stop_at(problems);
  bool wrote = false;
  const search::LawCheck check = search::check_law(texts, options.places.with, progress_to(streams, wrote), problems);
  if (wrote) streams.err << "\r\033[K" << std::flush;
  base::stop_at(problems);
  const law::Law law = load(options.places);
  write(
      options, streams, [&] { return report::law_check_document(check, law); }, [&] { return report::law_check_table(check); },
      [&] { return report::law_check_text(check, streams.terminal); });
  return check.conflicts.empty() ? done : answered_no;
}

}  // namespace

int run_law(const LawOptions& options, Streams& streams) {
  switch (options.what) {
    case LawOptions::What::timeline:
      return run_timeline(options, streams);
    case LawOptions::What::show:
      return run_show(options, streams);
    case LawOptions::What::diff:
      return run_diff(options, streams);
    case LawOptions::What::check:
      return run_check(options, streams);
    case LawOptions::What::words:
      return run_words(options, streams);
  }
  return done;
}

}  // namespace brightline::app
