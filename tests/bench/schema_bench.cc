// SPDX-License-Identifier: Apache-2.0
// What one event costs before a rule sees it, next to the part that Cap'n Proto's own canonicity check has in it.
#include <benchmark/benchmark.h>
#include <capnp/serialize.h>

#include "ledger/schema/json.h"
#include "ledger/schema/message.h"
#include "ledger/schema/shape.h"
#include "tests/ledger/schema/golden.h"

namespace {

using namespace fundtrail;
using namespace fundtrail::ledger::schema;

/// An event of some 300 bytes: a payment request without documents, of one pocket.
Words const& paymentEvent() {
  static auto const words = [] {
    auto const golden =
        Words::copyOf(fromHexLines(readFile(FUNDTRAIL_SOURCE_DIR "/tests/golden/events/paymentRequested.hex")));
    capnp::MallocMessageBuilder message;
    message.setRoot(Message<Event>(golden.bytes()).root());
    auto event = message.getRoot<Event>();
    event.disownDocuments();
    event.disownCause();
    auto const draw = event.getPaymentRequested().getDraws()[0];
    capnp::MallocMessageBuilder other;
    other.setRoot(draw.asReader());
    event.getPaymentRequested().initDraws(1).setWithCaveats(0, other.getRoot<Draw>().asReader());
    return canonical<Event>(event);
  }();
  return words;
}

void CheckShape(benchmark::State& state) {
  auto const bytes = paymentEvent().bytes();
  for (auto _ : state) {
    benchmark::DoNotOptimize(checkShape<Event>(bytes));
  }
  state.counters["bytes"] = static_cast<double>(bytes.size());
}
BENCHMARK(CheckShape);

void IsCanonicalAlone(benchmark::State& state) {
  auto const bytes = paymentEvent().bytes();
  auto const segment =
      kj::arrayPtr(reinterpret_cast<capnp::word const*>(bytes.data()), bytes.size() / sizeof(capnp::word));
  for (auto _ : state) {
    capnp::SegmentArrayMessageReader message(kj::arrayPtr(&segment, 1));
    benchmark::DoNotOptimize(message.isCanonical());
  }
}
BENCHMARK(IsCanonicalAlone);

void ReadThroughMessage(benchmark::State& state) {
  auto const bytes = paymentEvent().bytes();
  for (auto _ : state) {
    Message<Event> const message(bytes);
    benchmark::DoNotOptimize(message.root().getPaymentRequested().getAmountFen());
  }
}
BENCHMARK(ReadThroughMessage);

void VisitFormatted(benchmark::State& state) {
  Message<Event> const message(paymentEvent().bytes());
  auto const event = message.root();
  for (auto _ : state) {
    std::size_t length = 0;
    visitFormatted(event, [&](FormattedValue const& value) {
      length += value.text.size();
      return true;
    });
    benchmark::DoNotOptimize(length);
  }
}
BENCHMARK(VisitFormatted);

void Canonical(benchmark::State& state) {
  Message<Event> const message(paymentEvent().bytes());
  for (auto _ : state) {
    benchmark::DoNotOptimize(canonical<Event>(message.root()));
  }
}
BENCHMARK(Canonical);

void ToJson(benchmark::State& state) {
  Message<Event> const message(paymentEvent().bytes());
  for (auto _ : state) {
    benchmark::DoNotOptimize(toJson(message.root(), false));
  }
}
BENCHMARK(ToJson);

void FromJson(benchmark::State& state) {
  auto const text = toJson(Message<Event>(paymentEvent().bytes()).root(), false);
  for (auto _ : state) {
    benchmark::DoNotOptimize(eventFromJson(text));
  }
}
BENCHMARK(FromJson);

}  // namespace
