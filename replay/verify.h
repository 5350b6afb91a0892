// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "crypto/checkpoint.h"
#include "crypto/digest.h"
#include "crypto/result.h"
#include "ledger/domain/date.h"
#include "ledger/domain/refs.h"
#include "ledger/domain/rule.h"
#include "ledger/log/event_log.h"
#include "replay/attested.h"
#include "replay/bank_limits.h"
#include "replay/books.h"
#include "replay/observer.h"
#include "replay/parts.h"
#include "replay/published.h"
#include "replay/resume.h"
#include "replay/trust.h"

// The replay proves a ledger from a copy of its log, trusting nothing but what the auditor brings: it verifies every
// hash and signature, judges every event again from nothing, keeps books of its own, and compares what was stored with
// what follows. It opens no socket, writes no file, and shares with the ledger only its schema, its cryptography and
// its rules.

namespace fundtrail::replay {

namespace domain = ledger::domain;
namespace log = ledger::log;

/// Ordered: the worst finding decides.
enum class Verdict : std::uint8_t {
  proven,     // every part of the proof holds
  notProven,  // nothing contradicts it, but a part could not be proven: something is not there to look at
  findings,   // the bytes are authentic, but something that they say does not hold
  tampered,   // something is not what its author or the log signed, or it cannot be verified
};
[[nodiscard]] std::string_view name(Verdict verdict);

/// What a finding is about; by it the verdict.
enum class FindingKind : std::uint8_t {
  damage,        // a record is missing or cannot be read
  entry,         // an entry or an event has not the form or the place that it must have
  ledger,        // not the ledger, or not the log key, that the auditor trusts
  signature,     // a batch is not signed by the key that it names
  duplicate,     // a batch that its author signed once stands twice
  tree,          // stored hashes are not those of the entries
  checkpoint,    // the log's signed statement of size and root is missing, not valid, or another
  attestation,   // what witnesses or time-stamp authorities saw is not this history, or their word does not hold
  index,         // a stored index is not the one that follows from the events
  rule,          // an event that the rules refuse
  witness,       // too few have witnessed, by the auditor's policy
  time,          // an entry states another time than the one at which outsiders saw the log with it, or without it
  conservation,  // the audit's own books find money made, lost or overdrawn, or disagree with the rules' state
  purpose,       // paid money that does not walk back to an award, a verified cost, an invoice, a contract, a tranche
  bank,          // a statement says what no event does, or an event what no statement does
  reproduction,  // a published figure is not the one that follows from the events
};
[[nodiscard]] std::string_view name(FindingKind kind);
[[nodiscard]] Verdict verdictOf(FindingKind kind);
/// The part of the proof whose exception it is.
[[nodiscard]] PartId partOf(FindingKind kind);

struct Finding {
  FindingKind kind;
  std::optional<domain::BatchNumber> batch;
  std::optional<domain::EventNumber> event;
  std::string rule;  // its id, for findings of kind `rule`
  domain::Text text;
  std::optional<domain::Fen> amount{};        // the money that it is about, where there is some
  std::vector<domain::EventNumber> others{};  // further events that it is about
};

/// The ledger as its log founds it.
struct Identity {
  domain::LedgerId ledger;
  std::vector<std::string> logVkeys;  // one, or two
  std::string programme;
  /// False: nobody but the log itself vouches for it, and a reader must compare it with what he knows.
  bool trusted;
};

/// Events first to last.
struct EventRange {
  std::uint64_t first = 0;
  std::uint64_t last = 0;
  friend bool operator==(EventRange const&, EventRange const&) = default;
};

/// The events whose bodies a copy does not hold, but whose hashes are those that their authors signed. What they are
/// about, only the bodies tell. Behind the first of them no event is judged: the state is not known.
struct LeftOut {
  std::uint64_t events = 0;
  std::vector<EventRange> ranges;   // in order, apart from each other, at most kMaxRanges
  std::uint64_t furtherRanges = 0;  // beyond those
};
inline constexpr std::size_t kMaxRanges = 100'000;

/// How much was checked.
struct Proof {
  std::uint64_t batches = 0;     // read whole and well-formed, each in its place
  std::uint64_t events = 0;      // in them
  std::uint64_t signatures = 0;  // that hold, those that earlier runs verified included
  std::uint64_t judged = 0;      // events that passed every rule
  std::uint64_t postings = 0;    // in the audit's own books
  std::uint64_t tiles = 0;       // equal to the rebuilt ones
  std::uint64_t usedNumbers = 0;
  std::uint64_t idempotencyKeys = 0;
};

struct Report {
  Verdict verdict = Verdict::proven;
  std::vector<Finding> findings;      // in the order in which they were met, at most kMaxFindings
  std::uint64_t furtherFindings = 0;  // beyond those
  std::optional<Identity> identity;   // nothing: the founding batch cannot be read
  log::LogSize size;
  crypto::Digest root;                            // as rebuilt; of the empty tree if it could not be
  std::optional<domain::Instant> lastAcceptedAt;  // of the batches that could be read
  std::optional<crypto::Checkpoint> checkpoint;   // only if its signature holds
  std::optional<KnownRoot> continues;             // the root that the auditor brought, if this log had it at that size
  std::vector<AttestedCheckpoint> attested;       // by those whom the auditor trusts
  Parts parts{};
  BankLimits bankLimits;  // that were applied
  Proof proof;
  LeftOut leftOut;
  // Events after the first that is not lawful, not authentic or left out: the rules were not asked.
  std::uint64_t notJudged = 0;
  bool tilesCompared = false;
  bool usedNumbersCompared = false;
  bool idempotencyKeysCompared = false;
  std::vector<CityTotals> cities;     // by the audit's own books, as far as events were judged; by code
  std::optional<Resume> takenOver{};  // the signatures that earlier runs verified, and this one did not
  /// The run was asked to end before it had seen everything: nothing is proven.
  bool interrupted = false;
};
inline constexpr std::size_t kMaxFindings = 100;

struct Progress {
  log::LogSize done;
  log::LogSize total;
  std::uint64_t takenOver = 0;  // batches whose signatures are not verified again
};

struct Options {
  unsigned threads = 0;  // that check batches; 0: one per core
  /// The log is being written: batches after the newest checkpoint are checked like all others, but that no signature
  /// of the log covers them yet is no finding.
  bool live = false;
  /// The file CHECKPOINT stands beside the log (docs/LOG_FORMAT.md). Without it a log from which the newest batches
  /// were taken away is whole in itself, and only a root that the auditor brought for all of it proves that none is
  /// missing.
  bool hasCheckpointFile = true;
  Attestations attestations{};
  /// The day up to which the bank's statements must cover the ledger's money; nothing: to the end of the log.
  std::optional<domain::Date> auditedUntil{};
  BankLimits bankLimits{};
  /// Figures that somebody published, each to be derived again.
  std::vector<PublishedFigures> published{};
  /// Who else follows the replay, on a thread of its own. They must outlive it.
  std::vector<Observer*> observers{};
  std::function<void(Progress const&)> progress;  // may be empty; called now and then by the calling thread
  /// Whose signatures earlier runs verified: they are not verified again, if the log's root over them is the same.
  std::optional<Resume> resume{};
  /// Called now and then by the calling thread, and at the end, with how far signatures and all that they rest on are
  /// verified; never with less than `resume` says, nor before the log's root there was found to be the same. May be
  /// empty.
  std::function<void(VerifiedBeginning const&)> reached{};
  /// Asked now and then by the calling thread: true ends the run between two batches. May be empty.
  std::function<bool()> interrupted{};
};

/// Replays the whole log. Whatever is wrong with its contents is a finding. Errors: notFound for a log without any
/// batch, badInput where the log is none of a ledger's at all; conflict where `options.resume` is of another log, or of
/// a history that this one does not begin with; io. The log must not be appended to meanwhile.
[[nodiscard]] crypto::Result<Report> verify(log::EventLog const& log, Trust const& trust, Options const& options);

}  // namespace fundtrail::replay
