// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "crypto/keys.h"
#include "crypto/result.h"
#include "ledger/batch/batch.h"
#include "ledger/checkpoint_signer.h"
#include "ledger/domain/date.h"
#include "ledger/schema/batch.capnp.h"
#include "ledger/schema/values.capnp.h"

namespace fundtrail::api::cli {

/// Someone whose key a new ledger begins with.
struct Founder {
  std::string_view person;
  std::string_view name;
  std::string_view organisation;
  ledger::schema::Role role;
};

/// Who stands in the genesis: two security administrators, a system administrator, the ledger's operator.
inline constexpr std::array<Founder, 4> kFounders{{
    {"security-admin-1", "安全管理员一", "广东省工业和信息化厅", ledger::schema::Role::SECURITY_ADMIN},
    {"security-admin-2", "安全管理员二", "广东省财政厅", ledger::schema::Role::SECURITY_ADMIN},
    {"system-admin", "系统管理员", "广东省工业和信息化厅", ledger::schema::Role::SYSTEM_ADMIN},
    {"ledger-operator", "账本运行", "广东省工业和信息化厅", ledger::schema::Role::LEDGER_OPERATOR},
}};

/// Who is enrolled first, by the two security administrators, so that the programme's documents can be signed.
inline constexpr std::array<Founder, 2> kFirstStaff{{
    {"province-industry-1", "省工信厅经办", "广东省工业和信息化厅", ledger::schema::Role::PROVINCE_INDUSTRY},
    {"province-finance-1", "省财政厅经办", "广东省财政厅", ledger::schema::Role::PROVINCE_FINANCE},
}};

struct FounderKey {
  Founder const& founder;
  crypto::PrivateKey key;
};

/// The founding batch, signed by the first of the keys.
ledger::batch::SignedBatch foundingBatch(ledger::schema::Profile profile, std::string_view origin,
                                         ledger::LogKeys const& logKeys, std::vector<FounderKey> const& founders,
                                         ledger::domain::Instant at);

/// The keys as events: KeyEnrolled for each.
ledger::batch::EventList enrolments(std::vector<FounderKey> const& staff, ledger::domain::Date on);
/// The roles as events: RoleGranted for each, in the whole province, from `from` to the calendar's end.
ledger::batch::EventList grants(std::vector<FounderKey> const& staff, ledger::domain::Date on,
                                ledger::domain::Date from);
/// ChangeConfirmed for each of the events.
ledger::batch::EventList confirmations(crypto::HashAlgorithm algorithm, ledger::batch::EventList const& changes,
                                       ledger::domain::Date on);

/// 16 bytes that nobody has used before.
ledger::batch::IdempotencyKey randomKey();

}  // namespace fundtrail::api::cli
