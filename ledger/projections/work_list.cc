// SPDX-License-Identifier: Apache-2.0
#include "ledger/projections/work_list.h"

#include <algorithm>

#include "ledger/domain/next_step.h"
#include "ledger/domain/payable.h"
#include "ledger/schema/message.h"

namespace fundtrail::ledger::projections {

namespace {

using E = schema::Event::Which;
using domain::EventRef;

/// Tasks under way, from one snapshot.
class Collector {
 public:
  explicit Collector(Snapshot const& snapshot)
      : state_(snapshot.state), particulars_(snapshot.particulars), day_(snapshot.day()) {}

  std::vector<Task> run() && {
    changes();
    tranches();
    projects();
    payments();
    listings();
    findings();
    statements();
    recoveries();
    std::ranges::stable_sort(tasks_, {}, &Task::since);
    return std::move(tasks_);
  }

 private:
  /// The task, to be completed; nullptr for a record that the register does not know.
  Task* add(EventRef const& ref, E next, domain::RoleSet roles) {
    auto const* const record = particulars_.find(ref);
    if (!record) return nullptr;
    return &tasks_.emplace_back(Task{record->region, record->county, next, roles, ref, record->event, record->type,
                                     record->name, record->occurredOn, record->due});
  }
  Task* add(EventRef const& ref, E next) { return add(ref, next, domain::authorityOf(next).roles); }

  void changes() {
    state_.pending.visit([&](EventRef const& ref, domain::PendingChange const& change) {
      auto const* const record = particulars_.find(ref);
      if (change.decided || !record) return;
      if (!record->reverses) {
        add(ref, E::CHANGE_CONFIRMED, domain::confirmingRoles(record->type));
      } else if (auto const roles = domain::reversingRoles(*record->reverses)) {
        add(ref, E::CHANGE_CONFIRMED, roles->confirm);
      }
    });
  }

  void tranches() {
    state_.tranches.visit([&](EventRef const& ref, domain::Tranche const& tranche) {
      auto const awaited = tranche.sum(domain::Stage::issued);
      if (!awaited.isPositive()) return;
      if (auto* const task = add(ref, E::TRANCHE_RECEIVED)) task->amount = awaited;
    });
  }

  void projects() {
    state_.projects.visit([&](EventRef const& ref, domain::Project const& project) {
      for (auto const step : domain::nextSteps(state_, project, day_)) {
        auto* const task = add(ref, step);
        if (!task) continue;
        if (!project.steps.empty()) task->since = project.steps.back().occurredOn;
        if (step == E::AWARD_APPROVED) task->amount = project.subsidy;
        if (step != E::PAYMENT_REQUESTED) continue;
        auto const& award = *state_.awards.find(*project.award);
        task->amount = domain::payable(state_, award, day_) - award.requested();
      }
    });
  }

  void payments() {
    state_.payments.visit([&](EventRef const& ref, domain::Payment const& payment) {
      for (auto const step : domain::nextSteps(payment)) {
        auto* const task = add(ref, step);
        if (!task) continue;
        task->since = payment.steps.back().occurredOn;
        task->amount = payment.amount;
      }
    });
  }

  void listings() {
    state_.publicities.visit([&](EventRef const& ref, domain::Publicity const& publicity) {
      // From its last day on: it closes when that is over (rule E5).
      if (publicity.closedBy || publicity.withdrawn || publicity.closesOn > day_) return;
      if (auto* const task = add(ref, E::PUBLICITY_CLOSED)) task->since = publicity.closesOn;
    });
    state_.objections.visit([&](EventRef const& ref, domain::PublicityObjection const& objection) {
      if (objection.open) add(ref, E::OBJECTION_RESOLVED);
    });
    state_.complaints.visit([&](EventRef const& ref, domain::Complaint const& complaint) {
      if (!complaint.closed) add(ref, E::COMPLAINT_CLOSED);
    });
  }

  void findings() {
    state_.findings.visit([&](EventRef const& ref, domain::Finding const& finding) {
      if (finding.stage == domain::FindingStage::closed) return;
      if (!finding.rectificationFiledOn) add(ref, E::RECTIFICATION_FILED);
      if (auto* const task = add(ref, E::RECTIFICATION_VERIFIED); task && finding.rectificationFiledOn) {
        task->since = *finding.rectificationFiledOn;
      }
    });
  }

  void statements() {
    state_.statements.visit([&](EventRef const& ref, domain::Statement const& statement) {
      if (std::ranges::none_of(statement.lines, &domain::StatementLine::isOpen)) return;
      for (auto const step : {E::LINE_MATCHED, E::LINE_EXPLAINED}) {
        auto* const task = add(ref, step);
        if (!task) continue;
        task->since = statement.to;
        std::optional<domain::Fen> open{domain::Fen()};  // nothing: more than an amount can say
        for (auto const& line : statement.lines) {
          if (line.isOpen() && open) open = open->plus(line.credit);
        }
        task->amount = open;
      }
    });
  }

  void recoveries() {
    state_.recoveries.visit([&](EventRef const& ref, domain::Recovery const& recovery) {
      if (!recovery.open().isPositive()) return;
      if (auto* const task = add(ref, E::RECOVERY_RECEIVED)) task->amount = recovery.open();
    });
  }

  domain::State const& state_;
  Register const& particulars_;
  domain::Date day_;
  std::vector<Task> tasks_;
};

}  // namespace

std::vector<Task> tasksOf(Snapshot const& snapshot) {
  return Collector(snapshot).run();
}

}  // namespace fundtrail::ledger::projections
