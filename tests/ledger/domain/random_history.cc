// SPDX-License-Identifier: Apache-2.0
#include "tests/ledger/domain/random_history.h"

#include <algorithm>

#include <fmt/format.h>

#include "ledger/domain/authority.h"
#include "ledger/domain/counting.h"
#include "ledger/domain/eligible_cost.h"
#include "ledger/domain/uscc.h"
#include "ledger/schema/names.h"

namespace fundtrail::tests {

using domain::EventRef;
using domain::Fen;
using domain::PaymentStage;
using domain::Pocket;
using domain::Project;
using domain::ProjectStage;
using domain::Stage;
using domain::Tranche;
using schema::Purpose;

namespace {

std::string freshUscc(std::size_t counter) {
  auto const body = fmt::format("91440101MA{:07}", counter);
  for (char const check : std::string_view("0123456789ABCDEFGHJKLMNPQRTUWXY")) {
    if (domain::Uscc::parse(body + check)) return body + check;
  }
  crypto::abortOnBug("every body of a credit code has its check character");
}

bool isDate(std::string_view value) {
  return value.size() == 10 && value[4] == '-' && value[7] == '-';
}

void addPocket(Fields& fields, Pocket const& pocket, std::string const& purpose, std::string const& county) {
  if (pocket.purpose != Purpose::NOT_STATED) {
    fields.emplace_back(purpose, std::string(schema::enumerantName(pocket.purpose)));
  }
  if (pocket.county != 0) fields.emplace_back(county, std::to_string(pocket.county));
}

std::string const& valueOf(Step const& step, std::string_view path) {
  static std::string const kNone;
  auto const at = std::ranges::find(step.fields, path, &Fields::value_type::first);
  return at == step.fields.end() ? kNone : at->second;
}

}  // namespace

std::optional<std::pair<std::string, std::string>> reversersOf(std::string_view type) {
  auto const roles = domain::reversingRoles(schema::eventTypeNamed(type).value());
  if (!roles) return std::nullopt;
  return roles->propose.contains(schema::Role::PROVINCE_FINANCE) ? std::pair{"prov-fin", "prov-fin-2"}
                                                                 : std::pair{"gz-ind-clerk", "gz-ind-reviewer"};
}

RandomHistory::RandomHistory(std::vector<unsigned> tape)
    : tape_(std::move(tape)), beginning_(&beginnings()[choice(beginnings().size())]), today_(beginning_->today) {
  for (auto const& step : beginning_->steps) records_.push_back({modelOf(step), step});
}

unsigned RandomHistory::choice(std::size_t n) {
  return isDone() ? 0 : tape_[next_++] % static_cast<unsigned>(n);
}

template <class T>
T const& RandomHistory::pick(std::vector<T> const& from) {
  return from[choice(from.size())];
}

RandomHistory::Record const* RandomHistory::pickRecord(std::string_view type) {
  std::vector<Record const*> found;
  for (auto const& record : records_) {
    if (record.step.type == type) found.push_back(&record);
  }
  if (found.empty()) return nullptr;
  return choice(2) == 0 ? found.back() : pick(found);
}

/// About as much as there is: at its edges, and a fen beyond them.
std::string RandomHistory::amount(Fen there) {
  auto const cents = there.count();
  auto const options =
      std::vector<std::int64_t>{cents, cents, cents, cents / 2, cents + 1, cents - 1, 1, cents / 3, cents / 7};
  return formatYuan(Fen::literal(std::max<std::int64_t>(1, pick(options))));
}

std::string RandomHistory::fresh(std::string_view prefix) {
  return fmt::format("{}{}", prefix, ++counter_);
}

Step RandomHistory::step(std::string by, std::string type, Fields fields) {
  // A step that is told by hand counts as one like the first of its type.
  model_ = modelOf(Models::all().steps()[Models::all().ofType(type).front()]);
  return {{"generated", counter_}, fresh("step-"), std::move(by), {today_, today_}, std::move(type), std::move(fields)};
}

void RandomHistory::recorded(Step const& step) {
  records_.push_back({model_, step});
}

std::optional<Step> RandomHistory::attempt(Play const& play) {
  if (choice(8) == 0) today_ = today_.plusDays(static_cast<int>(choice(10)));
  auto step = one(play);
  // Nearly always the right person, on the right day.
  static std::vector<std::string> const kAnybody{"gz-fin-requester", "gz-fin-cashier", "prov-fin", "hai-staff",
                                                 "sec-1"};
  if (step && choice(16) == 0) step->by = pick(kAnybody);
  if (step && choice(16) == 0) step->on.occurredOn = today_.plusDays(-static_cast<int>(choice(40)));
  return step;
}

/// What comes next for something that is there, or something new.
std::optional<Step> RandomHistory::one(Play const& play) {
  switch (choice(32)) {
    case 0: return split(play);
    case 1: return choice(2) == 0 ? adjust(play) : recall(play);
    case 2: return choice(2) == 0 ? settle(play) : recover(play);
    case 3: return begin();
    case 4:
    case 5:
    case 6:
    case 7:
    case 8: return advanceProject(play);
    case 9: return request(play);
    case 10:
    case 11:
    case 12: return advancePayment(play);
    case 13: return choice(2) == 0 ? orderRecovery(play) : recover(play);
    case 14: return importStatement();
    case 15: return match();
    case 16:
    case 17: return reverse();
    case 18:
    case 19: return confirm(play);
    case 20: return followUp();
    default: return imitateAny();
  }
}

// ---- imitation

RandomHistory::Record const* RandomHistory::boundTo(std::string const& model, std::string_view type) {
  std::vector<Record const*> alike;
  for (auto const& record : records_) {
    if (record.model == model) alike.push_back(&record);
  }
  if (alike.empty() || choice(12) == 0) return pickRecord(type);
  return choice(2) == 0 ? alike.back() : pick(alike);
}

/// A value of the model, on this day and with numbers that were not used before.
std::string RandomHistory::imitated(Step const& model, std::string const& field, std::string const& value) {
  if (isDate(value)) {
    auto const date = domain::Date::parse(value);
    return date ? date->plusDays(model.on.recordedOn.daysUntil(today_)).text() : value;
  }
  auto const last = field.substr(field.rfind('.') == std::string::npos ? 0 : field.rfind('.') + 1);
  if (value.find("〔") != std::string::npos) return fmt::format("模拟粤财工〔2025〕{}号", ++counter_);
  if (last == "bankReference" || last == "voucherNumber" || last == "receipt" || last == "name") {
    return model.type == "bankAccountChanged" || model.type == "organisationRegistered" ? value : fresh(value + "-");
  }
  if (last == "digest") return fresh("hash:generated-");
  if (last == "invoice") return fmt::format("{:020}", ++counter_);
  if (value.starts_with("spki:")) return fresh(value + "-");
  if (model.type == "organisationRegistered" && last == "uscc") return freshUscc(++counter_);
  if (model.type == "productListed" && last == "code" && choice(2) == 0) return fresh(value + "-");
  if (model.type == "cityDesignated" && last == "city") {
    static std::vector<std::string> const kCities{"440600", "441300", "441900", "442000", "440700", "441200",
                                                  "440500", "440200", "441400", "440800", "440900", "445200"};
    return pick(kCities);
  }
  return value;
}

std::optional<Step> RandomHistory::imitate(Step const& model, Record const* about, Fields const& changes) {
  std::map<std::string, Record const*> bound;
  Fields fields;
  for (auto const& [path, value] : model.fields) {
    if (!value.starts_with('@') && !value.starts_with('#')) {
      fields.emplace_back(path, imitated(model, path, value));
      continue;
    }
    auto const& named = Models::all().named(model, value);
    auto const [at, isNew] = bound.emplace(named.label, nullptr);
    if (isNew) at->second = about && about->model == modelOf(named) ? about : boundTo(modelOf(named), named.type);
    if (!at->second) return std::nullopt;
    fields.emplace_back(path, value.substr(0, 1) + at->second->step.label);
  }
  auto result = step(model.by, model.type, changed(std::move(fields), changes));
  model_ = modelOf(model);
  return result;
}

std::optional<Step> RandomHistory::imitateAny() {
  auto const& models = Models::all();
  if (choice(2) == 0) return imitate(models.steps()[pick(models.ofType(pick(models.types())))], nullptr);
  constexpr std::size_t kRecent = 6;
  auto const& record =
      choice(3) == 0 ? pick(records_) : records_[records_.size() - 1 - choice(std::min(kRecent, records_.size()))];
  auto const& about = models.about(record.model);
  if (about.empty()) return std::nullopt;
  return imitate(models.steps()[pick(about)], &record);
}

/// What is raised or asked is answered.
std::optional<Step> RandomHistory::followUp() {
  static std::vector<std::string> const kTypes{"findingRaised", "complaintFiled", "objectionRaised", "trancheIssued"};
  auto const* const record = pickRecord(pick(kTypes));
  if (!record) return std::nullopt;
  auto const& about = Models::all().about(record->model);
  if (about.empty()) return std::nullopt;
  return imitate(Models::all().steps()[pick(about)], record);
}

std::optional<Step> RandomHistory::next(std::string_view type, Record const& about, Fields const& changes) {
  auto const& models = Models::all();
  std::vector<std::size_t> fitting;
  for (auto const model : models.about(about.model)) {
    if (models.steps()[model].type == type) fitting.push_back(model);
  }
  if (fitting.empty()) return std::nullopt;
  return imitate(models.steps()[pick(fitting)], &about, changes);
}

// ---- tranches

std::optional<Step> RandomHistory::split(Play const& play) {
  auto const* const about = pickRecord("trancheIssued");
  if (!about) return std::nullopt;
  auto const& tranche = *play.ledger().state().tranches.find(play.refOf(about->step.label));
  auto const from = tranche.pockets.empty() ? Pocket{} : tranche.pockets[choice(tranche.pockets.size())].pocket;
  static std::vector<std::string> const kPurposes{"reform", "reform", "reform", "reform", "diagnosis", "platform"};
  Fields fields{{"tranche", "@" + about->step.label},
                {"purpose", pick(kPurposes)},
                {"amount", amount(tranche.balance({from, Stage::available}))}};
  addPocket(fields, from, "fromPurpose", "fromCounty");
  if (choice(3) == 0) fields.emplace_back("county", "440115");
  return step("gz-fin-cashier", "trancheSplit", std::move(fields));
}

std::optional<Step> RandomHistory::adjust(Play const& play) {
  auto const* const about = pickRecord("trancheIssued");
  if (!about) return std::nullopt;
  auto const& tranche = *play.ledger().state().tranches.find(play.refOf(about->step.label));
  return step("prov-fin", "trancheAdjusted",
              {{"tranche", "@" + about->step.label},
               {"number", fmt::format("模拟粤财工〔2025〕{}号", ++counter_)},
               {"change", (choice(2) == 0 ? "-" : "") + amount(tranche.balance({{}, Stage::issued}))}});
}

std::optional<Step> RandomHistory::recall(Play const& play) {
  auto const* const about = pickRecord("trancheIssued");
  if (!about) return std::nullopt;
  auto const& tranche = *play.ledger().state().tranches.find(play.refOf(about->step.label));
  auto const pocket = tranche.pockets.empty() ? Pocket{} : tranche.pockets[choice(tranche.pockets.size())].pocket;
  Fields fields{{"tranche", "@" + about->step.label},
                {"number", fmt::format("模拟粤财工〔2025〕{}号", ++counter_)},
                {"amount", amount(tranche.balance({pocket, Stage::available}))}};
  addPocket(fields, pocket, "purpose", "county");
  return step("prov-fin", "trancheRecalled", std::move(fields));
}

/// What is due follows from the state; the evaluation, where there is none yet, is imitated.
std::optional<Step> RandomHistory::settle(Play const& play) {
  auto const& state = play.ledger().state();
  auto const city = domain::CityCode::fromNumber(440100).value();
  auto const* const record = state.cities.find(city);
  if (!record || !record->evaluatedOn) return std::nullopt;
  Fen issued;
  state.tranches.visit([&](EventRef const&, Tranche const& tranche) {
    if (tranche.city != city || tranche.level != schema::GovernmentLevel::PROVINCE) return;
    issued += tranche.issued - tranche.sum(Stage::recalled);
  });
  auto const due = Fen::literal(100'000);
  return step("prov-ind", "finalSettlement",
              {{"city", "440100"},
               {"number", fmt::format("模拟粤工信〔2025〕{}号", ++counter_)},
               {"countedEnterprises", std::to_string(domain::countedEnterprises(state, city, today_))},
               {"confirmed", formatYuan(issued + due)},
               {"due", formatYuan(due)}});
}

// ---- projects

std::optional<Step> RandomHistory::begin() {
  auto const& models = Models::all();
  auto const* const contract = pickRecord("contractFiled");
  if (!contract || choice(2) == 0) return imitate(models.steps()[pick(models.ofType("contractFiled"))], nullptr);
  return next("projectEnrolled", *contract);
}

std::optional<Step> RandomHistory::advanceProject(Play const& play) {
  auto const* const about = pickRecord("projectEnrolled");
  if (!about) return std::nullopt;
  auto const& project = *play.ledger().state().projects.find(play.refOf(about->step.label));
  if (choice(5) == 0) return next("levelAssessed", *about);
  switch (project.stage) {
    case ProjectStage::enrolled: return next("applicationSubmitted", *about);
    case ProjectStage::submitted: return next("applicationReviewed", *about);
    case ProjectStage::reviewed: return next("siteChecked", *about);
    case ProjectStage::siteChecked:
      return project.isPaidInAdvance() && !project.award ? propose(play, *about, project)
                                                         : next("costVerified", *about);
    case ProjectStage::costVerified: return next("projectAccepted", *about);
    case ProjectStage::accepted: return propose(play, *about, project);
    case ProjectStage::proposed: return publish(*about, project);
    case ProjectStage::publicised: {
      auto const* const publicity = pickRecord("publicityOpened");
      if (choice(5) == 0) return next("objectionRaised", *about);
      return publicity
                 ? std::optional(step("gz-ind-clerk", "publicityClosed", {{"publicity", "@" + publicity->step.label}}))
                 : std::nullopt;
    }
    case ProjectStage::publicityClosed: return award(play, *about, project);
    case ProjectStage::awarded: return next(choice(2) == 0 ? "lookBackDone" : "siteChecked", *about);
    default: return std::nullopt;
  }
}

std::optional<Step> RandomHistory::propose(Play const& play, Record const& about, Project const& project) {
  auto const& state = play.ledger().state();
  auto const* const plan = state.cities.find(project.city)->planFor(project.purpose, today_);
  bool const planned = project.isPaidInAdvance() && !project.award;
  auto const level = static_cast<std::uint8_t>(project.purpose != Purpose::REFORM ? 1 : planned ? 2 : project.level);
  auto const cap = plan ? plan->capFor(level) : std::nullopt;
  auto const eligible = planned ? domain::plannedCost(state, project, plan) : std::optional(project.eligible);
  if (!cap || !eligible || eligible->isZero()) return std::nullopt;
  auto const part = share(*eligible, plan->rate, domain::Rounding::down).value();
  auto subsidy = std::max(Fen::literal(1), std::min(part, *cap));
  if (choice(10) == 0) subsidy += Fen::literal(1);
  return step("gz-ind-clerk", "subsidyProposed",
              {{"project", "@" + about.step.label},
               {"level", std::to_string(level)},
               {"eligible", formatYuan(*eligible)},
               {"rateBp", std::to_string(plan->rate.count())},
               {"cap", formatYuan(*cap)},
               {"subsidy", formatYuan(subsidy)}});
}

std::optional<Step> RandomHistory::publish(Record const& about, Project const& project) {
  auto const subsidy = formatYuan(project.subsidy);
  return step("gz-ind-clerk", "publicityOpened",
              {{"city", "440100"},
               {"title", "公示"},
               {"opensOn", today_.text()},
               {"closesOn", today_.plusDays(static_cast<int>(8 + choice(8))).text()},
               {"entries[0].project", "@" + about.step.label},
               {"entries[0].amount", subsidy},
               {"total", subsidy}});
}

/// From as many pockets as it takes, the last one giving what is left.
std::optional<Step> RandomHistory::award(Play const& play, Record const& about, Project const& project) {
  auto left = std::max(Fen::literal(1), project.subsidy);
  Fields fields{{"project", "@" + about.step.label},
                {"amount", formatYuan(left)},
                {"beneficiary", std::string(project.enterprise.text())}};
  unsigned draws = 0;
  play.ledger().state().tranches.visit([&](EventRef const& tranche, Tranche const& record) {
    for (auto const& pocket : record.pockets) {
      auto const there = record.balance({pocket.pocket, Stage::available});
      bool const fits = record.city == project.city && pocket.pocket.purpose == project.purpose &&
                        (pocket.pocket.county == 0 || pocket.pocket.county == project.county);
      if (!fits || there.isZero() || left.isZero() || draws == 8) continue;
      auto const path = fmt::format("draws[{}].", draws++);
      auto const part = std::min(there, left);
      fields.emplace_back(path + "tranche", tranche.text());
      if (pocket.pocket.county != 0) fields.emplace_back(path + "county", std::to_string(pocket.pocket.county));
      fields.emplace_back(path + "amount", formatYuan(part));
      left -= part;
    }
  });
  if (!left.isZero()) return std::nullopt;
  return step("gz-fin-approver", "awardApproved", std::move(fields));
}

// ---- payments

std::optional<Step> RandomHistory::request(Play const& play) {
  auto const& state = play.ledger().state();
  auto const* const about = pickRecord("awardApproved");
  if (!about) return std::nullopt;
  auto const& award = *state.awards.find(play.refOf(about->step.label));
  auto const& payee = *state.organisations.find(award.beneficiary);
  if (payee.accounts.empty()) return std::nullopt;
  auto const& draw = award.draws[choice(award.draws.size())];
  auto const part = amount(draw.amount - draw.requested);
  Fields fields{{"award", "@" + about->step.label},
                {"amount", part},
                {"payee", std::string(award.beneficiary.text())},
                {"payeeName", payee.name},
                {"account", std::string(payee.accounts[choice(payee.accounts.size())].number.text())},
                {"draws[0].tranche", draw.tranche.text()},
                {"draws[0].amount", part}};
  if (draw.county != 0) fields.emplace_back("draws[0].county", std::to_string(draw.county));
  return step("gz-fin-requester", "paymentRequested", std::move(fields));
}

std::optional<Step> RandomHistory::advancePayment(Play const& play) {
  auto const* const about = pickRecord("paymentRequested");
  if (!about) return std::nullopt;
  auto const& payment = *play.ledger().state().payments.find(play.refOf(about->step.label));
  Fields fields{{"payment", "@" + about->step.label}};
  auto const amountAndMore = [&](Fields const& more) {
    fields.emplace_back("amount", choice(10) == 0 ? amount(payment.amount) : formatYuan(payment.amount));
    fields.insert(fields.end(), more.begin(), more.end());
    return fields;
  };
  if (choice(12) == 0) {
    fields.emplace_back("reason", "撤回");
    return step("gz-fin-reviewer", "paymentCancelled", fields);
  }
  auto const account = std::string(payment.account.text());
  switch (payment.stage) {
    case PaymentStage::requested:
      fields.emplace_back("outcome", choice(8) == 0 ? "reject" : "pass");
      return step("gz-fin-reviewer", "paymentReviewed", fields);
    case PaymentStage::reviewed: return step("gz-fin-approver", "paymentApproved", amountAndMore({}));
    case PaymentStage::approved:
      return step("gz-fin-cashier", "paymentInstructed",
                  amountAndMore({{"voucherNumber", fresh("V-")}, {"account", account}}));
    default: break;
  }
  Fields const bank{{"bankReference", fresh("B-")}, {"valueDate", today_.text()}};
  if (choice(2) == 0) {
    return step("gz-fin-keeper", "paymentReturned", changed(amountAndMore(bank), {{"reason", "退票"}}));
  }
  return step("gz-fin-keeper", "paymentSettled", changed(amountAndMore(bank), {{"account", account}}));
}

std::optional<Step> RandomHistory::orderRecovery(Play const& play) {
  auto const* const about = pickRecord("awardApproved");
  if (!about) return std::nullopt;
  if (choice(3) == 0) {
    return step("gz-fin-approver", "awardWithdrawn", {{"award", "@" + about->step.label}, {"reason", "放弃"}});
  }
  auto const& award = *play.ledger().state().awards.find(play.refOf(about->step.label));
  return step("gz-ind-acceptor", "recoveryOrdered",
              {{"award", "@" + about->step.label},
               {"amount", amount(award.paid() - award.recovered() - award.recoveryOrdered)},
               {"dueOn", today_.plusDays(30).text()},
               {"reason", "停用"}});
}

std::optional<Step> RandomHistory::recover(Play const& play) {
  auto const& state = play.ledger().state();
  auto const* const about = pickRecord("recoveryOrdered");
  if (!about) return std::nullopt;
  auto const& recovery = *state.recoveries.find(play.refOf(about->step.label));
  if (choice(4) == 0) {
    return step("prov-fin", "recoveryWaived",
                {{"recovery", "@" + about->step.label}, {"amount", amount(recovery.open())}, {"reason", "企业破产"}});
  }
  auto const& draws = state.awards.find(recovery.award)->draws;
  auto const& draw = draws[choice(draws.size())];
  auto const part = amount(std::min(recovery.open(), draw.paid - draw.recovered));
  Fields fields{{"recovery", "@" + about->step.label},
                {"amount", part},
                {"bankReference", fresh("B-")},
                {"valueDate", today_.text()},
                {"disposition", choice(2) == 0 ? "available" : "treasury"},
                {"draws[0].tranche", draw.tranche.text()},
                {"draws[0].amount", part}};
  if (draw.county != 0) fields.emplace_back("draws[0].county", std::to_string(draw.county));
  return step("gz-fin-keeper", "recoveryReceived", std::move(fields));
}

// ---- the bank

/// A statement of one line, which stands for some event at the bank.
std::optional<Step> RandomHistory::importStatement() {
  static std::vector<std::string> const kTypes{"trancheReceived", "paymentSettled", "paymentReturned",
                                               "recoveryReceived"};
  auto const* const about = pickRecord(pick(kTypes));
  if (!about) return std::nullopt;
  auto const& told = about->step;
  auto const day = valueOf(told, "valueDate").empty() ? told.on.occurredOn.text() : valueOf(told, "valueDate");
  auto const sum = valueOf(told, "amount");
  bool const isDebit = told.type == "paymentSettled";
  auto const opening = Fen::literal(100'000'000'000);
  auto const moved = domain::parseYuan(sum).value();
  Fields fields{{"city", "440100"},
                {"account.number", fmt::format("44001{:015}", ++counter_)},
                {"account.name", "专户"},
                {"digest", fresh("hash:statement-")},
                {"periodFrom", day},
                {"periodTo", day},
                {"opening", formatYuan(opening)},
                {"closing", formatYuan(isDebit ? opening - moved : opening + moved)},
                {"lines[0].valueDate", day},
                {isDebit ? "lines[0].debit" : "lines[0].credit", sum}};
  if (auto const& reference = valueOf(told, "bankReference"); !reference.empty()) {
    fields.emplace_back("lines[0].bankReference", reference);
  }
  auto result = step("gz-fin-keeper", "statementImported", std::move(fields));
  lineOf_[result.label] = told.label;
  return result;
}

std::optional<Step> RandomHistory::match() {
  auto const* const statement = pickRecord("statementImported");
  if (!statement) return std::nullopt;
  auto const event = lineOf_.find(statement->step.label);
  if (event == lineOf_.end() || choice(4) == 0) {
    return step("gz-fin-reviewer", "lineExplained",
                {{"statement", "@" + statement->step.label}, {"line", "0"}, {"explanation", "说明"}});
  }
  return step("gz-fin-keeper", "lineMatched",
              {{"statement", "@" + statement->step.label},
               {"line", "0"},
               {"event", "@" + event->second},
               {"number", "#" + event->second}});
}

// ---- corrections

std::optional<Step> RandomHistory::reverse() {
  constexpr std::size_t kRecent = 12;
  auto const recent = std::min(kRecent, records_.size());
  auto const& target = records_[records_.size() - 1 - choice(recent)].step;
  auto const reversers = reversersOf(target.type);
  return step(reversers ? reversers->first : "prov-fin", "eventReversed",
              {{"event", "@" + target.label}, {"number", "#" + target.label}, {"reason", "误记"}});
}

std::optional<Step> RandomHistory::confirm(Play const& play) {
  auto const& state = play.ledger().state();
  std::vector<domain::PendingChange const*> open;
  state.pending.visit([&](EventRef const&, domain::PendingChange const& pending) {
    if (!pending.decided) open.push_back(&pending);
  });
  if (open.empty()) return std::nullopt;
  auto const& pending = choice(2) == 0 ? *open.back() : *pick(open);
  auto const& author = state.person(pending.author).id;
  schema::Message<schema::Event> const change(pending.event.bytes());
  auto const second = [&]() -> std::string {
    switch (change.root().which()) {
      case schema::Event::Which::BANK_ACCOUNT_CHANGED: return "gz-fin-reviewer";
      case schema::Event::Which::ORGANISATION_RENAMED: return "gz-ind-reviewer";
      case schema::Event::Which::RECOVERY_WAIVED: return author == "prov-fin" ? "prov-fin-2" : "prov-fin";
      case schema::Event::Which::EVENT_REVERSED: return author == "gz-ind-clerk" ? "gz-ind-reviewer" : "prov-fin-2";
      default: return author == "sec-1" ? "sec-2" : "sec-1";
    }
  }();
  return step(second, "changeConfirmed",
              {{"change", pending.context.ref.text()}, {"outcome", choice(8) == 0 ? "reject" : "pass"}});
}

}  // namespace fundtrail::tests
