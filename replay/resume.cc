// SPDX-License-Identifier: Apache-2.0
#include "replay/resume.h"

#include <algorithm>
#include <system_error>

#include <fmt/format.h>

#include "crypto/checkpoint.h"
#include "ledger/files/files.h"

namespace fundtrail::replay {

namespace domain = ledger::domain;
using crypto::Error;
using crypto::ErrorKind;
using crypto::Result;

namespace {

constexpr std::string_view kTitle = "fundtrail-replay resume file 1";
constexpr std::string_view kProgram = "program ";
constexpr std::string_view kLedger = "ledger ";
constexpr std::string_view kRun = "verified ";
constexpr std::string_view kRoot = "root ";
constexpr std::string_view kChecksum = "sha256 ";
constexpr std::size_t kMostResumeFile = 64 * 1024;

std::string checksumOf(std::string_view text) {
  return crypto::hash(crypto::HashAlgorithm::sha256, crypto::asBytes(text)).hex();
}

Error notOne(std::string_view what) {
  return {ErrorKind::badInput, fmt::format("it is no resume file ({}): name another file, or a new one", what),
          fmt::format("不是续验文件（{}）：请另指定文件，或用新的文件名", what)};
}

/// Takes the line that begins so off the front of a text; what stands behind the beginning.
std::optional<std::string_view> take(std::string_view& text, std::string_view beginning) {
  auto const end = text.find('\n');
  if (end == std::string_view::npos || !text.starts_with(beginning)) return std::nullopt;
  auto const rest = text.substr(beginning.size(), end - beginning.size());
  text.remove_prefix(end + 1);
  return rest;
}

/// "8555 2026-11-26T14:00:00.000+08:00"
std::optional<Run> runOf(std::string_view line) {
  auto const space = std::min(line.find(' '), line.size());
  auto const batches = domain::BatchNumber::parse(line.substr(0, space));
  auto const at = domain::Instant::parse(line.substr(std::min(space + 1, line.size())));
  if (!batches || !at) return std::nullopt;
  return Run{batches->value(), *at};
}

std::optional<crypto::Digest> rootOf(std::string_view base64) {
  auto const bytes = crypto::fromBase64(base64);
  return bytes ? crypto::Digest::from(*bytes) : std::nullopt;
}

}  // namespace

Resume goneOn(std::optional<Resume> const& before, VerifiedBeginning const& beginning, domain::Instant at) {
  Resume resume{beginning, {}};
  if (before) resume.runs = before->runs;
  bool const further = resume.runs.empty() || resume.runs.back().batches < beginning.batches;
  if (further) resume.runs.push_back({beginning.batches, at});
  if (resume.runs.size() > kMaxRuns) resume.runs.erase(resume.runs.begin(), resume.runs.end() - kMaxRuns);
  return resume;
}

std::string formatResume(Resume const& resume, std::string_view program) {
  auto text = fmt::format("{}\n{}{}\n{}{}\n", kTitle, kProgram, program, kLedger, resume.beginning.ledger.text());
  for (auto const& run : resume.runs) text += fmt::format("{}{} {}\n", kRun, run.batches, run.at.text());
  text += fmt::format("{}{}\n", kRoot, crypto::toBase64(resume.beginning.root.view()));
  return text + fmt::format("{}{}\n", kChecksum, checksumOf(text));
}

Result<Resume> parseResume(std::string_view text, std::string_view program) {
  auto rest = text;
  if (!take(rest, kTitle)) return notOne("title");
  auto const tail = text.rfind(kChecksum);
  auto end = tail == std::string_view::npos ? std::string_view() : text.substr(tail);
  if (take(end, kChecksum) != checksumOf(text.substr(0, std::min(tail, text.size()))) || !end.empty()) {
    return Error{ErrorKind::corrupt, "it was damaged or edited: delete it, and everything is verified again",
                 "文件已损坏或被改动：请删除它，从头验证"};
  }
  auto const by = take(rest, kProgram);
  if (!by) return notOne("program");
  if (*by != program) {
    return Error{ErrorKind::conflict,
                 fmt::format("it was written by another build of this program ({}, this is {}): delete it, and this "
                             "one verifies everything itself",
                             *by, program),
                 fmt::format("由本程序的另一版本写成（{}，现为 {}）：请删除它，由现版本从头验证", *by, program)};
  }
  auto const ledgerText = take(rest, kLedger);
  auto const ledger = ledgerText ? domain::LedgerId::parse(*ledgerText) : std::nullopt;
  if (!ledger) return notOne("ledger");
  std::vector<Run> runs;
  while (auto const line = take(rest, kRun)) {
    auto const run = runOf(*line);
    bool const further = run && run->batches > (runs.empty() ? 0 : runs.back().batches);
    if (!further || runs.size() == kMaxRuns) return notOne("verified");
    runs.push_back(*run);
  }
  auto const rootText = take(rest, kRoot);
  auto const root = rootText ? rootOf(*rootText) : std::nullopt;
  if (runs.empty() || !root || !take(rest, kChecksum) || !rest.empty()) return notOne("root");
  return Resume{{*ledger, runs.back().batches, *root}, std::move(runs)};
}

Result<std::optional<Resume>> readResume(std::filesystem::path const& file, std::string_view program) {
  std::error_code failure;
  auto const status = std::filesystem::status(file, failure);
  if (status.type() == std::filesystem::file_type::not_found) return std::nullopt;
  constexpr auto kOthers = std::filesystem::perms::group_write | std::filesystem::perms::others_write;
  if (!failure && (status.permissions() & kOthers) != std::filesystem::perms::none) {
    return Error{ErrorKind::denied,
                 fmt::format("{}: others than its owner may write it, so it tells nothing: delete it, and keep the new "
                             "one to yourself (chmod go-w)",
                             file.string()),
                 fmt::format("{}：他人可写，不足为凭：请删除它，并只让自己能写新文件（chmod go-w）", file.string())};
  }
  auto const text = ledger::files::readFile(file, kMostResumeFile);
  if (!text) return text.error();
  auto resume = parseResume(*text, program);
  if (!resume) return resume.error().of(file.string());
  return std::optional(*std::move(resume));
}

Result<void> writeResume(std::filesystem::path const& file, Resume const& resume, std::string_view program) {
  return ledger::files::replaceFile(file, formatResume(resume, program));
}

}  // namespace fundtrail::replay
