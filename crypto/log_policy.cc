// SPDX-License-Identifier: Apache-2.0
#include "crypto/log_policy.h"

#include <algorithm>
#include <functional>
#include <limits>
#include <map>
#include <set>
#include <utility>

#include "crypto/decimal.h"
#include "crypto/lines.h"

namespace fundtrail::crypto {
namespace {

using Items = std::span<std::string_view const>;

constexpr std::string_view kBlank = " \t";
constexpr std::string_view kNone = "none";

Error refused(std::string const& what) {
  return Error{ErrorKind::badInput, what};
}

// Any byte above ASCII is taken: the format leaves names and URLs opaque.
bool isAllowed(char c) {
  auto const byte = static_cast<unsigned char>(c);
  return c == '\t' || (byte >= 0x20 && byte != 0x7f);
}

std::vector<std::string_view> itemsOf(std::string_view line) {
  std::vector<std::string_view> items;
  while (true) {
    line.remove_prefix(std::min(line.find_first_not_of(kBlank), line.size()));
    if (line.empty()) {
      return items;
    }
    items.push_back(line.substr(0, line.find_first_of(kBlank)));
    line.remove_prefix(items.back().size());
  }
}

std::optional<std::string> urlAt(Items items, std::size_t place) {
  return place < items.size() ? std::optional(std::string(items[place])) : std::nullopt;
}

Result<CosignatureVerifier> witnessKey(std::string_view vkey) {
  Result<CosignatureVerifier> key = CosignatureVerifier::fromVkey(vkey);
  if (key || key.error().kind != ErrorKind::unsupported) {
    return key;
  }
  Result<NoteVerifier> const plain = NoteVerifier::fromVkey(vkey);
  return plain ? CosignatureVerifier::make(plain->name(), plain->key()) : key;
}

}  // namespace

class LogPolicy::Parser {
 public:
  Result<void> take(std::string_view line);
  Result<LogPolicy> finish() &&;

 private:
  struct Definition {
    Member member;
    bool grouped = false;  // a member of some group already
  };
  using Definitions = std::map<std::string, Definition, std::less<>>;

  // A kind of line: its form, and how many items follow the word it begins with.
  struct LineKind {
    std::string_view word;
    std::string_view form;
    std::size_t least;
    std::size_t most;
    Result<void> (Parser::*take)(Items items);
  };
  static LineKind const kLineKinds[];

  Result<void> takeLog(Items items);
  Result<void> takeWitness(Items items);
  Result<void> takeGroup(Items items);
  Result<void> takeQuorum(Items items);

  Result<void> define(std::string_view name, Member member);
  Result<Definition*> defined(std::string_view name);

  LogPolicy policy_;
  Definitions definitions_;
  std::set<Bytes> logKeys_;
  std::set<Bytes> witnessKeys_;
  bool hasQuorum_ = false;
};

LogPolicy::Parser::LineKind const LogPolicy::Parser::kLineKinds[] = {
    {"log", "log <vkey> [<url>]", 1, 2, &Parser::takeLog},
    {"witness", "witness <name> <vkey> [<url>]", 2, 3, &Parser::takeWitness},
    {"group", "group <name> any|all|<number> <member> …", 3, std::numeric_limits<std::size_t>::max(),
     &Parser::takeGroup},
    {"quorum", "quorum <name>|none", 1, 1, &Parser::takeQuorum},
};

Result<void> LogPolicy::Parser::take(std::string_view line) {
  if (!std::ranges::all_of(line, isAllowed)) {
    return refused("it holds a control character: part items by spaces or tabs, and end lines with a newline alone");
  }
  auto const items = itemsOf(line);
  if (items.empty() || items.front().starts_with('#')) {
    return {};
  }
  auto const* const kind = std::ranges::find(kLineKinds, items.front(), &LineKind::word);
  if (kind == std::end(kLineKinds)) {
    return refused("it must begin with log, witness, group, quorum or #");
  }
  Items const rest = Items(items).subspan(1);
  if (rest.size() < kind->least || rest.size() > kind->most) {
    return refused("it must be: " + std::string(kind->form));
  }
  return (this->*kind->take)(rest);
}

Result<LogPolicy> LogPolicy::Parser::finish() && {
  if (!hasQuorum_) {
    return refused("the policy has no quorum line: say which witness or group must have witnessed, or none");
  }
  return std::move(policy_);
}

Result<void> LogPolicy::Parser::takeLog(Items items) {
  Result<NoteVerifier> key = NoteVerifier::fromVkey(items[0]);
  if (!key) {
    return key.error();
  }
  BytesView const spki = key->key().spki();
  if (!logKeys_.emplace(spki.begin(), spki.end()).second) {
    return refused("another log line has the same key: remove one of them");
  }
  policy_.logs_.push_back({*std::move(key), urlAt(items, 1)});
  return {};
}

Result<void> LogPolicy::Parser::takeWitness(Items items) {
  Result<CosignatureVerifier> key = witnessKey(items[1]);
  if (!key) {
    return key.error();
  }
  BytesView const spki = key->key().spki();
  if (!witnessKeys_.emplace(spki.begin(), spki.end()).second) {
    return refused("another witness line has the same key: remove one of them");
  }
  if (auto const named = define(items[0], {Member::Kind::witness, policy_.witnesses_.size()}); !named) {
    return named.error();
  }
  policy_.witnesses_.push_back({std::string(items[0]), *std::move(key), urlAt(items, 2)});
  return {};
}

Result<void> LogPolicy::Parser::takeGroup(Items items) {
  Items const names = items.subspan(2);
  auto const threshold = items[1] == "any"   ? std::size_t{1}
                         : items[1] == "all" ? names.size()
                                             : parseDecimal<std::size_t>(items[1]).value_or(0);
  if (threshold < 1 || threshold > names.size()) {
    return refused("the number needed must be any, all, or 1 to the number of members");
  }
  std::vector<Member> members;
  for (std::string_view const name : names) {
    Result<Definition*> const definition = defined(name);
    if (!definition) {
      return definition.error();
    }
    if (std::exchange((*definition)->grouped, true)) {
      return refused(std::string(name) + " is a member of a group already: each may count once");
    }
    members.push_back((*definition)->member);
  }
  if (auto const named = define(items[0], {Member::Kind::group, policy_.groups_.size()}); !named) {
    return named.error();
  }
  policy_.groups_.push_back({std::string(items[0]), threshold, std::move(members)});
  return {};
}

Result<void> LogPolicy::Parser::takeQuorum(Items items) {
  if (std::exchange(hasQuorum_, true)) {
    return refused("the policy has a quorum line already: remove one of them");
  }
  if (items[0] == kNone) {
    return {};
  }
  Result<Definition*> const definition = defined(items[0]);
  if (!definition) {
    return definition.error();
  }
  policy_.quorum_ = (*definition)->member;
  return {};
}

Result<void> LogPolicy::Parser::define(std::string_view name, Member member) {
  if (name == kNone) {
    return refused("the name none means that no witness is needed: choose another");
  }
  if (!definitions_.emplace(name, Definition{member}).second) {
    return refused(std::string(name) + " is defined already: choose another name");
  }
  return {};
}

Result<LogPolicy::Parser::Definition*> LogPolicy::Parser::defined(std::string_view name) {
  auto const found = definitions_.find(name);
  if (found == definitions_.end()) {
    return refused(std::string(name) + " is no witness and no group that an earlier line defines");
  }
  return &found->second;
}

Result<LogPolicy> LogPolicy::parse(std::string_view text) {
  Parser parser;
  for (std::size_t number = 1; !text.empty(); ++number) {
    auto const line = takeLine(text);
    Result<void> const taken = line ? parser.take(*line) : refused("it lacks its newline: is the file complete?");
    if (!taken) {
      return taken.error().of("line " + std::to_string(number));
    }
  }
  return std::move(parser).finish();
}

Result<Attestation> LogPolicy::evaluate(SignedNote const& note) const {
  Result<Checkpoint> checkpoint = parseCheckpoint(note.text, ExtensionLines::passOver);
  if (!checkpoint) {
    return checkpoint.error();
  }
  std::vector<std::size_t> ofThisLog;
  std::vector<NoteVerifier> logKeys;
  for (std::size_t i = 0; i < logs_.size(); ++i) {
    if (logs_[i].key.name() == checkpoint->origin) {
      ofThisLog.push_back(i);
      logKeys.push_back(logs_[i].key);
    }
  }
  Result<std::vector<std::size_t>> signers = verifyNote(note, logKeys);
  if (!signers) {
    return signers.error();
  }
  for (std::size_t& signer : *signers) {
    signer = ofThisLog[signer];
  }

  std::vector<CosignatureVerifier> witnessKeys;
  for (Witness const& witness : witnesses_) {
    witnessKeys.push_back(witness.key);
  }
  Result<std::vector<Cosignature>> cosignatures = verifyCosignatures(note, witnessKeys);
  if (!cosignatures) {
    return cosignatures.error();
  }

  std::vector<Tally> groups;
  auto const hasWitnessed = [&](Member member) {
    return member.kind == Member::Kind::group
               ? groups[member.index].met()
               : std::ranges::find(*cosignatures, member.index, &Cosignature::cosigner) != cosignatures->end();
  };
  for (Group const& group : groups_) {
    groups.push_back({static_cast<std::size_t>(std::ranges::count_if(group.members, hasWitnessed)), group.threshold});
  }
  Tally quorum;
  if (quorum_) {
    quorum = quorum_->kind == Member::Kind::group ? groups[quorum_->index] : Tally{hasWitnessed(*quorum_) ? 1U : 0U, 1};
  }
  return Attestation{*std::move(checkpoint), *std::move(signers), *std::move(cosignatures), std::move(groups), quorum};
}

}  // namespace fundtrail::crypto
