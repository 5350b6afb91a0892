// SPDX-License-Identifier: Apache-2.0
// Trust policies, c2sp.org/tlog-policy: which logs someone trusts, which witnesses, and how many of them must have
// cosigned a checkpoint. A text file, a definition to a line, each before its use:
//
//   log <vkey> [<url>]
//   witness <name> <vkey> [<url>]
//   group <name> any|all|<k> <member> …          a member is a witness or a group; k of them must have witnessed
//   quorum <name>|none                           exactly one
//
// Items are parted by spaces and tabs. Lines that are empty or begin with '#' are passed over.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "crypto/checkpoint.h"
#include "crypto/cosignature.h"
#include "crypto/note.h"
#include "crypto/result.h"

namespace fundtrail::crypto {

/// How many have witnessed, of those that are needed: "7 of 10 needed witnesses".
struct Tally {
  std::size_t reached = 0;
  std::size_t needed = 0;

  bool met() const { return reached >= needed; }
  friend bool operator==(Tally const&, Tally const&) = default;
};

/// What a policy finds in a checkpoint that one of its logs signed. It counts as witnessed only if quorum.met().
struct Attestation {
  Checkpoint checkpoint;
  std::vector<std::size_t> logKeys;       ///< which of the policy's logs() signed; never empty
  std::vector<Cosignature> cosignatures;  ///< which of the policy's witnesses() cosigned, and when
  std::vector<Tally> groups;              ///< one for each of the policy's groups()
  Tally quorum;                           ///< of the quorum line: a group as in `groups`, a witness of 1, none 0 of 0
};

/// A policy, as a file stated it. Immutable once parsed; a value; safe on several threads.
class LogPolicy {
 public:
  /// One key of a log, whose name is the log's origin. A log may have several.
  struct Log {
    NoteVerifier key;
    std::optional<std::string> url;
  };

  struct Witness {
    std::string name;  ///< in this file only; bytes that nobody need read as UTF-8
    CosignatureVerifier key;
    std::optional<std::string> url;  ///< what requests to the witness begin with
  };

  /// A witness or a group, by its index.
  struct Member {
    enum class Kind : std::uint8_t { witness, group };

    Kind kind;
    std::size_t index;
  };

  struct Group {
    std::string name;
    std::size_t threshold;        ///< 1 … members.size()
    std::vector<Member> members;  ///< a group stands before those that it is a member of
  };

  /// Takes a policy file. Errors, with the number of the line: badInput for another syntax, a control character, a bad
  /// key, a name that is defined twice, not defined before or twice a group's member, a key that two logs or two
  /// witnesses share, a threshold outside 1 … the members, no quorum line or two; unsupported for a key of a type that
  /// cannot be verified here. The vkey of a witness may be of the type for notes, which other tools also write: it
  /// means cosignatures by the same key and name.
  static Result<LogPolicy> parse(std::string_view text);

  std::span<Log const> logs() const { return logs_; }
  std::span<Witness const> witnesses() const { return witnesses_; }
  std::span<Group const> groups() const { return groups_; }

  /// Nothing for `quorum none`.
  std::optional<Member> const& quorum() const { return quorum_; }

  /// What the note of a checkpoint shows by this policy. A key counts only for the log that it is named after.
  /// Signature lines by other keys are passed over, and so are extension lines. A quorum that is not met is no error.
  /// Errors: badInput for a text that is no checkpoint; denied if no key of a log with this origin signed it, or if the
  /// signature of a key in the policy does not hold; conflict when a line's name and key id fit two of the keys.
  Result<Attestation> evaluate(SignedNote const& note) const;

 private:
  class Parser;
  LogPolicy() = default;

  std::vector<Log> logs_;
  std::vector<Witness> witnesses_;
  std::vector<Group> groups_;
  std::optional<Member> quorum_;
};

}  // namespace fundtrail::crypto
