// SPDX-License-Identifier: Apache-2.0
#include "api/config/config.h"

#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace fundtrail::api::config {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

Config read(std::string const& text) {
  auto const config = parse(text, "etc/fundtraild.toml");
  EXPECT_TRUE(config) << config.error().message;
  return config ? *config : Config{};
}

crypto::Error refused(std::string const& text) {
  auto const config = parse(text, "etc/fundtraild.toml");
  EXPECT_FALSE(config) << text;
  return config ? crypto::Error{} : config.error();
}

TEST(Config, AnEmptyFileIsTheDefaults) {
  EXPECT_EQ(read(""), Config{});
}

TEST(Config, TheDocumentedFileIsTheDefaultsWithTheirMeaning) {
  std::ifstream file(FUNDTRAIL_SOURCE_DIR "/docs/fundtraild.toml");
  std::stringstream text;
  text << file.rdbuf();
  EXPECT_EQ(text.str(), format(Config{}, Comments::both))
      << "fundtraild settings > docs/fundtraild.toml writes it anew";
  EXPECT_EQ(read(text.str()), Config{});
}

TEST(Config, WhatItPrintsReadsToTheSame) {
  Config config;
  config.server.listen = "[::1]:443";
  config.server.threads = 7;
  config.tls.enabled = false;
  config.tls.names = {"a.example", "10.0.0.1"};
  config.ledger.directory = "/srv/\"quoted\"\\ledger\n";
  config.log.format = "json";
  for (auto const comments : {Comments::none, Comments::both}) EXPECT_EQ(read(format(config, comments)), config);
}

TEST(Config, PathsAreOfTheFilesFolder) {
  auto const config = read("[ledger]\ndirectory = \"demo\"\nlog_password_file = \"/run/secret\"\n");
  EXPECT_EQ(config.ledger.directory, "etc/demo");
  EXPECT_EQ(config.ledger.logPasswordFile, "/run/secret");
}

TEST(Config, RefusesWithFileAndLineAndWhatToDo) {
  struct Case {
    std::string text;
    std::string where;
    std::string what;
  };
  for (auto const& [text, where, what] : std::vector<Case>{
           {"[server]\nlisten = ", "etc/fundtraild.toml:2: ", "no TOML"},
           {"\n[sever]\n", "etc/fundtraild.toml:2: ", "did you mean [server]?"},
           {"server = 1\n", "etc/fundtraild.toml:1: ", "must be a section"},
           {"[server]\n\nlistn = \"x\"\n", "etc/fundtraild.toml:3: ", "did you mean server.listen?"},
           {"[server]\nzzzzzzzzzzzz = 1\n", "etc/fundtraild.toml:2: ", "remove it"},
           {"[server]\nthreads = \"4\"\n", "etc/fundtraild.toml:2: ", "must be a whole number"},
           {"[server]\nthreads = 0\n", "etc/fundtraild.toml:2: ", "between 1 and 256"},
           {"[server]\nthreads = -1\n", "etc/fundtraild.toml:2: ", "between 1 and 256"},
           {"[server]\nthreads = 1.5\n", "etc/fundtraild.toml:2: ", "must be a whole number"},
           {"[server]\nlisten = 8443\n", "etc/fundtraild.toml:2: ", "must be a text in quotes"},
           {"[tls]\nenabled = 1\n", "etc/fundtraild.toml:2: ", "true or false"},
           {"[tls]\nkey = true\n", "etc/fundtraild.toml:2: ", "a path in quotes"},
           {"[tls]\nnames = [\"a\", 1]\n", "etc/fundtraild.toml:2: ", "texts in square brackets"},
           {"[log]\nformat = \"xml\"\n", "etc/fundtraild.toml:2: ", "one of: text, json"},
       }) {
    auto const error = refused(text);
    EXPECT_EQ(error.kind, crypto::ErrorKind::badInput) << text;
    EXPECT_THAT(error.message, AllOf(StartsWith(where), HasSubstr(what))) << text;
    EXPECT_THAT(error.zh, StartsWith(where.substr(0, where.size() - 2) + "：")) << text;
  }
}

TEST(Config, TheEnvironmentGoesBeforeTheFile) {
  auto config = read("[server]\nthreads = 3\n[log]\nformat = \"json\"\n");
  ASSERT_TRUE(applyEnvironment(config, {{"FUNDTRAIL_SERVER_THREADS", "5"},
                                        {"FUNDTRAIL_TLS_ENABLED", "false"},
                                        {"FUNDTRAIL_TLS_NAMES", "a.example, 10.0.0.1"},
                                        {"FUNDTRAIL_LEDGER_DIRECTORY", "demo"},
                                        {"FUNDTRAIL_PASSWORD", "not ours"},
                                        {"HOME", "/"}}));
  EXPECT_EQ(config.server.threads, 5U);
  EXPECT_FALSE(config.tls.enabled);
  EXPECT_EQ(config.tls.names, (std::vector<std::string>{"a.example", "10.0.0.1"}));
  EXPECT_EQ(config.ledger.directory, "demo");
  EXPECT_EQ(config.log.format, "json");
}

TEST(Config, TheEnvironmentIsReadAsStrictly) {
  auto const refusal = [](std::string const& name, std::string const& value) {
    Config config;
    auto const done = applyEnvironment(config, {{name, value}});
    EXPECT_FALSE(done) << name;
    EXPECT_EQ(config, Config{}) << "nothing has changed";
    return done ? "" : done.error().message;
  };
  EXPECT_THAT(refusal("FUNDTRAIL_SERVER_THREAD", "5"), HasSubstr("did you mean FUNDTRAIL_SERVER_THREADS?"));
  EXPECT_THAT(refusal("FUNDTRAIL_SERVER_THREADS", "5x"), HasSubstr("whole number"));
  EXPECT_THAT(refusal("FUNDTRAIL_SERVER_THREADS", "0"), HasSubstr("between"));
  EXPECT_THAT(refusal("FUNDTRAIL_TLS_ENABLED", "yes"), HasSubstr("true or false"));
  EXPECT_THAT(refusal("FUNDTRAIL_LOG_LEVEL", "loud"), HasSubstr("one of"));
}

TEST(Config, ChecksWhatBelongsTogether) {
  Config good;
  good.ledger.directory = "demo";
  EXPECT_TRUE(check(good));
  auto const refusal = [&](auto const& change) {
    auto config = good;
    change(config);
    auto const checked = check(config);
    EXPECT_FALSE(checked);
    EXPECT_TRUE(!checked && !checked.error().zh.empty());
    return checked ? "" : checked.error().message;
  };
  EXPECT_THAT(refusal([](Config& c) { c.ledger.directory.clear(); }), HasSubstr("ledger.directory"));
  EXPECT_THAT(refusal([](Config& c) { c.tls.key = "k"; }), HasSubstr("tls.certificate"));
  EXPECT_THAT(refusal([](Config& c) { c.tls.names.clear(); }), HasSubstr("tls.names"));
  EXPECT_THAT(refusal([](Config& c) { c.tls.clientsMustShow = true; }), HasSubstr("tls.client_authorities"));
  EXPECT_THAT(refusal([](Config& c) {
                c.tls.enabled = false;
                c.tls.clientAuthorities = "ca";
              }),
              HasSubstr("tls.enabled"));
  EXPECT_THAT(refusal([](Config& c) { c.server.bodiesBytes = c.server.bodyBytes - 1; }), HasSubstr("bodies_bytes"));
}

}  // namespace
}  // namespace fundtrail::api::config
