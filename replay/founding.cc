// SPDX-License-Identifier: Apache-2.0
#include "replay/founding.h"

#include <algorithm>
#include <optional>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "ledger/batch/batch.h"
#include "ledger/domain/admit.h"
#include "ledger/domain/read.h"
#include "ledger/schema/batch.capnp.h"
#include "replay/words_of.h"

namespace fundtrail::replay {

namespace domain = ledger::domain;
namespace schema = ledger::schema;
using crypto::Error;
using crypto::ErrorKind;
using crypto::Result;

namespace {

bool names(std::span<crypto::NoteVerifier const> keys, crypto::NoteVerifier const& key) {
  return std::ranges::find(keys, key.vkey(), &crypto::NoteVerifier::vkey) != keys.end();
}

}  // namespace

Result<Founding> readFounding(crypto::BytesView entryBytes) {
  auto const entry = wordsOf<schema::Entry>(entryBytes);
  if (!entry) return entry.error();
  schema::Message<schema::Entry> const entryMessage(entry->bytes());
  auto statement = wordsOf<schema::Statement>(domain::bytesOf(entryMessage.root().getStatement()));
  if (!statement) return statement.error();
  schema::Message<schema::Statement> const message(statement->bytes());
  if (!message.root().hasGenesis()) {
    return Error{ErrorKind::badInput, "the first entry founds no ledger", "首个条目不是创始声明"};
  }
  auto const genesis = message.root().getGenesis();
  if (auto objection = domain::examineGenesis(genesis)) {
    return Error{ErrorKind::badInput, std::move(objection->en), std::move(objection->zh)};
  }
  auto const algorithm = ledger::batch::hashOf(genesis.getProfile());
  auto const ledger = ledger::batch::ledgerIdOf(algorithm, statement->bytes());
  auto logKeys = logKeysOf(genesis);
  if (!logKeys) return logKeys.error();
  std::string programme(domain::textOf(genesis.getProgramme()));
  return Founding{*std::move(statement), algorithm, ledger, *std::move(logKeys), std::move(programme)};
}

std::vector<std::string> vkeysOf(std::span<crypto::NoteVerifier const> keys) {
  std::vector<std::string> vkeys;
  for (auto const& key : keys) vkeys.push_back(key.vkey());
  return vkeys;
}

std::vector<domain::Text> contradictions(Trust const& trust, domain::LedgerId const& ledger,
                                         std::span<crypto::NoteVerifier const> logKeys) {
  std::vector<domain::Text> found;
  if (trust.ledger && *trust.ledger != ledger) {
    found.push_back({fmt::format("这是账本 {}，不是您信任的 {}", ledger.text(), trust.ledger->text()),
                     fmt::format("this is ledger {}, not {}, which you trust", ledger.text(), trust.ledger->text())});
  }
  if (trust.log && !names(logKeys, *trust.log)) {
    auto const vkeys = fmt::format("{}", fmt::join(vkeysOf(logKeys), " "));
    found.push_back(
        {fmt::format("创始声明的日志公钥是 {}，不是您信任的 {}", vkeys, trust.log->vkey()),
         fmt::format("the ledger was founded with the log key {}, not {}, which you trust", vkeys, trust.log->vkey())});
  }
  return found;
}

std::vector<crypto::NoteVerifier> signingKeys(Trust const& trust, std::span<crypto::NoteVerifier const> logKeys) {
  if (trust.log && !names(logKeys, *trust.log)) return {*trust.log};
  return {logKeys.begin(), logKeys.end()};
}

}  // namespace fundtrail::replay
