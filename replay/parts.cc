// SPDX-License-Identifier: Apache-2.0
#include "replay/parts.h"

namespace fundtrail::replay {

std::string_view name(PartId id) {
  switch (id) {
    case PartId::authentic: return "authentic";
    case PartId::complete: return "complete";
    case PartId::lawful: return "lawful";
    case PartId::conserved: return "conserved";
    case PartId::purposeBound: return "purposeBound";
    case PartId::bankTrue: return "bankTrue";
    case PartId::reproduced: return "reproduced";
  }
  return "";
}

ledger::domain::Text title(PartId id) {
  switch (id) {
    case PartId::authentic: return {"真实", "authentic"};
    case PartId::complete: return {"完整", "complete"};
    case PartId::lawful: return {"合规", "lawful"};
    case PartId::conserved: return {"守恒", "conserved"};
    case PartId::purposeBound: return {"专款专用", "purpose-bound"};
    case PartId::bankTrue: return {"银行相符", "bank-true"};
    case PartId::reproduced: return {"数字重现", "reproduced"};
  }
  return {};
}

std::string_view name(Standing standing) {
  switch (standing) {
    case Standing::holds: return "holds";
    case Standing::notProven: return "notProven";
    case Standing::fails: return "fails";
  }
  return "";
}

}  // namespace fundtrail::replay
