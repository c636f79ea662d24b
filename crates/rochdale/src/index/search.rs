//! Binary search among what has to be read to be compared, and may turn out to be damaged.

use std::convert::Infallible;
use std::ops::Range;

/// The first place of a range for which `before` does not hold: it holds for those in front of it only.
///
/// # Errors
///
/// Those of `before`.
#[inline]
pub(super) fn try_partition<E>(
    places: Range<usize>,
    mut before: impl FnMut(usize) -> Result<bool, E>,
) -> Result<usize, E> {
    let Range { start: mut low, end: mut high } = places;
    while low < high {
        let middle = usize::midpoint(low, high);
        if before(middle)? {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    Ok(low)
}

/// The same where the place is mostly near the start of the range.
///
/// # Errors
///
/// Those of `before`.
#[inline]
pub(super) fn try_partition_near<E>(
    places: Range<usize>,
    mut before: impl FnMut(usize) -> Result<bool, E>,
) -> Result<usize, E> {
    let (mut low, mut step) = (places.start, 1);
    while low + step <= places.end && before(low + step - 1)? {
        low += step;
        step *= 2;
    }
    try_partition(low..places.end.min(low + step - 1), before)
}

/// The same where nothing can be damaged.
#[inline]
pub(super) fn partition_near(places: Range<usize>, mut before: impl FnMut(usize) -> bool) -> usize {
    let Ok(place) = try_partition_near(places, |place| Ok::<_, Infallible>(before(place)));
    place
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn the_first_place_is_found(start in 0_usize..50, length in 0_usize..200, at in 0_usize..300) {
            let places = start..start + length;
            let expected = at.clamp(places.start, places.end);
            let before = |place: usize| {
                assert!(places.contains(&place));
                place < at
            };
            prop_assert_eq!(partition_near(places.clone(), before), expected);
            prop_assert_eq!(try_partition(places.clone(), |it| Ok::<_, ()>(before(it))), Ok(expected));
        }
    }
}
