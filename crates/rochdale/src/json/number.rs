//! Numbers of JSON text: those that an `f64` holds, and the rest as their text.

use super::Json;

/// The value of a number as written; its text where an `f64` cannot hold it.
pub(super) fn read(text: &str) -> Json {
    match text.parse::<f64>() {
        // `-0` is written `0` (RFC 8785, section 3.2.2.3).
        Ok(number) if holds(text) => Json::Number(if number == 0.0 { 0.0 } else { number }),
        _ => Json::String(text.to_owned()),
    }
}

/// Whether an `f64` holds the number that `text` writes: the shortest decimal
/// that reads back as the same `f64` is the same number.
pub fn holds(text: &str) -> bool {
    let Ok(number) = text.parse::<f64>() else { return false };
    if !number.is_finite() {
        return false;
    }
    // Whole numbers that `f64` hits exactly are held, however long: 2^64 is.
    digits(text) == digits(&format!("{number:e}"))
        || (number.abs() < 1e37 && digits(text) == digits(&format!("{number:.0}")))
}

/// The significant digits of a decimal number and the power of ten of the last.
fn digits(text: &str) -> Option<(bool, String, i64)> {
    let negative = text.starts_with('-');
    let text = text.trim_start_matches(['-', '+']);
    let (mantissa, exponent) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let all = format!("{whole}{fraction}");
    let led = all.trim_start_matches('0');
    let kept = led.trim_end_matches('0');
    if kept.is_empty() {
        return Some((false, String::new(), 0));
    }
    let exponent = exponent.trim_start_matches('+').parse::<i64>().ok()?;
    let shift = i64::try_from(led.len() - kept.len()).ok()? - i64::try_from(fraction.len()).ok()?;
    Some((negative, kept.to_owned(), exponent.checked_add(shift)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_an_f64_holds_is_a_number() {
        for text in
            ["0", "-0.0", "1.5e3", "0.1", "9007199254740992", "1e300", "18446744073709551616"]
        {
            assert!(holds(text), "{text}");
        }
    }

    #[test]
    fn what_it_would_round_is_kept_as_text() {
        for text in
            ["9007199254740993", "1e400", "0.1000000000000000055", "1e-400", "12345678901234567890"]
        {
            assert_eq!(read(text), Json::String(text.into()));
        }
    }
}
