//! The operators: one row each, read by the parser, the checker, the schema, the docs and the tests.

use crate::field::FieldType;

/// How the value of a field is tested.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Operator {
    /// Equal; in prose the words as a phrase; in dates the same time.
    Is,
    /// Equal to any of the values.
    Any,
    /// Each of the values is among those of the field.
    All,
    /// Equal to none of the values.
    None,
    /// Begins so; in prose a word that begins so.
    Prefix,
    /// A word with at most so many slips of the finger.
    Typo,
    /// A word that is being typed: whole, begun, or begun with at most so many slips.
    Typing,
    /// The words in any order, with at most so many others between.
    Near,
    /// Before the value.
    Before,
    /// Not after the value.
    OnOrBefore,
    /// Not before the value.
    OnOrAfter,
    /// After the value.
    After,
    /// Between two values, both included.
    Between,
    /// In the time of the value.
    During,
    /// This entry or one below it in its tree.
    Within,
    /// The field holds nothing.
    Missing,
    /// Shares words with this entry, those that few others have.
    Like,
}

/// What an operator is called and takes.
#[derive(Debug)]
#[non_exhaustive]
pub struct OperatorInfo {
    /// The name in JSON, and in text as `field:name(…)`.
    pub name: &'static str,
    /// The sign in text before a value, where there is one.
    pub sign: Option<&'static str>,
    /// How many values it takes.
    pub values: Arity,
    /// The name of the number beside the values, and its greatest value.
    pub slack: Option<(&'static str, u32)>,
    /// An example in text.
    pub example: &'static str,
    /// What it means, as one line.
    pub doc: &'static str,
}

/// How many values an operator takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Arity {
    /// None.
    Zero,
    /// One.
    One,
    /// Two.
    Two,
    /// Any number.
    Many,
}

impl Arity {
    /// Whether so many values are right.
    pub const fn fits(self, count: usize) -> bool {
        match self {
            Self::Zero => count == 0,
            Self::One => count == 1,
            Self::Two => count == 2,
            Self::Many => true,
        }
    }
}

impl Operator {
    /// Every operator.
    pub const ALL: &'static [Self] = &[
        Self::Is,
        Self::Any,
        Self::All,
        Self::None,
        Self::Prefix,
        Self::Typo,
        Self::Typing,
        Self::Near,
        Self::Before,
        Self::OnOrBefore,
        Self::OnOrAfter,
        Self::After,
        Self::Between,
        Self::During,
        Self::Within,
        Self::Missing,
        Self::Like,
    ];

    /// The row of this operator.
    #[rustfmt::skip]
    pub const fn info(self) -> OperatorInfo {
        use Arity::{Many, One, Two, Zero};
        match self {
            Self::Is => row("is", None, One, None, r#"author:"Tony Collins""#,
                "Equal, without regard to case and accents; in prose the words as a phrase; in dates some time in common."),
            Self::Any => row("any", None, Many, None, "legal_form:(co_operative_society OR credit_union)",
                "Equal to at least one of the values."),
            Self::All => row("all", None, Many, None, "tags:all(pensions, mutuals)",
                "Each of the values is equal to one that the field holds."),
            Self::None => row("none", None, Many, None, "tags:none(draft, test)",
                "Equal to none of the values."),
            Self::Prefix => row("prefix", None, One, None, "pension*",
                "Begins with the value; in prose a word that begins with it."),
            Self::Typo => row("typo", None, One, Some(("distance", 2)), "mutualistion~1",
                "A word that differs by at most so many insertions, deletions, replacements or exchanges of neighbours."),
            Self::Typing => row("typing", None, One, Some(("distance", 2)), "mutualis*~1",
                "A word that is being typed: first where it stands as written, then in another form, then begun, then begun with at most so many slips."),
            Self::Near => row("near", None, One, Some(("slop", 10_000)), r#""staff stake"~4"#,
                "The words in any order, with at most so many other words between them."),
            Self::Before => row("before", Some("<"), One, None, "published:<2011-05",
                "Before the value; a date before its start."),
            Self::OnOrBefore => row("on_or_before", Some("<="), One, None, "published:<=2011-05",
                "Not after the value; a date not after its end."),
            Self::OnOrAfter => row("on_or_after", Some(">="), One, None, "starts:>=2011-05",
                "Not before the value; a date not before its start."),
            Self::After => row("after", Some(">"), One, None, "starts:>2011-05",
                "After the value; a date after its end."),
            Self::Between => row("between", None, Two, None, "published:2011-04..2011-07",
                "From the first value to the second, both included."),
            Self::During => row("during", None, One, None, "published:definite(during(2011-04/2011-07))",
                "In the time of the value: possibly, or with `definite` certainly."),
            Self::Within => row("within", None, One, None, "category:within(public-services)",
                "The entry named, or one below it in its tree."),
            Self::Missing => row("missing", None, Zero, None, "missing:published",
                "The field holds nothing."),
            Self::Like => row("like", None, One, None, "like:article:first-major-mutualisation",
                "Shares words with the entry named, which is left out: at most 25 that few others have, weighed by their rarity."),
        }
    }

    /// The operator of this name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|op| op.info().name == name)
    }

    /// Whether the operator can test fields of this type.
    pub fn accepts(self, ty: FieldType) -> bool {
        let text = matches!(ty, FieldType::Text);
        let ordered = matches!(ty, FieldType::Date | FieldType::Number);
        match self {
            Self::Is | Self::Any | Self::All | Self::None => !matches!(ty, FieldType::Extra),
            Self::Missing => true,
            Self::Like => false,
            Self::Prefix => {
                text || matches!(
                    ty,
                    FieldType::Keyword | FieldType::Choice(_) | FieldType::Reference(_)
                )
            }
            Self::Typo | Self::Typing | Self::Near => text,
            Self::Before | Self::OnOrBefore | Self::OnOrAfter | Self::After | Self::Between => {
                ordered
            }
            Self::During => matches!(ty, FieldType::Date),
            Self::Within => matches!(ty, FieldType::Reference(_)),
        }
    }
}

const fn row(
    name: &'static str,
    sign: Option<&'static str>,
    values: Arity,
    slack: Option<(&'static str, u32)>,
    example: &'static str,
    doc: &'static str,
) -> OperatorInfo {
    OperatorInfo { name, sign, values, slack, example, doc }
}
