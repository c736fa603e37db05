//! Reading JSON from many versions of AMP: a number may be a text, a time may have three forms.

use serde_json::Value;

/// A field by its name, or by the name with a small first letter.
pub(super) fn field<'a>(of: &'a Value, name: &str) -> Option<&'a Value> {
    of.get(name).filter(|value| !value.is_null()).or_else(|| {
        let mut small = name.to_owned();
        small.get_mut(..1)?.make_ascii_lowercase();
        of.get(&small).filter(|value| !value.is_null())
    })
}

pub(super) fn text(of: &Value, name: &str) -> Option<String> {
    match field(of, name)? {
        Value::String(text) => Some(text.clone()).filter(|text| !text.is_empty()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

pub(super) fn yes(of: &Value, name: &str) -> bool {
    match field(of, name) {
        Some(Value::Bool(yes)) => *yes,
        Some(Value::Number(number)) => number.as_i64() == Some(1),
        Some(Value::String(text)) => text.eq_ignore_ascii_case("true"),
        _ => false,
    }
}

pub(super) fn number(value: &Value) -> Option<i64> {
    match value {
        Value::Number(number) => number.as_i64().or_else(|| whole(number.as_f64()?)),
        Value::String(text) => {
            let text = text.trim();
            text.parse().ok().or_else(|| whole(text.parse().ok()?))
        }
        _ => None,
    }
}

pub(super) fn int(of: &Value, name: &str) -> Option<i64> {
    number(field(of, name)?)
}

#[expect(clippy::cast_possible_truncation, reason = "the range is checked just before")]
fn whole(number: f64) -> Option<i64> {
    // Beyond 2^53 not every whole number exists as a float.
    const MOST: f64 = 9_007_199_254_740_992.0;
    (number.is_finite() && number.abs() < MOST).then_some(number as i64)
}

/// Seconds from `hh:mm:ss`, `d:hh:mm:ss` or `d.hh:mm:ss`, with or without a fraction.
pub(super) fn uptime(text: &str) -> Option<u64> {
    let text = text.trim();
    let (days, clock) = match text.split_once('.') {
        Some((days, clock)) if clock.contains(':') => (days.parse::<u64>().ok()?, clock),
        _ => (0, text),
    };
    let clock = clock.split('.').next().unwrap_or_default();
    let parts: Vec<u64> = clock.split(':').map(|part| part.parse().ok()).collect::<Option<_>>()?;
    let (more, hours, minutes, seconds) = match parts[..] {
        [days, hours, minutes, seconds] => (days, hours, minutes, seconds),
        [hours, minutes, seconds] => (0, hours, minutes, seconds),
        _ => return None,
    };
    let days = days.checked_add(more)?.checked_mul(86_400)?;
    let hours = hours.checked_mul(3_600)?;
    days.checked_add(hours)?.checked_add(minutes.checked_mul(60)?)?.checked_add(seconds)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{int, text, uptime, yes};

    #[test]
    fn numbers_and_flags_in_every_dress() {
        let body = json!({"A": 7, "B": "7", "C": 7.0, "D": "x", "E": null, "f": 7, "G": "True"});
        let numbers = ["A", "B", "C", "D", "E", "F", "Z"].map(|name| int(&body, name));
        assert_eq!(numbers, [Some(7), Some(7), Some(7), None, None, Some(7), None]);
        assert!(yes(&body, "G") && !yes(&body, "A") && !yes(&body, "E"));
        assert_eq!(text(&body, "A").as_deref(), Some("7"));
    }

    #[test]
    fn uptimes_in_every_dress() {
        for (said, seconds) in [
            ("00:00:07", Some(7)),
            ("26:00:00", Some(93_600)),
            ("1:02:00:00", Some(93_600)),
            ("1.02:00:00", Some(93_600)),
            ("1.02:00:00.1234567", Some(93_600)),
            ("", None),
            ("soon", None),
            ("99999999999999999999:00:00", None),
            ("18446744073709551615:00:00", None),
        ] {
            assert_eq!(uptime(said), seconds, "{said}");
        }
    }
}
