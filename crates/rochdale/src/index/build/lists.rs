//! From gathered words to dictionaries and lists.

use super::texts::{Stream, Texts};
use crate::index::dictionary::DictionaryWriter;
use crate::index::postings::{ListWriter, Pair, Posting};
use crate::index::schema::{KindRange, Lengths, TextField};
use crate::index::set::Number;
use crate::query::{Scorer, Scoring, length_byte};
use crate::store::Writer;

/// The sections of the words.
pub(super) struct Words {
    pub(super) stems: Vec<u8>,
    pub(super) words: Vec<u8>,
    pub(super) lists: Vec<u8>,
    pub(super) positions: Vec<u8>,
    pub(super) lengths: Vec<u8>,
    pub(super) spans: Vec<u8>,
    pub(super) composite: Lengths,
    pub(super) texts: Vec<TextField>,
}

/// A word in entries: where it stands in each.
#[derive(Default)]
struct Gathered {
    numbers: Vec<Number>,
    positions: Vec<Vec<u32>>,
}

impl Gathered {
    /// The places of words that count as one.
    fn of(streams: &[&Stream]) -> Self {
        let mut out = Self::default();
        for stream in streams {
            stream.visit(|number, positions| {
                out.numbers.push(number);
                out.positions.push(positions.to_vec());
            });
        }
        if streams.len() > 1 { out.merged() } else { out }
    }

    fn merged(self) -> Self {
        let mut order: Vec<usize> = (0..self.numbers.len()).collect();
        order.sort_by_key(|place| self.numbers[*place]);
        let Self { numbers, mut positions } = self;
        let mut out = Self::default();
        for place in order {
            let (number, own) = (numbers[place], std::mem::take(&mut positions[place]));
            if out.numbers.last() == Some(&number) {
                if let Some(last) = out.positions.last_mut() {
                    last.extend(own);
                }
            } else {
                out.numbers.push(number);
                out.positions.push(own);
            }
        }
        for positions in &mut out.positions {
            positions.sort_unstable();
            // Two forms of a word at one place are one word.
            positions.dedup();
        }
        out
    }
}

/// What lists are made with.
struct Maker<'t> {
    texts: &'t Texts,
    kinds: &'t [KindRange],
    /// By kind, then by text.
    weights: Vec<Vec<u32>>,
    bytes: Vec<u8>,
    fields: Vec<TextField>,
    /// By text, the bytes of the lengths by entry.
    field_bytes: Vec<Vec<u8>>,
    /// What ranks the pairs of whole entries, and of each text.
    scorer: Scorer,
    scorers: Vec<Scorer>,
    out: ListWriter,
}

/// Makes the sections of the words.
pub(super) fn write(
    mut texts: Texts,
    kinds: &[KindRange],
    scoring: Scoring,
    progress: &mut dyn FnMut(usize, usize),
) -> Words {
    let mut streams = std::mem::take(&mut texts.streams);
    let words = std::mem::take(&mut texts.words);
    let beside = std::mem::take(&mut texts.beside);
    streams.sort_unstable_by(|one, other| {
        let key = |stream: &Stream| (stream.stem, stream.written);
        let text = |(stem, written): (u32, u32)| (&words[stem as usize], &words[written as usize]);
        text(key(one)).cmp(&text(key(other)))
    });
    let mut lengths = Writer::default();
    let bytes = texts.length_bytes();
    let composite = Lengths {
        total: texts.lengths.iter().map(|length| u64::from(*length)).sum(),
        entries: texts.lengths.iter().filter(|length| **length > 0).count() as u64,
        numbers: 0..texts.lengths.len() as Number,
        start: 0,
    };
    lengths.bytes.extend_from_slice(&bytes);
    let (fields, field_bytes): (Vec<TextField>, _) =
        texts.texts.iter().map(|text| text_field(text, &mut lengths)).unzip();
    let scorer = |lengths: &Lengths| scoring.scorer(lengths.total, lengths.entries);
    let mut maker = Maker {
        weights: (0..kinds.len()).map(|kind| texts.weights(kind)).collect(),
        texts: &texts,
        kinds,
        bytes,
        scorer: scorer(&composite),
        scorers: fields.iter().map(|field| scorer(&field.lengths)).collect(),
        fields,
        field_bytes,
        out: ListWriter::default(),
    };
    let mut uses = vec![0_u32; words.len()];
    for stream in &streams {
        uses[stream.written as usize] += 1;
    }
    let mut stems = DictionaryWriter::default();
    // By stream, the ordinal of its stem, and whether its list is that of the stem.
    let mut ordinals: Vec<(u32, bool)> = Vec::with_capacity(streams.len());
    for (ordinal, group) in (0..).zip(streams.chunk_by(|one, other| one.stem == other.stem)) {
        let stem = &words[group[0].stem as usize];
        let alone = group.len() == 1 && uses[group[0].written as usize] == 1;
        ordinals.extend(group.iter().map(|_| (ordinal, alone)));
        let mut head = Writer::default();
        head.u8(u8::from(group.iter().any(|stream| beside[stream.written as usize])));
        maker.stem(&Gathered::of(&group.iter().collect::<Vec<_>>()), &mut head);
        stems.push(stem.as_bytes(), &head.bytes);
        if ordinal % 1024 == 0 {
            progress(ordinals.len(), streams.len());
        }
    }
    let dictionary = maker.words(&words, &beside, &streams, &ordinals);
    let spans = spans(&texts);
    let Maker { out: ListWriter { lists, positions }, fields, .. } = maker;
    Words {
        stems: stems.finish(),
        words: dictionary,
        lists: lists.bytes,
        positions: positions.bytes,
        lengths: lengths.bytes,
        spans,
        composite,
        texts: fields,
    }
}

/// The description of a text, and the byte for the length of each entry from its first on.
fn text_field(text: &super::texts::Text, lengths: &mut Writer) -> (TextField, Vec<u8>) {
    let first = text.lengths.first().map_or(0, |(number, _)| *number);
    let end = text.lengths.last().map_or(0, |(number, _)| number + 1);
    let mut bytes = vec![0; (end - first) as usize];
    for (number, length) in &text.lengths {
        bytes[(number - first) as usize] = length_byte(*length);
    }
    let own = Lengths {
        total: text.lengths.iter().map(|(_, length)| u64::from(*length)).sum(),
        entries: text.lengths.len() as u64,
        numbers: first..end,
        start: lengths.len(),
    };
    lengths.bytes.extend_from_slice(&bytes);
    let kinds = text.kinds.clone();
    let path = text.path.clone();
    (TextField { path, kinds, scoped: text.scoped, lengths: own }, bytes)
}

impl Maker<'_> {
    /// Adds the lists of a stem: of whole entries, then of each text that has it.
    fn stem(&mut self, gathered: &Gathered, head: &mut Writer) {
        let mut scoped: Vec<(usize, Vec<Posting>)> = Vec::new();
        for (number, positions) in gathered.numbers.iter().zip(&gathered.positions) {
            self.each_text(*number, positions, |text, count| {
                if !self.fields[text].scoped {
                    return;
                }
                let start = self.fields[text].lengths.numbers.start;
                let length = self.field_bytes[text][(*number - start) as usize];
                let pair = Pair { frequency: count, length };
                let posting = Posting { number: *number, pair };
                match scoped.iter_mut().find(|(other, _)| *other == text) {
                    Some((_, list)) => list.push(posting),
                    None => scoped.push((text, vec![posting])),
                }
            });
        }
        scoped.sort_unstable_by_key(|(text, _)| *text);
        head.varint(scoped.len() as u64);
        self.composite(gathered, head);
        for (text, mut list) in scoped {
            // A text that stands twice in an entry has its counts in two parts.
            list.dedup_by(|next, kept| {
                let same = next.number == kept.number;
                if same {
                    kept.pair.frequency += next.pair.frequency;
                }
                same
            });
            head.varint(text as u64);
            let scorer = &self.scorers[text];
            let score = |pair: Pair| scorer.score(1.0, pair.frequency, pair.length);
            self.out.push(&list, None, &score, head);
        }
    }

    /// Adds the list of a word in whole entries, with its positions.
    fn composite(&mut self, gathered: &Gathered, head: &mut Writer) {
        let mut postings = Vec::with_capacity(gathered.numbers.len());
        for (number, positions) in gathered.numbers.iter().zip(&gathered.positions) {
            let kind = self.kinds.partition_point(|kind| kind.numbers.end <= *number);
            let mut frequency = 0;
            self.each_text(*number, positions, |text, count| {
                frequency += count * self.weights[kind][text];
            });
            let length = self.bytes[*number as usize];
            postings.push(Posting { number: *number, pair: Pair { frequency, length } });
        }
        let scorer = &self.scorer;
        let score = |pair: Pair| scorer.score(1.0, pair.frequency, pair.length);
        self.out.push(&postings, Some(&gathered.positions), &score, head);
    }

    /// Visits each text that the positions fall into, with how many do.
    fn each_text(&self, number: Number, positions: &[u32], mut visit: impl FnMut(usize, u32)) {
        let spans = self.texts.spans_of(number);
        let (mut span, mut at) = (0, 0);
        while at < positions.len() {
            span += spans[span + 1..].partition_point(|next| next.start <= positions[at]);
            let end = spans.get(span + 1).map_or(u32::MAX, |next| next.start);
            let count = positions[at..].iter().take_while(|position| **position < end).count();
            visit(spans[span].text as usize, count as u32);
            at += count;
        }
    }

    /// The dictionary of words as written: their stems, and their own lists where a stem has
    /// several words or a word several stems.
    fn words(
        &mut self,
        words: &[Box<str>],
        beside: &[bool],
        streams: &[Stream],
        ordinals: &[(u32, bool)],
    ) -> Vec<u8> {
        let mut order: Vec<usize> = (0..streams.len()).collect();
        order.sort_unstable_by_key(|place| (&words[streams[*place].written as usize], *place));
        let mut dictionary = DictionaryWriter::default();
        let written = |place: &usize| streams[*place].written;
        for group in order.chunk_by(|one, other| written(one) == written(other)) {
            let mut head = Writer::default();
            let alone = ordinals[group[0]].1;
            let beside = u64::from(beside[written(&group[0]) as usize]);
            head.varint((group.len() as u64) << 2 | beside << 1 | u64::from(!alone));
            for place in group {
                head.varint(u64::from(ordinals[*place].0));
            }
            if !alone {
                let own: Vec<&Stream> = group.iter().map(|place| &streams[*place]).collect();
                self.composite(&Gathered::of(&own), &mut head);
            }
            dictionary.push(words[written(&group[0]) as usize].as_bytes(), &head.bytes);
        }
        dictionary.finish()
    }
}

/// For each entry the texts that its positions run through, and how many each has.
fn spans(texts: &Texts) -> Vec<u8> {
    let mut starts = Writer::default();
    let mut data = Writer::default();
    for number in 0..texts.lengths.len() {
        starts.u32(u32::try_from(data.len()).expect("the spans are below 4 GiB"));
        for span in texts.spans_of(number as Number) {
            data.varint(u64::from(span.text));
            data.varint(u64::from(span.length));
        }
    }
    starts.u32(u32::try_from(data.len()).expect("the spans are below 4 GiB"));
    starts.bytes.extend_from_slice(&data.bytes);
    starts.bytes
}
