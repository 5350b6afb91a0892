// SPDX-License-Identifier: Apache-2.0
// The worked example of docs/LOG_FORMAT.md, "Bundle": this program reads it, and writes its contents.

#include <fstream>
#include <map>
#include <regex>
#include <string>

#include <gtest/gtest.h>

#include "crypto/checkpoint.h"
#include "crypto/digest.h"
#include "crypto/merkle.h"
#include "crypto/note.h"
#include "ledger/bundle/container.h"
#include "tests/ledger/bundle/reframed.h"
#include "tests/replay/history.h"

namespace fundtrail::ledger::bundle::testing {
namespace {

using crypto::Bytes;

/// Rows "    bundle <part> <hex>" of the page.
std::map<std::string, Bytes> partsOnPage() {
  std::ifstream page(FUNDTRAIL_SOURCE_DIR "/docs/LOG_FORMAT.md");
  std::regex const row("^    bundle ([a-z0-9-]+) ([0-9a-f]+)$");
  std::map<std::string, Bytes> parts;
  std::smatch match;
  for (std::string line; std::getline(page, line);) {
    if (std::regex_match(line, match, row)) parts[match[1]] = crypto::fromHex(match[2].str()).value();
  }
  return parts;
}

Bytes bytesOf(std::string_view text) {
  auto const view = crypto::asBytes(text);
  return {view.begin(), view.end()};
}

/// As the page describes it in words.
struct Example {
  crypto::Digest leaf = crypto::TreeHasher(crypto::HashAlgorithm::sha256).leaf(crypto::asBytes("event 1"));
  std::string note = [] {
    crypto::TreeHasher hasher(crypto::HashAlgorithm::sha256);
    auto const root = hasher.node(hasher.leaf(crypto::asBytes("entry 0")), hasher.leaf(crypto::asBytes("entry 1")));
    auto const text = crypto::formatCheckpoint({"log.example", 2, root});
    auto const signer = crypto::NoteSigner::make("log.example", crypto::PrivateKey::fromEd25519Seed({1})).value();
    return crypto::formatNote(text, std::vector{signer.signatureLine(text)});
  }();
  Frames frames{{{RecordType::head,
                  encode(Head{crypto::HashAlgorithm::sha256, domain::CityCode::parse("441900"), 0, 0, {}, note})}},
                {{RecordType::entry, bytesOf("entry 0")},
                 {RecordType::event, bytesOf("event 0")},
                 {RecordType::leftOut, Bytes(leaf.bytes.begin(), leaf.bytes.end())},
                 {RecordType::entry, bytesOf("entry 1")},
                 {RecordType::event, bytesOf("event 2")}},
                {{RecordType::policy, bytesOf("quorum none\n")}, {RecordType::end, encode(End{{2, 3}, 1})}}};
};

TEST(BundleFormat, TheContentsOnThePageAreWhatIsWritten) {
  auto const parts = partsOnPage();
  Example const example;
  for (std::size_t i = 0; i < example.frames.size(); ++i) {
    Bytes content;
    for (auto const& [type, body] : example.frames[i]) append(content, type, body);
    auto const name = "content-" + std::to_string(i);
    ASSERT_TRUE(parts.contains(name)) << crypto::toHex(content);
    EXPECT_EQ(crypto::toHex(parts.at(name)), crypto::toHex(content));
  }
  ASSERT_TRUE(parts.contains("file")) << crypto::toHex(putTogether(example.frames));
}

TEST(BundleFormat, TheFileOnThePageIsRead) {
  auto const file = partsOnPage().at("file");
  Example const example;
  EXPECT_EQ(takenApart(file), example.frames);
  auto const log = openBytes({file}).value();
  EXPECT_EQ(log->size(), (log::LogSize{2, 3}));
  EXPECT_EQ(log->entry(domain::BatchNumber(1)).value(), bytesOf("entry 1"));
  EXPECT_EQ(log->event(domain::EventNumber(2)).value(), bytesOf("event 2"));
  EXPECT_FALSE(log->event(domain::EventNumber(1)));
  auto const first = log->read(domain::BatchNumber(0))->next().value().value();
  EXPECT_EQ(first.leftOut, std::vector{example.leaf});
  EXPECT_EQ(log->beside().policies, std::vector<std::string>{"quorum none\n"});
  EXPECT_EQ(log->checkpoint().value(), example.note);
}

TEST(BundleFormat, TheSeekTableOnThePageIsWhatIsWritten) {
  auto const parts = partsOnPage();
  auto const& table = parts.at("seek-table");
  auto const& file = parts.at("file");
  EXPECT_TRUE(std::equal(table.rbegin(), table.rend(), file.rbegin()));
  EXPECT_EQ(encodeSeekTable(decodeSeekTable(table).value()), table);
}

TEST(BundleFormat, AHeadComesBackAsItWas) {
  Head head{crypto::HashAlgorithm::sm3, domain::CityCode::parse("440600"), 5, 17, {}, {}};
  head.frontier = {crypto::Digest{{1}}, crypto::Digest{{2}}};
  head.checkpoint = *replay::logOf(9)->checkpoint().value();
  EXPECT_EQ(decodeHead(encode(head)).value(), head);
  head.from = 9;
  EXPECT_FALSE(decodeHead(encode(head))) << "the checkpoint covers nothing behind";
  auto body = encode(Head{crypto::HashAlgorithm::sha256, {}, 0, 0, {}, head.checkpoint});
  EXPECT_TRUE(decodeHead(body));
  for (std::size_t const at : {20U, 21U, 24U, 31U}) {  // hash, zeros, city, zeros
    auto altered = body;
    altered[at] ^= 0x40;
    EXPECT_FALSE(decodeHead(altered)) << at;
  }
}

TEST(BundleFormat, RecordsAreWholeAndPadded) {
  Bytes content;
  append(content, RecordType::entry, crypto::asBytes("entry"));
  append(content, RecordType::event, crypto::asBytes("12345678"));
  ASSERT_EQ(content.size(), 32U);
  auto const records = recordsOf(content).value();
  ASSERT_EQ(records.size(), 2U);
  EXPECT_EQ(crypto::asText(records[0].body), "entry");
  EXPECT_EQ(crypto::asText(records[1].body), "12345678");
  for (std::size_t const at : {0U, 1U, 4U, 7U, 13U, 15U, 23U}) {  // type, zeros, length, padding
    auto altered = content;
    altered[at] ^= 0x80;
    EXPECT_FALSE(recordsOf(altered)) << at;
  }
  for (std::size_t length = 1; length < content.size(); ++length) {
    EXPECT_EQ(recordsOf(crypto::BytesView(content).first(length)).has_value(), length == 16) << length;
  }
}

}  // namespace
}  // namespace fundtrail::ledger::bundle::testing
