// SPDX-License-Identifier: Apache-2.0
// fundtrail-witness: for cities and the audit office, who cosign each checkpoint of a log that only grew.

#include <chrono>
#include <csignal>
#include <cstdint>
#include <cstdlib>
#include <exception>
#include <filesystem>
#include <functional>
#include <iostream>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <system_error>
#include <unistd.h>

#include <fmt/format.h>

#include "api/http/server.h"
#include "api/keys/key_file.h"
#include "api/keys/password.h"
#include "api/witness/store.h"
#include "api/witness/witness.h"
#include "crypto/bytes.h"
#include "crypto/checkpoint_note.h"
#include "crypto/cosignature.h"
#include "crypto/digest.h"
#include "crypto/log_policy.h"
#include "ledger/commandline/language.h"
#include "ledger/commandline/program.h"
#include "ledger/commandline/session.h"
#include "ledger/files/files.h"
#include "ledger/schema/names.h"

namespace fundtrail::api::witness {

namespace commandline = ledger::commandline;
namespace files = ledger::files;
using commandline::Session;
using crypto::Result;
using ledger::schema::Language;

namespace {

constexpr std::size_t kMostPolicy = 1'000'000;

using Action = std::function<Result<void>(Session const&)>;

struct KeyOptions {
  std::string name;
  std::filesystem::path key;
  keys::PasswordSource password;
};

void addKey(commandline::Command& command, KeyOptions& options) {
  command
      .option("--name", options.name,
              {"见证方名称，如 witness.gz.example", "the witness's name, a URL without scheme: witness.example"})
      .required()
      .valueName("NAME");
  command
      .option("--key", options.key,
              {"见证专用私钥文件（fundtrail keygen 生成），不得用于其他用途",
               "private key that fundtrail keygen made; it serves this and nothing else"})
      .required()
      .valueName("FILE");
  command
      .option("--password-file", options.password.file,
              {"口令文件（首行）；没有时取环境变量 FUNDTRAIL_PASSWORD，再没有则在终端询问",
               "file whose first line is the password; else FUNDTRAIL_PASSWORD, else the terminal asks"})
      .valueName("FILE");
}

Result<crypto::Cosigner> cosignerOf(Session const& session, KeyOptions const& options) {
  auto key = keys::readKeyFile(session, options.key, options.password);
  if (!key) return key.error();
  auto cosigner = crypto::Cosigner::make(options.name, *std::move(key));
  if (!cosigner) return cosigner.error().of("--name, --key");
  return cosigner;
}

void addState(commandline::Command& command, std::filesystem::path& state) {
  command
      .option("--state", state,
              {"状态目录，没有则新建；绝不可用旧备份恢复",
               "directory of its memory, made if absent; never restore an old copy"})
      .required()
      .valueName("DIR");
}

// vkey

void addVkey(commandline::Program& program, Action& chosen) {
  auto options = std::make_shared<KeyOptions>();
  auto command = program.command("vkey", {"打印公钥行，交给账本方和审计方写入策略文件",
                                          "print the public key, for the policies of those who rely on it"});
  addKey(command, *options);
  command.onChosen([options, &chosen] {
    chosen = [options](Session const& session) -> Result<void> {
      auto const cosigner = cosignerOf(session, *options);
      if (!cosigner) return cosigner.error();
      session.out << cosigner->verifier().vkey() << '\n';
      return {};
    };
  });
}

// evidence

struct EvidenceOptions {
  std::filesystem::path state;
  std::filesystem::path out;
};

/// Both checkpoints of a piece as files of their own, whose names no other piece of any log has.
Result<void> writeEvidence(std::filesystem::path const& folder, Evidence const& piece) {
  constexpr std::size_t kDigits = 8;
  auto const stated = crypto::readCheckpointNote(piece.cosigned);
  if (!stated) return stated.error();
  auto const origin = crypto::hash(crypto::HashAlgorithm::sha256, crypto::asBytes(stated->origin)).hex();
  auto const write = [&](std::string_view which, std::string const& note) {
    auto const name = fmt::format("{}-{}-{}.checkpoint", origin.substr(0, kDigits), stated->size, which);
    return files::writeNewFile(folder / name, note, files::Access::everyone);
  };
  if (auto written = write("cosigned", piece.cosigned); !written) return written;
  return write("submitted", piece.submitted);
}

Result<void> showEvidence(Session const& session, EvidenceOptions const& options) {
  auto const store = Store::openReadOnly(options.state);
  if (!store) return store.error();
  auto const evidence = (*store)->evidence();
  if (!evidence) return evidence.error();
  if (evidence->empty()) session.err << session.text({"没有证据\n", "there is no evidence\n"});
  if (!options.out.empty()) {
    std::error_code error;
    std::filesystem::create_directory(options.out, error);
    if (error) return files::fileError(options.out, error.value());
  }
  for (auto const& piece : *evidence) {
    session.out << session.text(
        {"== 已见证的检查点\n{}== 另一个检查点，同一日志、同样批数（收到于 {} 毫秒）\n{}",
         "== the checkpoint that was cosigned\n{}== another one of the same log and size (seen at "
         "{} ms since 1970)\n{}"},
        piece.cosigned, piece.seenAt, piece.submitted);
    if (options.out.empty()) continue;
    if (auto const written = writeEvidence(options.out, piece); !written) return written;
  }
  return {};
}

void addEvidence(commandline::Program& program, Action& chosen) {
  auto options = std::make_shared<EvidenceOptions>();
  auto command = program.command(
      "evidence", {"打印所存证据：日志签署了两段不同的历史；可交任何人用 fundtrail-replay compare 核验",
                   "print what shows that a log told two stories; anyone can check it with fundtrail-replay compare"});
  addState(command, options->state);
  command
      .option("--out", options->out,
              {"另存到此目录，没有则新建：每件两个检查点文件，供核验",
               "also write it into this folder, made if absent: two checkpoints for each piece, as files to compare"})
      .valueName("FOLDER");
  command.onChosen(
      [options, &chosen] { chosen = [options](Session const& session) { return showEvidence(session, *options); }; });
}

// serve

struct ServeOptions {
  KeyOptions key;
  std::filesystem::path state;
  std::filesystem::path logs;
  std::string listen = "127.0.0.1:8090";
};

Milliseconds now() {
  return std::chrono::duration_cast<Milliseconds>(std::chrono::system_clock::now().time_since_epoch());
}

Result<void> serve(Session const& session, ServeOptions const& options) {
  // Before any thread is started, so that none of them is interrupted.
  sigset_t ends;
  sigemptyset(&ends);
  sigaddset(&ends, SIGTERM);
  sigaddset(&ends, SIGINT);
  pthread_sigmask(SIG_BLOCK, &ends, nullptr);

  auto const listen = http::parseListen(options.listen);
  if (!listen) return listen.error();
  auto const text = files::readFile(options.logs, kMostPolicy);
  if (!text) return text.error();
  auto const policy = crypto::LogPolicy::parse(*text);
  if (!policy) return policy.error().of(options.logs.string());
  auto cosigner = cosignerOf(session, options.key);
  if (!cosigner) return cosigner.error();
  auto const store = Store::open(options.state);
  if (!store) return store.error();
  auto const witness = Witness::make(*std::move(cosigner), *policy, **store, {});
  if (!witness) return witness.error();
  auto const server =
      http::Server::listen(*listen, [&](http::Request const& request) { return (*witness)->answer(request, now()); });
  if (!server) return server.error();
  session.out << session.text({"见证服务 {}\n", "listening on {}\n"}, (*server)->url()) << std::flush;
  int ended = 0;
  sigwait(&ends, &ended);
  return {};
}

void addServe(commandline::Program& program, Action& chosen) {
  auto options = std::make_shared<ServeOptions>();
  auto command = program.command("serve", {"运行：检查并见证日志的检查点（c2sp.org/tlog-witness），直到收到 SIGTERM",
                                           "check and cosign checkpoints (c2sp.org/tlog-witness) until SIGTERM"});
  addKey(command, options->key);
  addState(command, options->state);
  command
      .option("--logs", options->logs,
              {"策略文件（c2sp.org/tlog-policy），其 log 行即所见证的日志",
               "a policy (c2sp.org/tlog-policy), whose log lines are the logs to watch"})
      .required()
      .valueName("FILE");
  command.option("--listen", options->listen, {"监听地址", "where to listen; port 0 takes any that is free"})
      .showDefault()
      .valueName("ADDRESS:PORT");
  command.onChosen(
      [options, &chosen] { chosen = [options](Session const& session) { return serve(session, *options); }; });
}

int fail(Session const& session, crypto::Error const& error) {
  session.err << "fundtrail-witness: "
              << (session.language == Language::zh && !error.zh.empty() ? error.zh : error.message) << '\n';
  return EXIT_FAILURE;
}

int run(Session const& session, int argc, char const* const* argv) {
  commandline::Program program(
      "fundtrail-witness", FUNDTRAIL_VERSION, session.language,
      {"fundtrail-witness：见证公共资金账本的检查点，使历史无法被悄悄改写",
       "fundtrail-witness: cosigns the checkpoints of a ledger, so that nobody rewrites history unnoticed"});
  program.footer({"退出码：0 正常结束；1 没能运行。", "Exit codes: 0 it ended as it was told; 1 it could not run."});
  Action chosen;
  for (auto const add : {addServe, addVkey, addEvidence}) add(program, chosen);
  auto const parsed = program.parse(argc, argv);
  switch (parsed.kind) {
    case commandline::Parsed::Kind::shown: session.out << parsed.text; return EXIT_SUCCESS;
    case commandline::Parsed::Kind::wrong:
      return fail(session, {crypto::ErrorKind::badInput, "usage: " + parsed.text, "用法有误：" + parsed.text});
    case commandline::Parsed::Kind::command: break;
  }
  auto const done = chosen(session);
  return done ? EXIT_SUCCESS : fail(session, done.error());
}

}  // namespace

}  // namespace fundtrail::api::witness

int main(int argc, char** argv) {
  namespace commandline = fundtrail::ledger::commandline;
  auto const language = commandline::languageOf({argv, static_cast<std::size_t>(argc)}, &std::getenv);
  commandline::Session const session{language, std::cout, std::cerr};
  try {
    return fundtrail::api::witness::run(session, argc, argv);
  } catch (std::exception const& exception) {
    return fundtrail::api::witness::fail(
        session, {fundtrail::crypto::ErrorKind::io, fmt::format("{}: free memory, then try again", exception.what()),
                  fmt::format("{}：请腾出内存后重试", exception.what())});
  }
}
