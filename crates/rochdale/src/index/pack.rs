//! Runs of 128 numbers in as many bits as the largest needs.
//!
//! Four numbers lie side by side, the next four above them, so that one step unpacks four at once
//! wherever the machine can: the code is plain, and compilers turn it into vector instructions on
//! every target, WebAssembly included.

/// How many numbers a run has.
pub(super) const RUN: usize = 128;

/// A run of numbers.
pub(super) type Run = [u32; RUN];

/// How many bits the largest number needs.
pub(super) fn width(run: &Run) -> u8 {
    let all = run.iter().fold(0, |all, number| all | number);
    (u32::BITS - all.leading_zeros()) as u8
}

/// How many bytes a run takes at a width.
pub(super) const fn size(width: u8) -> usize {
    width as usize * RUN / 8
}

/// Adds a run, packed.
pub(super) fn pack(run: &Run, width: u8, out: &mut Vec<u8>) {
    let width = usize::from(width);
    let mut words = [[0_u32; 4]; 32];
    for (position, four) in run.as_chunks::<4>().0.iter().enumerate() {
        let bit = position * width;
        let (word, shift) = (bit / 32, bit % 32);
        for (lane, number) in four.iter().enumerate() {
            if width > 0 {
                words[word][lane] |= number << shift;
                if shift + width > 32 {
                    words[word + 1][lane] |= number >> (32 - shift);
                }
            }
        }
    }
    for word in words[..width].iter().flatten() {
        out.extend_from_slice(&word.to_le_bytes());
    }
}

/// Reads a run from the bytes that it was packed into; nothing where they are too few.
pub(super) fn unpack(bytes: &[u8], width: u8, run: &mut Run) -> Option<()> {
    macro_rules! widths {
        ($($width:literal)*) => {
            match width {
                0 => *run = [0; RUN],
                $($width => unpack_width::<$width>(bytes.get(..size($width))?, run),)*
                _ => return None,
            }
        };
    }
    widths!(1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26 27 28 29 30 31 32);
    Some(())
}

/// Reads a run of a width that is known when this is compiled.
#[inline]
fn unpack_width<const WIDTH: usize>(bytes: &[u8], run: &mut Run) {
    let mut words = [[0_u32; 4]; 33];
    for (word, bytes) in words[..WIDTH].iter_mut().zip(bytes.as_chunks::<16>().0) {
        for (lane, bytes) in word.iter_mut().zip(bytes.as_chunks::<4>().0) {
            *lane = u32::from_le_bytes(*bytes);
        }
    }
    macro_rules! steps {
        ($($step:literal)*) => {
            $(four::<WIDTH, $step>(&words, run);)*
        };
    }
    steps!(0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26 27 28 29 30 31);
}

/// Reads four numbers.
#[inline(always)]
#[expect(clippy::inline_always, reason = "the places are constants only where it is inlined")]
fn four<const WIDTH: usize, const STEP: usize>(words: &[[u32; 4]; 33], run: &mut Run) {
    let (word, shift) = (STEP * WIDTH / 32, STEP * WIDTH % 32);
    let mask = u32::MAX >> (32 - WIDTH);
    for lane in 0..4 {
        let mut number = words[word][lane] >> shift;
        if shift + WIDTH > 32 {
            number |= words[word + 1][lane] << (32 - shift);
        }
        run[STEP * 4 + lane] = number & mask;
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn runs_come_back(numbers in prop::collection::vec(any::<u32>(), RUN), shift in 0_u32..33) {
            let numbers: Vec<u32> =
                numbers.iter().map(|n| n.checked_shr(shift).unwrap_or_default()).collect();
            let run: Run = numbers.try_into().unwrap();
            let width = width(&run);
            let mut bytes = Vec::new();
            pack(&run, width, &mut bytes);
            prop_assert_eq!(bytes.len(), size(width));
            let mut read = [7; RUN];
            prop_assert_eq!(unpack(&bytes, width, &mut read), Some(()));
            prop_assert_eq!(read, run);
            prop_assert!(width == 0 || unpack(&bytes[1..], width, &mut read).is_none());
        }
    }
}
