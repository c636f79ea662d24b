//! Whether the stakes in a mutual entity add up to more than the whole.

use std::collections::BTreeSet;

use super::Findings;
use crate::library::as_of::{definite_spans, written_day};
use crate::library::codes::STAKES_OVER_WHOLE;
use crate::model::{Certainty, Stake};

/// Millionths of a percent, so that sums are exact.
const MILLION: f64 = 1e6;
const WHOLE: i64 = 100_000_000;

/// At most so many holders are named.
const NAMED: usize = 12;

/// Reports the first day on which stakes definitely add up to more than 100 percent.
///
/// Stakes that sources dispute are not counted: both sides of a disagreement are kept.
pub(super) fn check(stakes: &[Stake], findings: &mut Findings) {
    let mut changes = Vec::new();
    for (place, span) in definite_spans(stakes).into_iter().enumerate() {
        if let (Some((start, end)), Some(share)) = (span, share(&stakes[place])) {
            // On one day, stakes end before others begin.
            changes.push((start, 1, share, place));
            changes.push((end, 0, -share, place));
        }
    }
    changes.sort_unstable();
    let (mut sum, mut held) = (0_i64, BTreeSet::new());
    for (position, (day, begins, share, place)) in changes.iter().enumerate() {
        sum = sum.saturating_add(*share);
        if *begins == 1 {
            held.insert(*place)
        } else {
            held.remove(place)
        };
        let is_last_of_day = changes.get(position + 1).is_none_or(|next| next.0 != *day);
        // Each share may have been rounded by half a millionth.
        let rounding = i64::try_from(held.len()).unwrap_or(i64::MAX);
        if is_last_of_day && sum.saturating_sub(rounding) > WHOLE {
            report(stakes, *day, &held, sum, findings);
            return;
        }
    }
}

fn report(stakes: &[Stake], day: i64, held: &BTreeSet<usize>, sum: i64, findings: &mut Findings) {
    let name = |place: &usize| {
        let stake = &stakes[*place];
        format!("{} {} %", stake.holder.name, stake.percent.unwrap_or_default())
    };
    let mut names: Vec<_> = held.iter().take(NAMED).map(name).collect();
    if held.len() > NAMED {
        names.push(format!("and {} more", held.len() - NAMED));
    }
    #[expect(clippy::cast_precision_loss, reason = "a sum of percentages is far below 2^53")]
    let sum = sum as f64 / MILLION;
    let day = written_day(day);
    let message = format!("on {day} the stakes add up to {sum} %: {}", names.join(", "));
    let cure = "say until when each was held, or mark those that sources disagree on as disputed";
    findings.add(&STAKES_OVER_WHOLE, "/stakes", message, cure);
}

/// The share in millionths of a percent, where it counts.
fn share(stake: &Stake) -> Option<i64> {
    let percent = stake.percent.filter(|percent| (0.0..=100.0).contains(percent))?;
    #[expect(clippy::cast_possible_truncation, reason = "at most a hundred millions")]
    let share = (percent * MILLION).round() as i64;
    (stake.certainty != Some(Certainty::Disputed)).then_some(share)
}
