// SPDX-License-Identifier: Apache-2.0
#include "tests/support/city_witness.h"

#include <utility>

#include <gtest/gtest.h>

#include "crypto/ensure.h"
#include "tests/api/program.h"

namespace fundtrail::tests {

CityWitness::CityWitness(std::filesystem::path const& directory, std::string name, std::string const& algorithm,
                         std::string const& password)
    : name_(std::move(name)),
      key_(directory / (name_ + ".pem")),
      state_(directory / name_),
      environment_{{"FUNDTRAIL_PASSWORD", password}} {
  auto const made = run({"keygen", "--out", key_.string(), "--algorithm", algorithm}, environment_);
  crypto::ensure(made.exit == 0, "keygen makes a key: " + made.err);
  auto const said = execute(command("vkey"), environment_);
  crypto::ensure(said.exit == 0, "a witness has a public key: " + said.err);
  vkey_ = said.out.substr(0, said.out.find('\n'));
}

std::vector<std::string> CityWitness::command(std::string const& command) const {
  return {FUNDTRAIL_BIN_DIR "/fundtrail-witness",
          command,
          "--lang",
          "en",
          "--name",
          name_ + ".example",
          "--key",
          key_.string()};
}

void CityWitness::start(std::string const& logs) {
  auto const listen = url_.empty() ? "127.0.0.1:0" : url_.substr(url_.rfind('/') + 1);
  auto serve = command("serve");
  serve.insert(serve.end(), {"--state", state(), "--logs", logs, "--listen", listen});
  process_.emplace(std::move(serve), environment_);
  auto const line = process_->readLine();
  ASSERT_NE(line.find("listening on http://127.0.0.1:"), std::string::npos) << line;
  url_ = line.substr(line.rfind(' ') + 1);
}

void CityWitness::kill() {
  process_.reset();
}

int CityWitness::terminate() {
  auto const exit = process_ ? process_->terminate() : -1;
  process_.reset();
  return exit;
}

std::string CityWitness::policyLine() const {
  return "witness " + name_ + " " + vkey_ + " " + url_ + "\n";
}

}  // namespace fundtrail::tests
