// SPDX-License-Identifier: Apache-2.0
#include "crypto/timestamp.h"

#include <array>
#include <filesystem>
#include <memory>
#include <string>

#include "api/cli/commands.h"
#include "api/cli/ledger_directory.h"
#include "api/cli/options.h"
#include "crypto/keys.h"
#include "crypto/note.h"
#include "ledger/attestation/attestations.h"
#include "ledger/files/files.h"
#include "ledger/witnessing/time_stamping.h"

namespace fundtrail::api::cli {

namespace {

namespace attestation = ledger::attestation;

struct Options {
  std::filesystem::path ledger;
  std::filesystem::path authorities;
  std::string url;
};

crypto::Result<Exit> stamp(Session const& session, Options const& options) {
  auto const pem = files::readFile(options.authorities, crypto::kMaxTimestampSize);
  if (!pem) return pem.error();
  auto const authorities = crypto::TimestampAuthorities::fromPem(*pem);
  if (!authorities) return authorities.error().of(options.authorities.string());
  LedgerDirectory const directory(options.ledger);
  auto const log = directory.openForReading(session);
  if (!log) return log.error();
  auto const note = (*log)->checkpoint();
  if (!note) return note.error();
  if (!*note) {
    return session.error(crypto::ErrorKind::notFound, {"账本尚无检查点：请先记一批事件",
                                                       "the ledger has no checkpoint yet: record something first"});
  }
  attestation::Attestations const attestations(directory.attestations());
  auto const locked = attestations.lock();
  if (!locked) return locked.error();
  std::array<std::uint8_t, 16> nonce{};
  crypto::randomBytes(nonce);
  auto const stamp = ledger::witnessing::stampCheckpoint(**note, options.url, *authorities, nonce);
  if (!stamp) return stamp.error();
  if (auto const kept = attestations.keep(*stamp); !kept) return kept.error();
  auto const text = crypto::parseNote(stamp->note);
  if (!text) return text.error();
  auto const stated = authorities->verify(stamp->token, text->text);
  if (!stated) return stated.error();
  auto const at = ledger::domain::Instant::fromMilliseconds(static_cast<std::int64_t>(stated->time) * 1000);
  session.out << session.text({"{} 的时间戳：{}（{} 批）\n", "time-stamp of {}: {} ({} batches)\n"}, stated->authority,
                              at ? at->text() : std::to_string(stated->time), (*log)->size().batches);
  return Exit::ok;
}

}  // namespace

void addTimestamp(commandline::Program& program, Action& chosen) {
  auto options = std::make_shared<Options>();
  auto command =
      program.command("timestamp", {"请外部时间戳机构（RFC 3161）为最新检查点加盖时间戳，存于账本旁",
                                    "have an outside authority time-stamp (RFC 3161) the newest checkpoint"});
  command.option("--authority", options->url, {"机构网址", "the authority's address"}).required().valueName("URL");
  command
      .option("--authorities", options->authorities,
              {"所信任机构的根证书（PEM）", "root certificates of the authorities that you trust, PEM"})
      .required()
      .valueName("FILE");
  addLedger(command, options->ledger);
  command.onChosen(
      [options, &chosen] { chosen = [options](Session const& session) { return stamp(session, *options); }; });
}

}  // namespace fundtrail::api::cli
