//! The table that is printed.

use std::fmt::Write as _;

use crate::child::FIRST;
use crate::class::{BUILD, Class, OVERALL, SQLITE};
use crate::compare::ROUNDING;
use crate::engine::Name;
use crate::measure::Timing;
use crate::run::{Cost, Results, Row, asked};

/// What is printed of one corpus.
pub fn table(results: &Results) -> String {
    let mut out = String::new();
    let _ = writeln!(
        out,
        "\n{} ({} articles, {} of JSON)\n",
        results.corpus,
        results.articles,
        bytes(results.bytes)
    );
    for (name, settings) in &results.settings {
        let _ = writeln!(out, "{}", name.name());
        for line in settings {
            let _ = writeln!(out, "  {line}");
        }
    }
    costs(results, &mut out);
    rows(results, &mut out);
    notes(results, &mut out);
    out
}

fn costs(results: &Results, out: &mut String) {
    let engines: Vec<Name> = results.costs.keys().copied().collect();
    let _ = write!(out, "\n{:<44}", "");
    for name in &engines {
        let _ = write!(out, "{:>14}", name.name());
    }
    let _ = writeln!(out, "{:>12}{:>10}", "of tantivy", "target");
    let mut line = |what: &str,
                    show: &dyn Fn(f64) -> String,
                    target: Option<f64>,
                    of: &dyn Fn(&Cost) -> Option<f64>| {
        let _ = write!(out, "{what:<44}");
        let value = |name: Name| results.costs.get(&name).and_then(of);
        for name in &engines {
            let _ = write!(out, "{:>14}", value(*name).map_or("–".into(), show));
        }
        let ratio =
            value(Name::Rochdale).zip(value(Name::Tantivy)).map(|(ours, theirs)| ours / theirs);
        let _ = writeln!(
            out,
            "{:>12}{:>10}",
            ratio.map_or("–".into(), share),
            target.map_or(String::new(), share)
        );
    };
    let (time, size, (times_file, on_top)) = BUILD;
    #[expect(clippy::cast_precision_loss, reason = "sizes stay far below 2^53")]
    let float = |bytes: u64| bytes as f64;
    line("build, with reading the corpus", &seconds, Some(time), &|cost| Some(cost.built.seconds));
    line("build, processor time of all threads", &seconds, None, &|cost| cost.built.processor);
    line("build, peak memory", &mega, None, &|cost| cost.built.peak.map(float));
    line("files", &mega, Some(size), &|cost| Some(float(cost.built.bytes)));
    for (place, class) in FIRST.iter().enumerate() {
        let what = format!("open, and answer {}", class.info().name);
        line(&what, &seconds, None, &|cost| Some(cost.opened.seconds[place]));
    }
    line("heap after the first answer", &mega, None, &|cost| cost.opened.heap.map(float));
    line("asking, peak memory with mapped files", &mega, None, &|cost| cost.opened.peak.map(float));
    let _ = writeln!(out, "reading the corpus takes {} of each build", seconds(results.reading));
    if let Some(cost) = results.costs.get(&Name::Rochdale) {
        let most = times_file * float(cost.built.bytes) + float(on_top);
        let _ = writeln!(
            out,
            "rochdale's peak of building is to stay below {times_file} times its file and 256 MiB: {}",
            mega(most)
        );
    }
}

fn rows(results: &Results, out: &mut String) {
    let _ = writeln!(
        out,
        "\n{:<40}{:<13}{:>21}{:>21}{:>21}{:>19}{:>17}{:>10}",
        "µs: median / 99th percentile",
        "",
        "rochdale",
        "tantivy",
        "sqlite",
        "of tantivy",
        "target",
        "of sqlite"
    );
    for row in &results.rows {
        let info = row.class.info();
        let _ = write!(out, "{:<40}{:<13}", info.name, asked(row.class, row.total));
        for name in Name::ALL {
            let _ = write!(out, "{:>21}", row.times.get(&name).map_or("–".into(), timing));
        }
        let ratio = match (row.comparisons.get(&Name::Tantivy), row.ratio(Name::Tantivy)) {
            (_, Some((median, high))) => format!("{} / {}", share(median), share(high)),
            (Some(_), None) => "other hits".into(),
            (None, None) => "–".into(),
        };
        let (median, high) = info.target;
        let target =
            high.map_or(share(median), |high| format!("{} / {}", share(median), share(high)));
        let sqlite = match (row.comparisons.get(&Name::Sqlite), row.ratio(Name::Sqlite)) {
            (_, Some((median, _))) => share(median),
            (Some(_), None) => "other".into(),
            (None, None) => "–".into(),
        };
        let _ = writeln!(out, "{ratio:>19}{target:>17}{sqlite:>10}");
    }
    for total in [false, true] {
        let rows =
            results.rows.iter().filter(|row| row.total == total || !row.class.may_lack_total());
        let ratios: Vec<f64> =
            rows.filter_map(|row| row.ratio(Name::Tantivy)).map(|ratio| ratio.0).collect();
        if let Some(mean) = geometric_mean(&ratios) {
            let _ = writeln!(
                out,
                "{:<40}{:<13}{:>82}{:>17}   ({} of {} classes)",
                "geometric mean of the medians",
                if total { "exact total" } else { "no total" },
                share(mean),
                share(OVERALL),
                ratios.len(),
                Class::ALL.len()
            );
        }
    }
    let _ = writeln!(
        out,
        "of sqlite: at most {} in every class but the rare word",
        share(1.0 / SQLITE)
    );
}

fn notes(results: &Results, out: &mut String) {
    let _ = writeln!(
        out,
        "\nHits are compared before they are timed: totals, counts and days exactly; scores beside tantivy's rank by rank within {:.0} %, which is what one-byte lengths move.",
        ROUNDING * 100.0
    );
    let rounds = results.rows.iter().flat_map(|row| row.times.values().map(|it| it.rounds)).max();
    let notes: Vec<_> = results.rows.iter().map(|row| (row, note(row, rounds))).collect();
    for (place, (row, lines)) in notes.iter().enumerate() {
        let class = row.class.info().name;
        let others = notes.iter().enumerate().filter(|(_, (other, _))| other.class == row.class);
        let others: Vec<_> = others.map(|(other, (_, lines))| (other, lines)).collect();
        for line in lines {
            // What holds with a total and without one is said once.
            let holding: Vec<_> = others.iter().filter(|(_, lines)| lines.contains(line)).collect();
            if holding.len() == 1 && others.len() > 1 {
                let _ = writeln!(out, "  {class}, {}: {line}", asked(row.class, row.total));
            } else if holding.first().is_some_and(|(first, _)| *first == place) {
                let _ = writeln!(out, "  {class}: {line}");
            }
        }
    }
}

/// What is to be said of a row.
fn note(row: &Row, most_rounds: Option<usize>) -> Vec<String> {
    let mut lines = Vec::new();
    for (name, comparison) in &row.comparisons {
        let name = name.name();
        if let Some(difference) = &comparison.difference {
            lines.push(format!(
                "{name} finds something else for {} of {} questions; {difference}",
                comparison.differing, comparison.questions
            ));
        } else if !row.class.peers_rank() && name == Name::Tantivy.name() {
            lines.push(format!("{name} finds as many, but does not rank them"));
        } else if comparison.shared < 1.0 {
            lines.push(format!(
                "of {name}'s hits {:.1} % are the same entries{}",
                comparison.shared * 100.0,
                gap(comparison.apart)
            ));
        }
    }
    for (name, timing) in &row.times {
        if Some(timing.rounds) < most_rounds {
            lines.push(format!("{} was timed in {} rounds", name.name(), timing.rounds));
        }
    }
    lines
}

fn gap(apart: f64) -> String {
    if apart > 0.0 {
        format!(", scores at most {:.2} % apart", apart * 100.0)
    } else {
        String::new()
    }
}

/// The geometric mean; nothing of nothing.
pub fn geometric_mean(values: &[f64]) -> Option<f64> {
    #[expect(clippy::cast_precision_loss, reason = "a few classes")]
    let count = values.len() as f64;
    (!values.is_empty()).then(|| (values.iter().map(|value| value.ln()).sum::<f64>() / count).exp())
}

fn timing(timing: &Timing) -> String {
    format!("{} / {}", micro(timing.median), micro(timing.high))
}

/// Three digits, or all before the point.
fn micro(value: f64) -> String {
    match value {
        ..10.0 => format!("{value:.2}"),
        10.0..100.0 => format!("{value:.1}"),
        _ => format!("{value:.0}"),
    }
}

fn share(value: f64) -> String {
    match value {
        ..1.0 => format!("{value:.3}"),
        1.0..10.0 => format!("{value:.2}"),
        _ => format!("{value:.0}"),
    }
}

fn seconds(value: f64) -> String {
    match value {
        ..0.001 => format!("{:.0} µs", value * 1e6),
        0.001..1.0 => format!("{:.1} ms", value * 1e3),
        _ => format!("{value:.1} s"),
    }
}

fn mega(value: f64) -> String {
    if value < 1e6 {
        return format!("{:.0} kB", value / 1e3);
    }
    format!("{:.1} MB", value / 1e6)
}

#[expect(clippy::cast_precision_loss, reason = "sizes stay far below 2^53")]
fn bytes(value: u64) -> String {
    mega(value as f64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_geometric_mean_of_a_half_and_two_is_one() {
        assert_eq!(geometric_mean(&[]), None);
        assert!(geometric_mean(&[0.5, 2.0]).is_some_and(|mean| (mean - 1.0).abs() < 1e-12));
    }
}
