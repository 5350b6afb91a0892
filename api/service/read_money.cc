// SPDX-License-Identifier: Apache-2.0
// Where the money of cities and tranches stands, how far the programme is; what the ledger is and by which rules.
#include <array>
#include <sstream>
#include <utility>

#include "api/service/handlers.h"
#include "api/service/reading.h"
#include "api/service/rendering.h"
#include "api/views/basis.h"
#include "api/views/reports.h"
#include "api/views/rules.h"
#include "api/views/status.h"
#include "crypto/checkpoint_note.h"
#include "ledger/domain/codes.h"
#include "ledger/history/reading.h"
#include "ledger/schema/message.h"

namespace fundtrail::api::service {

namespace domain = ledger::domain;
namespace json = boost::json;
namespace schema = ledger::schema;

namespace {

std::optional<schema::TrancheKind> kindIn(Arguments const& arguments) {
  auto const& name = arguments.text("kind");
  for (auto const kind :
       {schema::TrancheKind::PREPAYMENT, schema::TrancheKind::FINAL_SETTLEMENT, schema::TrancheKind::CONTRIBUTION}) {
    if (name == schema::enumerantName(kind)) return kind;
  }
  return std::nullopt;
}

http::Response status(Context const& context, Call const& call, std::optional<domain::CityCode> city) {
  return viewed(context, call, [&](View const& view) {
    if (city && (view.allocation.find(*city) == nullptr || !view.snapshot.state.cities.contains(*city))) {
      return nothingThere(call, city->text());
    }
    views::StatusScope const scope{city, kindIn(call.arguments)};
    if (call.media == Media::workbook) {
      return workbookOf(call, views::statusTables(call.reader, view.snapshot, view.allocation, scope));
    }
    std::ostringstream out;
    views::printStatus(out, call.reader, view.snapshot, view.allocation, scope, formatOf(call.media));
    return printed(call, std::move(out).str());
  });
}

}  // namespace

http::Response getCities(Context const& context, Call const& call) {
  return status(context, call, std::nullopt);
}

http::Response getCity(Context const& context, Call const& call) {
  return status(context, call, call.arguments.city("city"));
}

http::Response getTranches(Context const& context, Call const& call) {
  static constexpr auto kKeys = std::to_array<std::string_view>({"event"});
  return viewed(context, call, [&](View const& view) {
    auto const city = call.arguments.city("city");
    auto const* const found = city ? view.allocation.find(*city) : nullptr;
    if (city && found == nullptr) return nothingThere(call, city->text());
    auto const cities = city ? std::span(found, 1) : view.allocation.cities();
    return renderedPage(call, views::tranchesReport(call.reader, view.snapshot.basis, cities), kKeys);
  });
}

http::Response getProgress(Context const& context, Call const& call) {
  return viewed(context, call, [&](View const& view) {
    auto const city = call.arguments.city("city");
    if (city && (!view.snapshot.state.cities.contains(*city) || !call.sight.seesCity(*city))) {
      return nothingThere(call, city->text());
    }
    auto report = views::progressReport(call.reader, view.snapshot, view.allocation, city);
    if (!city) {
      // By the number of its code, which the first field is.
      std::erase_if(report.sections.front().rows, [&](std::vector<views::Cell> const& row) {
        auto const code = domain::CityCode::fromNumber(row.front().value.to_number<std::uint32_t>());
        return !code || !call.sight.seesCity(*code);
      });
    }
    return rendered(call, report);
  });
}

http::Response getRules(Context const&, Call const& call) {
  std::ostringstream out;
  switch (call.media) {
    case Media::json: views::printRulesJson(out); break;
    case Media::csv: views::rulesTable(call.reader).printCsv(out); break;
    case Media::text: views::rulesTable(call.reader).printAligned(out); break;
    case Media::workbook:
      return workbookOf(call, {{call.reader.text({"规则", "Rules"}), views::rulesTable(call.reader)}});
  }
  return printed(call, std::move(out).str());
}

http::Response getLedger(Context const& context, Call const& call) {
  auto const genesis = ledger::history::readGenesisStatement(context.ledger.log());
  if (!genesis) return answer(call.reader, problemOf(call.reader, genesis.error()));
  schema::Message<schema::Statement> const statement(genesis->bytes());
  auto const founding = statement.root().getGenesis();
  auto const basis = context.live.read([](auto const& current) { return current.snapshot().basis; });
  auto const text = [](capnp::Text::Reader reader) { return json::string(reader.cStr()); };
  return jsonResponse(200, {{"basis", views::jsonOf(basis)},
                            {"ledger", context.ledger.id().text()},
                            {"programme", text(founding.getProgramme())},
                            {"origin", text(founding.getOrigin())},
                            {"profile", schema::enumerantName(founding.getProfile())},
                            {"audience", context.signIn.audience()},
                            {"checkpoint", context.ledger.checkpoint()},
                            {"version", FUNDTRAIL_VERSION}});
}

}  // namespace fundtrail::api::service
