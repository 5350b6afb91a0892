// SPDX-License-Identifier: Apache-2.0
// How large receipts are as files, under a checkpoint that ten of fourteen cities have cosigned.

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "crypto/cosignature.h"
#include "crypto/note.h"
#include "ledger/receipt/receipts.h"
#include "ledger/schema/event.capnp.h"
#include "ledger/zstd/frame.h"
#include "replay/receipt.h"
#include "tests/replay/history.h"
#include "tests/support/gm_people.h"

namespace fundtrail::replay {
namespace {

constexpr std::size_t kMostReceipt = 8 * 1024;
constexpr std::uint8_t kCosigners = 10;
constexpr char kOrigin[] = "fundtrail.example/gd-sme-digital";

/// The log's note, with the cosignatures of ten cities behind it.
std::string cosigned(std::string const& note, tests::People const& people, std::string& policy) {
  auto const text = crypto::parseNote(note).value().text;
  std::string lines;
  std::string members;
  for (std::uint8_t i = 0; i < kCosigners; ++i) {
    auto const name = fmt::format("witness.city-{}.gd.example", i);
    auto const cosigner = crypto::Cosigner::make(name, people.keyOf(name)).value();
    lines += cosigner.signatureLine(text, 1'790'000'000);
    policy += fmt::format("witness w{} {}\n", i, cosigner.verifier().vkey());
    members += fmt::format(" w{}", i);
  }
  policy += "group cities all" + members + "\nquorum cities\n";
  return note + lines;
}

constexpr std::size_t kOfEachType = 12;

/// Some events of each type, from the first to the last.
std::map<schema::Event::Which, std::vector<std::uint64_t>> someOfEachType(log::EventLog const& log) {
  std::map<schema::Event::Which, std::vector<std::uint64_t>> all;
  auto const cursor = log.read(domain::BatchNumber(0));
  while (auto const batch = cursor->next().value()) {
    for (std::size_t i = 0; i < batch->events.size(); ++i) {
      schema::Message<schema::Event> const event(batch->events[i]);
      all[event.root().which()].push_back(batch->firstEvent.value() + i);
    }
  }
  for (auto& [type, numbers] : all) {
    std::vector<std::uint64_t> some;
    auto const step = numbers.size() / kOfEachType + 1;
    for (std::size_t i = 0; i < numbers.size(); i += step) some.push_back(numbers[i]);
    if (some.back() != numbers.back()) some.push_back(numbers.back());
    numbers = std::move(some);
  }
  return all;
}

class ReceiptFile : public ::testing::TestWithParam<tests::People> {};

INSTANTIATE_TEST_SUITE_P(Profiles, ReceiptFile, ::testing::ValuesIn(tests::bothProfiles()), tests::ProfileName());

TEST_P(ReceiptFile, OfAnyTypeOfEventOfASimulatedProgrammeHasAtMost8KiB) {
  ledger::simulation::Simulation const simulation(
      {.seed = 1, .enterprises = 400, .alone = false, .signing = {GetParam().profile, GetParam().keyOf}});
  log::MemoryLog log(simulation.hashAlgorithm());
  write(log, simulation.genesis());
  simulation.run([&](batch::SignedBatch const& signedBatch) { write(log, signedBatch); });
  seal(log, simulation.logKey());
  auto policyText = "log " + crypto::NoteVerifier::make(kOrigin, simulation.logKey().publicKey()).value().vkey() + "\n";
  auto const checkpoint = cosigned(**log.checkpoint(), GetParam(), policyText);
  auto const policy = crypto::LogPolicy::parse(policyText).value();

  auto const events = someOfEachType(log);
  EXPECT_GE(events.size(), 60U) << "nearly every type of event occurs";
  ledger::receipt::Receipts receipts(log);
  for (auto const& [type, numbers] : events) {
    for (auto const number : numbers) {
      auto const made = receipts.make(domain::EventNumber(number), checkpoint);
      ASSERT_TRUE(made) << made.error().message;
      auto const file = ledger::zstd::frameOf(made->file.bytes());
      EXPECT_LE(file.size(), kMostReceipt) << "type " << static_cast<int>(type) << ", event " << number << ": "
                                           << made->file.bytes().size() << " bytes before";
      if (number != numbers.front()) continue;
      auto const verified = verifyReceipt(receiptIn(file).value(), policy);
      ASSERT_TRUE(verified) << number << ": " << verified.error().message;
      EXPECT_EQ(verified->number.value(), number);
      EXPECT_EQ(verified->verdict(), Verdict::proven) << "ten have cosigned";
    }
  }
}

}  // namespace
}  // namespace fundtrail::replay
