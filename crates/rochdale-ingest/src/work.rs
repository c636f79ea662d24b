//! Work side by side where there are threads; what comes out does not depend on how many there are.

#[cfg(feature = "parallel")]
pub(crate) use threads::{Aside, aside, each};

#[cfg(not(feature = "parallel"))]
pub(crate) use alone::{Aside, aside, each};

#[cfg(feature = "parallel")]
mod threads {
    use std::sync::mpsc::{Receiver, Sender, channel};
    use std::sync::{Mutex, PoisonError};
    use std::thread::Builder;

    use rayon::iter::{IndexedParallelIterator, IntoParallelIterator, ParallelIterator};

    /// Makes something of each of many; the results are in their order.
    pub(crate) fn each<T: Send, R: Send>(
        all: Vec<T>,
        make: impl Fn(T) -> R + Send + Sync,
    ) -> Vec<R> {
        // Handing over one by one would cost more than most are.
        all.into_par_iter().with_min_len(16).map(make).collect()
    }

    /// Where things that were found are handed over.
    pub(crate) struct Aside<'a, T> {
        given: usize,
        found: Sender<(usize, T)>,
        /// Starts one more thread.
        start: &'a dyn Fn(),
        idle: usize,
    }

    /// Does the work that finds things, and gives what was made of them beside it, in the order in
    /// which they were found.
    ///
    /// The work keeps a thread for itself, for the others wait for it: threads of rayon beside it
    /// would be one too many.
    pub(crate) fn aside<T: Send, R: Send>(
        make: fn(T) -> R,
        find: impl FnOnce(Aside<'_, T>),
    ) -> Vec<R> {
        let (found, queue) = channel();
        let (done, all) = (Mutex::new(Vec::new()), Mutex::new(queue));
        std::thread::scope(|scope| {
            // Where the system gives no thread, this one does the work in the end.
            let start = || {
                drop(Builder::new().spawn_scoped(scope, || make_all(&all, make, &done)));
            };
            let idle = rayon::current_num_threads() - 1;
            find(Aside { given: 0, found, start: &start, idle });
            make_all(&all, make, &done);
        });
        let mut done = done.into_inner().unwrap_or_else(PoisonError::into_inner);
        done.sort_unstable_by_key(|(number, _)| *number);
        done.into_iter().map(|(_, done)| done).collect()
    }

    /// Makes what there is to make until nothing more comes.
    fn make_all<T, R>(
        queue: &Mutex<Receiver<(usize, T)>>,
        make: fn(T) -> R,
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
            if self.idle > 0 {
                self.idle -= 1;
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

    /// Makes something of each of many; the results are in their order.
    pub(crate) fn each<T, R>(all: Vec<T>, make: impl Fn(T) -> R) -> Vec<R> {
        all.into_iter().map(make).collect()
    }

    /// Where things that were found are handed over.
    pub(crate) struct Aside<'a, T>(&'a dyn Fn(T));

    /// Does the work that finds things, and gives what was made of them, in the order in which they
    /// were found.
    pub(crate) fn aside<T, R>(make: fn(T) -> R, find: impl FnOnce(Aside<'_, T>)) -> Vec<R> {
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
        let find = |mut aside: Aside<'_, u32>| {
            (0..99).for_each(|number| aside.give(number));
            aside.give_last(99);
        };
        let all: Vec<u32> = (0..100).collect();
        assert_eq!(aside(|number| number, find), all);
        assert_eq!(each(all.clone(), |number| number), all);
    }

    #[cfg(feature = "parallel")]
    #[test]
    fn one_thread_does_all_alone() {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(1).build().unwrap();
        let find = |mut aside: Aside<'_, ()>| (0..3).for_each(|_| aside.give(()));
        let threads = pool.install(|| aside(|()| std::thread::current().id(), find));
        let own = pool.install(|| std::thread::current().id());
        assert_eq!(threads, [own; 3]);
    }
}
