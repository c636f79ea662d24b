//! The bytes of an XML file as clean UTF-8, a piece at a time, with the place of each.

use std::io::{self, BufRead, Read};

use encoding_rs::{CoderResult, Decoder, DecoderResult, Encoding, UTF_8, WINDOWS_1252};

use super::letters::{are_allowed, is_allowed};
use crate::place::Place;

/// How many bytes are taken from the source at a time.
const CHUNK: usize = 16 << 10;

/// How long a sequence of bytes that makes one character can be.
const TAIL: usize = 4;

/// How many bytes hold the declaration of the encoding.
const START: u64 = 1 << 10;

/// Bytes of source as UTF-8 without the control characters that XML does not allow
/// (<https://www.w3.org/TR/xml/#charsets>).
pub(crate) struct Input<R> {
    /// `None` where there is nothing more to come.
    source: Option<R>,
    decoder: Option<Decoder>,
    /// The last bytes of the piece that was decoded before.
    tail: Vec<u8>,
    /// Room for the bytes of the source, and for what they are as UTF-8, kept for the next piece.
    raw: Vec<u8>,
    decoded: String,
    /// Clean UTF-8, of which `taken` bytes are consumed.
    buffer: Vec<u8>,
    taken: usize,
    /// Where the byte at `taken` stands in the source.
    place: Place,
    after_return: bool,
    ended: bool,
    /// The bytes that may still be consumed before [`Input::allow`] is called again.
    allowance: usize,
    found: Vec<Found>,
    /// Flaws before an offset of the buffer.
    marked: Vec<(usize, Flaw, u32)>,
}

/// A flaw, how often it stands there in a row, and where.
pub(crate) type Found = (Flaw, u32, Place);

/// Something about the bytes that the reader of the file should know.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Flaw {
    /// A control character that was dropped.
    Control(char),
    /// A byte that is not UTF-8, read as windows-1252.
    Byte(u8),
    /// Bytes that the encoding of the file does not have.
    Undecodable(&'static str),
    /// The whole file is in another encoding.
    Encoding(&'static str),
}

impl<R: Read> Input<R> {
    pub(crate) fn new(source: R) -> Self {
        Self { source: Some(source), ..Self::empty() }
    }

    /// Nothing, to stand in for another.
    pub(crate) fn empty() -> Self {
        Self {
            source: None,
            decoder: None,
            tail: Vec::new(),
            raw: Vec::new(),
            decoded: String::new(),
            buffer: Vec::new(),
            taken: 0,
            place: Place::TOP,
            after_return: false,
            ended: false,
            allowance: usize::MAX,
            found: Vec::new(),
            marked: Vec::new(),
        }
    }

    /// Where the next byte stands.
    pub(crate) fn place(&self) -> Place {
        self.place
    }

    /// Allows so many bytes until the next call; reading more is an error of the kind
    /// [`io::ErrorKind::QuotaExceeded`].
    pub(crate) fn allow(&mut self, bytes: usize) {
        self.allowance = bytes;
    }

    /// What was noteworthy about the bytes consumed since the last call.
    pub(crate) fn flaws(&mut self) -> Vec<Found> {
        std::mem::take(&mut self.found)
    }

    /// Puts bytes back before the next one, which then stand at `place`.
    pub(crate) fn put_back(&mut self, bytes: &[u8], place: Place) {
        let rest = self.buffer.split_off(self.taken);
        for (offset, ..) in &mut self.marked {
            *offset = *offset - self.taken + bytes.len();
        }
        self.buffer.clear();
        self.buffer.extend_from_slice(bytes);
        self.buffer.extend_from_slice(&rest);
        (self.taken, self.place, self.after_return) = (0, place, false);
    }

    /// Reads and cleans the next bytes of the source.
    fn refill(&mut self) -> io::Result<()> {
        self.buffer.clear();
        self.taken = 0;
        let mut raw = std::mem::take(&mut self.raw);
        raw.resize(CHUNK, 0);
        while self.buffer.is_empty() && !self.ended {
            let Some(source) = &mut self.source else { break };
            let length = match source.read(&mut raw) {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                length => length?,
            };
            self.ended = length == 0;
            if self.decoder.is_none() {
                let mut piece = raw[..length].to_vec();
                self.begin(&mut piece)?;
                self.decode(&piece);
            } else {
                self.decode(&raw[..length]);
            }
        }
        self.raw = raw;
        Ok(())
    }

    /// Finds the encoding by the first bytes, of which more are read until they suffice.
    fn begin(&mut self, piece: &mut Vec<u8>) -> io::Result<()> {
        if let Some(source) = &mut self.source {
            source.take(START).read_to_end(piece)?;
        }
        let encoding = match Encoding::for_bom(piece) {
            Some((encoding, length)) => {
                piece.drain(..length);
                encoding
            }
            None => declared(piece).unwrap_or(UTF_8),
        };
        if encoding != UTF_8 {
            self.found.push((Flaw::Encoding(encoding.name()), 1, Place::TOP));
        }
        self.decoder = Some(encoding.new_decoder_without_bom_handling());
        Ok(())
    }

    fn decode(&mut self, piece: &[u8]) {
        let Some(mut decoder) = self.decoder.take() else { return };
        let is_utf_8 = decoder.encoding() == UTF_8;
        let mut out = std::mem::take(&mut self.decoded);
        let mut rest = piece;
        loop {
            let room = decoder.max_utf8_buffer_length_without_replacement(rest.len());
            out.reserve(room.unwrap_or(rest.len() * 3 + 16));
            let (result, read) =
                decoder.decode_to_string_without_replacement(rest, &mut out, self.ended);
            rest = &rest[read..];
            match result {
                DecoderResult::InputEmpty => break,
                DecoderResult::OutputFull => {}
                DecoderResult::Malformed(length, after) => {
                    let end = piece.len() - rest.len() - usize::from(after).min(read);
                    let bytes = self.last(&piece[..end], usize::from(length));
                    self.clean(&out);
                    out.clear();
                    if is_utf_8 {
                        self.latin(&bytes);
                    } else {
                        self.mark(Flaw::Undecodable(decoder.encoding().name()));
                        self.buffer.extend_from_slice("\u{fffd}".as_bytes());
                    }
                }
            }
        }
        self.clean(&out);
        out.clear();
        self.decoded = out;
        self.tail = self.last(piece, TAIL);
        self.decoder = Some(decoder);
    }

    /// The last bytes of what was decoded; a sequence may have begun in the piece before.
    fn last(&self, piece: &[u8], length: usize) -> Vec<u8> {
        let own = &piece[piece.len().saturating_sub(length)..];
        let before = &self.tail[self.tail.len().saturating_sub(length - own.len())..];
        [before, own].concat()
    }

    /// Bytes that are not UTF-8, as windows-1252 has them.
    fn latin(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.mark(Flaw::Byte(*byte));
            let mut letter = String::with_capacity(8);
            let mut decoder = WINDOWS_1252.new_decoder_without_bom_handling();
            let (result, _, _) = decoder.decode_to_string(&[*byte], &mut letter, true);
            debug_assert_eq!(result, CoderResult::InputEmpty);
            self.clean(&letter);
        }
    }

    /// Adds text to the buffer without what XML does not allow.
    fn clean(&mut self, text: &str) {
        if are_allowed(text) {
            return self.buffer.extend_from_slice(text.as_bytes());
        }
        let mut start = 0;
        for (offset, letter) in text.char_indices().filter(|(_, letter)| !is_allowed(*letter)) {
            self.buffer.extend_from_slice(&text.as_bytes()[start..offset]);
            start = offset + letter.len_utf8();
            self.mark(Flaw::Control(letter));
        }
        self.buffer.extend_from_slice(&text.as_bytes()[start..]);
    }

    /// Remembers a flaw, which is told with its place when the bytes around it are consumed.
    fn mark(&mut self, flaw: Flaw) {
        let here = self.buffer.len();
        match self.marked.last_mut() {
            Some((at, Flaw::Control(_), count))
                if *at == here && matches!(flaw, Flaw::Control(_)) =>
            {
                *count = count.saturating_add(1);
            }
            _ => self.marked.push((here, flaw, 1)),
        }
    }

    /// Moves the place over the characters that are missing before the next byte.
    fn pass_missing(&mut self) {
        let due = self.marked.partition_point(|(at, ..)| *at <= self.taken);
        for (_, flaw, count) in self.marked.drain(..due) {
            self.found.push((flaw, count, self.place));
            if matches!(flaw, Flaw::Control(_)) {
                self.place.column = self.place.column.saturating_add(count);
            }
        }
    }
}

/// The encoding that an XML declaration names.
fn declared(start: &[u8]) -> Option<&'static Encoding> {
    let start = start.trim_ascii_start().strip_prefix(b"<?xml")?;
    let end = start.windows(2).position(|pair| pair == b"?>")?;
    let declaration = std::str::from_utf8(&start[..end]).ok()?;
    let value = declaration.split_once("encoding")?.1.trim_start().strip_prefix('=')?.trim_start();
    let quote = value.chars().next().filter(|quote| matches!(quote, '"' | '\''))?;
    let label = value[1..].split(quote).next()?;
    // The declaration itself was read as ASCII, which no UTF-16 is.
    Encoding::for_label(label.as_bytes()).filter(|encoding| encoding.is_ascii_compatible())
}

impl<R: Read> Read for Input<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let available = self.fill_buf()?;
        let length = available.len().min(into.len());
        into[..length].copy_from_slice(&available[..length]);
        self.consume(length);
        Ok(length)
    }
}

impl<R: Read> BufRead for Input<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.taken == self.buffer.len() {
            self.pass_missing();
            self.refill()?;
        }
        let rest = &self.buffer[self.taken..];
        if self.allowance == 0 && !rest.is_empty() {
            return Err(io::ErrorKind::QuotaExceeded.into());
        }
        Ok(&rest[..rest.len().min(self.allowance)])
    }

    fn consume(&mut self, length: usize) {
        self.allowance -= length.min(self.allowance);
        let end = self.taken + length;
        if self.marked.is_empty() && !self.after_return {
            let passed = &self.buffer[self.taken..end];
            if !passed.contains(&b'\r') {
                self.place = self.place.after_bytes(passed);
                self.taken = end;
                return;
            }
        }
        while self.taken < end {
            if !self.marked.is_empty() {
                self.pass_missing();
            }
            let byte = self.buffer[self.taken];
            match byte {
                b'\n' if self.after_return => {}
                b'\n' | b'\r' => {
                    self.place.line = self.place.line.saturating_add(1);
                    self.place.column = 1;
                }
                // Only the first byte of a character counts.
                _ if byte & 0xc0 != 0x80 => {
                    self.place.column = self.place.column.saturating_add(1);
                }
                _ => {}
            }
            self.after_return = byte == b'\r';
            self.taken += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(bytes: &[u8]) -> (String, Vec<Found>) {
        let mut input = Input::new(bytes);
        let mut text = String::new();
        input.read_to_string(&mut text).unwrap();
        (text, input.flaws())
    }

    #[test]
    fn bytes_that_are_not_utf_8_are_kept_wherever_a_piece_ends() {
        // The first piece is followed by what is read to find the encoding.
        let first = CHUNK + usize::try_from(START).unwrap();
        for length in first - 4..first + 2 {
            let mut bytes = vec![b'a'; length];
            bytes.extend_from_slice(b"\xe2\x80b\xe2");
            let (text, found) = read(&bytes);
            assert_eq!(text, "a".repeat(length) + "\u{e2}\u{20ac}b\u{e2}");
            assert_eq!(found.len(), 3);
            assert_eq!(found[0].2.column as usize, length + 1);
        }
    }

    #[test]
    fn control_characters_are_dropped_with_their_place() {
        let (text, found) = read(b"a\x00\x01b\n\x1cc\td\x08");
        assert_eq!(text, "ab\nc\td");
        let places: Vec<_> =
            found.iter().map(|(_, count, place)| (*count, place.line, place.column)).collect();
        assert_eq!(places, [(2, 1, 2), (1, 2, 1), (1, 2, 5)]);
    }

    #[test]
    fn the_declared_encoding_counts() {
        let declared = |label: &str| format!("<?xml version='1.0' encoding='{label}'?>\u{1}");
        let bytes = [declared("windows-1252").as_bytes(), b"\x93"].concat();
        assert!(read(&bytes).0.ends_with('\u{201c}'));
        // Its own declaration could not be read if this were true.
        let bytes = declared("utf-16").into_bytes();
        assert!(read(&bytes).0.starts_with("<?xml"));
        assert_eq!(read(b"\xff\xfea\0\xe9\0").0, "aé");
        assert_eq!(read(b"\xef\xbb\xbfa").0, "a");
    }
}
