//! Numbers of societies and what their codes, dates and addresses say.

use rochdale::date::Date;
use rochdale::model::LegalForm;

/// The number of a society: digits, and the code of letters that the register sets after them.
///
/// The register's own glossary calls some codes prefixes; its extract has them after the digits.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Number {
    digits: String,
    pub(crate) code: String,
}

impl Number {
    /// Reads `29999R`, `4999`, `CU100` or `IP000348`. Other letters before the digits, or letters on
    /// both sides, are of numbers of Companies House.
    pub(crate) fn read(text: &str) -> Option<Self> {
        let plain: String = text.chars().filter(|letter| !letter.is_whitespace()).collect();
        let plain = plain.to_ascii_uppercase();
        let start = plain.find(|c: char| c.is_ascii_digit())?;
        let (before, rest) = plain.split_at(start);
        let end = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
        let (digits, after) = rest.split_at(end);
        let letters = |part: &str| part.bytes().all(|byte| byte.is_ascii_uppercase());
        match (before, after) {
            _ if !letters(before) || !letters(after) => None,
            ("", code) => Some(Self { digits: digits.to_owned(), code: code.to_owned() }),
            (code @ ("CU" | "IP"), "") => {
                // A number with its code before it is filled up with zeros.
                let bare = digits.trim_start_matches('0');
                (!bare.is_empty()).then(|| Self { digits: bare.to_owned(), code: code.to_owned() })
            }
            _ => None,
        }
    }

    /// The number as the extract of the register writes it.
    pub(crate) fn id(&self) -> String {
        format!("{}{}", self.digits, self.code)
    }

    /// The number as the register itself has it: Co-operatives UK adds codes of its own to the
    /// numbers of societies under the Act of 2014, which have none.
    pub(crate) fn without_added_code(mut self) -> Self {
        if matches!(&*self.code, "CS" | "CBS") {
            self.code.clear();
        }
        self
    }

    /// The legal form that the code stands for, where it stands for one.
    pub(crate) fn form(&self) -> Option<&'static str> {
        form(&self.code)
    }
}

/// The legal form that a code stands for, by the glossary of the Mutuals Public Register
/// (<https://mutuals.fca.org.uk/home/glossary>). Numbers without a code are of societies under the
/// Act of 2014, of either type.
fn form(code: &str) -> Option<&'static str> {
    Some(match code {
        "R" | "RS" | "IP" => "registered_society",
        "CS" => "co_operative_society",
        "CBS" => "community_benefit_society",
        "C" | "CU" | "CUS" => "credit_union",
        "B" | "BS" | "BNI" => "building_society",
        "BEN" | "BENS" | "BENI" => "benevolent_society",
        "SA" | "SAS" | "SAL" | "SALI" => "specially_authorised_society",
        "L" => "loan_society",
        "W" | "WS" | "WI" => "working_mens_club",
        "SF" => "Superannuation",
        "F" | "FS" | "FI" | "COL" | "COLS" | "AD" | "ADS" | "AOF" | "AOFI" | "AOFS" | "AOHB"
        | "AOHD" | "AOHI" | "FASM" | "GLUK" | "GOIM" | "GOIS" | "GUD" | "GUOO" | "INFI"
        | "IOKD" | "IOKU" | "IOMU" | "IORI" | "IORS" | "IUOL" | "RSUS" | "IUOM" | "MUD"
        | "MUDS" | "MUS" | "NIOO" | "NIOS" | "OD" | "ODD" | "OSTD" | "OSTI" | "SOO" | "UAOD"
        | "UBSM" | "AODD" => "friendly_society",
        _ => return None,
    })
}

/// The legal form that a register names, as the model writes it; one that the model does not know
/// stays as it is.
pub(crate) fn named_form(text: &str) -> String {
    let bare = text.trim().to_lowercase().replace(['\'', '’', '‘'], "");
    let form = bare.split([' ', '-']).filter(|word| !word.is_empty()).collect::<Vec<_>>().join("_");
    let form = form.replace("cooperative", "co_operative");
    match LegalForm::from(form.as_str()) {
        LegalForm::Other(_) => text.trim().to_owned(),
        known => known.to_string(),
    }
}

/// A day in one of the three ways in which registers write one: `2016-03-14`, `14/03/2016` and
/// `74-Jan-02`. The last is uncertain, for its century is a guess; what was guessed is told.
pub(crate) fn day(text: &str) -> Option<(Date, Option<String>)> {
    let text = text.trim();
    if let Some(date) = Date::parse(text).ok().filter(|_| text.len() == 10) {
        return Some((date, None));
    }
    let parts = |sign: char| {
        let mut parts = text.split(sign);
        let three = (parts.next()?, parts.next()?, parts.next()?);
        parts.next().is_none().then_some(three)
    };
    let digits = |part: &str, most: usize| {
        (1..=most).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit())
    };
    if let Some((day, month, year)) = parts('/') {
        let shaped = digits(day, 2) && digits(month, 2) && digits(year, 4) && year.len() == 4;
        let date = shaped.then(|| Date::parse(&format!("{year}-{month:0>2}-{day:0>2}")).ok())??;
        return Some((date.with_text(text), None));
    }
    let (year, month, day) = parts('-')?;
    let month = month_of(month)?;
    if year.len() != 2 || !digits(year, 2) || !digits(day, 2) {
        return None;
    }
    // The one extract that writes dates so was made before 2025.
    let century = if year < "25" { "20" } else { "19" };
    let date = Date::parse(&format!("{century}{year}-{month:02}-{day:0>2}?")).ok()?;
    let note = format!("the century of `{text}` is not stated; took {century}{year}");
    Some((date.with_text(text), Some(note)))
}

fn month_of(name: &str) -> Option<usize> {
    const MONTHS: [&str; 12] =
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let name = name.to_ascii_lowercase();
    MONTHS.iter().position(|month| *month == name).map(|index| index + 1)
}

/// The postcode at the end of an address, where its last two words are one.
pub(crate) fn postcode(address: &str) -> Option<String> {
    let mut words = address.split([' ', ',', '\n', '\r']).filter(|word| !word.is_empty()).rev();
    let (inward, outward) = (words.next()?, words.next()?);
    let shape = |text: &str| -> String {
        text.chars()
            .map(|letter| match letter {
                letter if letter.is_ascii_digit() => '9',
                letter if letter.is_ascii_alphabetic() => 'A',
                _ => '?',
            })
            .collect()
    };
    let fits = matches!(&*shape(outward), "A9" | "A99" | "AA9" | "AA99" | "A9A" | "AA9A")
        && shape(inward) == "9AA";
    fits.then(|| format!("{outward} {inward}").to_ascii_uppercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_one_wherever_their_code_stands() {
        for (text, id, form) in [
            ("29999R", "29999R", Some("registered_society")),
            ("CU100", "100CU", Some("credit_union")),
            ("100CU", "100CU", Some("credit_union")),
            ("IP000348", "348IP", Some("registered_society")),
            (" 77 muds ", "77MUDS", Some("friendly_society")),
            ("4999", "4999", None),
            ("5IAC", "5IAC", None),
            ("9XYZ", "9XYZ", None),
        ] {
            let number = Number::read(text).unwrap();
            assert_eq!((&*number.id(), number.form()), (id, form), "{text}");
        }
        for text in ["", "R", "IP12345R", "SC123456", "12-3", "IP000", "RS001234", "n/a"] {
            assert_eq!(Number::read(text), None, "{text}");
        }
        assert_eq!(Number::read("4004CS").unwrap().without_added_code().id(), "4004");
    }

    #[test]
    fn every_form_is_one_of_the_model_or_known_to_be_none() {
        for code in ["R", "CS", "CBS", "C", "B", "BEN", "SA", "L", "W", "F", "UBSM"] {
            let form = LegalForm::from(form(code).unwrap());
            assert!(!matches!(form, LegalForm::Other(_)), "{code}");
        }
        for text in
            ["Co-operative Society", "Working Men’s Club", "Working Mens Club", "Credit Union"]
        {
            assert!(!matches!(LegalForm::from(&*named_form(text)), LegalForm::Other(_)), "{text}");
        }
    }

    #[test]
    fn days_are_read_in_three_ways() {
        for (text, shown) in [
            ("2016-03-14", Some("2016-03-14")),
            ("14/03/2016", Some("2016-03-14 (14/03/2016)")),
            ("1/2/1863", Some("1863-02-01 (1/2/1863)")),
            ("74-Jan-02", Some("1974-01-02? (74-Jan-02)")),
            ("16-MAR-14", Some("2016-03-14? (16-MAR-14)")),
            ("31/02/2016", None),
            ("14/03/16", None),
            ("2016", None),
            ("soon", None),
            ("1/2/3/4", None),
        ] {
            assert_eq!(day(text).map(|(date, _)| date.to_string()).as_deref(), shown, "{text}");
        }
    }

    #[test]
    fn a_postcode_is_the_last_two_words() {
        assert_eq!(postcode("1 High Street, Northmoor,zz1 1zz").as_deref(), Some("ZZ1 1ZZ"));
        assert_eq!(postcode("Mill Lane,,, Exampleton").as_deref(), None);
        assert_eq!(postcode("ZZ1 1ZZ, England"), None);
    }
}
