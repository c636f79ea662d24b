//! Runs of bytes that grow side by side in one piece of memory, which is given back as a whole.

/// The sizes of the blocks of a run, one after the other; the last one serves on.
const SIZES: [u32; 9] = [16, 32, 64, 128, 256, 512, 1024, 2048, 4096];

/// How many bytes at the end of a block lead to the next one.
const NEXT: u32 = 4;

/// Blocks begin at multiples of this, so that four bytes lead far enough.
const UNIT: usize = 8;

/// The memory of the runs.
#[derive(Default)]
pub(super) struct Pool(Vec<u8>);

/// A run of bytes in a pool.
#[derive(Clone, Copy, Default)]
pub(super) struct Run {
    /// How many bytes it has.
    length: u32,
    /// Its first and its last block, in units.
    first: u32,
    last: u32,
    /// How many bytes of the last block are taken, and which of its blocks it is.
    taken: u32,
    blocks: u32,
}

impl Run {
    pub(super) fn len(self) -> usize {
        self.length as usize
    }
}

/// The size of a block of a run, of which so many come before.
fn size(before: u32) -> u32 {
    SIZES[SIZES.len().min(before as usize + 1) - 1]
}

impl Pool {
    /// Adds a number in seven bits a byte, the lowest first.
    pub(super) fn varint(&mut self, run: &mut Run, mut value: u64) {
        while value >= 0x80 {
            self.push(run, (value & 0x7f) as u8 | 0x80);
            value >>= 7;
        }
        self.push(run, (value & 0x7f) as u8);
    }

    #[inline]
    fn push(&mut self, run: &mut Run, byte: u8) {
        if run.blocks == 0 || run.taken == size(run.blocks - 1) - NEXT {
            self.grow(run);
        }
        self.0[run.last as usize * UNIT + run.taken as usize] = byte;
        run.taken += 1;
        run.length += 1;
    }

    /// Adds a block to a run.
    fn grow(&mut self, run: &mut Run) {
        let start = self.0.len();
        self.0.resize(start + size(run.blocks) as usize, 0);
        let next = u32::try_from(start / UNIT).expect("the words take less than 32 GiB");
        if run.blocks == 0 {
            run.first = next;
        } else {
            let end = run.last as usize * UNIT + size(run.blocks - 1) as usize;
            self.0[end - NEXT as usize..end].copy_from_slice(&next.to_le_bytes());
        }
        (run.last, run.taken) = (next, 0);
        run.blocks += 1;
    }

    /// Takes the bytes of a run into `out`, in place of what is there.
    pub(super) fn read(&self, run: Run, out: &mut Vec<u8>) {
        out.clear();
        let mut start = run.first as usize * UNIT;
        for block in 0..run.blocks {
            let end = start + (size(block) - NEXT) as usize;
            let left = run.len() - out.len();
            out.extend_from_slice(&self.0[start..end.min(start + left)]);
            let next = [self.0[end], self.0[end + 1], self.0[end + 2], self.0[end + 3]];
            start = u32::from_le_bytes(next) as usize * UNIT;
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::store::Writer;

    proptest! {
        #[test]
        fn runs_come_back(numbers in prop::collection::vec((0_usize..3, any::<u64>(), 0_u32..64), 0..6_000)) {
            let (mut pool, mut runs) = (Pool::default(), [Run::default(); 3]);
            let mut expected = [const { Vec::new() }; 3];
            for (run, number, shift) in numbers {
                pool.varint(&mut runs[run], number >> shift);
                let mut writer = Writer::default();
                writer.varint(number >> shift);
                expected[run].extend_from_slice(&writer.bytes);
            }
            let mut read = vec![7];
            for (run, expected) in runs.into_iter().zip(expected) {
                pool.read(run, &mut read);
                prop_assert_eq!(&read, &expected);
                prop_assert_eq!(run.len(), expected.len());
            }
        }
    }
}
