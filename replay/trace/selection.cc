// SPDX-License-Identifier: Apache-2.0
#include "replay/trace/selection.h"

#include <algorithm>
#include <array>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "ledger/domain/document_number.h"
#include "ledger/domain/invoice_number.h"
#include "ledger/domain/numbers.h"
#include "ledger/schema/nearest.h"
#include "replay/trace/plain.h"

namespace fundtrail::replay::trace {

using crypto::Error;
using crypto::ErrorKind;
using facts::Facts;
using facts::Row;

namespace {

constexpr std::size_t kMostNear = 5;

/// What people may have meant: names that hold the text or that it holds, else the one with the fewest letters changed.
std::vector<std::string> near(std::string_view wanted, std::vector<std::string> const& names) {
  std::vector<std::string> found;
  for (auto const& name : names) {
    if (found.size() == kMostNear) break;
    bool const holds = !wanted.empty() && !name.empty() &&
                       (name.find(wanted) != std::string::npos || wanted.find(name) != std::string_view::npos);
    if (holds && std::ranges::find(found, name) == found.end()) found.push_back(name);
  }
  if (!found.empty()) return found;
  if (auto nearest = ledger::schema::nearest(wanted, names)) found.push_back(*std::move(nearest));
  return found;
}

Error notFound(domain::Text const& what, std::string_view wanted, std::vector<std::string> const& names) {
  auto const close = near(wanted, names);
  auto error = Error{ErrorKind::notFound,
                     fmt::format("no {} is {} ({} on record were compared)", what.en, plain(wanted), names.size()),
                     fmt::format("没有{}“{}”（已比对在账的 {} 个）", what.zh, plain(wanted), names.size())};
  if (!close.empty()) {
    error.message += fmt::format("; near it: {}", fmt::join(close, ", "));
    error.zh += fmt::format("；相近的有：{}", fmt::join(close, "、"));
  }
  return error;
}

/// Goes on from awards, to everything that stands behind and before them.
void complete(Facts const& facts, Selection& selection, bool allPayments) {
  for (auto const row : selection.awards) {
    auto const& award = facts.awards[row];
    selection.projects.insert(award.project);
    if (allPayments) selection.payments.insert(award.payments.begin(), award.payments.end());
  }
  for (auto const row : selection.projects) {
    auto const& project = facts.projects[row];
    selection.contracts.insert(project.contracts.begin(), project.contracts.end());
  }
}

/// A document number as its office writes it, whatever brackets and spaces were typed.
std::string normalDocument(std::string_view text) {
  static constexpr std::array<std::pair<std::string_view, std::string_view>, 12> kWritten = {{{"[", "〔"},
                                                                                              {"]", "〕"},
                                                                                              {"(", "〔"},
                                                                                              {")", "〕"},
                                                                                              {"（", "〔"},
                                                                                              {"）", "〕"},
                                                                                              {"【", "〔"},
                                                                                              {"】", "〕"},
                                                                                              {"［", "〔"},
                                                                                              {"］", "〕"},
                                                                                              {" ", ""},
                                                                                              {"\u3000", ""}}};
  std::string normal(text);
  for (auto const& [typed, written] : kWritten) {
    for (auto at = normal.find(typed); at != std::string::npos; at = normal.find(typed, at + written.size())) {
      normal.replace(at, typed.size(), written);
    }
  }
  auto const parsed = domain::DocumentNumber::parse(normal);
  return parsed ? parsed->text() : normal;
}

}  // namespace

crypto::Result<Selection> selectTranche(Facts const& facts, std::string_view text) {
  auto const wanted = normalDocument(text);
  auto const number = domain::EventNumber::parse(wanted);
  Selection selection{{Subject::Kind::tranche, {}}};
  std::vector<std::string> names;
  for (auto const& tranche : facts.tranches) {
    auto const name = std::string(facts.strings[tranche.number]);
    names.push_back(name);
    if (normalDocument(name) != wanted && !(number && tranche.source.event == *number)) continue;
    selection.tranches.insert(facts.tranches.rowOf(tranche));
    selection.subject.name = name;
  }
  if (selection.tranches.empty()) return notFound({"资金批次", "tranche"}, wanted, names);
  for (auto const& award : facts.awards) {
    bool const draws = std::ranges::any_of(
        award.draws, [&](facts::Draw const& draw) { return selection.tranches.contains(draw.tranche); });
    if (draws) selection.awards.insert(facts.awards.rowOf(award));
  }
  complete(facts, selection, true);
  return selection;
}

crypto::Result<Selection> selectPayment(Facts const& facts, std::string_view text) {
  auto const wanted = domain::normalReference(text);
  auto const number = domain::EventNumber::parse(wanted);
  Selection selection{{Subject::Kind::payment, {}}};
  std::vector<std::string> names;
  for (auto const& payment : facts.payments) {
    bool isIt = number && payment.source.event == *number;
    auto const compare = [&](facts::StringId reference) {
      auto const name = facts.strings[reference];
      isIt = isIt || (!wanted.empty() && domain::normalReference(name) == wanted);
      names.emplace_back(name);
    };
    for (auto const& step : payment.instructions) compare(step.voucher);
    for (auto const& step : payment.settlements) compare(step.bankReference);
    for (auto const& step : payment.returns) compare(step.bankReference);
    if (!isIt) continue;
    selection.payments.insert(facts.payments.rowOf(payment));
    selection.awards.insert(payment.award);
    selection.subject.name = payment.source.event.text();
  }
  if (selection.payments.empty()) {
    return notFound(
        {"事件序号、凭证号或银行流水号为此的拨付", "payment with this event number, voucher or bank reference"}, wanted,
        names);
  }
  complete(facts, selection, false);
  return selection;
}

crypto::Result<Selection> selectEnterprise(Facts const& facts, std::string_view text) {
  auto wanted = domain::normalReference(text);
  std::ranges::transform(wanted, wanted.begin(), [](char c) { return c >= 'a' && c <= 'z' ? char(c - 'a' + 'A') : c; });
  std::vector<std::string> names;
  for (auto const& organisation : facts.organisations) names.emplace_back(organisation.uscc.text());
  auto const uscc = domain::Uscc::parse(wanted);
  if (!uscc || !facts.organisation(*uscc)) {
    for (auto const& organisation : facts.organisations) {
      auto const name = facts.nameOf(organisation.uscc);
      if (text.empty() || name.find(text) == std::string_view::npos) continue;
      return Error{
          ErrorKind::badInput,
          fmt::format("an organisation is named by its code: that of {} is {}", name, organisation.uscc.text()),
          fmt::format("请用统一社会信用代码：{} 的代码为 {}", name, organisation.uscc.text())};
    }
    auto error =
        notFound({"代码为此的主体", "organisation with this code"}, uscc ? std::string(uscc->text()) : wanted, names);
    if (!uscc) error.kind = ErrorKind::badInput;
    return error;
  }
  Selection selection{{Subject::Kind::enterprise, std::string(uscc->text())}};
  for (auto const& award : facts.awards) {
    if (award.beneficiary == *uscc) selection.awards.insert(facts.awards.rowOf(award));
  }
  for (auto const& contract : facts.contracts) {
    if (contract.enterprise != *uscc && std::ranges::find(contract.providers, *uscc) == contract.providers.end()) {
      continue;
    }
    selection.contracts.insert(facts.contracts.rowOf(contract));
    for (auto const project : contract.enrolledWith) selection.projects.insert(project);
  }
  for (auto const& project : facts.projects) {
    if (project.enterprise == *uscc) selection.projects.insert(facts.projects.rowOf(project));
  }
  for (auto const row : selection.projects) {
    auto const& project = facts.projects[row];
    selection.awards.insert(project.awards.begin(), project.awards.end());
  }
  complete(facts, selection, true);
  return selection;
}

crypto::Result<Selection> selectInvoice(Facts const& facts, std::string_view text) {
  auto const reference = domain::normalReference(text);
  auto const invoice = domain::InvoiceNumber::parse(reference);
  Selection selection{{Subject::Kind::invoice, invoice ? std::string(invoice->text()) : reference}};
  std::vector<std::string> names;
  for (auto const& project : facts.projects) {
    for (auto const& cost : project.costs) {
      for (auto const& line : cost.lines) {
        auto const name = line.invoice ? std::string(line.invoice->text()) : std::string(facts.strings[line.receipt]);
        names.push_back(name);
        bool const isIt = line.invoice && invoice ? *line.invoice == *invoice
                                                  : !reference.empty() && domain::normalReference(name) == reference;
        if (isIt) selection.projects.insert(facts.projects.rowOf(project));
      }
    }
  }
  if (selection.projects.empty()) {
    return notFound({"在核定投入中的发票（或利息回单）", "invoice, or receipt for interest, of any verified cost"},
                    selection.subject.name, names);
  }
  for (auto const row : selection.projects) {
    auto const& project = facts.projects[row];
    selection.awards.insert(project.awards.begin(), project.awards.end());
  }
  complete(facts, selection, true);
  return selection;
}

}  // namespace fundtrail::replay::trace
