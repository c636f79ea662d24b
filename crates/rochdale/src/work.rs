//! Work that falls into parts: done side by side where there are threads, with the results in order.

/// So many parts a thread are done before the first result is taken: a bound on memory.
#[cfg(feature = "parallel")]
const AHEAD: usize = 4;

/// Whether parts are done side by side.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Work {
    /// One after the other. So it must be where others wait for what is made: a thread that waits for
    /// its own parts takes up other work, and may come upon what it is making.
    Alone,
    /// On all threads that there are.
    Shared,
}

impl Work {
    /// Makes something of each part. What comes out does not depend on how many threads there are.
    #[cfg(feature = "parallel")]
    pub(crate) fn in_order<T: Send, R: Send>(
        self,
        mut parts: impl Iterator<Item = T>,
        make: impl Fn(T) -> R + Sync,
    ) -> impl Iterator<Item = R> {
        use rayon::iter::{IntoParallelIterator, ParallelIterator};

        let ahead = if self == Self::Alone { 1 } else { rayon::current_num_threads() * AHEAD };
        let batch = move || {
            let batch: Vec<T> = parts.by_ref().take(ahead).collect();
            (!batch.is_empty()).then(|| match self {
                Self::Alone => batch.into_iter().map(&make).collect(),
                Self::Shared => batch.into_par_iter().map(&make).collect::<Vec<R>>(),
            })
        };
        std::iter::from_fn(batch).flatten()
    }

    /// Makes something of each part.
    #[cfg(not(feature = "parallel"))]
    #[expect(clippy::unused_self, reason = "without threads all work is done alone")]
    pub(crate) fn in_order<T: Send, R: Send>(
        self,
        parts: impl Iterator<Item = T>,
        make: impl Fn(T) -> R + Sync,
    ) -> impl Iterator<Item = R> {
        parts.map(make)
    }
}
