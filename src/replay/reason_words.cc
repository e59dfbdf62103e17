// SPDX-License-Identifier: Apache-2.0
#include "replay/replay.h"

namespace casus::replay {

std::string_view reason_words(run::Reason reason) {
  switch (reason) {
    case run::Reason::none:
      return "";
    case run::Reason::no_power:
      return "no article in force gives it this power";
    case run::Reason::body_lacks_power:
      return "the body has no power to decide this";
    case run::Reason::body_not_in_force:
      return "the body's instrument is not in force";
    case run::Reason::motion_not_open:
      return "the motion is not open";
    case run::Reason::not_a_member:
      return "it has no vote there";
    case run::Reason::recused:
      return "it takes no part in this vote";
    case run::Reason::already_voted:
      return "it has voted already";
    case run::Reason::not_the_chair:
      return "only the chair may close the vote";
    case run::Reason::no_such_motion:
      return "there is no such motion";
    case run::Reason::condition_met:
      return "what it was to last until has happened";
    case run::Reason::condition_failed:
      return "its condition no longer holds";
    case run::Reason::date_passed:
      return "its last day has passed";
    case run::Reason::no_longer_bound:
      return "no longer bound";
    case run::Reason::terminated:
      return "the instrument has ended";
    case run::Reason::not_in_force:
      return "the instrument is not in force";
  }
  return "";
}

std::string_view end_words(run::RecordKind last) {
  switch (last) {
    case run::RecordKind::fulfilled:
      return "kept";
    case run::RecordKind::late:
      return "kept late";
    case run::RecordKind::breach:
      return "breach";
    case run::RecordKind::unperformed:
      return "not performed";
    case run::RecordKind::released:
      return "released";
    case run::RecordKind::lapsed:
      return "lapsed";
    case run::RecordKind::suspended:
      return "suspended";
    default:
      return "";
  }
}

}  // namespace casus::replay
