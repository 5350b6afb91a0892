// SPDX-License-Identifier: Apache-2.0
#include "replay/report_text.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <string_view>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "crypto/bytes.h"
#include "crypto/tiles.h"
#include "ledger/domain/codes.h"
#include "ledger/schema/event.capnp.h"
#include "ledger/schema/message.h"
#include "replay/wording.h"

namespace fundtrail::replay {

using ledger::schema::Language;

namespace {

/// Writes each sentence in the language of the reader.
class Writer {
 public:
  explicit Writer(Language language) : chinese_(language == Language::zh) {}
  [[nodiscard]] Language language() const { return chinese_ ? Language::zh : Language::en; }

  template <class... Values>
  void line(std::string_view zh, std::string_view en, Values const&... values) {
    fmt::vformat_to(std::back_inserter(text_), chinese_ ? zh : en, fmt::make_format_args(values...));
    text_ += '\n';
  }
  std::string const& in(domain::Text const& text) const { return chinese_ ? text.zh : text.en; }
  std::string_view in(std::string_view zh, std::string_view en) const { return chinese_ ? zh : en; }
  void add(std::string const& text) { text_ += text; }
  std::string take() { return std::move(text_); }

 private:
  bool chinese_;
  std::string text_;
};

void writeIdentity(Writer& out, std::optional<Identity> const& identity) {
  if (!identity) return;
  auto const& [ledger, vkeys, programme, trusted] = *identity;
  out.line("账本      {}：{}", "ledger      {}: {}", programme, ledger.text());
  for (auto const& vkey : vkeys) out.line("日志公钥  {}", "log key     {}", vkey);
  if (trusted) return;
  out.line("          以上各项取自日志自身，请与您从别处得知的核对，或以 --trust 指定",
           "            these are the log's own word: compare them with what you know, or bring it with --trust");
}

void writeCheckpoint(Writer& out, std::optional<crypto::Checkpoint> const& checkpoint,
                     std::optional<KnownRoot> const& continues) {
  if (checkpoint) {
    out.line("检查点    签名有效，覆盖 {} 批", "checkpoint  its signature holds; it covers {} batches",
             checkpoint->size);
  } else {
    out.line("检查点    没有可信的检查点", "checkpoint  there is none to rely on");
  }
  if (continues) {
    out.line("          接续您提供的第 {} 批的检查点",
             "            it continues the checkpoint of {} batches that you brought", continues->size);
  }
}

void writeAttested(Writer& out, std::vector<AttestedCheckpoint> const& attested) {
  for (auto const& found : attested) {
    auto const witnesses = fmt::format("{}", fmt::join(found.witnesses, out.in("、", ", ")));
    if (!found.witnesses.empty()) {
      out.line("见证      前 {} 批：{} 方（须 {} 方），{}；{}", "witnessed   {} batches by {} ({} needed), {}; {}",
               found.checkpoint.size, found.quorum.reached, found.quorum.needed, timeText(found.until), witnesses);
    }
    if (found.stamp) {
      out.line("时间戳    前 {} 批：{}，{}", "time-stamp  {} batches: {}, {}", found.checkpoint.size,
               timeText(found.stamp->time), found.stamp->authority);
    }
  }
}

void writeLeftOut(Writer& out, LeftOut const& leftOut) {
  if (leftOut.events == 0) return;
  constexpr std::size_t kShown = 10;
  std::vector<std::string> ranges;
  for (auto const& [first, last] : leftOut.ranges) {
    if (ranges.size() == kShown) break;
    ranges.push_back(first == last ? std::to_string(first) : fmt::format("{}-{}", first, last));
  }
  auto const further = leftOut.ranges.size() - ranges.size() + leftOut.furtherRanges;
  out.line("未收录    {} 个事件，只有哈希，与作者所签相符：{}",
           "left out    {} events, of which only the hashes that their authors signed are here: {}", leftOut.events,
           fmt::format("{}", fmt::join(ranges, out.in("、", ", "))));
  if (further > 0) {
    out.line("          另有 {} 段，见 --format json", "            and {} more ranges, which --format json lists",
             further);
  }
}

void writeProof(Writer& out, Report const& report) {
  auto const& proof = report.proof;
  out.line("条目      {} / {} 批，形式、位置和时间顺序相符", "entries     {} of {} batches: form, place and order hold",
           proof.batches, report.size.batches);
  out.line("签名      {} / {} 个，由所称的密钥签署", "signatures  {} of {} are by the keys that they name",
           proof.signatures, report.size.batches);
  if (report.takenOver) {
    auto const& [beginning, runs] = *report.takenOver;
    out.line("          其中前 {} 批的签名由先前的运行验证（最近一次 {}），以续验文件为凭",
             "            of these, the first {} were verified by earlier runs (the last one {}), by the word of the "
             "resume file",
             beginning.batches, runs.back().at.text());
  }
  out.line("规则      {} / {} 个事件，从头逐个判定为合规",
           "rules       {} of {} events, judged from nothing, are lawful", proof.judged, report.size.events);
  if (report.notJudged > 0) {
    out.line("          另有 {} 个在首个问题或首个未收录事件之后，未判定",
             "            {} more stand behind the first fault, or the first event left out, and were not judged",
             report.notJudged);
  }
  writeLeftOut(out, report.leftOut);
  if (report.leftOut.events > 0) {
    out.line("资金      {} 笔分录至首个未收录的事件为止，其后未能证明",
             "money       {} postings up to the first event left out: behind it nothing is proven", proof.postings);
  } else if (std::ranges::find(report.findings, FindingKind::conservation, &Finding::kind) == report.findings.end()) {
    out.line("资金      {} 笔分录，每一步守恒且无透支", "money       {} postings: conserved and never overdrawn",
             proof.postings);
  } else {
    out.line("资金      {} 笔分录，不守恒", "money       {} postings: not conserved", proof.postings);
  }
  if (report.tilesCompared) {
    out.line("树        {} 个哈希块与重算相同，根 {}", "tree        {} tiles equal the rebuilt ones, root {}",
             proof.tiles, report.root.hex());
  } else {
    out.line("树        由条目重算（所存哈希块未比对），根 {}",
             "tree        rebuilt from the entries (no stored tiles were compared), root {}", report.root.hex());
  }
  writeCheckpoint(out, report.checkpoint, report.continues);
  writeAttested(out, report.attested);
  auto const compared = [&](bool was) {
    return was ? out.in("相符", "as they must be") : out.in("未比对", "not compared");
  };
  out.line("索引      幂等键 {} 个（{}），已用号码 {} 个（{}）",
           "indexes     {} idempotency keys ({}), {} used numbers ({})", proof.idempotencyKeys,
           compared(report.idempotencyKeysCompared), proof.usedNumbers, compared(report.usedNumbersCompared));
}

void writeFinding(Writer& out, Finding const& finding) {
  std::string where;
  if (finding.batch) where += fmt::format("{} {} ", out.in("批次", "batch"), finding.batch->text());
  if (finding.event) where += fmt::format("{} {} ", out.in("事件", "event"), finding.event->text());
  if (!finding.rule.empty()) where += fmt::format("{} {} ", out.in("规则", "rule"), finding.rule);
  out.line("  ✗ {}[{}] {}", "  ✗ {}[{}] {}", where, titleOf(finding.kind).in(out.language()), out.in(finding.text));
}

std::string_view mark(Standing standing) {
  switch (standing) {
    case Standing::holds: return "✓";
    case Standing::notProven: return "?";
    case Standing::fails: return "✗";
  }
  return "";
}

/// The seven parts of the proof: how each stands, what it could not see, and what all of them take for granted.
void writeParts(Writer& out, Parts const& parts) {
  out.line("证明的七个部分", "the seven parts of the proof");
  for (auto const& part : parts) {
    std::vector<std::string> counts;
    for (auto const& count : part.counted) counts.push_back(countText(count, out.language()));
    auto const name = title(part.id);
    out.line("  {} {}：{}", "  {} {}: {}", mark(part.standing), out.in(name), fmt::join(counts, out.in("；", "; ")));
    for (auto const& missing : part.missing) out.line("      未能证明：{}", "      not proven: {}", out.in(missing));
  }
  out.line("以下各项视为成立，未作查验", "taken for granted, and not looked at");
  for (auto const& part : parts) {
    for (auto const& granted : part.granted) out.line("  – {}", "  – {}", out.in(granted));
  }
}

void writeFurther(Writer& out, std::uint64_t further) {
  if (further > 0) out.line("  … 另有 {} 条", "  … and {} more", further);
}

/// What no copy proves by itself: that nothing stands behind its end.
void writeReach(Writer& out, Report const& report) {
  if (report.lastAcceptedAt) {
    out.line("终点      第 {} 批，最后入账 {}", "reach       {} batches, the last accepted {}", report.size.batches,
             report.lastAcceptedAt->text());
  }
  out.line(
      "          请与他人所持的检查点核对，并留作下次 --trust 之用：checkpoint {} {}",
      "            compare with the checkpoint that others hold, and keep it for the next --trust: checkpoint {} {}",
      report.size.batches, crypto::toBase64(report.root.view()));
}

/// Columns on a terminal: Chinese characters take two.
std::size_t widthOf(std::string_view utf8) {
  std::size_t width = 0;
  for (auto const c : utf8) {
    auto const byte = static_cast<unsigned char>(c);
    if (byte < 0x80) ++width;
    if (byte >= 0xe0) width += 2;
  }
  return width;
}

std::string padded(std::string_view text, std::size_t width) {
  return std::string(width - std::min(width, widthOf(text)), ' ').append(text);
}

}  // namespace

std::string toText(Report const& report, Language language) {
  Writer out(language);
  writeIdentity(out, report.identity);
  if (report.identity || report.proof.batches > 0) {  // what was never read proves nothing
    writeProof(out, report);
    writeParts(out, report.parts);
  }
  for (auto const& finding : report.findings) writeFinding(out, finding);
  writeFurther(out, report.furtherFindings);
  if (report.verdict != Verdict::tampered) writeReach(out, report);
  return out.take() + verdictLine(report.verdict, language);
}

std::string toText(SpineReport const& report, Language language) {
  Writer out(language);
  writeIdentity(out, report.identity);
  writeCheckpoint(out, report.checkpoint, report.continues);
  auto const bundles = (report.batches + crypto::kTileWidth - 1) / crypto::kTileWidth;
  if (report.byLog) {
    out.line("条目      取自您提供的日志", "entries     are those of the log that you brought");
  } else {
    out.line("条目      取自目录自身；规则和签名请用 verify 核验日志",
             "entries     are the folder's own; verify a copy of the log for its rules and signatures");
  }
  out.line("条目包    {} / {} 个与条目相同", "bundles     {} of {} hold these entries", report.bundles, bundles);
  out.line("哈希块    {} 个与重算相同", "tiles       {} equal the rebuilt ones", report.tiles);
  if (report.earlier > 0) {
    out.line("          另有早先检查点的 {} 个，均为其开头部分",
             "            {} of earlier checkpoints are beginnings of them", report.earlier);
  }
  for (auto const& [file, text] : report.findings) {
    out.line("  ✗ {} {}", "  ✗ {}: {}", file.empty() ? std::string(".") : file, out.in(text));
  }
  writeFurther(out, report.furtherFindings);
  out.line(
      report.verdict() == Verdict::proven ? "结论：公开的日志与其检查点完全一致" : "结论：被改动、不完整或无法验证",
      report.verdict() == Verdict::proven ? "verdict: the published log is, file by file, what its checkpoint states"
                                          : "verdict: tampered with, incomplete, or not verifiable");
  return out.take();
}

namespace {

void writeSigners(Writer& out, VerifiedReceipt const& receipt) {
  auto const& author = receipt.signers.front();
  out.line("签名      {}（{}，{}），密钥 {}", "signed by   {} ({}, {}), key {}", author.name, author.person,
           author.organisation, author.key.text());
  if (receipt.signers.size() == 1) {
    out.line("          该密钥为账本的创始密钥", "            the key is one that the ledger was founded with");
  }
  for (std::size_t i = 1; i < receipt.signers.size(); ++i) {
    auto const& signer = receipt.signers[i];
    out.line("登记      经 {}（{}，{}）签名，直至创始密钥", "enrolled    over {} ({}, {}), down to founding keys",
             signer.name, signer.person, signer.organisation);
  }
}

void writeWitnesses(Writer& out, crypto::Attestation const& attestation, crypto::LogPolicy const& policy) {
  out.line("检查点    {}，{} 批，由您所信任的日志密钥签名",
           "checkpoint  {}, {} batches, signed by a log key that you trust", attestation.checkpoint.origin,
           attestation.checkpoint.size);
  if (attestation.quorum.needed == 0) {
    out.line("见证      您的策略不要求见证", "witnesses   your policy demands none");
  } else {
    out.line("见证      {} 个，您的策略要求 {} 个", "witnesses   {} of the {} that your policy demands",
             attestation.quorum.reached, attestation.quorum.needed);
  }
  for (auto const& [cosigner, time] : attestation.cosignatures) {
    out.line("          {} 于 {}", "            {} at {}", policy.witnesses()[cosigner].key.name(), timeText(time));
  }
}

}  // namespace

std::string toText(VerifiedReceipt const& receipt, crypto::LogPolicy const& policy, Language language) {
  Writer out(language);
  out.line("账本      {}：{}", "ledger      {}: {}", receipt.programme, receipt.ledger.text());
  out.line("事件      {}（批次 {}），哈希 {}", "event       {} (batch {}), hash {}", receipt.number.text(),
           receipt.batch.text(), receipt.ref.text());
  ledger::schema::Message<ledger::schema::Event> const event(receipt.event.bytes());
  out.add(describe(event.root(), language));
  writeSigners(out, receipt);
  out.line("时间      签署 {}，入账 {}", "when        signed {}, accepted {}", receipt.authoredAt.text(),
           receipt.acceptedAt.text());
  writeWitnesses(out, receipt.attestation, policy);
  out.line(
      "回执不能说明：该事件合乎规则、签名人当时有此职权、其密钥未被吊销、该事件此后未被冲销；这些由日志本身证明"
      "（fundtrail-replay verify）",
      "a receipt cannot say that the rules allowed the event, that whoever signed had the duty, that no key was\n"
      "revoked, or that the event was not reversed later: the log itself proves that (fundtrail-replay verify)");
  if (receipt.verdict() == Verdict::proven) {
    out.line("结论：事件在账，检查点符合您的策略",
             "verdict: the event is on record, under a checkpoint that meets your policy");
  } else {
    out.line("结论：真实，但见证不足", "verdict: authentic, but too few witnesses");
  }
  return out.take();
}

std::string verdictLine(Verdict verdict, Language language) {
  Writer out(language);
  switch (verdict) {
    case Verdict::proven: out.line("结论：账本得到完整证明", "verdict: proven"); break;
    case Verdict::notProven:
      out.line("结论：记录真实，未见不符，但未能完全证明：所缺各项见上",
               "verdict: not proven: nothing contradicts it, but what is named above was not there to look at");
      break;
    case Verdict::findings:
      out.line("结论：记录真实，但有不合规之处", "verdict: the records are authentic, but there are findings");
      break;
    case Verdict::tampered: out.line("结论：记录被改动或无法验证", "verdict: tampered with, or not verifiable"); break;
  }
  return out.take();
}

std::string citiesToText(std::vector<CityTotals> const& cities, Language language) {
  constexpr std::size_t kNameWidth = 12;
  constexpr std::size_t kAmountWidth = 17;
  bool const chinese = language == Language::zh;

  std::string text = padded(chinese ? "城市（元）" : "city (yuan)", kNameWidth);
  for (std::size_t i = 0; i < kAccounts; ++i) {
    text += padded(inSentence(titleOf(Account(i)).in(language)), kAmountWidth);
  }
  text += '\n';
  std::array<domain::Fen, kAccounts> sums{};
  auto const row = [&](std::string_view name, std::array<domain::Fen, kAccounts> const& balances) {
    text += padded(name, kNameWidth);
    for (auto const balance : balances) text += padded(formatYuan(balance), kAmountWidth);
    text += '\n';
  };
  for (auto const& totals : cities) {
    row(chinese ? cityNameZh(totals.city) : cityNameEn(totals.city), totals.balances);
    for (std::size_t i = 0; i < kAccounts; ++i) sums[i] += totals.balances[i];
  }
  row(chinese ? "合计" : "total", sums);
  return text;
}

}  // namespace fundtrail::replay
