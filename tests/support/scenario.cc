// SPDX-License-Identifier: Apache-2.0
#include "tests/support/scenario.h"

#include <algorithm>
#include <charconv>
#include <fstream>
#include <stdexcept>
#include <tuple>

#include "crypto/merkle.h"
#include "ledger/domain/rule.h"
#include "ledger/schema/json.h"
#include "ledger/schema/names.h"
#include "tests/support/founders.h"

namespace fundtrail::tests {

namespace {

[[noreturn]] void fail(Place const& place, std::string_view problem) {
  throw std::runtime_error(place.text() + ": " + std::string(problem));
}

std::string trimmed(std::string_view text) {
  auto const first = text.find_first_not_of(' ');
  if (first == std::string_view::npos) return {};
  return std::string(text.substr(first, text.find_last_not_of(' ') - first + 1));
}

std::vector<std::string> cellsOf(std::string_view row) {
  std::vector<std::string> cells;
  row.remove_prefix(1);
  while (!row.empty()) {
    auto const end = row.find('|');
    cells.push_back(trimmed(row.substr(0, end)));
    row = end == std::string_view::npos ? std::string_view() : row.substr(end + 1);
  }
  return cells;
}

/// A row whose cells are found by the first word of their column's heading.
class Row {
 public:
  Row(Place place, std::vector<std::string> const& columns, std::vector<std::string> cells) : place_(std::move(place)) {
    if (cells.size() != columns.size()) fail(place_, "has another number of cells than its heading");
    for (std::size_t i = 0; i < cells.size(); ++i) cells_.emplace(columns[i], std::move(cells[i]));
  }

  Place const& place() const { return place_; }
  bool has(std::string_view column) const { return cells_.contains(column); }
  std::string const& operator[](std::string_view column) const {
    auto const cell = cells_.find(column);
    if (cell == cells_.end()) fail(place_, "the table has no column " + std::string(column));
    return cell->second;
  }

 private:
  Place place_;
  std::map<std::string, std::string, std::less<>> cells_;
};

domain::Date dateOf(Place const& place, std::string_view text) {
  auto const date = domain::Date::parse(text);
  if (!date) fail(place, "no date: " + std::string(text));
  return *date;
}

/// "2025-05-21", or "2025-05-21 recorded 2025-05-20".
Dates datesOf(Place const& place, std::string_view cell) {
  static constexpr std::string_view kRecorded = " recorded ";
  auto const at = cell.find(kRecorded);
  auto const occurredOn = dateOf(place, cell.substr(0, at));
  if (at == std::string_view::npos) return {occurredOn, occurredOn};
  return {occurredOn, dateOf(place, cell.substr(at + kRecorded.size()))};
}

Fields fieldsIn(Place const& place, std::string_view cell) try {
  return fieldsOf(cell);
} catch (std::runtime_error const& error) {
  fail(place, error.what());
}

/// "reform 440115/available"; the purpose of what is not split is "undivided".
domain::Place placeOf(Place const& row, std::string_view text) {
  auto const slash = text.find('/');
  auto const pocket = text.substr(0, slash);
  auto const stageText = slash == std::string_view::npos ? std::string_view() : text.substr(slash + 1);
  auto const space = pocket.find(' ');
  auto const purposeText = pocket.substr(0, space);
  domain::Place result{{}, {}};
  if (purposeText != "undivided") {
    unsigned purpose = 1;
    while (purpose < 8 && schema::enumerantName(schema::Purpose(purpose)) != purposeText) ++purpose;
    if (purpose == 8) fail(row, "no purpose: " + std::string(purposeText));
    result.pocket.purpose = schema::Purpose(purpose);
  }
  if (space != std::string_view::npos) {
    std::from_chars(pocket.data() + space + 1, pocket.data() + pocket.size(), result.pocket.county);
  }
  std::size_t stage = 0;
  while (stage < domain::kStages && domain::stageName(domain::Stage(stage)) != stageText) ++stage;
  if (stage == domain::kStages) fail(row, "no stage: " + std::string(stageText));
  result.stage = domain::Stage(stage);
  return result;
}

/// In the column of events: the same event as that step's, with other fields.
constexpr std::string_view kLike = "like ";

class Reader {
 public:
  explicit Reader(std::filesystem::path const& file) : file_(file), name_(file.filename().string()) {}

  Scenario read() {
    scenario_.name = file_.stem().string();
    std::ifstream in(file_);
    if (!in) throw std::runtime_error("cannot read " + file_.string());
    std::vector<std::string> columns;
    Place place{name_, 0};
    for (std::string line; std::getline(in, line);) {
      ++place.line;
      if (line.starts_with("Continues ")) continues(place, line);
      if (!line.starts_with('|')) {
        columns.clear();
      } else if (columns.empty()) {
        for (auto const& heading : cellsOf(line)) columns.push_back(heading.substr(0, heading.find(' ')));
      } else if (!line.starts_with("|--")) {
        row(Row(place, columns, cellsOf(line)));
      }
    }
    for (auto const& row : refusedRows_) scenario_.refusals.push_back(refused(row));
    return std::move(scenario_);
  }

 private:
  /// "Continues [office](office.md): …"
  void continues(Place const& place, std::string const& line) {
    auto const open = line.find('(');
    auto const close = line.find(')');
    if (open == std::string::npos || close == std::string::npos) fail(place, "continues what? link the file");
    scenario_.steps = Reader(file_.parent_path() / line.substr(open + 1, close - open - 1)).read().steps;
  }

  void row(Row const& row) {
    if (row.has("person")) return staff(row);
    if (row.has("refused")) return refusedRows_.push_back(row);
    if (row.has("after")) return figure(row);
    Step step{row.place(),  row["step"],
              row["by"],    datesOf(row.place(), row["on"]),
              row["event"], fieldsIn(row.place(), row["with"])};
    if (step.type.starts_with(kLike)) {
      auto const& model = named(row.place(), std::string_view(step.type).substr(kLike.size()));
      step.fields = changed(model.fields, step.fields);
      step.type = model.type;
    }
    add(std::move(step));
  }

  void add(Step step) {
    if (find(step.label)) fail(step.place, "there is a step labelled " + step.label + " already");
    scenario_.steps.push_back(std::move(step));
  }

  Step const* find(std::string_view label) const {
    auto const at = std::ranges::find(scenario_.steps, label, &Step::label);
    return at == scenario_.steps.end() ? nullptr : &*at;
  }

  Step const& named(Place const& place, std::string_view label) const {
    auto const* const step = find(label);
    if (!step) fail(place, "there is no step " + std::string(label));
    return *step;
  }

  /// A key and a role, each proposed by one security administrator and confirmed by the other.
  void staff(Row const& row) {
    auto const& person = row["person"];
    auto const change = [&](std::string const& label, std::string type, Fields fields) {
      Dates const dates = datesOf(row.place(), row["from"]);
      add({row.place(), label, "sec-1", dates, std::move(type), std::move(fields)});
      add({row.place(),
           label + ".ok",
           "sec-2",
           dates,
           "changeConfirmed",
           {{"change", "@" + label}, {"outcome", "pass"}}});
    };
    if (!find(person + ".key")) {
      change(person + ".key", "keyEnrolled",
             {{"person", person},
              {"personName", row["name"]},
              {"organisation", row["organisation"]},
              {"algorithm", "ed25519"},
              {"publicKey", "spki:" + person}});
    }
    change(person + "." + row["role"], "roleGranted",
           {{"person", person},
            {"role", row["role"]},
            {"region", row["region"]},
            {"validFrom", row["from"]},
            {"validTo", row["to"]}});
  }

  RefusedStep refused(Row const& row) const {
    auto const& at = row["at"];
    auto const* const original = find(at);
    if (!original && at != "end") fail(row.place(), "there is no step " + at);
    RefusedStep refused{
        row.place(), at,
        original ? *original : Step{row.place(), "end", "", {domain::Date::first(), domain::Date::first()}, "", {}},
        row["refused"]};
    auto& step = refused.step;
    step.place = row.place();
    // "= type; …" is another event altogether, "= @step" the very same event as that step's, "= @step; …" one with
    // other fields.
    auto const& change = row["change"];
    auto const end = change.find(';');
    if (change.starts_with("= @")) {
      step = named(row.place(), trimmed(change.substr(3, end == std::string::npos ? end : end - 3)));
      step.place = row.place();
      if (end != std::string::npos) step.fields = changed(step.fields, fieldsIn(row.place(), change.substr(end + 1)));
    } else if (change.starts_with("= ")) {
      step.type = trimmed(change.substr(2, end - 2));
      step.fields = fieldsIn(row.place(), end == std::string::npos ? "" : change.substr(end + 1));
    } else {
      step.fields = changed(step.fields, fieldsIn(row.place(), change));
    }
    if (!row["by"].empty()) step.by = row["by"];
    if (!row["on"].empty()) step.on = datesOf(row.place(), row["on"]);
    if (step.type.empty() || step.by.empty()) fail(row.place(), "an event at the end needs its type, person and date");
    if (std::ranges::find(domain::rules(), refused.rule, &domain::Rule::id) == domain::rules().end()) {
      fail(row.place(), "there is no rule " + refused.rule);
    }
    return refused;
  }

  void figure(Row const& row) {
    auto const& where = row["where"];
    auto const slash = where.find('/');
    if (slash == std::string::npos) fail(row.place(), "where is tranche/purpose/stage");
    auto const amount = domain::parseYuan(row["amount"]);
    if (!amount) fail(row.place(), "no amount: " + row["amount"]);
    std::ignore = named(row.place(), row["after"]);
    scenario_.figures.push_back({row.place(), row["after"], where.substr(0, slash),
                                 placeOf(row.place(), std::string_view(where).substr(slash + 1)), *amount});
  }

  std::filesystem::path file_;
  std::string name_;
  Scenario scenario_;
  std::vector<Row> refusedRows_;
};

constexpr domain::Date kFounded = domain::Date::fromNumber(20240101).value();

}  // namespace

Scenario readScenario(std::filesystem::path const& file) {
  return Reader(file).read();
}

std::vector<std::filesystem::path> scenarioFiles() {
  std::vector<std::filesystem::path> files;
  for (auto const& entry : std::filesystem::directory_iterator(FUNDTRAIL_SOURCE_DIR "/tests/scenarios")) {
    if (entry.path().extension() == ".md" && entry.path().stem() != "README") files.push_back(entry.path());
  }
  std::ranges::sort(files);
  return files;
}

Play::Play() : ledger_(foundingBatch(domain::Instant::startOf(kFounded))) {}

Play::Recorded const& Play::named(std::string_view label) const {
  auto const at = labels_.find(label);
  if (at == labels_.end()) throw std::runtime_error("no step " + std::string(label) + " was recorded before");
  return at->second;
}

schema::Words Play::eventOf(Step const& step) const try {
  auto const json = eventJson(step.type, step.on.occurredOn.number(), step.fields,
                              [this](std::string_view label) { return named(label).second.value(); });
  auto const file = schema::parseBatchFile("{\"events\":[" + json + "]}");
  if (!file) fail(step.place, file.error().message);
  // The same step is the same event, to the byte.
  auto const digest = crypto::hash(crypto::HashAlgorithm::sha256, crypto::asBytes(step.label));
  schema::Salt salt{};
  std::copy_n(digest.bytes.begin(), salt.size(), salt.begin());
  auto words = file->events.front().encode(
      salt, [this](std::string_view label) -> crypto::Result<crypto::Digest> { return refOf(label).digest(); });
  if (!words) fail(step.place, words.error().message);
  return *std::move(words);
} catch (std::runtime_error const& error) {
  std::string_view const text = error.what();
  if (text.starts_with(step.place.text())) throw;
  fail(step.place, text);
}

domain::EventContext Play::contextOf(Step const& step, schema::Words const& event) const {
  auto const algorithm = ledger_.hashAlgorithm();
  return {
      domain::EventNumber(ledger_.events().size()), domain::EventRef(crypto::TreeHasher(algorithm).leaf(event.bytes())),
      domain::KeyId(keyOf(step.by).publicKey().fingerprint(algorithm)), domain::Instant::startOf(step.on.recordedOn)};
}

std::optional<Refused> Play::record(Step const& step) {
  auto const event = eventOf(step);
  auto const context = contextOf(step, event);
  batch::EventList events;
  events.append(event.bytes());
  auto refused = ledger_.submit(
      batch::sign(ledger_.id(), ledger_.hashAlgorithm(), keyOf(step.by), context.acceptedAt, {}, std::move(events)));
  if (!refused) labels_.insert_or_assign(step.label, Recorded{context.ref, context.number});
  return refused;
}

}  // namespace fundtrail::tests
