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
        let template = format!("{{bar:30}} {{human_pos}} of {{human_len}} {}", self.what);
        if let Some(bar) = self.begun(&template) {
            bar.set_length(total as u64);
            bar.set_position(done as u64);
        }
    }

    /// Shows how many entries of a file are read.
    pub(crate) fn show_entries(&mut self, path: &str, entries: usize) {
        if let Some(bar) = self.begun("{human_pos} entries of {msg}") {
            bar.set_message(path.to_owned());
            bar.set_position(entries as u64);
        }
    }

    /// The bar, once it is time to show one.
    fn begun(&mut self, template: &str) -> Option<&ProgressBar> {
        if self.shown.is_none() && self.started.elapsed() >= PATIENCE {
            let bar = ProgressBar::no_length();
            let style = ProgressStyle::with_template(template);
            self.shown = Some(style.map_or(bar.clone(), |style| bar.with_style(style)));
        }
        self.shown.as_ref()
    }
}

impl Drop for Bar {
    fn drop(&mut self) {
        if let Some(bar) = &self.shown {
            bar.finish_and_clear();
        }
    }
}
