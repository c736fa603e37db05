//! Reading a JSON body field by field. A reader names each field it knows, with its type and bounds; what is wrong
//! piles up as form errors, and keys nobody asked for are remembered as unknown.

use std::ops::RangeInclusive;

use serde_json::{Map, Value};

use crate::error::FormErrors;
use crate::id::Snowflake;
use crate::world::Permissions;

/// A body field: absent, null and a value are three different things.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) enum Field<T> {
    #[default]
    Absent,
    Null,
    Value(T),
}

#[allow(dead_code, reason = "a complete vocabulary for the route files")]
impl<T> Field<T> {
    /// The value, if there is one.
    pub(crate) fn value(self) -> Option<T> {
        match self {
            Self::Value(value) => Some(value),
            Self::Absent | Self::Null => None,
        }
    }

    /// For patches of nullable fields: absent leaves alone, null clears.
    pub(crate) fn patch(self) -> Option<Option<T>> {
        match self {
            Self::Absent => None,
            Self::Null => Some(None),
            Self::Value(value) => Some(Some(value)),
        }
    }

    pub(crate) fn is_absent(&self) -> bool {
        matches!(self, Self::Absent)
    }

    pub(crate) fn map<U>(self, change: impl FnOnce(T) -> U) -> Field<U> {
        match self {
            Self::Absent => Field::Absent,
            Self::Null => Field::Null,
            Self::Value(value) => Field::Value(change(value)),
        }
    }
}

/// Where a reader leaves what it found wrong.
#[derive(Debug, Default)]
pub(crate) struct Sink {
    pub(crate) errors: FormErrors,
    /// Paths of unknown keys.
    pub(crate) unknown: Vec<String>,
}

impl Sink {
    /// Reads one object at `path`; anything but an object is an error and is read as an empty one.
    pub(crate) fn read<T>(
        &mut self,
        value: &Value,
        path: &str,
        read: impl FnOnce(&mut Form<'_>) -> T,
    ) -> T {
        let empty = Map::new();
        let map = value.as_object().unwrap_or_else(|| {
            self.errors.add(
                path,
                "DICT_TYPE_CONVERT",
                "Only dictionaries may be used in a DictType",
            );
            &empty
        });
        let mut form = Form { map, path: path.to_owned(), known: Vec::new(), sink: self };
        let result = read(&mut form);
        let Form { known, .. } = form;
        for key in map.keys().filter(|key| !known.contains(&key.as_str())) {
            self.unknown.push(join(path, key));
        }
        result
    }
}

/// A reader of one object.
pub(crate) struct Form<'a> {
    map: &'a Map<String, Value>,
    path: String,
    known: Vec<&'static str>,
    sink: &'a mut Sink,
}

#[allow(dead_code, reason = "a complete vocabulary for the route files")]
impl Form<'_> {
    /// Any value.
    pub(crate) fn raw(&mut self, key: &'static str) -> Field<Value> {
        self.known.push(key);
        match self.map.get(key) {
            None => Field::Absent,
            Some(Value::Null) => Field::Null,
            Some(value) => Field::Value(value.clone()),
        }
    }

    /// Keys that are allowed but not modelled.
    pub(crate) fn ignore(&mut self, keys: &[&'static str]) {
        self.known.extend(keys);
    }

    /// True when the key is there, even as null.
    pub(crate) fn has(&self, key: &str) -> bool {
        self.map.contains_key(key)
    }

    /// Adds an error on a field; the empty key means this object.
    pub(crate) fn fail(&mut self, key: &str, code: &str, message: impl Into<String>) {
        self.sink.errors.add(&join(&self.path, key), code, message);
    }

    /// The field's value, else an error and the default.
    pub(crate) fn required<T: Default>(&mut self, key: &str, field: Field<T>) -> T {
        if !matches!(field, Field::Value(_)) && !self.sink.errors_at(&join(&self.path, key)) {
            self.fail(key, "BASE_TYPE_REQUIRED", "This field is required");
        }
        field.value().unwrap_or_default()
    }

    /// Text within a length, counted in characters.
    pub(crate) fn text(
        &mut self,
        key: &'static str,
        length: RangeInclusive<usize>,
    ) -> Field<String> {
        match self.raw(key) {
            Field::Value(Value::String(text)) => {
                if !length.contains(&text.chars().count()) {
                    self.bad_length(key, &length);
                }
                Field::Value(text)
            }
            // Numbers are taken as text, as the API coerces them.
            Field::Value(Value::Number(number)) => Field::Value(number.to_string()),
            Field::Value(_) => {
                self.mistyped(key, "STRING_TYPE_CONVERT", "Could not interpret value as string.")
            }
            Field::Null => Field::Null,
            Field::Absent => Field::Absent,
        }
    }

    /// An integer within bounds; digits in a string are taken too.
    pub(crate) fn int(&mut self, key: &'static str, bounds: RangeInclusive<i64>) -> Field<i64> {
        let number = match self.raw(key) {
            Field::Value(Value::Number(number)) => number.as_i64(),
            Field::Value(Value::String(text)) => text.parse().ok(),
            Field::Value(_) => None,
            Field::Null => return Field::Null,
            Field::Absent => return Field::Absent,
        };
        let Some(number) = number else {
            return self.mistyped(key, "NUMBER_TYPE_COERCE", "Value is not int.");
        };
        let (min, max) = bounds.into_inner();
        if number < min {
            self.fail(
                key,
                "NUMBER_TYPE_MIN",
                format!("int value should be greater than or equal to {min}."),
            );
        } else if number > max {
            self.fail(
                key,
                "NUMBER_TYPE_MAX",
                format!("int value should be less than or equal to {max}."),
            );
        }
        Field::Value(number)
    }

    /// One of a set of integers.
    pub(crate) fn choice(&mut self, key: &'static str, choices: &[i64]) -> Field<i64> {
        let field = self.int(key, i64::MIN..=i64::MAX);
        if let Field::Value(number) = field
            && !choices.contains(&number)
        {
            let list: Vec<_> = choices.iter().map(ToString::to_string).collect();
            self.fail(
                key,
                "BASE_TYPE_CHOICES",
                format!("Value must be one of {{{}}}.", list.join(", ")),
            );
        }
        field
    }

    /// A boolean.
    pub(crate) fn boolean(&mut self, key: &'static str) -> Field<bool> {
        match self.raw(key) {
            Field::Value(Value::Bool(value)) => Field::Value(value),
            Field::Value(_) => {
                self.mistyped(key, "BOOLEAN_TYPE_CONVERT", "Must be either true or false.")
            }
            Field::Null => Field::Null,
            Field::Absent => Field::Absent,
        }
    }

    /// A snowflake as string or number.
    pub(crate) fn id<T: Snowflake>(&mut self, key: &'static str) -> Field<T> {
        match self.raw(key) {
            Field::Value(value) => {
                if let Some(id) = snowflake(&value) {
                    return Field::Value(id);
                }
                let shown = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
                self.mistyped(
                    key,
                    "NUMBER_TYPE_COERCE",
                    &format!("Value \"{shown}\" is not snowflake."),
                )
            }
            Field::Null => Field::Null,
            Field::Absent => Field::Absent,
        }
    }

    /// A list of snowflakes.
    pub(crate) fn ids<T: Snowflake>(&mut self, key: &'static str, max: usize) -> Field<Vec<T>> {
        match self.raw(key) {
            Field::Value(Value::Array(items)) => {
                if items.len() > max {
                    self.bad_length(key, &(0..=max));
                }
                let mut ids = Vec::with_capacity(items.len());
                for (at, item) in items.iter().enumerate() {
                    match snowflake(item) {
                        Some(id) => ids.push(id),
                        None => self.fail(
                            &format!("{key}.{at}"),
                            "NUMBER_TYPE_COERCE",
                            "Value is not snowflake.",
                        ),
                    }
                }
                Field::Value(ids)
            }
            Field::Value(_) => {
                self.mistyped(key, "LIST_TYPE_CONVERT", "Only iterables may be used in a ListType")
            }
            Field::Null => Field::Null,
            Field::Absent => Field::Absent,
        }
    }

    /// Permission bits as decimal string or number.
    pub(crate) fn permissions(&mut self, key: &'static str) -> Field<Permissions> {
        match self.raw(key) {
            Field::Value(Value::Number(number)) if number.is_u64() => {
                Field::Value(Permissions(number.as_u64().unwrap_or_default()))
            }
            Field::Value(Value::String(text)) if text.parse::<u64>().is_ok() => {
                Field::Value(Permissions(text.parse().unwrap_or_default()))
            }
            Field::Value(_) => self.mistyped(key, "NUMBER_TYPE_COERCE", "Value is not int."),
            Field::Null => Field::Null,
            Field::Absent => Field::Absent,
        }
    }

    /// A nested object.
    pub(crate) fn object<T>(
        &mut self,
        key: &'static str,
        read: impl FnOnce(&mut Form<'_>) -> T,
    ) -> Field<T> {
        let path = join(&self.path, key);
        self.raw(key).map(|value| self.sink.read(&value, &path, read))
    }

    /// A list of objects.
    pub(crate) fn list<T>(
        &mut self,
        key: &'static str,
        max: usize,
        mut read: impl FnMut(&mut Form<'_>) -> T,
    ) -> Field<Vec<T>> {
        match self.raw(key) {
            Field::Value(Value::Array(items)) => {
                if items.len() > max {
                    self.bad_length(key, &(0..=max));
                }
                let path = join(&self.path, key);
                let read = items
                    .iter()
                    .enumerate()
                    .map(|(at, item)| self.sink.read(item, &format!("{path}.{at}"), &mut read))
                    .collect();
                Field::Value(read)
            }
            Field::Value(_) => {
                self.mistyped(key, "LIST_TYPE_CONVERT", "Only iterables may be used in a ListType")
            }
            Field::Null => Field::Null,
            Field::Absent => Field::Absent,
        }
    }

    fn mistyped<T>(&mut self, key: &str, code: &str, message: &str) -> Field<T> {
        self.fail(key, code, message);
        Field::Absent
    }

    fn bad_length(&mut self, key: &str, length: &RangeInclusive<usize>) {
        let (min, max) = (length.start(), length.end());
        if *min == 0 {
            self.fail(key, "BASE_TYPE_MAX_LENGTH", format!("Must be {max} or fewer in length."));
        } else {
            self.fail(
                key,
                "BASE_TYPE_BAD_LENGTH",
                format!("Must be between {min} and {max} in length."),
            );
        }
    }
}

impl Sink {
    fn errors_at(&self, path: &str) -> bool {
        self.errors.has(path)
    }
}

fn snowflake<T: Snowflake>(value: &Value) -> Option<T> {
    match value {
        Value::String(text) => text.parse().ok(),
        Value::Number(number) => number.as_u64().map(T::from),
        _ => None,
    }
}

fn join(path: &str, key: &str) -> String {
    if path.is_empty() {
        key.to_owned()
    } else if key.is_empty() {
        path.to_owned()
    } else {
        format!("{path}.{key}")
    }
}
