
/** What every error of this package is. */
export interface RochdaleError extends Error {
  name: "RochdaleError";
  /** The sort of error, the same in every language. */
  code: string;
  /** Where in the text that was given it is, in bytes of UTF-8. */
  offset?: number;
  /** Where in the value that was given it is, as a JSON pointer. */
  pointer?: string;
}

/** One thing that was wrong with data. */
export interface Issue {
  /** What sort of issue it is. */
  code: string;
  /** How bad it is. */
  severity: "note" | "warning" | "error";
  /** What was wrong, in one line. */
  message: string;
  /** What to do about it, where that is known. */
  help?: string;
  /** The file, relative to what was opened. */
  path?: string;
  /** The line in the file, from 1. */
  line?: number;
  /** The column in the line, from 1, in characters. */
  column?: number;
  /** The entry, as `kind:id`. */
  entry?: string;
  /** The JSON pointer to the value inside the entry. */
  pointer?: string;
}

/** What reading and building a library found. */
export interface Report {
  /** How many entries of each kind there are. */
  counts: { [K in Kind]?: number };
  /** What was wrong, in the order of the sources. */
  issues: Issue[];
  /** What was read but not carried over, by name, and how often. */
  not_carried: { [name: string]: number };
}

/** What a library answers to a query. */
export interface Answer {
  /** How many entries meet the query, on this page or not, where that was asked. */
  total?: number;
  /** Given where the total is the number up to which was counted. */
  total_is?: "at_least";
  /** The entries of the page, in order. */
  entries: Entry[];
  /** How well each entry of the page fits, where words were searched. */
  scores?: (number | null)[];
  /** The words that were asked for in each entry of the page, the best text first. */
  highlights?: Highlight[][];
  /** The facets, by name. */
  facets?: { [name: string]: FacetCounts };
  /** What may not have been meant. */
  warnings?: Issue[];
  /** What may have been meant by words that no entry has, where something is near. */
  suggestions?: Suggestions;
  /** Where the next page begins, where there is one. */
  cursor?: string;
}

/** Words of a query that a library does not hold, and what may have been meant. */
export interface Suggestions {
  /** The words to which others are near, in the order of the query. */
  words: Suggestion[];
  /** The text of the query with the nearest word in place of each, from its first page on. */
  query: string;
}

/** A word of a query that a library does not hold. */
export interface Suggestion {
  /** The word as it stands in the query. */
  word: string;
  /** Where it stands: the byte in the text of the query, or the pointer to the value. */
  at: number | string;
  /** The nearest words that the library holds, the best first. */
  near: string[];
}

/** A piece of a text with the words that were asked for. */
export interface Highlight {
  /** The path of the field. */
  field: string;
  /** The parts, which together are the piece; `hit` says which were asked for. */
  parts: { text: string; hit: boolean }[];
}

/** How many entries have which value of a field. */
export interface FacetCounts {
  /** The most frequent values; dates by period in order of time. */
  values: FacetValue[];
  /** How many entries have no value. */
  missing: number;
  /** How many values, counted per entry, are not among those given. */
  other: number;
  /** How many dates are too imprecise for the period; absent where none is asked for. */
  imprecise?: number;
}

/** A value of a facet. */
export interface FacetValue {
  /** The value; of a reference the id, of a period its name. */
  value: string;
  /** The title or name of the entry that the value refers to. */
  label?: string;
  /** How many entries have it. */
  count: number;
  /** The values of another field in these entries. */
  of?: Summary;
}

/** The values of a field, summed up. */
export interface Summary {
  /** How many there are. */
  count: number;
  /** The least of them. */
  least?: string | number;
  /** The greatest of them. */
  greatest?: string | number;
  /** Their sum, of numbers. */
  sum?: number;
  /** Their mean, of numbers. */
  mean?: number;
}

/** How a question was answered. */
export interface Explanation {
  /** The way to the entries of the page. */
  way: string;
  /** The conditions, in the order of the query. */
  condition: Condition;
  /** For each entry of the page how its score comes about; absent where no words are searched. */
  scores?: ScorePart[];
}

/** A condition of a query, as it was looked up. */
export interface Condition {
  /** What is asked, such as `all of` or `words pension`. */
  what: string;
  /** About how many entries it leads to; those that have to be read count a thousand times. */
  cost: number;
  /** The conditions that it is made of. */
  conditions?: Condition[];
}

/** What a condition adds to the score of an entry. */
export interface ScorePart {
  /** What is asked. */
  what: string;
  /** How much it adds. */
  score: number;
  /** What that is made of: the score is their sum. */
  parts?: ScorePart[];
}

/** An entry that another one refers to, or that refers to it. */
export interface Related {
  /** The other entry. */
  reference: string;
  /** Its title or name. */
  title: string;
  /** What the relation is called from here: `authors`, or `articles` the other way. */
  relation: string;
  /** Which of the two refers to the other. */
  direction: "forward" | "backward";
  /** The field that holds the reference. */
  field: string;
}

/** Dated facts in the order of time. */
export interface Timeline {
  /** The facts: by date, then by the entry that states them, then by field. */
  facts: Fact[];
  /** How many more facts there are that no source dates. */
  undated: number;
}

/** Something that happened, and when. */
export interface Fact {
  /** When it happened, as exactly as the source says. */
  when: EdtfDate;
  /** The entry that states it. */
  reference: string;
  /** The title or name of that entry. */
  title: string;
  /** The field that holds the date. */
  field: string;
  /** The JSON pointer to the date inside the entry. */
  pointer: string;
  /** What happened, in a line. */
  label: string;
  /** How the entry relates to the one asked about; absent where it is that entry. */
  relations?: string[];
}

/** A person or an organisation, gathered from wherever the library names it. */
export interface KnownParty {
  /** What to call it: the name of its entry, or else the name printed most often. */
  name: string;
  /** Every name as printed, in the order of the alphabet. */
  names: string[];
  /** Every honorific as printed. */
  honorifics?: string[];
  /** The author or mutual entity that it is. */
  entry?: string;
  /** Whether something was put together because of a name alone: two of one name may be two. */
  by_name: boolean;
  /** Where it appears, in entry order. */
  appearances: Appearance[];
}

/** Where a person or an organisation appears. */
export interface Appearance {
  /** The entry. */
  reference: string;
  /** The title or name of the entry. */
  title: string;
  /** The field, as in `speakers.person`. */
  field: string;
  /** The role there, as printed. */
  role?: string;
  /** The standing there, of a speaker. */
  standing?: string;
  /** The date beside it, or else the date of an entry that has one. */
  date?: EdtfDate;
  /** The JSON pointer inside the entry. */
  pointer: string;
  /** Whether only the name says who it is. */
  by_name: boolean;
}

/** Something that held at a time, and whether it definitely did. */
export interface Held<T> {
  /** What held. */
  value: T;
  /** Whether it definitely did. */
  certainty: "possible" | "definite";
}

/** A mutual entity as it was at a time. */
export interface MutualView {
  /** The mutual entity. */
  reference: string;
  /** The time asked for. */
  date: EdtfDate;
  /** The names in use. */
  names: Held<string>[];
  /** The last step taken by then, or several where the dates leave it open. */
  stages: Held<Stage>[];
  /** The stakes held. */
  stakes: Held<Stake>[];
  /** How many steps have no date and so appear in no view. */
  undated_stages: number;
}

/** The parameters of the order by relevance. */
export interface Scoring {
  /** How slowly more of a word counts less and less. */
  k1: number;
  /** How much length counts against an entry, from 0 to 1. */
  b: number;
  /** How often each word of a field counts in a search of whole entries, by the path of the field. */
  weights: { [path: string]: number };
}

/** What a snapshot says of itself. */
export interface SnapshotInfo {
  /** The version of its layout. */
  version: number;
  /** How many bytes it has. */
  bytes: number;
  /** How many entries there are of each kind that has any. */
  counts: { [kind: string]: number };
  /** The text analysis that its words were read by. */
  analyser: { name: string; version: number };
  /** The parameters of the order by relevance. */
  scoring: Scoring;
  /** Its sections, in the order of the file. */
  sections: { name: string; segment: number; offset: number; length: number }[];
}
