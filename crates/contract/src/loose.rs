//! Text that stands for a value: parameters of paths and queries, and form bodies, are all text on the wire.

use serde_json::{Map, Value, json};

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
pub(crate) fn object(form: &[u8]) -> Value {
    let members = form_urlencoded::parse(form);
    let members = members.map(|(key, value)| (key.into_owned(), Value::String(value.into_owned())));
    Value::Object(members.collect::<Map<_, _>>())
}
