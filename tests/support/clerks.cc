// SPDX-License-Identifier: Apache-2.0
#include "tests/support/clerks.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <utility>

#include <capnp/message.h>
#include <fmt/format.h>

#include "crypto/ensure.h"
#include "crypto/merkle.h"
#include "ledger/domain/uscc.h"
#include "ledger/schema/event.capnp.h"
#include "ledger/schema/message.h"
#include "tests/support/founders.h"

namespace fundtrail::tests {

namespace batch = ledger::batch;
namespace domain = ledger::domain;
namespace schema = ledger::schema;
using domain::Instant;

namespace {

constexpr std::uint32_t kCity = 440100;
constexpr char kIndustry[] = "3912";

/// Sixteen bytes that no other text gives: a salt, or the name of a batch.
std::array<std::uint8_t, 16> bytesOf(std::string_view text) {
  auto const digest = crypto::hash(crypto::HashAlgorithm::sha256, crypto::asBytes(text));
  std::array<std::uint8_t, 16> bytes{};
  std::copy_n(digest.bytes.begin(), bytes.size(), bytes.begin());
  return bytes;
}

std::string nameOf(unsigned clerk) {
  return fmt::format("load-clerk-{}", clerk);
}

std::uint32_t dayOf(Instant now) {
  auto const text = now.businessDate().text();  // 2026-08-03
  return static_cast<std::uint32_t>(std::stoul(text.substr(0, 4) + text.substr(5, 2) + text.substr(8, 2)));
}

/// A code that is formed like a real one.
std::string usccOf(unsigned clerk, unsigned number) {
  constexpr std::string_view kAlphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY";
  auto code = fmt::format("91440100{:04}{:05}", clerk, number);
  code += kAlphabet.front();
  for (char const c : kAlphabet) {
    code.back() = c;
    if (domain::Uscc::parse(code)) return code;
  }
  crypto::abortOnBug("every body has a check character");
}

schema::Words eventOf(std::string_view salt, Instant now, std::function<void(schema::Event::Builder)> const& fill) {
  capnp::MallocMessageBuilder message;
  auto event = message.initRoot<schema::Event>();
  auto const bytes = bytesOf(salt);
  event.setSalt({bytes.data(), bytes.size()});
  event.setOccurredOn(dayOf(now));
  fill(event);
  return schema::canonical<schema::Event>(event);
}

}  // namespace

Clerks::Clerks(domain::LedgerId ledger, crypto::HashAlgorithm algorithm, unsigned count)
    : ledger_(ledger), algorithm_(algorithm) {
  crypto::ensure(count > 0 && count <= kMost, "so many clerks as are appointed in one batch");
  for (unsigned clerk = 0; clerk < count; ++clerk) keys_.push_back(keyOf(nameOf(clerk)));
}

std::vector<batch::SignedBatch> Clerks::appointment(crypto::PrivateKey const& proposer,
                                                    crypto::PrivateKey const& confirmer, Instant now) const {
  std::vector<batch::SignedBatch> batches;
  crypto::TreeHasher hasher(algorithm_);
  auto const sign = [&](crypto::PrivateKey const& key, batch::EventList events) {
    auto const name = bytesOf(fmt::format("appointment {}", batches.size()));
    batches.push_back(batch::sign(ledger_, algorithm_, key, now, name, std::move(events)));
  };
  auto const change = [&](std::string_view what, std::function<void(schema::Event::Builder, unsigned)> const& fill) {
    batch::EventList proposals;
    batch::EventList confirmations;
    for (unsigned clerk = 0; clerk < count(); ++clerk) {
      auto const proposal = eventOf(fmt::format("{} {}", what, clerk), now, [&](auto event) { fill(event, clerk); });
      proposals.append(proposal.bytes());
      auto const leaf = hasher.leaf(proposal.bytes());
      auto const confirmation = eventOf(fmt::format("{} {} confirmed", what, clerk), now, [&](auto event) {
        auto body = event.initChangeConfirmed();
        body.setChange({leaf.view().data(), leaf.view().size()});
        body.setOutcome(schema::Outcome::PASS);
      });
      confirmations.append(confirmation.bytes());
    }
    sign(proposer, std::move(proposals));
    sign(confirmer, std::move(confirmations));
  };
  change("key", [&](schema::Event::Builder event, unsigned clerk) {
    auto const spki = keys_[clerk].publicKey().spki();
    auto body = event.initKeyEnrolled();
    body.setPerson(nameOf(clerk));
    body.setPersonName("某人（模拟）");
    body.setOrganisation("某单位（模拟）");
    body.setAlgorithm(schema::KeyAlgorithm::ED25519);
    body.setPublicKey({spki.data(), spki.size()});
  });
  change("role", [&](schema::Event::Builder event, unsigned clerk) {
    constexpr std::uint32_t kYear = 10'000;
    auto body = event.initRoleGranted();
    body.setPerson(nameOf(clerk));
    body.setRole(schema::Role::CITY_INDUSTRY_CLERK);
    body.setRegion(kCity);
    body.setValidFrom(dayOf(now));
    body.setValidTo(dayOf(now) / kYear * kYear + kYear + 1231);
  });
  return batches;
}

batch::SignedBatch Clerks::registration(unsigned clerk, unsigned number, Instant now) const {
  crypto::ensure(number < kMostRegistrations, "a number of five digits");
  auto const code = usccOf(clerk, number);
  auto const event = eventOf(code, now, [&](schema::Event::Builder builder) {
    auto body = builder.initOrganisationRegistered();
    body.setUscc(code);
    body.setName(fmt::format("压力测试第{}之{}号有限公司（模拟）", clerk, number));
    body.setKind(schema::OrganisationKind::ENTERPRISE);
    body.setRegion(kCity);
    body.setIndustry(kIndustry);
    body.setStaff(100);
  });
  batch::EventList events;
  events.append(event.bytes());
  return batch::sign(ledger_, algorithm_, keys_[clerk], now, bytesOf("batch " + code), std::move(events));
}

}  // namespace fundtrail::tests
