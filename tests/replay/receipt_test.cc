// SPDX-License-Identifier: Apache-2.0
// Receipts: made from a log, verified from nothing but the file and a policy; and what is refused.
#include "replay/receipt.h"

#include <array>
#include <map>
#include <memory>
#include <set>
#include <string>

#include <capnp/message.h>
#include <fmt/format.h>
#include <gtest/gtest.h>

#include "crypto/cosignature.h"
#include "crypto/log_policy.h"
#include "crypto/tlog_proof.h"
#include "ledger/domain/read.h"
#include "ledger/receipt/receipts.h"
#include "ledger/schema/receipt.capnp.h"
#include "ledger/zstd/frame.h"
#include "tests/replay/each_profile.h"
#include "tests/support/founders.h"

namespace fundtrail::replay {
namespace {

using crypto::ErrorKind;
using ledger::receipt::Receipts;
using Bytes = crypto::Bytes;

domain::Instant const kNow = domain::Instant::parse("2024-03-01T09:00:00.000+08:00").value();
constexpr std::size_t kMostReceipt = 8 * 1024;

std::string policyText(crypto::NoteVerifier const& log, std::string const& rest = "quorum none\n") {
  return "log " + log.vkey() + "\n" + rest;
}

crypto::LogPolicy policyOf(std::string const& text) {
  auto policy = crypto::LogPolicy::parse(text);
  crypto::ensure(policy.has_value(), "the policy of a test is one");
  return *std::move(policy);
}

/// A ledger of either profile, in whose log anybody writes anything.
class Office {
 public:
  explicit Office(schema::Profile profile, std::string origin = "fundtrail.example/test")
      : gm_(profile == schema::Profile::GM), origin_(std::move(origin)), log_(hash()) {
    capnp::MallocMessageBuilder message;
    auto genesis = message.initRoot<schema::Genesis>();
    genesis.setProgramme("test programme");
    genesis.setOrigin(origin_);
    genesis.setProfile(profile);
    genesis.setLogKey(dataOf(signer_.verifier().key()));
    static constexpr std::array kFounders = {"sec-1", "sec-2", "operator"};
    auto keys = genesis.initKeys(kFounders.size());
    for (unsigned i = 0; i < kFounders.size(); ++i) {
      keys[i].setPerson(kFounders[i]);
      keys[i].setPersonName(fmt::format("name of {}", kFounders[i]));
      keys[i].setOrganisation("test office");
      keys[i].setRole(i < 2 ? schema::Role::SECURITY_ADMIN : schema::Role::LEDGER_OPERATOR);
      keys[i].setAlgorithm(gm_ ? schema::KeyAlgorithm::SM2 : schema::KeyAlgorithm::ED25519);
      keys[i].setPublicKey(dataOf(key(kFounders[i]).publicKey()));
    }
    auto const founding = batch::found(genesis.asReader(), key("sec-1"), kNow, {});
    ledger_ = batch::ledgerIdOf(hash(), founding.statement.bytes());
    write(log_, founding);
    desk_.emplace(*ledger_, hash(), kNow);
  }

  crypto::HashAlgorithm hash() const { return gm_ ? crypto::HashAlgorithm::sm3 : crypto::HashAlgorithm::sha256; }
  log::MemoryLog& log() { return log_; }
  domain::LedgerId const& ledger() const { return *ledger_; }

  crypto::PrivateKey const& key(std::string const& person) {
    auto const known = keys_.find(person);
    if (known != keys_.end()) return known->second;
    return keys_.emplace(person, newKey(person)).first->second;
  }
  crypto::NoteVerifier const& verifier() const { return signer_.verifier(); }

  /// Records events as one batch; the answer is the number of the first.
  domain::EventNumber record(std::string const& person, std::vector<schema::Words> const& events,
                             std::optional<domain::LedgerId> ledger = std::nullopt) {
    domain::EventNumber const number(log_.size().events);
    batch::EventList list;
    for (auto const& event : events) list.append(event.bytes());
    batch::IdempotencyKey idempotencyKey{};
    idempotencyKey[0] = static_cast<std::uint8_t>(log_.size().batches);
    write(log_, batch::sign(ledger.value_or(*ledger_), hash(), key(person), kNow, idempotencyKey, std::move(list)));
    return number;
  }
  schema::Words enrolment(std::string const& person) {
    return desk_->event(fmt::format(
        R"({{"occurredOn":20240301,"keyEnrolled":{{"person":"{}","personName":"name of {}","organisation":"office",)"
        R"("algorithm":"{}","publicKey":"{}"}}}})",
        person, person, gm_ ? "sm2" : "ed25519", crypto::toHex(key(person).publicKey().spki())));
  }
  schema::Words confirmation(schema::Words const& change, std::string const& outcome = "pass") {
    return desk_->event(fmt::format(R"({{"occurredOn":20240301,"changeConfirmed":{{"change":"{}","outcome":"{}"}}}})",
                                    desk_->refOf(change).text(), outcome));
  }
  /// Some event that enrols nobody.
  schema::Words event() {
    return desk_->event(
        R"({"occurredOn":20240301,"roleGranted":{"person":"clerk","role":"cityFinanceClerk","region":440100,)"
        R"("validFrom":20240101,"validTo":20261231}})");
  }
  void enrol(std::string const& person, std::string const& first = "sec-1", std::string const& second = "sec-2") {
    auto const change = enrolment(person);
    record(first, {event(), change, event()});
    record(second, {confirmation(change)});
  }

  /// The checkpoint of the whole log, with cosignatures.
  std::string checkpoint(std::vector<std::string> const& witnesses = {}) {
    auto const text = crypto::formatCheckpoint({origin_, log_.size().batches, log_.root()});
    std::vector lines{signer_.signatureLine(text)};
    for (auto const& name : witnesses) lines.push_back(witness(name).signatureLine(text, 1'700'000'000));
    return crypto::formatNote(text, lines);
  }
  std::string sign(std::string const& text) const { return signer_.signatureLine(text); }
  std::string witnessLine(std::string const& name) {
    return "witness " + name + " " + witness(name).verifier().vkey() + "\n";
  }
  Bytes receiptOf(domain::EventNumber number) {
    auto made = Receipts(log_).make(number, checkpoint());
    crypto::ensure(made.has_value(), made ? "" : made.error().message);
    auto const bytes = made->file.bytes();
    return {bytes.begin(), bytes.end()};
  }

 private:
  static capnp::Data::Reader dataOf(crypto::PublicKey const& key) { return {key.spki().data(), key.spki().size()}; }
  crypto::PrivateKey newKey(std::string const& name) const {
    return gm_ ? crypto::PrivateKey::generate(crypto::KeyAlgorithm::sm2).value() : tests::keyOf(origin_ + name);
  }
  crypto::Cosigner const& witness(std::string const& name) {
    auto const known = witnesses_.find(name);
    if (known != witnesses_.end()) return known->second;
    return witnesses_.emplace(name, crypto::Cosigner::make(name, newKey(name)).value()).first->second;
  }

  bool gm_;
  std::string origin_;
  crypto::NoteSigner signer_ = crypto::NoteSigner::make(origin_, newKey("log")).value();
  std::map<std::string, crypto::PrivateKey> keys_;
  std::map<std::string, crypto::Cosigner> witnesses_;
  log::MemoryLog log_;
  std::optional<domain::LedgerId> ledger_;
  std::optional<tests::Desk> desk_;
};

/// A receipt with something in it changed.
template <class Change>
Bytes edited(Bytes const& receipt, Change const& change) {
  auto const words = schema::Words::copyOf(receipt);
  schema::Message<schema::Receipt> const message(words.bytes());
  capnp::MallocMessageBuilder copy;
  copy.setRoot(message.root());
  change(copy.getRoot<schema::Receipt>());
  auto const made = schema::canonical<schema::Receipt>(copy.getRoot<schema::Receipt>());
  auto const bytes = made.bytes();
  return {bytes.begin(), bytes.end()};
}

/// The receipt with the events of other receipts as its enrolments.
Bytes enrolledBy(Bytes const& receipt, std::vector<Bytes> const& enrolments) {
  return edited(receipt, [&](schema::Receipt::Builder builder) {
    auto list = builder.initEnrolments(static_cast<unsigned>(enrolments.size()));
    for (unsigned i = 0; i < list.size(); ++i) {
      auto const words = schema::Words::copyOf(enrolments[i]);
      schema::Message<schema::Receipt> const other(words.bytes());
      auto const proof = crypto::parseTlogProof(crypto::asText(domain::bytesOf(other.root().getLogProof()))).value();
      Bytes path;
      for (auto const& hash : proof.hashes) path.insert(path.end(), hash.bytes.begin(), hash.bytes.end());
      list[i].setEvent(other.root().getEvent());
      list[i].setLogIndex(proof.index);
      list[i].setLogPath({path.data(), path.size()});
    }
  });
}

void expectRefused(Bytes const& receipt, crypto::LogPolicy const& policy, std::string const& words,
                   ErrorKind kind = ErrorKind::denied) {
  auto const verified = verifyReceipt(receipt, policy);
  ASSERT_FALSE(verified) << words;
  EXPECT_EQ(verified.error().kind, kind) << verified.error().message;
  EXPECT_NE(verified.error().message.find(words), std::string::npos) << verified.error().message;
  EXPECT_FALSE(verified.error().zh.empty()) << verified.error().message;
}

class Receipt : public ::testing::TestWithParam<schema::Profile> {
 protected:
  crypto::LogPolicy policy() { return policyOf(policyText(office_.verifier())); }

  Office office_{GetParam()};
};

INSTANTIATE_TEST_SUITE_P(Profiles, Receipt, ::testing::Values(schema::Profile::STANDARD, schema::Profile::GM),
                         [](auto const& with) { return with.param == schema::Profile::GM ? "gm" : "standard"; });

TEST_P(Receipt, OfAFoundersEventNeedsNoEnrolment) {
  auto const number = office_.record("sec-2", {office_.event(), office_.event()});
  auto const receipt = office_.receiptOf(number);
  auto const verified = verifyReceipt(receipt, policy());
  ASSERT_TRUE(verified) << verified.error().message;
  EXPECT_EQ(verified->number, number);
  EXPECT_EQ(verified->ledger, office_.ledger());
  EXPECT_EQ(verified->programme, "test programme");
  EXPECT_EQ(verified->acceptedAt, kNow);
  ASSERT_EQ(verified->signers.size(), 1U);
  EXPECT_EQ(verified->signers.front().person, "sec-2");
  EXPECT_EQ(verified->verdict(), Verdict::proven);
}

TEST_P(Receipt, LeadsFromTheAuthorToFoundingKeys) {
  office_.enrol("sec-3");
  office_.enrol("unconcerned");
  office_.enrol("clerk", "sec-1", "sec-3");
  auto const number = office_.record("clerk", {office_.event(), office_.event(), office_.event()});
  domain::EventNumber const middle(number.value() + 1);
  auto const made = Receipts(office_.log()).make(middle, office_.checkpoint()).value();
  EXPECT_LE(made.file.bytes().size(), kMostReceipt);
  auto const verified = verifyReceipt(made.file.bytes(), policy());
  ASSERT_TRUE(verified) << verified.error().message;
  EXPECT_EQ(verified->number, middle);
  EXPECT_EQ(verified->label(), made.label);
  EXPECT_EQ(made.label, "fundtrail:fundtrail.example/test/" + middle.text() + "#" + verified->ref.text());
  std::vector<std::string> people;
  for (auto const& signer : verified->signers) people.push_back(signer.person);
  EXPECT_EQ(people.front(), "clerk");
  EXPECT_EQ(std::set(people.begin(), people.end()), (std::set<std::string>{"clerk", "sec-1", "sec-2", "sec-3"}));

  auto const words = schema::Words::copyOf(made.file.bytes());
  EXPECT_EQ(schema::Message<schema::Receipt>(words.bytes()).root().getEnrolments().size(), 4U);
}

TEST_P(Receipt, CountsTheWitnessesThatThePolicyNames) {
  auto const number = office_.record("sec-1", {office_.event()});
  auto const trusted =
      policyText(office_.verifier(), office_.witnessLine("w1") + office_.witnessLine("w2") + office_.witnessLine("w3") +
                                         "group most 2 w1 w2 w3\nquorum most\n");
  auto const made = [&](std::vector<std::string> const& witnesses) {
    return Receipts(office_.log()).make(number, office_.checkpoint(witnesses)).value();
  };
  auto const witnessed = verifyReceipt(made({"w3", "w1"}).file.bytes(), policyOf(trusted));
  ASSERT_TRUE(witnessed) << witnessed.error().message;
  EXPECT_EQ(witnessed->verdict(), Verdict::proven);
  EXPECT_EQ(witnessed->attestation.quorum, (crypto::Tally{2, 2}));
  auto const few = verifyReceipt(made({"w3", "stranger"}).file.bytes(), policyOf(trusted));
  ASSERT_TRUE(few) << few.error().message;
  EXPECT_EQ(few->verdict(), Verdict::findings);
}

/// Every byte counts.
TEST_P(Receipt, DoesNotHoldWithAnyBitChanged) {
  office_.enrol("clerk");
  auto const number = office_.record("clerk", {office_.event(), office_.event()});
  auto receipt = office_.receiptOf(number);
  auto const policy = this->policy();
  ASSERT_TRUE(verifyReceipt(receipt, policy));
  for (std::size_t i = 0; i < receipt.size(); ++i) {
    auto const bit = static_cast<std::uint8_t>(1U << (i * 5 % 8));
    receipt[i] ^= bit;
    EXPECT_FALSE(verifyReceipt(receipt, policy)) << "byte " << i;
    receipt[i] ^= bit;
  }
  for (std::size_t size = 0; size < receipt.size(); size += 41) {
    EXPECT_FALSE(verifyReceipt(crypto::BytesView(receipt).first(size), policy)) << size;
  }
  receipt.resize(receipt.size() + 8);
  EXPECT_FALSE(verifyReceipt(receipt, policy));
}

TEST_P(Receipt, IsOfALogThatThePolicyTrusts) {
  auto const receipt = office_.receiptOf(office_.record("sec-1", {office_.event()}));
  Office other(GetParam(), "fundtrail.example/other");
  expectRefused(receipt, policyOf(policyText(other.verifier())), "its checkpoint: ");
  auto const impostor = crypto::NoteVerifier::make("fundtrail.example/test", other.verifier().key()).value();
  expectRefused(receipt, policyOf(policyText(impostor)), "its checkpoint: ");

  // The same tree, signed as another log's.
  auto const name = other.verifier().name();
  auto const text = crypto::formatCheckpoint({name, office_.log().size().batches, office_.log().root()});
  std::array const lines{other.sign(text)};
  auto const renamed =
      Receipts(office_.log()).make(domain::EventNumber(0), crypto::formatNote(text, lines)).value().file;
  expectRefused({renamed.bytes().begin(), renamed.bytes().end()}, policyOf(policyText(other.verifier())),
                "the ledger was founded with another log");

  // Another ledger's founding, under this log's checkpoint.
  auto const foreign = other.receiptOf(other.record("sec-1", {other.event()}));
  expectRefused(edited(receipt,
                       [&](schema::Receipt::Builder builder) {
                         auto const words = schema::Words::copyOf(foreign);
                         schema::Message<schema::Receipt> const message(words.bytes());
                         builder.setGenesis(message.root().getGenesis());
                       }),
                policy(), "the founding entry is not under the checkpoint");
}

TEST_P(Receipt, IsOfAnEventThatStandsWhereItSays) {
  office_.enrol("clerk");
  auto const one = office_.record("clerk", {office_.event(), office_.event()});
  auto const two = office_.record("clerk", {office_.event(), office_.event()});
  auto const first = office_.receiptOf(one);
  auto const second = office_.receiptOf(two);
  auto const earlier = schema::Words::copyOf(first);
  schema::Message<schema::Receipt> const other(earlier.bytes());
  auto const with = [&](auto const& change) { return edited(second, change); };
  using Builder = schema::Receipt::Builder;
  expectRefused(with([&](Builder builder) { builder.setLogProof(other.root().getLogProof()); }), policy(),
                "the entry of batch 3 is not under the checkpoint");
  expectRefused(with([&](Builder builder) { builder.getEvent().setEntry(other.root().getEvent().getEntry()); }),
                policy(), "the entry of batch 4 is not under the checkpoint");
  auto const notAmong = "is not among those that the author of batch 4 signed";
  expectRefused(with([&](Builder builder) { builder.getEvent().setEvent(other.root().getEvent().getEvent()); }),
                policy(), notAmong);
  expectRefused(with([&](Builder builder) { builder.getEvent().setIndex(1); }), policy(), notAmong);
  expectRefused(with([&](Builder builder) { builder.getEvent().setPath({}); }), policy(), notAmong);
  expectRefused(with([&](Builder builder) { builder.getEnrolments()[0].setLogIndex(2); }), policy(),
                "the entry of batch 2 is not under the checkpoint");
  expectRefused(with([&](Builder builder) {
                  auto const proof = std::string(crypto::asText(domain::bytesOf(builder.asReader().getLogProof())));
                  auto const extra = "c2sp.org/tlog-proof@v1\nextra AA==" + proof.substr(proof.find('\n'));
                  builder.setLogProof({crypto::asBytes(extra).data(), extra.size()});
                }),
                policy(), "extra", ErrorKind::badInput);
}

TEST_P(Receipt, IsSignedForThisLedger) {
  Office other(GetParam(), "fundtrail.example/other");
  auto const receipt = office_.receiptOf(office_.record("sec-1", {office_.event()}, other.ledger()));
  expectRefused(receipt, policy(), "batch 1 was signed for another ledger");
}

TEST_P(Receipt, TakesNoOtherEnrolmentThanTheAuthors) {
  office_.enrol("clerk");
  office_.enrol("another");
  auto const one = office_.record("clerk", {office_.event()});
  auto const two = office_.record("another", {office_.event()});
  auto const clerks = office_.receiptOf(one);
  auto const anothers = office_.receiptOf(two);
  auto const words = schema::Words::copyOf(anothers);
  schema::Message<schema::Receipt> const other(words.bytes());
  expectRefused(
      edited(clerks, [&](schema::Receipt::Builder builder) { builder.setEnrolments(other.root().getEnrolments()); }),
      policy(), "is not by a key whose enrolment the receipt shows");
  expectRefused(enrolledBy(clerks, {}), policy(), "is not by a key whose enrolment the receipt shows");
}

/// What a log holds that recorded an enrolment which no rule would let pass.
TEST_P(Receipt, TakesNoEnrolmentThatWasNotConfirmedByASecondPerson) {
  auto const change = office_.enrolment("clerk");
  auto const proposed = office_.record("sec-1", {change});
  auto const bySame = office_.record("sec-1", {office_.confirmation(change)});
  auto const refused = office_.record("sec-2", {office_.confirmation(change, "reject")});
  auto const ofAnother = office_.record("sec-2", {office_.confirmation(office_.event())});
  auto const confirmed = office_.record("sec-2", {office_.confirmation(change)});
  auto const receipt = office_.receiptOf(office_.record("clerk", {office_.event()}));
  auto const trusted = policy();
  auto const other = [&](domain::EventNumber number) { return office_.receiptOf(number); };
  EXPECT_TRUE(verifyReceipt(enrolledBy(receipt, {other(proposed), other(confirmed)}), trusted));
  for (auto const number : {bySame, refused, ofAnother}) {
    expectRefused(enrolledBy(receipt, {other(proposed), other(number)}), trusted,
                  "is not by a key whose enrolment the receipt shows");
  }
  expectRefused(enrolledBy(receipt, {other(proposed)}), trusted, "is not by a key whose enrolment the receipt shows");
}

TEST_P(Receipt, TakesNoEnrolmentThatCameLater) {
  auto const change = office_.enrolment("clerk");
  auto const early = office_.record("clerk", {office_.event()});
  office_.record("sec-1", {change});
  office_.record("sec-2", {office_.confirmation(change)});
  auto const late = office_.record("clerk", {office_.event()});
  EXPECT_TRUE(verifyReceipt(office_.receiptOf(late), policy()));
  EXPECT_EQ(Receipts(office_.log()).make(early, office_.checkpoint()).error().kind, ErrorKind::corrupt);

  Receipts receipts(office_.log());
  ASSERT_TRUE(receipts.make(late, office_.checkpoint()));  // so that it knows of the enrolment
  auto const made = receipts.make(early, office_.checkpoint());
  ASSERT_TRUE(made) << made.error().message;
  auto const bytes = made->file.bytes();
  expectRefused({bytes.begin(), bytes.end()}, policy(), "a key was enrolled after the event");

  // A confirmation that came before what it confirms.
  auto const second = office_.enrolment("second");
  auto const before = office_.record("sec-2", {office_.confirmation(second)});
  auto const after = office_.record("sec-1", {second});
  auto const again = office_.record("sec-2", {office_.confirmation(second)});
  auto const receipt = office_.receiptOf(office_.record("second", {office_.event()}));
  ASSERT_TRUE(verifyReceipt(enrolledBy(receipt, {office_.receiptOf(after), office_.receiptOf(again)}), policy()));
  expectRefused(enrolledBy(receipt, {office_.receiptOf(after), office_.receiptOf(before)}), policy(),
                "is not by a key whose enrolment the receipt shows");
}

TEST_P(Receipt, ShowsNothingThatEnrolsNobody) {
  office_.record("sec-1", {office_.event()});
  office_.enrol("clerk");
  office_.record("clerk", {office_.enrolment("stranger")});
  auto const receipt = office_.receiptOf(office_.record("sec-1", {office_.event()}));
  auto const at = [&](std::uint64_t number) { return office_.receiptOf(domain::EventNumber(number)); };
  EXPECT_TRUE(verifyReceipt(receipt, policy()));
  expectRefused(enrolledBy(receipt, {at(5)}), policy(), "nobody whose enrolment the receipt shows signed batch 4");
  expectRefused(enrolledBy(receipt, {at(0)}), policy(), "the event of batch 1 enrols nobody");
}

TEST(ReceiptFile, IsNoOtherFile) {
  Office office(schema::Profile::STANDARD);
  auto const policy = policyOf(policyText(office.verifier()));
  for (auto const* text : {"", "a text", "sixteen bytes!!!", "{\"events\":[]}   "}) {
    auto const bytes = crypto::asBytes(text);
    expectRefused({bytes.begin(), bytes.end()}, policy, "this is no receipt", ErrorKind::badInput);
  }
}

/// A receipt of the first event of each type of the simulated history.
class ReceiptOfTheSimulatedLedger : public InEachProfile {};

INSTANTIATE_TEST_SUITE_P(Profiles, ReceiptOfTheSimulatedLedger, eachProfile(), ProfileName());

TEST_P(ReceiptOfTheSimulatedLedger, HoldsIsShortAndShowsNoOtherEvent) {
  auto const log = logOf(recorded().size());
  auto const checkpoint = **log->checkpoint();
  auto const logKey = history().simulation.logKey();
  auto const policy =
      policyOf(policyText(crypto::NoteVerifier::make("fundtrail.example/gd-sme-digital", logKey.publicKey()).value()));

  std::map<schema::Event::Which, std::uint64_t> firsts;
  std::map<std::string, schema::Event::Which> typeOfSalt;
  std::uint64_t number = 0;
  for (auto const& [batch, numbers] : recorded()) {
    for (std::size_t e = 0; e < batch.events.size(); ++e, ++number) {
      schema::Message<schema::Event> const message(batch.events[e]);
      firsts.try_emplace(message.root().which(), number);
      typeOfSalt.emplace(crypto::asText(domain::bytesOf(message.root().getSalt())), message.root().which());
    }
  }
  ASSERT_GT(firsts.size(), 30U);

  Receipts receipts(*log);
  std::size_t looked = 0;
  for (auto const& [type, first] : firsts) {
    auto const made = receipts.make(domain::EventNumber(first), checkpoint);
    ASSERT_TRUE(made) << made.error().message;
    EXPECT_LE(ledger::zstd::frameOf(made->file.bytes()).size(), kMostReceipt) << static_cast<int>(type);
    auto const verified = verifyReceipt(made->file.bytes(), policy);
    ASSERT_TRUE(verified) << first << ": " << verified.error().message;
    EXPECT_EQ(verified->number.value(), first);
    EXPECT_EQ(verified->label(), made->label);
    auto const event = log->event(domain::EventNumber(first)).value();
    EXPECT_TRUE(std::ranges::equal(verified->event.bytes(), event));
    if (++looked % 8 != 1) continue;
    auto const text = std::string(crypto::asText(made->file.bytes()));
    schema::Message<schema::Event> const own(verified->event.bytes());
    auto const ownSalt = crypto::asText(domain::bytesOf(own.root().getSalt()));
    for (auto const& [salt, of] : typeOfSalt) {
      bool const enrols = of == schema::Event::KEY_ENROLLED || of == schema::Event::CHANGE_CONFIRMED;
      if (salt == ownSalt || enrols) continue;
      EXPECT_EQ(text.find(salt), std::string::npos) << "it shows another event";
    }
  }
}

}  // namespace
}  // namespace fundtrail::replay
