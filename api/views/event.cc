// SPDX-License-Identifier: Apache-2.0
#include "api/views/event.h"

#include <string>
#include <string_view>

#include <boost/json.hpp>
#include <capnp/message.h>

#include "api/views/masking.h"
#include "crypto/keys.h"
#include "ledger/schema/json.h"
#include "ledger/schema/names.h"

namespace fundtrail::api::views {

namespace {

namespace domain = ledger::domain;
namespace json = boost::json;
namespace schema = ledger::schema;

struct Signer {
  std::string person;
  std::string organisation;
  std::string_view algorithm;
};

Signer signerOf(Reader const& reader, domain::State const& state, domain::KeyId const& key) {
  auto const& author = *state.keys.find(key);  // rule S1: whoever is on record as author is enrolled
  auto const& person = state.person(author.person);
  return {reader.seesPrivateData() ? person.id : std::string(kHidden), person.organisation,
          crypto::name(author.key.algorithm())};
}

void printText(std::ostream& out, Reader const& reader, ShownEvent const& shown, Signer const& signer,
               schema::Event::Reader event) {
  auto const& context = shown.context;
  out << reader.text({"事件 {}（批次 {}）\n哈希 {}\n签名 {}（{}），{} 密钥 {}\n入账 {}\n",
                      "event {} (batch {})\nhash {}\nsigned by {} ({}), {} key {}\naccepted {}\n"},
                     context.number.value(), shown.batch.value(), context.ref.text(), signer.person,
                     signer.organisation, signer.algorithm, context.author.text(), context.acceptedAt.text());
  out << schema::describe(event, reader.language);
}

void printJson(std::ostream& out, ShownEvent const& shown, Signer const& signer, schema::Event::Reader event) {
  auto const& context = shown.context;
  out << json::serialize(json::object{{"number", context.number.value()},
                                      {"batch", shown.batch.value()},
                                      {"hash", context.ref.text()},
                                      {"person", signer.person},
                                      {"organisation", signer.organisation},
                                      {"key", context.author.text()},
                                      {"algorithm", signer.algorithm},
                                      {"acceptedAt", context.acceptedAt.text()},
                                      {"event", schema::readersJson(event)}})
      << '\n';
}

}  // namespace

void printEvent(std::ostream& out, Reader const& reader, domain::State const& state, ShownEvent const& shown,
                Format format) {
  auto const signer = signerOf(reader, state, shown.context.author);
  capnp::MallocMessageBuilder masked;
  if (!reader.seesPrivateData()) maskEvent(shown.event, masked);
  auto const event = reader.seesPrivateData() ? shown.event : masked.getRoot<schema::Event>().asReader();
  if (format == Format::json) {
    printJson(out, shown, signer, event);
  } else {
    printText(out, reader, shown, signer, event);
  }
}

}  // namespace fundtrail::api::views
