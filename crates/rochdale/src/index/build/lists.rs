//! From gathered words to dictionaries and lists.

use super::pool::Pool;
use super::texts::{Stream, Texts};
use crate::index::dictionary::DictionaryWriter;
use crate::index::postings::{Head, ListWriter, Pair, Places, Posting};
use crate::index::schema::{KindRange, Lengths, TextField};
use crate::index::set::Number;
use crate::query::{Scorer, Scoring, length_byte};
use crate::store::Writer;
use crate::work::Work;

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

/// How many bytes of streams are made into lists in one part of the work.
const PART: usize = 256 << 10;

/// A word in entries: where it stands in each.
#[derive(Default)]
struct Gathered {
    numbers: Vec<Number>,
    places: Places,
    /// Room for the bytes of a stream.
    room: Vec<u8>,
}

impl Gathered {
    /// Takes the places of words that count as one.
    fn gather(&mut self, streams: &[&Stream], pool: &Pool) {
        let Self { numbers, places, room } = self;
        numbers.clear();
        places.clear();
        for stream in streams {
            stream.visit(pool, room, |number, positions| {
                numbers.push(number);
                places.push(positions);
            });
        }
        if streams.len() > 1 {
            self.merge();
        }
    }

    fn merge(&mut self) {
        let all = std::mem::take(self);
        let mut order: Vec<usize> = (0..all.numbers.len()).collect();
        order.sort_by_key(|place| all.numbers[*place]);
        let mut positions: Vec<u32> = Vec::new();
        for group in order.chunk_by(|one, other| all.numbers[*one] == all.numbers[*other]) {
            self.numbers.push(all.numbers[group[0]]);
            if let [only] = group {
                self.places.push(all.places.get(*only));
                continue;
            }
            positions.clear();
            for place in group {
                positions.extend_from_slice(all.places.get(*place));
            }
            positions.sort_unstable();
            // Two forms of a word at one place are one word.
            positions.dedup();
            self.places.push(&positions);
        }
    }
}

/// What lists are made with.
struct Maker<'t> {
    work: Work,
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
}

/// Words with one stem, or of one spelling.
type Group<'s> = Vec<&'s Stream>;

/// The lists of some groups.
#[derive(Default)]
struct Made {
    out: ListWriter,
    /// For each group the list of whole entries, and that of each text.
    heads: Vec<(Head, Vec<(usize, Head)>)>,
}

/// The groups in parts, each with about as much to do.
fn parts<'s>(groups: impl Iterator<Item = Group<'s>>) -> impl Iterator<Item = Vec<Group<'s>>> {
    let mut groups = groups.peekable();
    std::iter::from_fn(move || {
        groups.peek()?;
        let mut size = 0;
        let mut part = Vec::new();
        while size < PART {
            let Some(group) = groups.next() else { break };
            size += 64 + group.iter().map(|stream| stream.size()).sum::<usize>();
            part.push(group);
        }
        Some(part)
    })
}

/// Makes the sections of the words.
pub(super) fn write(
    mut texts: Texts,
    kinds: &[KindRange],
    scoring: &Scoring,
    work: Work,
    progress: &mut dyn FnMut(usize, usize),
) -> Words {
    let ranks = texts.words.ranks();
    let mut streams = std::mem::take(&mut texts.streams);
    streams.sort_unstable_by_key(|it| (ranks[it.stem as usize], ranks[it.written as usize]));
    let mut lengths = Writer::default();
    let maker = Maker::new(&texts, kinds, (scoring, work), &mut lengths);
    let mut out = ListWriter::default();
    let (stems, ordinals) = maker.stems(&streams, &mut out, progress);
    let dictionary = maker.words(&ranks, &streams, &ordinals, &mut out);
    let Maker { fields, .. } = maker;
    Words {
        stems,
        words: dictionary,
        lists: out.lists.bytes,
        positions: out.positions.bytes,
        lengths: lengths.bytes,
        spans: spans(&texts),
        composite: composite(&texts),
        texts: fields,
    }
}

/// The lengths of whole entries.
fn composite(texts: &Texts) -> Lengths {
    Lengths {
        total: texts.lengths.iter().map(|length| u64::from(*length)).sum(),
        entries: texts.lengths.iter().filter(|length| **length > 0).count() as u64,
        numbers: 0..texts.lengths.len() as Number,
        start: 0,
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

impl<'t> Maker<'t> {
    fn new(
        texts: &'t Texts,
        kinds: &'t [KindRange],
        (scoring, work): (&Scoring, Work),
        lengths: &mut Writer,
    ) -> Self {
        let bytes = texts.length_bytes();
        lengths.bytes.extend_from_slice(&bytes);
        let (fields, field_bytes): (Vec<TextField>, _) =
            texts.texts.iter().map(|text| text_field(text, lengths)).unzip();
        let scorer = |lengths: &Lengths| scoring.scorer(lengths.total, lengths.entries);
        Self {
            work,
            weights: (0..kinds.len()).map(|kind| texts.weights(kind)).collect(),
            texts,
            kinds,
            bytes,
            scorer: scorer(&composite(texts)),
            scorers: fields.iter().map(|field| scorer(&field.lengths)).collect(),
            fields,
            field_bytes,
        }
    }

    /// The lists of words: of whole entries and, where it is asked for, of each text that has them.
    fn lists(&self, groups: &[Group<'_>], scoped: bool) -> Made {
        let (mut made, mut gathered) = (Made::default(), Gathered::default());
        let mut lists = Lists::new(self.fields.len());
        for group in groups {
            gathered.gather(group, &self.texts.pool);
            self.fill(&gathered, scoped, &mut lists);
            let head = made.out.push(&lists.whole, Some(&gathered.places), &self.scorer);
            let mut own = Vec::new();
            for (text, list) in lists.texts.iter().enumerate().filter(|(_, it)| !it.is_empty()) {
                own.push((text, made.out.push(list, None, &self.scorers[text])));
            }
            made.heads.push((head, own));
        }
        made
    }

    /// The dictionary of stems, and for each stream the ordinal of its stem, and whether its list is
    /// that of the stem.
    fn stems(
        &self,
        streams: &[Stream],
        out: &mut ListWriter,
        progress: &mut dyn FnMut(usize, usize),
    ) -> (Vec<u8>, Vec<(u32, bool)>) {
        let mut uses = vec![0_u32; self.texts.words.len()];
        for stream in streams {
            uses[stream.written as usize] += 1;
        }
        let mut stems = DictionaryWriter::default();
        let mut ordinals: Vec<(u32, bool)> = Vec::with_capacity(streams.len());
        let runs = || streams.chunk_by(|one, other| one.stem == other.stem);
        let groups = runs().map(|run| run.iter().collect());
        let mut runs = runs();
        for part in self.work.in_order(parts(groups), |part| self.lists(&part, true)) {
            let before = out.append(&part.out);
            for ((whole, scoped), run) in part.heads.into_iter().zip(&mut runs) {
                let alone = run.len() == 1 && uses[run[0].written as usize] == 1;
                ordinals.extend(run.iter().map(|_| (stems.len(), alone)));
                let beside = run.iter().any(|stream| self.texts.beside[stream.written as usize]);
                let mut head = Writer::default();
                head.u8(u8::from(beside));
                head.varint(scoped.len() as u64);
                whole.write(&before, &mut head);
                for (text, own) in scoped {
                    head.varint(text as u64);
                    own.write(&before, &mut head);
                }
                stems.push(self.texts.words.word(run[0].stem), &head.bytes);
            }
            progress(ordinals.len(), streams.len());
        }
        (stems.finish(), ordinals)
    }

    /// Counts a word in whole entries and, where it is asked for, in each text that has lists.
    fn fill(&self, gathered: &Gathered, scoped: bool, lists: &mut Lists) {
        lists.clear();
        for (entry, number) in gathered.numbers.iter().enumerate() {
            let kind = self.kinds.partition_point(|kind| kind.numbers.end <= *number);
            let mut weighted = 0;
            self.each_text(*number, gathered.places.get(entry), |text, frequency| {
                weighted += frequency * self.weights[kind][text];
                let field = &self.fields[text];
                if !scoped || !field.scoped {
                    return;
                }
                let postings = &mut lists.texts[text];
                match postings.last_mut() {
                    // A text that stands twice in an entry has its counts in two parts.
                    Some(last) if last.number == *number => last.pair.frequency += frequency,
                    _ => {
                        let start = field.lengths.numbers.start;
                        let length = self.field_bytes[text][(*number - start) as usize];
                        let pair = Pair { frequency, length };
                        postings.push(Posting { number: *number, pair });
                    }
                }
            });
            let pair = Pair { frequency: weighted, length: self.bytes[*number as usize] };
            lists.whole.push(Posting { number: *number, pair });
        }
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
        &self,
        ranks: &[u32],
        streams: &[Stream],
        ordinals: &[(u32, bool)],
        out: &mut ListWriter,
    ) -> Vec<u8> {
        let mut order: Vec<usize> = (0..streams.len()).collect();
        order.sort_unstable_by_key(|place| (ranks[streams[*place].written as usize], *place));
        let written = |place: &usize| streams[*place].written;
        let runs = || order.chunk_by(|one, other| written(one) == written(other));
        let own = runs().filter(|run| !ordinals[run[0]].1);
        let own = own.map(|run| run.iter().map(|place| &streams[*place]).collect());
        let mut made =
            self.work.in_order(parts(own), |part| self.lists(&part, false)).flat_map(|part| {
                let before = out.append(&part.out);
                part.heads.into_iter().map(move |(head, _)| {
                    let mut bytes = Writer::default();
                    head.write(&before, &mut bytes);
                    bytes.bytes
                })
            });
        let mut dictionary = DictionaryWriter::default();
        for run in runs() {
            let mut head = Writer::default();
            let alone = ordinals[run[0]].1;
            let word = written(&run[0]);
            let beside = u64::from(self.texts.beside[word as usize]);
            head.varint((run.len() as u64) << 2 | beside << 1 | u64::from(!alone));
            for place in run {
                head.varint(u64::from(ordinals[*place].0));
            }
            if !alone {
                head.bytes.extend(made.next().unwrap_or_default());
            }
            dictionary.push(self.texts.words.word(word), &head.bytes);
        }
        dictionary.finish()
    }
}

/// A word in entries, counted: in whole ones, and by text.
struct Lists {
    whole: Vec<Posting>,
    texts: Vec<Vec<Posting>>,
}

impl Lists {
    fn new(texts: usize) -> Self {
        Self { whole: Vec::new(), texts: vec![Vec::new(); texts] }
    }

    fn clear(&mut self) {
        self.whole.clear();
        self.texts.iter_mut().for_each(Vec::clear);
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
