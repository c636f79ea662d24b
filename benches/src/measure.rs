//! Time and memory.

use std::fs;
use std::hint::black_box;
use std::path::Path;
use std::time::{Duration, Instant};

use serde::{Deserialize, Serialize};

use crate::Outcome;
use crate::engine::Ready;

/// How long the questions of a class took.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Timing {
    /// The median over the questions, in microseconds.
    pub median: f64,
    /// The 99th percentile over the questions.
    pub high: f64,
    /// How often each question was timed.
    pub rounds: usize,
}

/// Asks every question once unmeasured and then round by round; the time of a question is the median
/// of its rounds, so that what else the machine does is not taken for a slow question.
///
/// Rounds are left out, but for one, once they would take longer than `limit` together.
///
/// # Errors
///
/// Where a question fails.
pub fn time(questions: &[Box<dyn Ready + '_>], rounds: usize, limit: Duration) -> Outcome<Timing> {
    let mut times = vec![Vec::with_capacity(rounds); questions.len()];
    let start = Instant::now();
    for question in questions {
        black_box(question.run()?);
    }
    let once = start.elapsed().max(Duration::from_nanos(1));
    let fitting = usize::try_from(limit.as_nanos() / once.as_nanos()).unwrap_or(usize::MAX);
    let rounds = rounds.min(fitting).max(1);
    for _ in 0..rounds {
        for (question, times) in questions.iter().zip(&mut times) {
            let start = Instant::now();
            black_box(question.run()?);
            times.push(start.elapsed().as_secs_f64() * 1e6);
        }
    }
    let mut each: Vec<f64> = times.iter_mut().map(|times| percentile(times, 50)).collect();
    Ok(Timing { median: percentile(&mut each, 50), high: percentile(&mut each, 99), rounds })
}

/// The value that so many of a hundred do not exceed; not a number where there is none.
pub fn percentile(values: &mut [f64], percent: usize) -> f64 {
    values.sort_by(f64::total_cmp);
    let rank = (values.len() * percent).div_ceil(100).saturating_sub(1);
    values.get(rank).copied().unwrap_or(f64::NAN)
}

/// The most memory that this process has held, in bytes; nothing where the system does not say.
pub fn peak() -> Option<u64> {
    status("VmHWM:")
}

/// The memory of this process that is no file, in bytes; nothing where the system does not say.
pub fn heap() -> Option<u64> {
    status("RssAnon:")
}

/// The seconds of processor time that this process has used, of all its threads; nothing where the
/// system does not say.
pub fn processor() -> Option<f64> {
    // Linux shows a hundred ticks a second to programs, whatever it counts in.
    const TICKS: f64 = 100.0;
    let stat = fs::read_to_string("/proc/self/stat").ok()?;
    // The name of the program, in parentheses, may hold spaces; the times are words 14 and 15.
    let (_, rest) = stat.rsplit_once(") ")?;
    let ticks = rest.split(' ').skip(11).take(2).map(|word| word.parse::<f64>().ok());
    Some(ticks.sum::<Option<f64>>()? / TICKS)
}

fn status(name: &str) -> Option<u64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix(name))?;
    let kibibytes: u64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
    Some(kibibytes * 1024)
}

/// The bytes of all files in a folder.
///
/// # Errors
///
/// Where it cannot be listed.
pub fn size(folder: &Path) -> Outcome<u64> {
    let mut bytes = 0;
    for file in fs::read_dir(folder)? {
        let file = file?;
        let kind = file.file_type()?;
        bytes += if kind.is_dir() { size(&file.path())? } else { file.metadata()?.len() };
    }
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_done_takes_processor_time() {
        // Some tens of milliseconds at least, of which the system counts ten.
        for number in 0..100_000_000_u64 {
            black_box(number);
        }
        // Where the system does not say, there is nothing to be wrong.
        assert!(processor().is_none_or(|seconds| seconds > 0.0));
    }

    #[test]
    fn percentiles_are_values_that_were_measured() {
        let mut values: Vec<f64> = (1..=100).rev().map(f64::from).collect();
        for (percent, expected) in [(50, 50.0), (99, 99.0), (100, 100.0)] {
            assert!(percentile(&mut values, percent).total_cmp(&expected).is_eq());
        }
        assert!(percentile(&mut [3.0], 99).total_cmp(&3.0).is_eq());
        assert!(percentile(&mut [], 50).is_nan());
    }
}
