// SPDX-License-Identifier: Apache-2.0
// A ledger of the gm profile, with SM3 and SM2 throughout, in a bundle.

#include <array>
#include <map>
#include <string>

#include <capnp/message.h>
#include <fmt/format.h>
#include <gtest/gtest.h>

#include "crypto/checkpoint.h"
#include "crypto/note.h"
#include "replay/report_json.h"
#include "replay/verify.h"
#include "tests/ledger/bundle/reframed.h"
#include "tests/replay/history.h"
#include "tests/support/founders.h"

namespace fundtrail::ledger::bundle::testing {
namespace {

constexpr auto kHash = crypto::HashAlgorithm::sm3;

/// Founders who enrol clerks, two of them for each.
class GmLog {
 public:
  GmLog() {
    capnp::MallocMessageBuilder message;
    auto genesis = message.initRoot<schema::Genesis>();
    genesis.setProgramme("test programme");
    genesis.setOrigin("fundtrail.example/gm");
    genesis.setProfile(schema::Profile::GM);
    setData(signer_.verifier().key(), [&](auto data) { genesis.setLogKey(data); });
    static constexpr std::array kFounders = {"sec-1", "sec-2", "operator"};
    auto keys = genesis.initKeys(kFounders.size());
    for (unsigned i = 0; i < kFounders.size(); ++i) {
      keys[i].setPerson(kFounders[i]);
      keys[i].setPersonName(kFounders[i]);
      keys[i].setOrganisation("test office");
      keys[i].setRole(i < 2 ? schema::Role::SECURITY_ADMIN : schema::Role::LEDGER_OPERATOR);
      keys[i].setAlgorithm(schema::KeyAlgorithm::SM2);
      setData(key(kFounders[i]).publicKey(), [&](auto data) { keys[i].setPublicKey(data); });
    }
    auto const founding = batch::found(genesis.asReader(), key("sec-1"), kNow, {});
    replay::write(log, founding);
    ledger_ = batch::ledgerIdOf(kHash, founding.statement.bytes());
    desk_.emplace(*ledger_, kHash, kNow);
  }

  void enrol(std::string const& person) {
    auto const change = desk_->event(fmt::format(
        R"({{"occurredOn":20240301,"keyEnrolled":{{"person":"{}","personName":"{}","organisation":"office",)"
        R"("algorithm":"sm2","publicKey":"{}"}}}})",
        person, person, crypto::toHex(key(person).publicKey().spki())));
    auto const confirmation =
        desk_->event(fmt::format(R"({{"occurredOn":20240301,"changeConfirmed":{{"change":"{}","outcome":"pass"}}}})",
                                 desk_->refOf(change).text()));
    record("sec-1", change);
    record("sec-2", confirmation);
  }

  void seal() {
    auto const text = crypto::formatCheckpoint({"fundtrail.example/gm", log.size().batches, log.root()});
    log.storeCheckpoint(crypto::formatNote(text, std::vector{signer_.signatureLine(text)})).value();
  }

  log::MemoryLog log{kHash};

 private:
  static inline auto const kNow = *domain::Instant::fromMilliseconds(1'709'280'000'000);

  static void setData(crypto::PublicKey const& key, auto const& set) {
    set(capnp::Data::Reader(key.spki().data(), key.spki().size()));
  }
  crypto::PrivateKey const& key(std::string const& person) {
    auto const known = keys_.find(person);
    if (known != keys_.end()) return known->second;
    return keys_.emplace(person, crypto::PrivateKey::generate(crypto::KeyAlgorithm::sm2).value()).first->second;
  }
  void record(std::string const& person, schema::Words const& event) {
    batch::EventList list;
    list.append(event.bytes());
    batch::IdempotencyKey idempotencyKey{};
    idempotencyKey[0] = static_cast<std::uint8_t>(log.size().batches);
    replay::write(log, batch::sign(*ledger_, kHash, key(person), kNow, idempotencyKey, std::move(list)));
  }

  crypto::NoteSigner signer_ =
      crypto::NoteSigner::make("fundtrail.example/gm", crypto::PrivateKey::generate(crypto::KeyAlgorithm::sm2).value())
          .value();
  std::map<std::string, crypto::PrivateKey> keys_;
  std::optional<domain::LedgerId> ledger_;
  std::optional<tests::Desk> desk_;
};

TEST(GmBundle, IsProvenAsTheLogIs) {
  GmLog gm;
  gm.enrol("clerk-1");
  gm.seal();
  auto const base = exported(gm.log);
  auto const size = gm.log.size().batches;
  gm.enrol("clerk-2");
  gm.seal();
  auto const next = exported(gm.log, {.from = size});
  auto const report = replay::replayOf(*openBytes({base, next}).value());
  auto const expected = replay::replayOf(gm.log);
  ASSERT_TRUE(expected.findings.empty()) << replay::toJson(expected);
  EXPECT_TRUE(report.findings.empty()) << replay::toJson(report);
  EXPECT_EQ(report.verdict, expected.verdict);
  EXPECT_EQ(report.root, gm.log.root());
  EXPECT_EQ(report.proof.signatures, gm.log.size().batches);
}

TEST(GmBundle, LeavesOutEventsByTheirSm3Hashes) {
  GmLog gm;
  gm.enrol("clerk");
  gm.seal();
  auto const file =
      exported(gm.log, {.city = CityEvents{*domain::CityCode::parse("441900"), std::vector<bool>{true, false}}});
  auto const report = replay::replayOf(*openBytes({file}).value());
  EXPECT_EQ(report.verdict, replay::Verdict::notProven) << replay::toJson(report);
  EXPECT_EQ(report.leftOut.ranges, (std::vector{replay::EventRange{1, 1}}));
  auto frames = takenApart(file);
  for (auto& [type, body] : frames[1]) {
    if (type == RecordType::leftOut) body.front() ^= 1;
  }
  EXPECT_EQ(replay::replayOf(*openBytes({putTogether(frames)}).value()).verdict, replay::Verdict::tampered);
}

}  // namespace
}  // namespace fundtrail::ledger::bundle::testing
