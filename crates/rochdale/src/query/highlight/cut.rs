//! The best window of a text, in parts.

use super::Part;
use super::seek::{Hit, Sought};

/// How many words a window shows at most.
const WINDOW: usize = 32;

/// The window in which the most phrases stand, the earliest of equals.
pub(super) fn cut(text: &str, sought: &Sought) -> Vec<Part> {
    let (first, last) = best(&sought.hits);
    let window = Window::new(text, &sought.places, first, last);
    let mut parts = Parts(Vec::new());
    if window.is_cut_before {
        parts.push("… ", false);
    }
    let mut at = window.start;
    let shown = |hit: &&Hit| window.start <= hit.start && hit.end <= window.end;
    for hit in sought.hits.iter().filter(shown) {
        // Hits overlap where a word is found in pieces and as a whole.
        let start = hit.start.max(at);
        if start >= hit.end {
            continue;
        }
        parts.push(&text[at..start], false);
        parts.push(&text[start..hit.end], true);
        at = hit.end;
    }
    parts.push(&text[at..window.end], false);
    if window.is_cut_after {
        parts.push(" …", false);
    }
    parts.0
}

struct Parts(Vec<Part>);

impl Parts {
    fn push(&mut self, text: &str, hit: bool) {
        match self.0.last_mut() {
            Some(last) if last.hit == hit => last.text.push_str(text),
            _ if text.is_empty() => {}
            _ => self.0.push(Part { text: text.to_owned(), hit }),
        }
    }
}

/// The positions of the first and the last hit of the best window.
fn best(hits: &[Hit]) -> (usize, usize) {
    let phrases = hits.iter().map(|hit| hit.phrase).max().map_or(0, |last| last + 1);
    let mut times = vec![0_usize; phrases];
    let (mut different, mut end) = (0, 0);
    let mut best = (0, 0, 0);
    for (start, hit) in hits.iter().enumerate() {
        let inside = |other: &&Hit| ((other.position - hit.position) as usize) < WINDOW;
        while let Some(other) = hits.get(end).filter(inside) {
            different += usize::from(times[other.phrase] == 0);
            times[other.phrase] += 1;
            end += 1;
        }
        if different > best.0 {
            best = (different, start, end - 1);
        }
        times[hit.phrase] -= 1;
        different -= usize::from(times[hit.phrase] == 0);
    }
    (hits[best.1].position as usize, hits[best.2].position as usize)
}

/// What is shown of a text, in bytes.
struct Window {
    start: usize,
    end: usize,
    is_cut_before: bool,
    is_cut_after: bool,
}

impl Window {
    /// A window with the words from `first` to `last`: it begins and ends with a sentence where
    /// that leaves room for them, else with a word.
    fn new(text: &str, places: &[(usize, usize)], first: usize, last: usize) -> Self {
        if places.len() <= WINDOW {
            return Self { start: 0, end: text.len(), is_cut_before: false, is_cut_after: false };
        }
        let gap = |after: usize| match after {
            0 => &text[..places[0].0],
            _ if after == places.len() => &text[places[after - 1].1..],
            _ => &text[places[after - 1].1.min(places[after].0)..places[after].0],
        };
        let begins = |at: &usize| *at == 0 || ends_sentence(gap(*at));
        let room = WINDOW - (last + 1 - first);
        let sentence = (first.saturating_sub(room)..=first).rev().find(begins);
        // What is left of the window is shared between what stands before and after.
        let word = first.saturating_sub(room / 2).min(places.len() - WINDOW);
        let from = sentence.unwrap_or(word);
        let furthest = (from + WINDOW).min(places.len());
        let begun = |at: &usize| *at == places.len() || ends_sentence(gap(*at));
        let to = (last + 1..=furthest).rev().find(begun);
        let end = to.unwrap_or(furthest);
        Self {
            start: if from == 0 { 0 } else { places[from].0 - opening(gap(from)) },
            end: match to {
                Some(to) if to == places.len() => text.len(),
                Some(to) => places[to - 1].1 + closing(gap(to)),
                None => places[end - 1].1,
            },
            is_cut_before: sentence.is_none(),
            is_cut_after: to.is_none(),
        }
    }
}

/// Whether a sentence ends between two words.
fn ends_sentence(gap: &str) -> bool {
    gap.contains(['\n', '。', '！', '？', '｡'])
        || gap.find(['.', '!', '?', '…']).is_some_and(|at| gap[at..].contains(char::is_whitespace))
}

/// How many bytes of what stands between two words belong to the second, such as a quote.
fn opening(gap: &str) -> usize {
    gap.len() - gap.rfind(char::is_whitespace).map_or(gap.len(), |at| at + width(gap, at))
}

/// How many bytes of what stands between two words belong to the first, such as a full stop.
fn closing(gap: &str) -> usize {
    gap.find(char::is_whitespace).unwrap_or(gap.len())
}

fn width(text: &str, at: usize) -> usize {
    text[at..].chars().next().map_or(0, char::len_utf8)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::seek::Seeker;
    use super::*;
    use crate::query::phrase::Phrase;
    use crate::query::{Operator, Test};
    use crate::text::{Language, each_token};

    proptest! {
        #[test]
        fn a_window_is_a_part_of_its_text(
            words in prop::collection::vec(
                "(mutual|staff|co-op|non|bank|東京都|ห้อง|l’été|1,000|a-b-c-d)[.!?。,»\"]?[ \n]{0,2}", 1..90,
            ),
            asked in "(mutual|staff bank|co-op|東京|bank|été)",
            op in prop::sample::select(&[Operator::Is, Operator::Prefix, Operator::Near][..]),
        ) {
            let text = words.concat();
            let test = Test { slack: 2, ..Test::new(None, op, vec![asked.clone().into()]) };
            let phrase = Phrase::new(&test, &asked, &[Language::ENGLISH].into());
            let mut seeker = Seeker::new(vec![&phrase]);
            let sought = seeker.seek(&text, Language::ENGLISH, &[true]);
            prop_assert_eq!(sought.hits.is_empty(), !phrase.is_in(&text, Language::ENGLISH));
            if sought.hits.is_empty() {
                return Ok(());
            }
            let parts = cut(&text, sought);
            prop_assert!(parts.iter().any(|part| part.hit));
            prop_assert!(parts.windows(2).all(|pair| pair[0].hit != pair[1].hit));
            let shown: String = parts.iter().map(|part| part.text.as_str()).collect();
            let shown = shown.strip_prefix("… ").unwrap_or(&shown);
            let shown = shown.strip_suffix(" …").unwrap_or(shown);
            prop_assert!(text.contains(shown), "{} in {}", shown, text);
            prop_assert!(each_token(shown, &mut |_| {}) as usize <= WINDOW + 4, "{}", shown);
        }
    }
}
