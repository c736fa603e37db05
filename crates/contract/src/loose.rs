//! Text that stands for a value: parameters of paths and queries, and form bodies, are all text on the wire.

use percent_encoding::percent_decode_str;
use serde_json::{Map, Value, json};

/// Pairs of a query or a form body, decoded.
pub(crate) fn pairs(text: &str) -> Vec<(String, String)> {
    let decode =
        |text: &str| percent_decode_str(&text.replace('+', " ")).decode_utf8_lossy().into_owned();
    text.split('&')
        .filter(|pair| !pair.is_empty())
        .map(|pair| pair.split_once('=').unwrap_or((pair, "")))
        .map(|(key, value)| (decode(key), decode(value)))
        .collect()
}

/// What a text may mean (reference, "Boolean Query Strings"; numbers are written as such).
pub(crate) fn readings(text: &str) -> Vec<Value> {
    let mut readings = vec![json!(text)];
    if let Ok(number) = text.parse::<i64>() {
        readings.push(json!(number));
    }
    match text {
        "true" | "True" | "1" => readings.push(json!(true)),
        "false" | "False" | "0" => readings.push(json!(false)),
        _ => {}
    }
    readings
}

/// What the values of one key may mean: one alone, or all as an array.
pub(crate) fn readings_of(values: &[&str]) -> Vec<Value> {
    let mut all = match values {
        [one] => readings(one),
        _ => Vec::new(),
    };
    all.push(json!(values));
    let numbers: Option<Vec<i64>> = values.iter().map(|text| text.parse().ok()).collect();
    all.extend(numbers.map(|numbers| json!(numbers)));
    all
}

/// A form body as an object of strings.
pub(crate) fn object(text: &str) -> Value {
    let members = pairs(text).into_iter().map(|(key, value)| (key, Value::String(value)));
    Value::Object(members.collect::<Map<_, _>>())
}
