// SPDX-License-Identifier: Apache-2.0
#include "replay/chains.h"

#include <algorithm>

#include "ledger/domain/read.h"

namespace fundtrail::replay {

namespace domain = ledger::domain;
namespace schema = ledger::schema;
using domain::Fen;
using domain::readFen;
using domain::readRef;
using E = schema::Event::Which;

namespace {

/// Clause （四）, read once more: of a reform project these nine and no other. What the other purposes may cost, the
/// city's plan lists, which the rules judge; here every line of theirs counts.
bool mayCount(schema::CostCategory category, schema::Purpose purpose) {
  if (purpose != schema::Purpose::REFORM) return true;
  using C = schema::CostCategory;
  switch (category) {
    case C::SOFTWARE:
    case C::CLOUD_SERVICE:
    case C::GATEWAY:
    case C::ROUTER:
    case C::SENSOR:
    case C::LARGE_MODEL_APPLIANCE:
    case C::INDUSTRIAL_CONTROL_SYSTEM:
    case C::FIREWALL:
    case C::OTHER_NECESSARY_EQUIPMENT: return true;
    default: return false;
  }
}

}  // namespace

Chains::Cost Chains::costOf(EventNumber event, Project const& project, schema::CostVerified::Reader body) const {
  Cost cost{event, readFen(body.getEligibleFen()), Fen(), 0, 0};
  for (auto const line : body.getLines()) {
    if (!mayCount(line.getCategory(), project.purpose)) continue;
    bool const backed = line.getInvoice().size() > 0 || line.getReceipt().size() > 0;
    Contract const* contract = nullptr;
    if (line.getContract() < project.contracts.size()) contract = this->contract(project.contracts[line.getContract()]);
    bool const contracted =
        project.contracts.empty() || (contract != nullptr && line.getContractLine() < contract->lines.size());
    if (!backed || !contracted) {
      ++cost.loose;
      continue;
    }
    ++cost.invoices;
    // Beyond any amount the lines cannot bear more than all: what is stated is compared with it.
    cost.backed = cost.backed.plus(readFen(line.getNetFen())).value_or(Fen::literal(Fen::kMaxMagnitude));
  }
  return cost;
}

void Chains::pay(EventRef const& award, Fen amount) {
  auto const at = awards_.find(award);
  if (at != awards_.end()) at->second.paid = at->second.paid.plus(amount).value_or(at->second.paid);
}

void Chains::take(ShownEvent const& shown) {
  auto const& event = shown.event;
  auto const& [number, ref, author, acceptedAt] = shown.context;
  switch (event.which()) {
    case E::TRANCHE_ISSUED:
      tranches_.emplace(ref, Tranche{number, domain::readRegion(event.getTrancheIssued().getCity())});
      break;
    case E::CONTRACT_FILED: {
      auto const body = event.getContractFiled();
      Contract contract{number, domain::readUscc(body.getEnterprise()), {}, Fen()};
      for (auto const line : body.getLines()) {
        contract.lines.push_back(line.getCategory());
        contract.net = contract.net.plus(readFen(line.getNetFen())).value_or(contract.net);
      }
      contracts_.emplace(ref, std::move(contract));
      break;
    }
    case E::PROJECT_ENROLLED: {
      auto const body = event.getProjectEnrolled();
      Project project{number,
                      domain::readRegion(body.getCity()),
                      domain::readUscc(body.getEnterprise()),
                      body.getPurpose(),
                      body.getMode(),
                      {},
                      {}};
      for (auto const contract : body.getContracts()) project.contracts.push_back(readRef(contract.getEvent()));
      projects_.emplace(ref, std::move(project));
      break;
    }
    case E::COST_VERIFIED: {
      auto const body = event.getCostVerified();
      auto const at = projects_.find(readRef(body.getProject()));
      if (at != projects_.end()) at->second.costs.push_back(costOf(number, at->second, body));
      break;
    }
    case E::AWARD_APPROVED: {
      auto const body = event.getAwardApproved();
      awards_.emplace(ref, Award{number, readRef(body.getProject()), readFen(body.getAmountFen()), Fen()});
      break;
    }
    case E::PAYMENT_REQUESTED: {
      auto const body = event.getPaymentRequested();
      Payment payment{number,
                      readRef(body.getAward()),
                      readFen(body.getAmountFen()),
                      domain::readUscc(body.getPayee()),
                      domain::readAccount(body.getAccount()),
                      {}};
      for (auto const draw : body.getDraws()) {
        payment.draws.push_back({readRef(draw.getTranche()), readFen(draw.getAmountFen())});
      }
      payments_.emplace(ref, std::move(payment));
      break;
    }
    case E::PAYMENT_APPROVED: {
      auto const at = payments_.find(readRef(event.getPaymentApproved().getPayment()));
      if (at != payments_.end()) at->second.approved = true;
      break;
    }
    case E::PAYMENT_SETTLED: {
      auto const body = event.getPaymentSettled();
      auto const at = payments_.find(readRef(body.getPayment()));
      if (at == payments_.end()) break;
      at->second.settled = true;
      pay(at->second.award, readFen(body.getAmountFen()));
      break;
    }
    case E::RECOVERY_ORDERED: recoveries_.emplace(ref, Recovery{readRef(event.getRecoveryOrdered().getAward())}); break;
    case E::RECOVERY_RECEIVED: {
      auto const body = event.getRecoveryReceived();
      if (auto const* const known = recovery(readRef(body.getRecovery()))) {
        pay(known->award, -readFen(body.getAmountFen()));
      }
      break;
    }
    default: break;
  }
}

void Chains::takeBack(ShownEvent const& original, ShownEvent const& /*confirmation*/) {
  auto const& event = original.event;
  auto const& ref = original.context.ref;
  switch (event.which()) {
    case E::TRANCHE_ISSUED: tranches_.erase(ref); break;
    case E::CONTRACT_FILED: contracts_.erase(ref); break;
    case E::PROJECT_ENROLLED: projects_.erase(ref); break;
    case E::AWARD_APPROVED: awards_.erase(ref); break;
    case E::PAYMENT_REQUESTED: payments_.erase(ref); break;
    case E::RECOVERY_ORDERED: recoveries_.erase(ref); break;
    case E::COST_VERIFIED: {
      auto const at = projects_.find(readRef(event.getCostVerified().getProject()));
      if (at == projects_.end()) break;
      auto& costs = at->second.costs;
      auto const number = original.context.number;
      costs.erase(std::remove_if(costs.begin(), costs.end(), [&](Cost const& cost) { return cost.event == number; }),
                  costs.end());
      break;
    }
    case E::PAYMENT_APPROVED: {
      auto const at = payments_.find(readRef(event.getPaymentApproved().getPayment()));
      if (at != payments_.end()) at->second.approved = false;
      break;
    }
    case E::PAYMENT_SETTLED: {
      auto const body = event.getPaymentSettled();
      auto const at = payments_.find(readRef(body.getPayment()));
      if (at == payments_.end()) break;
      at->second.settled = false;
      pay(at->second.award, -readFen(body.getAmountFen()));
      break;
    }
    case E::RECOVERY_RECEIVED: {
      auto const body = event.getRecoveryReceived();
      if (auto const* const known = recovery(readRef(body.getRecovery()))) {
        pay(known->award, readFen(body.getAmountFen()));
      }
      break;
    }
    default: break;
  }
}

}  // namespace fundtrail::replay
