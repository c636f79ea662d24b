//! Work that falls into parts: done side by side where there are threads, with the results in order.

/// So many parts a thread are done before the first result is taken: a bound on memory.
#[cfg(feature = "parallel")]
const AHEAD: usize = 4;

/// Makes something of each part. What comes out does not depend on how many threads there are.
#[cfg(feature = "parallel")]
pub(crate) fn in_order<T: Send, R: Send>(
    mut parts: impl Iterator<Item = T>,
    make: impl Fn(T) -> R + Sync,
) -> impl Iterator<Item = R> {
    use rayon::iter::{IntoParallelIterator, ParallelIterator};

    let ahead = rayon::current_num_threads() * AHEAD;
    let batch = move || {
        let batch: Vec<T> = parts.by_ref().take(ahead).collect();
        (!batch.is_empty()).then(|| batch.into_par_iter().map(&make).collect::<Vec<R>>())
    };
    std::iter::from_fn(batch).flatten()
}

/// Makes something of each part.
#[cfg(not(feature = "parallel"))]
pub(crate) fn in_order<T: Send, R: Send>(
    parts: impl Iterator<Item = T>,
    make: impl Fn(T) -> R + Sync,
) -> impl Iterator<Item = R> {
    parts.map(make)
}
