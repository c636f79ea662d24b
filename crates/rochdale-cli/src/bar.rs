//! A progress bar on standard error, where that is a terminal and the work takes long.

use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressStyle};

/// Work that is over by then shows no bar.
const PATIENCE: Duration = Duration::from_millis(500);

/// A progress bar, once it is shown.
pub(crate) struct Bar {
    /// What is counted.
    what: &'static str,
    started: Instant,
    shown: Option<ProgressBar>,
}

impl Bar {
    pub(crate) fn new(what: &'static str) -> Self {
        Self { what, started: Instant::now(), shown: None }
    }

    /// Shows how much is done.
    pub(crate) fn show(&mut self, done: usize, total: usize) {
        if self.shown.is_none() && self.started.elapsed() >= PATIENCE {
            let template = format!("{{bar:30}} {{human_pos}} of {{human_len}} {}", self.what);
            let bar = ProgressBar::new(total as u64);
            let style = ProgressStyle::with_template(&template);
            self.shown = Some(style.map_or(bar.clone(), |style| bar.with_style(style)));
        }
        if let Some(bar) = &self.shown {
            bar.set_length(total as u64);
            bar.set_position(done as u64);
        }
    }
}

impl Drop for Bar {
    fn drop(&mut self) {
        if let Some(bar) = &self.shown {
            bar.finish_and_clear();
        }
    }
}
