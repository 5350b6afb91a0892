// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include <boost/unordered/unordered_flat_map.hpp>

#include "ledger/domain/city_code.h"
#include "ledger/domain/date.h"
#include "ledger/domain/event_context.h"
#include "ledger/domain/money.h"
#include "ledger/domain/refs.h"
#include "ledger/schema/event.capnp.h"
#include "replay/books.h"
#include "replay/observer.h"

// A third derivation of what the events mean in money, beside the rules' postings (ledger/domain/postings.h) and the
// audit's books (replay/books.h), and by neither: vouchers (记账凭证) of a general ledger with debit and credit, as an
// accountant would write them. What other bookkeeping software reads is written from these.

namespace fundtrail::replay::journal {

namespace domain = ledger::domain;
namespace schema = ledger::schema;

/// A tranche (资金批次) as the document that issued it names it.
struct Tranche {
  domain::EventRef ref;
  domain::EventNumber event;
  domain::CityCode city;
  std::string document;  // 指标文号
  schema::GovernmentLevel level;
  schema::TrancheKind kind;
  std::uint16_t year;
};

/// An account of the general ledger: where money of one tranche stands, for which purpose, and who holds it.
struct LedgerAccount {
  std::size_t tranche;  // position in Vouchers::tranches()
  schema::Purpose purpose;
  std::uint32_t county;  // 0: held by the city
  Account account;
  friend auto operator<=>(LedgerAccount const&, LedgerAccount const&) = default;
};

/// Debit (借方) where positive, credit (贷方) where negative.
struct VoucherLine {
  std::size_t account;  // position in Vouchers::accounts()
  domain::Fen amount;
};

/// One event that moved money. Its lines add up to nothing; they are lines(voucher).
struct Voucher {
  domain::EventNumber event;
  domain::EventRef ref;
  domain::BatchNumber batch;
  domain::Date occurredOn;
  schema::Event::Which type;
  /// The event that this voucher takes back (红字冲销), if it does.
  std::optional<domain::EventNumber> takesBack;
  std::optional<domain::EventRef> award;
  std::string person;     // who signed
  std::string reference;  // the document, bank reference or voucher number that the event states; may be empty
  std::uint32_t attachments = 0;
  std::size_t firstLine = 0;
  std::size_t lastLine = 0;  // behind the last
};

/// Follows a replay. One thread. An event that names money which no voucher brought is a bug of whoever shows it:
/// observers are shown lawful events.
class Vouchers final : public Observer {
 public:
  void take(ShownEvent const& shown) override;
  void takeBack(ShownEvent const& original, ShownEvent const& confirmation) override;

  /// In the order of the log. The spans hold until the next event.
  [[nodiscard]] std::span<Voucher const> vouchers() const { return vouchers_; }
  [[nodiscard]] std::span<VoucherLine const> lines(Voucher const& voucher) const {
    return std::span(lines_).subspan(voucher.firstLine, voucher.lastLine - voucher.firstLine);
  }
  /// In the order in which they were first used.
  [[nodiscard]] std::span<LedgerAccount const> accounts() const { return accounts_; }
  [[nodiscard]] std::span<Tranche const> tranches() const { return tranches_; }

  /// What stands in each account at the end, by its position in accounts().
  [[nodiscard]] std::vector<domain::Fen> balances() const;

 private:
  struct Share {  // money of one tranche that one county, or the city, holds
    std::size_t tranche;
    std::uint32_t county;
    domain::Fen amount;
  };
  struct Award {
    schema::Purpose purpose;
    std::vector<std::size_t> vouchers;
  };
  struct Payment {
    domain::EventRef award;
    std::vector<Share> shares;
  };

  void begin(ShownEvent const& shown);
  void end();
  void enter(std::size_t tranche, schema::Purpose purpose, std::uint32_t county, Account account, domain::Fen amount);
  /// Debits `to` and credits `from`, within one pocket.
  void move(std::size_t tranche, schema::Purpose purpose, std::uint32_t county, Account from, Account to,
            domain::Fen amount);
  void settle(domain::EventRef const& award, std::span<Share const> shares, Account from, Account to);
  [[nodiscard]] std::vector<Share> sharesOf(capnp::List<schema::Draw>::Reader draws) const;
  [[nodiscard]] std::vector<Share> stillReserved(Award const& award) const;
  [[nodiscard]] std::size_t trancheOf(capnp::Data::Reader ref) const;

  void issue(schema::TrancheIssued::Reader body, domain::EventContext const& context);
  void adjust(schema::TrancheAdjusted::Reader body);
  void pay(capnp::Data::Reader payment, Account from, Account to, capnp::Text::Reader reference);
  void recover(schema::RecoveryReceived::Reader body);

  std::vector<Tranche> tranches_;
  std::vector<LedgerAccount> accounts_;
  std::map<LedgerAccount, std::size_t> accountAt_;
  std::vector<Voucher> vouchers_;
  std::vector<VoucherLine> lines_;
  Voucher* current_ = nullptr;  // being written

  boost::unordered_flat_map<domain::EventRef, std::size_t> trancheAt_;
  boost::unordered_flat_map<domain::EventRef, schema::Purpose> purposes_;  // of projects
  boost::unordered_flat_map<domain::EventRef, Award> awards_;
  boost::unordered_flat_map<domain::EventRef, Payment> payments_;
  boost::unordered_flat_map<domain::EventRef, domain::EventRef> recoveries_;  // to their awards
  boost::unordered_flat_map<domain::EventRef, std::size_t> voucherOf_;
};

}  // namespace fundtrail::replay::journal
