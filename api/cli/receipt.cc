// SPDX-License-Identifier: Apache-2.0
#include <memory>
#include <optional>
#include <string>

#include "api/cli/commands.h"
#include "api/cli/ledger_directory.h"
#include "api/cli/options.h"
#include "api/cli/remote.h"
#include "api/views/event_name.h"
#include "crypto/bytes.h"
#include "crypto/merkle.h"
#include "ledger/attestation/attestations.h"
#include "ledger/files/files.h"
#include "ledger/receipt/qr_code.h"
#include "ledger/receipt/receipts.h"
#include "ledger/zstd/frame.h"

namespace fundtrail::api::cli {

namespace {

namespace domain = ledger::domain;
namespace files = ledger::files;
using crypto::Result;

struct Options {
  std::string event;
  Place place;
  std::filesystem::path out;
  std::optional<std::filesystem::path> qr;
};

/// The event's number, whether it is named by that or by its hash.
Result<domain::EventNumber> numberOf(Session const& session, ledger::log::EventLog const& log,
                                     std::string const& text) {
  auto const events = log.size().events;
  views::EventName const name(text, events);
  if (!name.makesSense()) return views::notOnRecord(session, text, events);
  if (name.number()) return *name.number();
  std::optional<domain::EventNumber> found;
  std::size_t count = 0;
  crypto::TreeHasher hasher(log.hashAlgorithm());
  auto const cursor = log.read(domain::BatchNumber(0));
  while (true) {
    auto const batch = cursor->next();
    if (!batch) return batch.error();
    if (!*batch) break;
    for (std::size_t i = 0; i < (*batch)->events.size(); ++i) {
      domain::EventNumber const number((*batch)->firstEvent.value() + i);
      if (!name.is(number, domain::EventRef(hasher.leaf((*batch)->events[i])))) continue;
      found = number;
      ++count;
    }
  }
  if (!found) return views::notOnRecord(session, text, events);
  if (count > 1) return views::ambiguous(session, text, count);
  return *found;
}

Result<Exit> makeReceipt(Session const& session, Options const& options) {
  LedgerDirectory const directory(options.place.ledger);
  auto const log = directory.openForReading(session);
  if (!log) return log.error();
  auto const number = numberOf(session, **log, options.event);
  if (!number) return number.error();
  auto const checkpoint = (*log)->checkpoint();
  if (!checkpoint) return checkpoint.error();
  if (!*checkpoint) {
    return session.error(crypto::ErrorKind::notFound, {"账本尚无检查点：请先记一批事件",
                                                       "the ledger has no checkpoint yet: record something first"});
  }
  auto const batch = (*log)->batchOf(*number);
  if (!batch) return batch.error();
  ledger::attestation::Attestations const attestations(directory.attestations());
  auto const note = ledger::attestation::bestNote(attestations, **checkpoint, batch->value() + 1);
  if (!note) return note.error();
  ledger::receipt::Receipts receipts(**log);
  auto const receipt = receipts.make(*number, *note);
  if (!receipt) return receipt.error();
  auto const file = ledger::zstd::frameOf(receipt->file.bytes());
  auto const written = files::writeNewFile(options.out, crypto::asText(file), files::Access::everyone);
  if (!written) return written.error();
  session.out << session.text({"回执 {}：事件 {}（{} 字节）\n", "receipt {}: event {} ({} bytes)\n"},
                              options.out.string(), number->value(), file.size());
  if (!options.qr) return Exit::ok;
  auto const drawn =
      files::writeNewFile(*options.qr, ledger::receipt::qrCodeSvg(receipt->label), files::Access::everyone);
  if (!drawn) return drawn.error();
  session.out << session.text({"二维码 {}：{}\n", "QR code {}: {}\n"}, options.qr->string(), receipt->label);
  return Exit::ok;
}

/// The server makes it; who relies on it verifies it.
Result<Exit> fetchReceipt(Session const& session, client::Server const& server, Options const& options) {
  if (options.qr) {
    return session.error(crypto::ErrorKind::badInput, {"--qr 只用于 --ledger：请在账本所在的机器上出具",
                                                       "--qr goes with --ledger: make it where the ledger is"});
  }
  client::Target target("/v1/receipts");
  auto const answer = server.get(target.then(options.event), "");
  if (!answer) return answer.error();
  if (answer->status != 200) return server.errorOf(server.problemOf(*answer));
  auto const written = files::writeNewFile(options.out, answer->body, files::Access::everyone);
  if (!written) return written.error();
  session.out << session.text({"回执 {}：事件 {}（{} 字节）\n", "receipt {}: event {} ({} bytes)\n"},
                              options.out.string(), options.event, answer->body.size());
  return Exit::ok;
}

}  // namespace

void addReceipt(commandline::Program& program, Action& chosen) {
  auto options = std::make_shared<Options>();
  auto command = program.command(
      "receipt",
      {"出具一个事件的回执：凭 fundtrail-replay receipt 可离线核验，不泄露其他事件",
       "make the receipt of an event: fundtrail-replay receipt verifies it offline; it shows no other event"});
  addEvent(command, options->event);
  addPlace(command, options->place);
  command.option("--out", options->out, {"回执文件，不覆盖", "file; never overwritten"}).required().valueName("FILE");
  command
      .option("--qr", options->qr,
              {"另存二维码（SVG），印在通知书上：日志、事件序号、哈希",
               "also a QR code (SVG) for a printed notice: log, number and hash of the event"})
      .valueName("FILE");
  command.onChosen([options, &chosen] {
    chosen = [options](Session const& session) {
      return at(
          session, options->place, [&] { return makeReceipt(session, *options); },
          [&](client::Server const& server) { return fetchReceipt(session, server, *options); });
    };
  });
}

}  // namespace fundtrail::api::cli
