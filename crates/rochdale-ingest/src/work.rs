//! Work side by side where there are threads; what comes out does not depend on how many there are.
//!
//! The threads are started for the work and end with it. Those of a pool would take up other work while
//! they wait, which may be waiting for this, and are not there in a process that was forked.

#[cfg(feature = "parallel")]
pub(crate) use threads::{Aside, aside};

#[cfg(not(feature = "parallel"))]
pub(crate) use alone::{Aside, aside};

/// How many threads there may be at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Threads(pub(crate) usize);

impl Default for Threads {
    fn default() -> Self {
        Self(if cfg!(feature = "parallel") {
            std::thread::available_parallelism().map_or(1, usize::from)
        } else {
            1
        })
    }
}

/// Makes something of each of many, of at least so many by one thread; the results are in their
/// order.
pub(crate) fn each<T: Send, R: Send>(
    all: Vec<T>,
    least: usize,
    threads: Threads,
    make: impl Fn(T) -> R + Sync,
) -> Vec<R> {
    // Several parts a thread, for some take longer than others.
    let size = (all.len() / (threads.0 * 8).max(1)).max(least);
    let mut rest = all.into_iter();
    let make = |part: Vec<T>| part.into_iter().map(&make).collect::<Vec<R>>();
    let parts = aside(threads, make, |mut aside| {
        while rest.len() > size {
            aside.give(rest.by_ref().take(size).collect());
        }
        aside.give_last(rest.collect());
    });
    parts.into_iter().flatten().collect()
}

#[cfg(feature = "parallel")]
mod threads {
    use std::cell::RefCell;
    use std::panic::resume_unwind;
    use std::sync::mpsc::{Receiver, Sender, channel};
    use std::sync::{Mutex, PoisonError};
    use std::thread::{Builder, scope};

    use super::Threads;

    /// Where things that were found are handed over.
    pub(crate) struct Aside<'a, T> {
        given: usize,
        found: Sender<(usize, T)>,
        /// Starts one more thread.
        start: &'a dyn Fn(),
        /// How many may still be started.
        room: usize,
    }

    /// Does the work that finds things, and gives what was made of them beside it, in the order in
    /// which they were found.
    pub(crate) fn aside<T: Send, R: Send>(
        threads: Threads,
        make: impl Fn(T) -> R + Sync,
        find: impl FnOnce(Aside<'_, T>),
    ) -> Vec<R> {
        let (found, queue) = channel();
        let (queue, done) = (Mutex::new(queue), Mutex::new(Vec::new()));
        scope(|scope| {
            let started = RefCell::new(Vec::new());
            // Where the system gives no thread, this one does the work in the end.
            let start = || {
                let thread = Builder::new().spawn_scoped(scope, || make_all(&queue, &make, &done));
                started.borrow_mut().extend(thread);
            };
            find(Aside { given: 0, found, start: &start, room: threads.0.saturating_sub(1) });
            make_all(&queue, &make, &done);
            for thread in started.take() {
                if let Err(panic) = thread.join() {
                    resume_unwind(panic);
                }
            }
        });
        let mut done = done.into_inner().unwrap_or_else(PoisonError::into_inner);
        done.sort_unstable_by_key(|(number, _)| *number);
        done.into_iter().map(|(_, one)| one).collect()
    }

    /// Makes what there is to make until nothing more comes.
    fn make_all<T, R>(
        queue: &Mutex<Receiver<(usize, T)>>,
        make: &impl Fn(T) -> R,
        done: &Mutex<Vec<(usize, R)>>,
    ) {
        let next = || queue.lock().unwrap_or_else(PoisonError::into_inner).recv();
        while let Ok((number, found)) = next() {
            let one = make(found);
            done.lock().unwrap_or_else(PoisonError::into_inner).push((number, one));
        }
    }

    impl<T> Aside<'_, T> {
        /// Hands over a thing that was found.
        pub(crate) fn give(&mut self, found: T) {
            if self.room > 0 {
                self.room -= 1;
                (self.start)();
            }
            self.give_last(found);
        }

        /// Hands over the last thing, for which no thread need be started.
        pub(crate) fn give_last(&mut self, found: T) {
            // Those who take them are there until the last was taken.
            let _ = self.found.send((self.given, found));
            self.given += 1;
        }
    }
}

#[cfg(not(feature = "parallel"))]
mod alone {
    use std::cell::RefCell;

    use super::Threads;

    /// Where things that were found are handed over.
    pub(crate) struct Aside<'a, T>(&'a dyn Fn(T));

    /// Does the work that finds things, and gives what was made of them, in the order in which they
    /// were found.
    pub(crate) fn aside<T, R>(
        _: Threads,
        make: impl Fn(T) -> R,
        find: impl FnOnce(Aside<'_, T>),
    ) -> Vec<R> {
        let done = RefCell::new(Vec::new());
        find(Aside(&|found| done.borrow_mut().push(make(found))));
        done.into_inner()
    }

    impl<T> Aside<'_, T> {
        /// Hands over a thing that was found.
        pub(crate) fn give(&mut self, found: T) {
            (self.0)(found);
        }

        /// Hands over the last thing.
        pub(crate) fn give_last(&mut self, found: T) {
            self.give(found);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_are_in_the_order_of_what_was_given() {
        let all: Vec<u32> = (0..1000).collect();
        for threads in [1, 2, 8].map(Threads) {
            assert_eq!(each(all.clone(), 7, threads, |number| number), all);
            assert!(each(Vec::<u32>::new(), 7, threads, |number| number).is_empty());
        }
    }

    #[test]
    fn one_thread_is_that_which_asks() {
        let of = |_: u32| std::thread::current().id();
        assert_eq!(each(vec![1, 2, 3], 1, Threads(1), of), [of(0); 3]);
    }

    #[cfg(feature = "parallel")]
    #[test]
    #[should_panic(expected = "the seventh")]
    fn a_panic_keeps_its_words() {
        let fails = |number: u32| assert!(number != 7, "the seventh");
        each((0..1000).collect(), 1, Threads(4), fails);
    }
}
